import type { Covered } from '../import/estate.js';
import type { SourceLocation, Topology } from '../topology/topology.js';

/** Something that the estate has otherwise than the files say. */
export interface Drift {
    /** The estate has it and the files do not; the files have it and the estate does not; both have it, and it differs. */
    readonly sign: '+' | '-' | '~';
    /** What it is about, in the words of the language: `service shop/web`. */
    readonly subject: string;
    /** What of it: `replicas`, `exposed "shop.example.com"`; empty for all of it. */
    readonly item: string;
    /** As the files say it; undefined where they do not. */
    readonly here?: string | undefined;
    /** As the estate has it. */
    readonly there?: string | undefined;
    /** Where the files say it, or speak of what it is about; undefined where they nowhere do. */
    readonly at?: SourceLocation | undefined;
    /** How the files come to say what the estate has; undefined where that is for people to do. */
    readonly takeOver?: TakeOver | undefined;
}

export type TakeOver =
    /** Add a declaration as it stands in the text that import has written. */
    | { readonly kind: 'add'; readonly text: string; readonly into?: SourceLocation }
    /** Put a text behind what stands here. */
    | { readonly kind: 'behind'; readonly text: string; readonly at: SourceLocation }
    /** Take out the item or declaration that begins here. */
    | { readonly kind: 'remove'; readonly at: SourceLocation }
    /** Write an item: instead of one, or into the block of what begins at `into`, within the block of a plane. */
    | {
          readonly kind: 'write';
          readonly text: string;
          readonly instead?: SourceLocation | undefined;
          readonly into: SourceLocation;
          readonly plane?: 'management' | 'edge';
      };

/** Both states of an estate, and what is known of them. */
export interface Sides {
    /** What import has read, as a topology. */
    readonly there: Topology;
    /** What the files say. */
    readonly here: Topology;
    readonly covered: Covered;
    readonly write: WriteName;
    /** What stands at a place of the text that import has written. */
    readonly textAt: (at: SourceLocation) => string;
}

/** How a name is written; `rule` is a rule of the grammar for names. */
export type WriteName = (name: string, rule: string) => string;

/** `+ workload cluster c4`, `~ service shop/web: replicas 2 → replicas 3`. */
export function driftLine(drift: Drift): string {
    return `${drift.sign} ${whatDiffers(drift)}`;
}

function whatDiffers({ sign, subject, here, there, item }: Drift): string {
    if (item === '') return subject;
    if (sign === '~') return `${subject}: ${here ?? `${item} not said`} → ${there ?? 'none'}`;
    return `${subject}: ${(sign === '+' ? there : here) ?? item}`;
}

/** The same as a sentence. */
export function driftMessage(drift: Drift): string {
    const { sign, subject, item, here, there } = drift;
    const what = item === '' ? subject : ((sign === '+' ? there : here) ?? item);
    if (sign === '+')
        return `The estate has \`${what}\`${item === '' ? '' : ` in \`${subject}\``}, and no file says so.`;
    if (sign === '-') return `\`${what}\` is no longer in the estate.`;
    return `In the estate this is \`${there ?? 'nothing'}\`${here === undefined ? `, and \`${subject}\` does not say it` : `, and here it is \`${here}\``}.`;
}

/** By what somebody keeps a difference, or leaves it to others: `service shop/web replicas`. */
export function driftName({ subject, item }: Drift): string {
    return item === '' ? subject : `${subject} ${item}`;
}

/** Whether one of these patterns is about a difference: about its name, or about its subject; `*` is any text. */
export function isIgnored(drift: Drift, patterns: readonly string[]): boolean {
    return patterns.some((pattern) => {
        const escaped = pattern
            .trim()
            .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
            .replaceAll('*', '.*');
        const expression = new RegExp(`^${escaped}$`, 's');
        return expression.test(driftName(drift)) || expression.test(drift.subject);
    });
}
