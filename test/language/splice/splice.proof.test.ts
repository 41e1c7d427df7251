import { resolve } from 'node:path';
import { EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../../server/language/create-services.js';
import type { Reading } from '../../../server/language/syntax/edit-window.js';
import { spliced } from '../../../server/language/syntax/splice.js';
import { estatesIn } from '../../fuzz/fuzz.js';
import { mutated } from '../../fuzz/mutate.js';
import { randomOf } from '../../fuzz/random.js';
import { share } from '../../share.js';
import { described } from './described.js';

const sessions = share(1_000);
const editsOfSession = 40;
/** Characters: of what is larger, all would be compared after each edit. */
const longest = 8_000;

test('what is read of an edit alone is what reading all of the file gives', { timeout: 600_000 }, () => {
    const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
    const read = (text: string) => tsbtopo.parser.LangiumParser.parse(text) as Reading;
    const texts = estatesIn(resolve(import.meta.dirname, '../../..')).flatMap((files) => Object.values(files));
    const small = texts.filter(({ length }) => length < longest);
    const counts = { kept: 0, whole: 0 };
    for (let seed = 1; seed <= sessions; seed++) {
        const random = randomOf(seed);
        let text = `${random.pick(small)}\n${random.pick(small)}`;
        let reading = read(text);
        const original = text;
        for (let edit = 1; edit <= editsOfSession; edit++) {
            text = random.below(4) === 0 ? original : edited(text, random.pick(small), random);
            const result = spliced(reading, text, read);
            counts[result ? 'kept' : 'whole']++;
            if (result) {
                const difference = firstDifference(described(result), described(read(text)), '');
                expect(difference && { seed, edit, difference, text }).toBeUndefined();
            }
            reading = result ?? read(text);
        }
    }
    // an edit that is never read alone would prove nothing
    expect(counts.kept).toBeGreaterThan(counts.whole / 4);
});

function edited(text: string, donor: string, random: ReturnType<typeof randomOf>): string {
    const { below, pick } = random;
    const at = below(text.length + 1);
    switch (below(6)) {
        case 0:
            return mutated(text, donor, random);
        case 1:
            return (
                text.slice(0, at) +
                pick(['{', '}', '"', '/*', '*/', '//', '\n', '\r\n', ' ', 'x', '\r']) +
                text.slice(at)
            );
        case 2:
            return text.slice(0, at) + text.slice(at + below(3));
        case 3:
            return (
                text.slice(0, at) +
                pick(['a', 'on ', 'region r', '\nservice s {\n}\n', '  owner "x"\n']) +
                text.slice(at)
            );
        case 4:
            return text.replace(pick(['\n', '}', '{', '"', ' ']), '');
        default: {
            const lines = text.split('\n');
            const [taken = ''] = lines.splice(below(lines.length), 1);
            if (below(2) === 0) lines.splice(below(lines.length), 0, taken);
            return lines.join('\n');
        }
    }
}

/** Where two plain values differ first; undefined where they do not. */
function firstDifference(one: unknown, other: unknown, path: string): string | undefined {
    if (Object.is(one, other)) return undefined;
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
        return `${path}: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`;
    }
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        const found = firstDifference(one[key as never], other[key as never], `${path}.${key}`);
        if (found !== undefined) return found;
    }
    return undefined;
}
