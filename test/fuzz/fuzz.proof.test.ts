import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.js';
import { share } from '../share.js';

/** As many as take some seconds; `npm run fuzz` tries more of them, and looks at the time that each takes. */
const runs = share(30);

test('changed examples and corpus files: nothing throws, and every message stands in its file', async () => {
    expect(await fuzz(resolve(import.meta.dirname, '../..'), { runs, seed: 1 })).toEqual([]);
});
