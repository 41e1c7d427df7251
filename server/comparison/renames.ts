import type { Topology } from '../topology/topology.js';
import { described, Mention, namedIn, partsOf, type Ref, type Said } from './described.js';

/** What has another name in the later estate, by its earlier one. */
export type Renames = ReadonlyMap<Ref, Ref>;

/** So many twins are told apart by trying; more of them are left as they are. */
const mostTrials = 64;

/**
 * Finds what has only been renamed: what is gone and what has come are the same where everything that is said of the one,
 * and everything that is said elsewhere with its name, is said of the other, and of nothing else. Twins, of which nobody
 * can tell which is which, count only where then both estates say the same throughout.
 *
 * Names are compared by colours that are refined until they stay: what has its name in both estates is its own colour,
 * and all else what is said of it in the colours of the others.
 */
export function renamesBetween(earlier: Topology, later: Topology): Renames {
    const [had, has] = [namedIn(earlier), namedIn(later)];
    const gone = [...had].filter((ref) => !has.has(ref));
    const come = [...has].filter((ref) => !had.has(ref));
    if (gone.length === 0 || come.length === 0) return new Map();
    const [before, after] = [described(earlier), described(later)];
    const [one, other] = [mentionsIn(before), mentionsIn(after)];
    const found = servicesMoved(gone, come);
    const certain = new Map<Ref, Ref>();
    for (let trials = 0; trials <= mostTrials; trials++) {
        const colours = new Colours(found);
        colours.refine([before, one, gone], [after, other, come]);
        const twins = matchInto(found, colours.classes(gone, come, found));
        if (trials === 0) for (const [from, to] of found) certain.set(from, to);
        if (!twins) break;
        found.set(...twins);
    }
    if (found.size === certain.size) return certain;
    return saysTheSame(before, after, found) ? found : certain;
}

/** Services of which only the namespace is another one: no other service had the name, or has it now. */
function servicesMoved(gone: readonly Ref[], come: readonly Ref[]): Map<Ref, Ref> {
    const byName = (refs: readonly Ref[]) => {
        const all = new Map<string, Ref[]>();
        for (const ref of refs) {
            const [kind, qualified = ''] = partsOf(ref);
            if (kind !== 'service') continue;
            const name = qualified.slice(qualified.indexOf('/') + 1);
            all.set(name, [...(all.get(name) ?? []), ref]);
        }
        return all;
    };
    const later = byName(come);
    return new Map(
        [...byName(gone)].flatMap(([name, refs]) => {
            const now = later.get(name) ?? [];
            return refs.length === 1 && now.length === 1 ? [[refs[0]!, now[0]!]] : [];
        }),
    );
}

interface Class {
    readonly gone: Ref[];
    readonly come: Ref[];
}

/** @returns a pair of twins, where there are any */
function matchInto(found: Map<Ref, Ref>, classes: Iterable<Class>): [Ref, Ref] | undefined {
    let twins: [Ref, Ref] | undefined;
    for (const { gone, come } of classes) {
        if (gone.length === 1 && come.length === 1) found.set(gone[0]!, come[0]!);
        else if (gone.length === come.length) twins ??= [gone[0]!, come[0]!];
    }
    return twins;
}

type Described = ReadonlyMap<Ref, Said>;
type Mentions = ReadonlyMap<Ref, readonly { readonly by: Ref; readonly as: string }[]>;

/** Who says something with a name, and as what. */
function mentionsIn(all: Described): Mentions {
    const mentions = new Map<Ref, { by: Ref; as: string }[]>();
    const visit = (by: Ref, said: Said, as: string): void => {
        if (said instanceof Mention) {
            const known = mentions.get(said.of);
            if (known) known.push({ by, as });
            else mentions.set(said.of, [{ by, as }]);
        } else if (Array.isArray(said)) for (const each of said as readonly Said[]) visit(by, each, as);
        else if (typeof said === 'object')
            for (const [field, each] of fieldsOf(said)) visit(by, each, `${as}.${field}`);
    };
    for (const [by, said] of all) visit(by, said, '');
    return mentions;
}

