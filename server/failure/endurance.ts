import { withScratch, type Propagation } from '../engine/index.js';
import type { Severity } from '../knowledge/operations.js';
import type { ElementName } from '../topology/element-name.js';
import type { FailureGraph, StandIn, Timer } from './graph.js';
import { noticedIn } from './noticed.js';
import { outcomeOf, type State } from './outcome.js';
import { run, type Moment } from './run.js';
import { isSameState } from './same-state.js';
import { isAsBad, isWorse, standingsIn, type Judged, type Standing } from './standings.js';
import { failuresFor } from './timeline.js';

/** What a failure comes to only because it lasts, although nothing else fails. In order of time. */
export interface Endurance {
    /** All that gets worse after the failure itself. */
    readonly worsenings: readonly Worsening[];
    /** What runs out meanwhile, and makes nothing worse that is judged. */
    readonly expiries: readonly Expiry[];
    /** What promotes itself meanwhile, and makes something better. */
    readonly takeovers: readonly OwnTakeover[];
}

/** Something that has taken the place of another one by itself. */
export interface OwnTakeover {
    readonly standIn: StandIn;
    /** Seconds from the beginning of the failure, at the latest. */
    readonly at: number;
    /** What stands better then, as it stood before. */
    readonly better: readonly Judged[];
}

/** Something that runs out. */
export interface Expiry {
    /** Seconds from the beginning of the failure: when at the earliest, and when for sure. */
    readonly from: number;
    readonly until: number;
    readonly timers: readonly Timer[];
}

/** Something that gets worse when something runs out. */
export interface Worsening extends Expiry {
    readonly of: Judged;
    readonly to: Severity;
    /** Nothing had happened to it before. */
    readonly wasWhole: boolean;
}

/** How long something may be down: whatever time changes of marks, hosts, services, clusters and facets. */
export function enduranceOf(graph: FailureGraph, failures: readonly ElementName[]): Endurance {
    // of each moment only the standings are kept, so that one after the other takes the same room
    return withScratch(graph, (scratch) => enduranceWith(graph, failures, scratch));
}

function enduranceWith(graph: FailureGraph, failures: readonly ElementName[], scratch: Propagation): Endurance {
    const steps = failuresFor(failures);
    const standingsAt = standingsBy((state) => standingsIn(outcomeOf(graph, state, scratch)));
    const earliest = run(graph, steps, 'earliest', scratch);
    const latest = run(graph, steps, 'latest', scratch);
    const standings = earliest.map(standingsAt);
    const standingsAtBest = latest.map(standingsAt);
    const asBadFrom = (name: string, standing: Standing) =>
        latest[standingsAtBest.findIndex((others) => isAsBad(others.get(name), standing))]?.at ?? Infinity;
    const allRunOutFrom = (timers: readonly Timer[]) =>
        latest.find(({ expired }) => timers.every((timer) => expired.includes(timer)))?.at ?? Infinity;
    const later = earliest.slice(1).map((moment, index) => {
        const before = standings[index]!;
        const common = { from: moment.at, timers: newlyExpired(graph, earliest[index]!, moment) };
        const worsenings = [...standings[index + 1]!]
            .filter(([name, standing]) => isWorse(standing, before.get(name)))
            .map(([name, standing]): Worsening => ({
                of: standing.of,
                to: standing.severity,
                wasWhole: !before.has(name),
                until: asBadFrom(name, standing),
                ...common,
            }));
        return { worsenings, expiry: { until: allRunOutFrom(common.timers), ...common } };
    });
    return {
        worsenings: later.flatMap(({ worsenings }) => worsenings),
        expiries: later
            .filter(({ worsenings, expiry }) => worsenings.length === 0 && expiry.timers.length > 0)
            .map(({ expiry }) => expiry),
        takeovers: earliest.slice(1).flatMap((moment, index) => takeoversAt(moment, earliest[index]!)),
    };
}

/** Of each state once: mostly the same things run out in the same order, be it early or late. */
function standingsBy<Standings>(find: (state: State) => Standings): (moment: Pick<Moment, 'state'>) => Standings {
    const known: { readonly state: State; readonly standings: Standings }[] = [];
    return ({ state }) => {
        const same = known.find((each) => isSameState(each.state, state));
        if (same) return same.standings;
        const standings = find(state);
        known.push({ state, standings });
        return standings;
    };
}

function takeoversAt({ at, state, outcome }: Moment, before: Moment): OwnTakeover[] {
    const promoted = state.promoted.filter((standIn) => !before.state.promoted.includes(standIn));
    if (promoted.length === 0) return [];
    const now = standingsIn(outcome);
    const better = [...standingsIn(before.outcome)]
        .filter(([name, standing]) => !isAsBad(now.get(name), standing))
        .map(([, { of }]) => of);
    return better.length === 0 ? [] : promoted.map((standIn) => ({ standIn, at, better }));
}

/** What has run out since, as far as anybody is left to notice it. */
function newlyExpired(graph: FailureGraph, before: Moment, { expired, state }: Moment): Timer[] {
    const known = new Set(before.expired);
    return expired.filter((timer) => !known.has(timer)).filter(noticedIn(graph, state));
}
