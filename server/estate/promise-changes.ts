import type { PromiseState } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';
import type { NamedPromise, StatedPromise } from './promise-states.js';

/** What a change does to the promises of an estate. */
export interface PromiseChanges {
    /** Broken now, and not before. */
    readonly broken: readonly ChangedPromise[];
    /** Nobody can judge them now, and somebody could before, or they are new. */
    readonly notJudged: readonly ChangedPromise[];
    /** Kept now, and not before. */
    readonly kept: readonly ChangedPromise[];
    /** Not made any more. */
    readonly gone: readonly ChangedPromise[];
}

export interface ChangedPromise extends Pick<NamedPromise, 'kind' | 'label' | 'at'> {
    /** Null where it was not there. */
    readonly before: PromiseState | null;
    readonly now: PromiseState | null;
    /** Why it is not kept now, plain; empty otherwise. */
    readonly why: string;
    readonly at: SourceLocation;
}

export const noPromiseChanges: PromiseChanges = { broken: [], notJudged: [], kept: [], gone: [] };

/**
 * Compares what became of promises. One that is broken before and now is no change.
 *
 * @param named how a name of the earlier state is called now
 */
export function promiseChanges(
    earlier: readonly StatedPromise[],
    later: readonly StatedPromise[],
    named: (name: string) => string,
): PromiseChanges {
    const before = new Map(earlier.map((promise) => [idNow(promise, named), promise]));
    const changes = later.map((promise): ChangedPromise => {
        const { kind, label, at, state, reasons } = promise;
        const known = before.get(promise.id);
        before.delete(promise.id);
        const why = state === 'kept' ? '' : (reasons[0]?.message ?? '');
        return { kind, label, at, before: known?.state ?? null, now: state, why };
    });
    const news = changes.filter((change) => change.before !== change.now);
    return {
        broken: news.filter(({ now }) => now === 'broken'),
        notJudged: news.filter(({ now }) => now === 'not-judged'),
        kept: news.filter((change) => change.now === 'kept' && change.before !== null),
        gone: [...before.values()].map(({ kind, label, at, state }) => ({
            ...{ kind, label, at },
            ...{ before: state, now: null, why: '' },
        })),
    };
}

/** A sentence of an objective has names of things in it; the name of a scenario is a text. */
function idNow({ id, kind }: StatedPromise, named: (name: string) => string): string {
    if (kind === 'scenario') return id;
    return id
        .split(/("(?:[^"\\]|\\.)*"|[\s,./]+)/)
        .map((word) => (word.startsWith('"') ? `"${named(word.slice(1, -1))}"` : named(word)))
        .join('');
}
