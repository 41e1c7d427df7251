import type { SourceLocation } from './place.js';

/** Something that a promise, or a shared fate, names. Names are as the file has them; what they mean is found where they are looked up. */
export type Thing = NamedThing | Choice;

/** What is written, and where. */
export interface Written {
    /** On one line, with single blanks. */
    readonly written: string;
    readonly at: SourceLocation;
}

export interface NamedThing extends Written {
    readonly kind: 'named';
    /** The kind that stands before the name, such as `service`; empty where none does. */
    readonly of: string;
    /** As one asks for it elsewhere: `region:us-east`, `shop/cart@west`, `east.istiod`, `link:east/mgmt`. */
    readonly name: string;
}

/** `every`: each of them; `any`: each choice of so many. */
export interface Choice extends Written {
    readonly kind: 'choice';
    readonly quantifier: 'any' | 'every';
    readonly count: number;
    /** The kind of things; empty: whatever can fail. */
    readonly of: string;
    readonly label?: { readonly key: string; readonly value: string };
    readonly place?: NamedThing;
}
