import { beginningFrom } from '../../server/knowledge/wall-clock.js';
import { unseenIn } from '../../server/encoding/visible.js';
import { durationInSeconds, writtenDuration } from '../../server/knowledge/durations.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import type { RestartStep, Scenario } from '../../server/protocol/simulation.js';

/** The path of links that open a simulation. */
export const linkPath = '/simulate';

/** What a link tells: a scenario, and the name of the topology that it is about. */
export interface LinkedScenario {
    readonly topology: string;
    readonly scenario: Scenario;
}

/** What a link needs of a running scenario. */
type Told = Pick<SimulationView, 'topology' | 'failures'> & {
    readonly restarts: readonly RestartStep[];
    readonly promotions: readonly RestartStep[];
    readonly time: Pick<SimulationView['time'], 'at' | 'duration' | 'began'>;
};

/** Nobody lets more fail by hand; a link is not a way to keep VS Code busy. */
const mostElements = 200;
const longestName = 500;
const longestTime = 10 * 365 * 86_400;

/**
 * A link that opens a running scenario.
 *
 * @param scheme of the VS Code that is meant
 * @param extensionId `publisher.name`
 */
export function linkTo(told: Told, scheme: string, extensionId: string): string {
    const { topology, failures, restarts, promotions, time } = told;
    const { at, duration, began } = time;
    const query = [
        ['topology', topology],
        ...failures.map((failure) => ['fail', failure]),
        ...restarts.map((restart) => ['restart', `${writtenDuration(restart.at)} ${restart.element}`]),
        ...promotions.map((promotion) => ['promote', `${writtenDuration(promotion.at)} ${promotion.element}`]),
        ...(duration === undefined ? [] : [['for', writtenDuration(duration)]]),
        ...(at > 0 ? [['at', writtenDuration(at)]] : []),
        ...(began === undefined ? [] : [['since', began]]),
    ].map(([key, value]) => `${key}=${inQuery(value!)}`);
    return `${scheme}://${extensionId}${linkPath}?${query.join('&')}`;
}

/** VS Code decodes a query once before it hands it over: what means something in it is encoded twice. */
function inQuery(text: string): string {
    return text.replace(/[^\w.:/@,~-]/gu, (character) => {
        if (character === ' ') return '+';
        const encoded = encodeURIComponent(character);
        return '%&+'.includes(character) ? encodeURIComponent(encoded) : encoded;
    });
}

/**
 * The scenario of a link, which may come from anywhere; undefined where it is not one.
 *
 * @param query decoded once
 */
export function scenarioIn(query: string): LinkedScenario | undefined {
    const told = new URLSearchParams(query);
    const topology = nameIn(told.get('topology'));
    const failures = told.getAll('fail').map(nameIn);
    const restarts = told.getAll('restart').map(restartIn);
    const promotions = told.getAll('promote').map(restartIn);
    const at = told.has('at') ? timeIn(told.get('at')) : 0;
    const duration = told.has('for') ? timeIn(told.get('for')) : null;
    const since = told.get('since');
    const began = since === null ? undefined : beginningFrom(since);
    if (since !== null && began === undefined) return undefined;
    const isWhole = topology !== undefined && at !== undefined && duration !== undefined && isKnown(restarts);
    if (!isWhole || !isKnown(promotions) || !isKnown(failures) || failures.length === 0) return undefined;
    if (failures.length + restarts.length + promotions.length > mostElements) return undefined;
    return {
        topology,
        scenario: {
            failures,
            restarts,
            promotions,
            at,
            ...(duration !== null && { duration }),
            ...(began && { began }),
        },
    };
}

function isKnown<T>(values: readonly (T | undefined)[]): values is readonly T[] {
    return !values.includes(undefined);
}

/** A name has no characters that cannot be seen, in a file as in a link. */
function nameIn(text: string | null): string | undefined {
    const isName = text !== null && text !== '' && text.length <= longestName && unseenIn(text).length === 0;
    return isName ? text : undefined;
}

function timeIn(text: string | null): number | undefined {
    const seconds = durationInSeconds(text ?? undefined);
    return seconds !== undefined && seconds <= longestTime ? seconds : undefined;
}

function restartIn(text: string): RestartStep | undefined {
    const [, time, name] = /^(\w+) (.+)$/.exec(text) ?? [];
    const at = timeIn(time ?? null);
    const element = nameIn(name ?? null);
    return at === undefined || element === undefined ? undefined : { element, at };
}
