import { enduranceOf, type Endurance, type Expiry, type OwnTakeover, type Worsening } from '../failure/endurance.js';
import type { Outcome } from '../failure/outcome.js';
import type { Judged } from '../failure/standings.js';
import { clocks } from '../knowledge/clocks.js';
import { operations, operationTitles, severityWords } from '../knowledge/operations.js';
import { timersPhrase } from './clock-changes.js';
import { code } from '../encoding/markdown.js';
import { capitalized, enumerated } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase, facetPhrase, label } from './phrases.js';

const known = new WeakMap<Outcome, Endurance>();

/** How long these failures may last before something gets worse; computed once for an outcome. */
export function enduranceIn(outcome: Outcome): Endurance {
    const failures = outcome.failures.map(({ name }) => name);
    const endurance = known.get(outcome) ?? enduranceOf(outcome.graph, failures);
    known.set(outcome, endurance);
    return endurance;
}

/**
 * "How long may it be down?": one sentence for whatever gets worse at the same time for the same reason, in order of time.
 * "Harmless to running workloads for 12 h to 1 d; then workload certificates of `east` have run out (likely)".
 */
export function enduranceSentences(outcome: Outcome): string[] {
    const { worsenings, expiries, takeovers } = enduranceIn(outcome);
    return [...takeovers.map(takeoverSentence), ...sentencesOf(outcome, { worsenings, expiries })];
}

/** "`postgres.copy` promotes itself, after 2 min at the latest: management operations stand better then." */
function takeoverSentence({ standIn, at, better }: OwnTakeover): string {
    const marks = better.filter(({ kind }) => kind === 'operation');
    const names = (marks.length > 0 ? marks : better).map(nameOf);
    const who = capitalized(elementPhrase(standIn.element));
    return `${who} promotes itself, after ${duration(at)} at the latest, which helps ${enumerated(names)}.`;
}

function sentencesOf(outcome: Outcome, { worsenings, expiries }: Pick<Endurance, 'worsenings' | 'expiries'>): string[] {
    const together = new Map<string, Worsening[]>();
    for (const worsening of worsenings) {
        const key = keyOf(worsening);
        const group = together.get(key);
        if (group) group.push(worsening);
        else together.set(key, [worsening]);
    }
    if (together.size > 0) return [...together.values()].map(sentenceOf);
    const isHarmless = operations.every((operation) => outcome.operations[operation] === 'unaffected');
    if (expiries.length > 0) {
        const what = isHarmless ? 'no mark changes' : 'no mark gets worse';
        return expiries.map((expiry) => `After ${rangeOf(expiry)} ${reasonOf(expiry.timers)}; ${what}.`);
    }
    return [isHarmless ? 'It harms nothing, however long it lasts.' : 'It does not get worse with time.'];
}

function keyOf({ from, until, timers }: Worsening): string {
    return [from, until, ...timers.map(({ clock }) => clock)].join();
}

function sentenceOf(together: readonly Worsening[]): string {
    const told = worthTelling(together);
    const [{ timers }] = together as [Worsening];
    if (told.every(({ of }) => of.kind === 'facet' && of.facet.rank === 'note'))
        return `After ${rangeOf(together[0]!)} ${reasonOf(timers)}.`;
    const harmless = told.every(({ wasWhole }) => wasWhole);
    const start = harmless ? `harmless to ${enumerated(told.map(({ of }) => nameOf(of)))} for` : 'no worse for';
    const becomes = enumerated(told.map(({ of, to }) => `${nameOf(of)} ${standingOf(of, to)}`));
    return `${capitalized(start)} ${rangeOf(together[0]!)}; then ${reasonOf(timers)}: ${becomes}.`;
}

/** The first that there is: marks and hosts, services, who moves, clusters, and then all else. */
function worthTelling(together: readonly Worsening[]): readonly Worsening[] {
    const levels: readonly ((worsening: Worsening) => boolean)[] = [
        ({ of: { kind }, to }) => (kind === 'operation' || kind === 'host') && to !== 'unaffected',
        ({ of: { kind }, to }) => kind === 'service' && to !== 'unaffected',
        ({ of: { kind } }) => kind === 'host' || kind === 'service',
        ({ of: { kind } }) => kind === 'cluster',
        ({ of: { kind } }) => kind === 'freshness',
        () => true,
    ];
    for (const level of levels) {
        const told = together.filter(level);
        if (told.length > 0) return told;
    }
    return together;
}

function nameOf(of: Judged): string {
    switch (of.kind) {
        case 'operation':
            return operationTitles[of.operation].toLowerCase();
        case 'cluster':
            return `${operationTitles[of.operation].toLowerCase()} of ${code(of.cluster)}`;
        case 'freshness':
            return `configuration of ${code(of.cluster)}`;
        case 'host':
            return code(of.host);
        case 'service':
            return code(of.service);
        case 'facet':
            return facetPhrase(of.facet);
    }
}

function standingOf(of: Judged, to: Worsening['to']): string {
    if (of.kind === 'freshness') return of.freshness;
    if (of.kind === 'facet') return of.state === 'lost' ? 'lost' : 'held back';
    if (of.kind === 'host' || of.kind === 'service') {
        if (to !== 'unaffected') return to === 'total' ? 'down' : 'degraded';
        return of.kind === 'host' ? 'fails over' : 'in fewer clusters';
    }
    return severityWords[to];
}

function rangeOf({ from, until }: Expiry): string {
    return until === from ? duration(from, 4) : `${duration(from, 4)} to ${duration(until, 4)}`;
}

function reasonOf(timers: Expiry['timers']): string {
    const kinds = [...new Set(timers.map(({ clock }) => clock))];
    return enumerated(
        kinds.map((clock) => {
            const { expired, confidence } = clocks[clock];
            const ofThatKind = timers.filter((timer) => timer.clock === clock);
            return `${timersPhrase(clock, ofThatKind)} ${expired}${label(confidence)}`;
        }),
    );
}
