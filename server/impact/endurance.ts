import { enduranceOf, type Worsening } from '../failure/endurance.js';
import type { Outcome } from '../failure/outcome.js';
import { clocks } from '../knowledge/clocks.js';
import { operations, operationTitles, severitySigns, type Operation } from '../knowledge/operations.js';
import { clustersOf } from './clock-changes.js';
import { capitalized, code, duration, enumerated, label, listing } from './wording.js';

const known = new WeakMap<Outcome, readonly Worsening[]>();

/** How long these failures may last before something gets worse; computed once for an outcome. */
export function worseningsOf(outcome: Outcome): readonly Worsening[] {
    const failures = outcome.failures.map(({ name }) => name);
    const worsenings = known.get(outcome) ?? enduranceOf(outcome.graph, failures);
    known.set(outcome, worsenings);
    return worsenings;
}

/**
 * "How long may it be down?": one sentence for each operation and host that gets worse with time, in order of time.
 * "Harmless to running workloads for 12 h to 1 d; then workload certificates of `east` have run out (inferred)".
 */
export function enduranceSentences(outcome: Outcome): string[] {
    const worsenings = worseningsOf(outcome);
    const spoken = new Set<string>();
    const sentences = worsenings.flatMap((worsening) => {
        // what happens at the same time, for the same reason, is one sentence
        const key = keyOf(worsening);
        if (spoken.has(key)) return [];
        spoken.add(key);
        return [
            sentenceOf(
                outcome,
                worsenings.filter((other) => keyOf(other) === key),
            ),
        ];
    });
    if (sentences.length > 0) return sentences;
    const isHarmless = operations.every((operation) => outcome.operations[operation] === 'unaffected');
    return [isHarmless ? 'It harms nothing, however long it lasts.' : 'It does not get worse with time.'];
}

function keyOf({ from, until, timers }: Worsening): string {
    return [from, until, ...timers.map(({ clock }) => clock)].join();
}

function sentenceOf(outcome: Outcome, together: readonly Worsening[]): string {
    const { from, until, timers } = together[0]!;
    const range = until === from ? duration(from, 4) : `${duration(from, 4)} to ${duration(until, 4)}`;
    const what = together.map(({ operation, host }) =>
        operation ? operationTitles[operation].toLowerCase() : code(host ?? ''),
    );
    const harmless = together.every(({ operation }) => operation === undefined || isUnaffected(outcome, operation));
    const marks = together.map(({ to }, index) => `${what[index]} ${severitySigns[to]}`);
    const start = harmless ? `harmless to ${enumerated(what)} for ${range}` : `no worse for ${range}`;
    return `${capitalized(start)}; then ${reasonOf(timers)}: ${enumerated(marks)}.`;
}

function isUnaffected(outcome: Outcome, operation: Operation): boolean {
    return outcome.operations[operation] === 'unaffected';
}

function reasonOf(timers: Worsening['timers']): string {
    const kinds = [...new Set(timers.map(({ clock }) => clock))];
    return enumerated(
        kinds.map((clock) => {
            const clusters = clustersOf(timers.filter((timer) => timer.clock === clock));
            const of = clusters.length > 0 ? ` of ${listing(clusters)}` : '';
            const { renews, expired, confidence } = clocks[clock];
            return `the ${renews}${of} ${expired}${label(confidence)}`;
        }),
    );
}