class Colours {
    private readonly known = new Map<string, number>();
    private colours = new Map<Ref, string>();

    constructor(private readonly same: ReadonlyMap<Ref, Ref>) {}

    refine(...sides: readonly (readonly [all: Described, mentions: Mentions, unsure: readonly Ref[]])[]): void {
        const later = new Set(this.same.values());
        const unsure = sides.map(([, , refs]) => refs.filter((ref) => !this.same.has(ref) && !later.has(ref)));
        // what is found has the name of the later estate in both
        for (const [from, to] of this.same) this.colours.set(from, to);
        // what only stands in something else now has kept a name of its own
        const keys = unsure.map((refs) => new Set(refs.map(ownName)));
        const isKept = (key: string) => keys.every((all) => all.has(key));
        for (const ref of unsure.flat()) this.colours.set(ref, isKept(ownName(ref)) ? ownName(ref) : partsOf(ref)[0]);
        for (let before = 0, now = 1; before < now;) {
            before = new Set(unsure.flatMap((refs) => refs.map((ref) => this.of(ref)))).size;
            const next = new Map(this.colours);
            for (const [side, [all, mentions]] of sides.entries())
                for (const ref of unsure[side]!) next.set(ref, this.described(ref, all, mentions));
            this.colours = next;
            now = new Set(unsure.flatMap((refs) => refs.map((ref) => this.of(ref)))).size;
        }
    }

    private described(ref: Ref, all: Described, mentions: Mentions): string {
        const by = (mentions.get(ref) ?? []).map((mention) => `${mention.as} ${this.of(mention.by)}`).sort();
        return this.named(`${this.of(ref)} ${canonical(all.get(ref), (other) => this.of(other))} ${by.join()}`);
    }

    /** Long descriptions have short names. */
    private named(text: string): string {
        const number = this.known.get(text) ?? this.known.size;
        this.known.set(text, number);
        return `#${number}`;
    }

    private of(ref: Ref): string {
        return this.colours.get(ref) ?? ref;
    }

    *classes(gone: readonly Ref[], come: readonly Ref[], found: ReadonlyMap<Ref, Ref>): Generator<Class> {
        const later = new Set(found.values());
        const classes = new Map<string, Class>();
        const classOf = (ref: Ref) => {
            const known = classes.get(this.of(ref)) ?? { gone: [], come: [] };
            classes.set(this.of(ref), known);
            return known;
        };
        for (const ref of gone) if (!found.has(ref)) classOf(ref).gone.push(ref);
        for (const ref of come) if (!later.has(ref)) classOf(ref).come.push(ref);
        yield* classes.values();
    }
}

function ownName(ref: Ref): string {
    const [kind, ...names] = partsOf(ref);
    return JSON.stringify([kind, names.at(-1)]);
}

function canonical(said: Said, nameOf: (ref: Ref) => string): string {
    if (said === undefined) return '';
    if (said instanceof Mention) return `@${nameOf(said.of)}`;
    if (Array.isArray(said))
        return `[${(said as readonly Said[])
            .map((each) => canonical(each, nameOf))
            .sort()
            .join()}]`;
    if (typeof said !== 'object') return JSON.stringify(said);
    const fields = fieldsOf(said).filter(([, each]) => each !== undefined);
    return `{${fields.map(([field, each]) => `${field}:${canonical(each, nameOf)}`).join()}}`;
}

function saysTheSame(before: Described, after: Described, renames: Renames): boolean {
    if (before.size !== after.size) return false;
    return [...before].every(([ref, said]) => {
        const to = renames.get(ref) ?? ref;
        return (
            after.has(to) &&
            canonical(said, (other) => renames.get(other) ?? other) === canonical(after.get(to), (other) => other)
        );
    });
}

function fieldsOf(said: object): [string, Said][] {
    return Object.entries(said) as [string, Said][];
}
