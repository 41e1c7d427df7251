import { ResponseError } from 'vscode-languageserver';
import type { Scenario } from '../simulation/simulations.js';
import { asElementName } from '../topology/element-name.js';

/** Invalid parameters, as in the Language Server Protocol. */
const invalidParams = -32602;

/** More than anybody fails by hand. */
const mostNames = 10_000;

/**
 * The scenario that a client gives, which may be anything.
 *
 * @throws ResponseError where it is none
 */
export function scenarioFrom(value: unknown): Scenario {
    const { failures, restarts, duration, at } = (value ?? {}) as Partial<
        Record<'failures' | 'restarts' | 'duration' | 'at', unknown>
    >;
    return {
        failures: listOf(failures, 'failures').map(nameFrom),
        restarts: listOf(restarts, 'restarts').map((restart) => {
            const { element, at } = (restart ?? {}) as Partial<Record<'element' | 'at', unknown>>;
            return { at: secondsFrom(at), action: 'restart', element: nameFrom(element) };
        }),
        ...(duration !== undefined && duration !== null && { duration: secondsFrom(duration) }),
        at: secondsFrom(at),
    };
}

function listOf(value: unknown, property: string): readonly unknown[] {
    if (Array.isArray(value) && value.length <= mostNames) return value;
    throw new ResponseError(invalidParams, `"${property}" of a scenario has to be a list.`);
}

function nameFrom(value: unknown): Scenario['failures'][number] {
    if (typeof value === 'string') return asElementName(value);
    throw new ResponseError(invalidParams, 'An element of a scenario has to be a text.');
}

function secondsFrom(value: unknown): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    throw new ResponseError(invalidParams, 'A time of a scenario has to be in seconds.');
}
