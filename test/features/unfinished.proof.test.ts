import { resolve } from 'node:path';
import { EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { createEditorServices } from '../../server/features/language-server.js';
import { estatesIn } from '../fuzz/fuzz.js';
import { randomOf } from '../fuzz/random.js';
import { tokenPlaces } from '../outputs.js';
import { share } from '../share.js';
import { editor } from './editor.js';

/** Files; each of their lines ends at each of its words in turn. */
const most = Math.max(4, share(20));
/** Characters. */
const longest = 2_500;

test('a line that is not finished has hovers and actions at all that is there', { timeout: 600_000 }, async () => {
    const services = createEditorServices(EmptyFileSystem);
    const estates = estatesIn(resolve(import.meta.dirname, '../..')).filter(
        (files) => Object.values(files).join('').length < longest,
    );
    const { pick } = randomOf(1);
    let asked = 0;
    for (let run = 0; run < most; run++) {
        const files = pick(estates);
        const [name = ''] = Object.keys(files);
        const text = files[name]!;
        const { document, hover, type, actions } = await editor(files, services);
        const words = tokenPlaces(document()).map((place) => document().textDocument.offsetAt(place));
        for (const start of words) {
            const without = text.slice(0, start) + text.slice(start).replace(/^.*/, '');
            await type({ [name]: without });
            const line = document().textDocument.positionAt(start).line;
            for (const place of tokenPlaces(document()).filter((each) => each.line === line)) {
                const told = await hover(place).catch((error: unknown) => `${String(error)} at ${without}`);
                expect(told).not.toContain('undefined');
                expect(told).not.toContain('Error: ');
                await actions(undefined, { start: place, end: place });
                asked++;
            }
        }
    }
    expect(asked).toBeGreaterThan(most);
});
