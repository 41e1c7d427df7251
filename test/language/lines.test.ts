import { TextDocument } from 'langium';
import { expect, test } from 'vitest';
import { Lines } from '../../server/language/syntax/lines.js';
import { randomOf } from '../fuzz/random.js';

test('after any edits lines begin where they begin in the text', () => {
    const pieces = ['a', 'bc', '\n', '\r', '\r\n', '\n\n', ''];
    for (let seed = 1; seed <= 200; seed++) {
        const { below, pick } = randomOf(seed);
        const some = () => Array.from({ length: below(6) }, () => pick(pieces)).join('');
        let text = some() + some();
        let lines = Lines.of(text);
        for (let edit = 1; edit <= 20; edit++) {
            const start = below(text.length + 1);
            const end = start + below(Math.min(4, text.length - start) + 1);
            const by = some();
            const now = text.slice(0, start) + by + text.slice(end);
            lines = lines.after({ start, end, by }, now);
            text = now;
            const document = TextDocument.create('', '', 0, text);
            const offsets = Array.from({ length: text.length + 1 }, (_, offset) => offset);
            expect(
                offsets.map((offset) => lines.positionAt(offset)),
                JSON.stringify({ seed, edit, text }),
            ).toEqual(offsets.map((offset) => document.positionAt(offset)));
        }
    }
});
