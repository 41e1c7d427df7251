import { ResponseError } from 'vscode-languageserver';
import { stepActions, type Step } from '../failure/run.js';
import { scenarioOf, type Scenario } from '../failure/scenario.js';
import { failuresFor } from '../failure/timeline.js';
import { asElementName, type ElementName } from '../topology/element-name.js';
import { beginningExamples, beginningFrom, type Beginning } from '../knowledge/wall-clock.js';

/** Invalid parameters, as in the Language Server Protocol. */
const invalidParams = -32602;

/** More than anybody fails by hand. */
const mostNames = 10_000;

/**
 * The scenario that a client gives, which may be anything, and the time at which it looks at it.
 *
 * @throws ResponseError where it is none
 */
export function scenarioFrom(value: unknown): { readonly scenario: Scenario; readonly at: number } {
    const {
        failures,
        restarts,
        promotions,
        duration,
        at,
        steps: all,
        began: said,
    } = (value ?? {}) as Partial<
        Record<'failures' | 'restarts' | 'promotions' | 'duration' | 'at' | 'steps' | 'began', unknown>
    >;
    const began = said === undefined || said === null ? {} : { began: beginningOf(said) };
    if (all !== undefined && all !== null) {
        return { scenario: { ...scenarioOf(listOf(all, 'steps').map(stepFrom)), ...began }, at: secondsFrom(at) };
    }
    const failing = new Set(listOf(failures, 'failures').map(nameFrom));
    const lasts = duration === undefined || duration === null ? undefined : secondsFrom(duration);
    const stepsOf = (list: readonly unknown[], action: Step['action']) =>
        list.map((step): Step => {
            const { element, at } = (step ?? {}) as Partial<Record<'element' | 'at', unknown>>;
            return { at: secondsFrom(at), action, element: nameFrom(element) };
        });
    const steps = [
        ...stepsOf(listOf(restarts, 'restarts'), 'restart'),
        // an older client knows none
        ...stepsOf(listOf(promotions ?? [], 'promotions'), 'promote'),
    ];
    return {
        scenario: { ...scenarioOf([...failuresFor([...failing], lasts), ...steps]), ...began },
        at: secondsFrom(at),
    };
}

/**
 * What a client says of the clock on the wall.
 *
 * @throws ResponseError for what is no time of a clock
 */
export function beginningOf(value: unknown): Beginning {
    const began = typeof value === 'string' ? beginningFrom(value) : undefined;
    if (began !== undefined) return began;
    throw new ResponseError(
        invalidParams,
        `${JSON.stringify(value)} is not a time of the clock: say ${beginningExamples}.`,
    );
}

function stepFrom(step: unknown): Step {
    const { at, action, element } = (step ?? {}) as Partial<Record<'at' | 'action' | 'element', unknown>>;
    const known = stepActions.find((each) => each === action);
    if (known === undefined)
        throw new ResponseError(
            invalidParams,
            'A step of a scenario has to fail, recover, restart or promote something.',
        );
    return { at: secondsFrom(at), action: known, element: nameFrom(element) };
}

function listOf(value: unknown, property: string): readonly unknown[] {
    if (Array.isArray(value) && value.length <= mostNames) return value;
    throw new ResponseError(invalidParams, `"${property}" of a scenario has to be a list.`);
}

function nameFrom(value: unknown): ElementName {
    if (typeof value === 'string') return asElementName(value);
    throw new ResponseError(invalidParams, 'An element of a scenario has to be a text.');
}

function secondsFrom(value: unknown): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    throw new ResponseError(invalidParams, 'A time of a scenario has to be in seconds.');
}
