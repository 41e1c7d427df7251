import { hostile } from '../encoding/hostile.js';
import type { Random } from './random.js';

/** Names that every object of JavaScript has, or that mean something to a part of this tool. */
const words = [
    ...[
        'constructor',
        'toString',
        'valueOf',
        'hasOwnProperty',
        '__proto__',
        'prototype',
        'length',
        'undefined',
        'null',
    ],
    ...['"service:shop"', '"east.ingress"', '"link:a/b"', '"region:x"', '""', '"', "'a'", '{', '}', '<->', '->', ','],
    ...[
        '0',
        '1h',
        '99999999999999999999',
        '0s',
        '1e9',
        '-1',
        '9'.repeat(400),
        '1.10',
        '/x',
        '/*',
        '*/',
        '//',
        '\u0000',
    ],
    ...['\ufeff', '\r', '\r\n', '\ud800', 'é', '😀', '\u202e', '\t'],
    ...hostile.map((text) => `"${text}"`),
];

type Mutation = (text: string, random: Random, donor: string) => string;

const mutations: readonly Mutation[] = [
    // a piece is gone, or there twice, or ends the file
    (text, { below }) => spliced(text, below(text.length + 1), below(8) + 1, ''),
    (text, { below }) => {
        const at = below(text.length + 1);
        const piece = text.slice(at, at + below(60) + 1);
        return spliced(text, at, 0, piece);
    },
    (text, { below }) => text.slice(0, below(text.length + 1)),
    // a line is gone, there twice, or elsewhere
    (text, { below }) => withLines(text, (lines) => void lines.splice(below(lines.length), below(3) + 1)),
    (text, random) => withLines(text, (lines) => lines.splice(random.below(lines.length), 0, random.pick(lines))),
    (text, { below }) =>
        withLines(text, (lines) => void lines.splice(below(lines.length), 0, ...lines.splice(below(lines.length), 2))),
    // a word becomes another one of the file, or an odd one
    (text, random) => withWord(text, random, () => random.pick(wordsIn(text))),
    (text, random) => withWord(text, random, () => random.pick(words)),
    (text, random) => spliced(text, random.below(text.length + 1), 0, ` ${random.pick(words)} `),
    // lines of another estate
    (text, random, donor) =>
        withLines(text, (lines) => lines.splice(random.below(lines.length), 0, ...slice(donor.split('\n'), random))),
];

/** A text with up to four changes, as slips of the pen or of a merge make them. */
export function mutated(text: string, donor: string, random: Random): string {
    let result = text;
    for (let left = random.below(4) + 1; left > 0; left--) result = random.pick(mutations)(result, random, donor);
    return result;
}

/** So many declarations are in an excerpt, on the average. */
const declarationsInExcerpt = 8;

/** Some of the declarations of a text, in their order: what goes wrong with much mostly does so with little, and sooner. */
export function excerptOf(text: string, { below }: Random): string {
    // each begins at the beginning of a line; what is in a block or closes it does not
    const declarations = text.split(/\n(?=[^\s}])/);
    const { length } = declarations;
    return declarations.filter(() => below(length) < declarationsInExcerpt).join('\n');
}

function spliced(text: string, at: number, length: number, by: string): string {
    return text.slice(0, at) + by + text.slice(at + length);
}

function withLines(text: string, change: (lines: string[]) => void): string {
    const lines = text.split('\n');
    change(lines);
    return lines.join('\n');
}

function slice(lines: readonly string[], { below }: Random): string[] {
    const at = below(lines.length);
    return lines.slice(at, at + below(6) + 1);
}

const word = /"[^"\n]*"|[\w.-]+|[{}<>,/;]/g;

function wordsIn(text: string): string[] {
    return text.match(word) ?? [''];
}

function withWord(text: string, { below }: Random, by: () => string): string {
    const found = [...text.matchAll(word)];
    const chosen = found[below(found.length)];
    return chosen ? spliced(text, chosen.index, chosen[0].length, by()) : text;
}
