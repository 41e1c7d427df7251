import { annotationStates, type AnnotationState } from '../knowledge/states.js';
import { enumerated } from '../words/english.js';

/** One thing to say at the end of a line, in plain text. */
export interface Remark {
    readonly state: AnnotationState;
    readonly text: string;
    /** Where several things on a line may fare alike: the text around the name, by which they are told together. */
    readonly named?: Named;
}

export interface Named {
    readonly before: string;
    readonly name: string;
    readonly after: string;
}

/** A remark about one of the things on a line. */
export function namedRemark(state: AnnotationState, named: Named): Remark {
    return { state, text: `${named.before}${named.name}${named.after}`, named };
}

/**
 * All that is said of a line as one text, the gravest first, nothing twice: what fares alike is told together, and a
 * remark that another one contains is left out. Undefined where there is nothing to say.
 */
export function joined(remarks: readonly Remark[]): Remark | undefined {
    const clauses = together(remarks).sort(
        (a, b) => annotationStates.indexOf(a.state) - annotationStates.indexOf(b.state),
    );
    const [gravest] = clauses;
    if (!gravest) return undefined;
    const texts = [...new Set(clauses.flatMap(({ text }) => text.split(separator)))];
    const told = texts.filter((text) => !texts.some((other) => other !== text && isWithin(text, other)));
    return { state: gravest.state, text: told.join(separator) };
}

const separator = ' · ';

/** Whole words only: "served from e1" is not within "served from e12". */
function isWithin(text: string, other: string): boolean {
    const start = other.indexOf(text);
    if (start < 0) return false;
    return !/[\w.-]$/.test(other.slice(0, start)) && !/^[\w-]|^\.\w/.test(other.slice(start + text.length));
}

function together(remarks: readonly Remark[]): Remark[] {
    const groups = new Map<string, Remark & { readonly names: Set<string> }>();
    for (const { state, text, named } of remarks) {
        const key = named ? `${state}|${named.before}|${named.after}` : `${state}|${text}`;
        const group = groups.get(key) ?? { state, text, ...(named && { named }), names: new Set<string>() };
        if (named) group.names.add(named.name);
        groups.set(key, group);
    }
    return [...groups.values()].map(({ state, text, named, names }) => ({
        state,
        text: named ? `${named.before}${enumerated([...names])}${named.after}` : text,
    }));
}
