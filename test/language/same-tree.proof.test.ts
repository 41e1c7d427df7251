import { resolve } from 'node:path';
import {
    CstUtils,
    EmptyFileSystem,
    GrammarAST,
    isLeafCstNode,
    prepareLangiumParser,
    type LangiumParser,
} from 'langium';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import type { Reading } from '../../server/language/syntax/edit-window.js';
import { taught } from '../../server/language/syntax/parser.js';
import { estatesIn } from '../fuzz/fuzz.js';
import { mutated } from '../fuzz/mutate.js';
import { randomOf } from '../fuzz/random.js';
import { share, shareOf } from '../share.js';
import { described } from './splice/described.js';

const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
const own = tsbtopo.parser.LangiumParser;
/** Calls a rule for each word, and keeps each call as a piece of text of its own. */
const plain = taught(prepareLangiumParser(tsbtopo), tsbtopo);
// a comment that is not closed, and ends with a line, ends in that line for Langium
const texts = estatesIn(resolve(import.meta.dirname, '../..')).flatMap((files) =>
    Object.values(files).map((text) => text.trimEnd()),
);

/** All that is read of a text; of its pieces the words, since larger ones are fewer here. */
function readBy(parser: LangiumParser, text: string) {
    const reading = parser.parse(text) as Reading;
    const words = [...CstUtils.streamCst(reading.value.$cstNode!)].filter(isLeafCstNode).map((leaf) => ({
        at: [leaf.offset, leaf.end],
        range: leaf.range,
        text: leaf.text,
        token: leaf.tokenType.name,
        hidden: leaf.hidden,
        in: leaf.astNode.$type,
        isKeyword: GrammarAST.isKeyword(leaf.grammarSource),
    }));
    return { ...(described(reading) as object), pieces: words };
}

test('every file is read as Langium reads it', () => {
    for (const text of shareOf(texts)) expect(readBy(own, text)).toEqual(readBy(plain, text));
});

test('so is what has mistakes', { timeout: 600_000 }, () => {
    const small = texts.filter(({ length }) => length < 4_000);
    for (let seed = 1; seed <= share(4_000); seed++) {
        const random = randomOf(seed);
        const text = mutated(random.pick(small), random.pick(small), random).trimEnd();
        expect(readBy(own, text), `seed ${seed}: ${text}`).toEqual(readBy(plain, text));
    }
});

test('words of the language that are names, too, are read as words of the language', () => {
    const { pieces } = readBy(own, 'service ttl on own { requires "open", b/off through x.own }\n');
    expect(pieces.filter(({ isKeyword }) => !isKeyword).map(({ text }) => text)).toEqual(['"open"', 'b', 'x']);
});

test('a name is one piece of text, and a declaration has one', () => {
    const { value } = own.parse('service a on b, c\n');
    const depthOf = (node: { container?: unknown }): number => (node.container ? 1 + depthOf(node.container) : 0);
    const leaves = [...CstUtils.streamCst(value.$cstNode!)].filter(isLeafCstNode);
    expect(leaves.map((leaf) => [leaf.text, depthOf(leaf)])).toEqual([
        ['service', 2],
        ['a', 2],
        ['on', 3],
        ['b', 4],
        [',', 3],
        ['c', 4],
    ]);
});
