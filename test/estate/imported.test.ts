import { expect, test } from 'vitest';
import type { Covered } from '../../server/import/estate.js';
import { readImported } from '../../server/estate/imported.js';
import { Scratch } from '../../server/estate/scratch.js';

const nothingCovered = {} as Covered;

test('what was imported first stands where it stood in its own text after another import', async () => {
    const scratch = new Scratch();
    const text = 'topology shop\nworkload cluster east';
    const first = (await readImported(scratch, text, nothingCovered))!;
    const second = (await readImported(scratch, `\n\n${text}`, nothingCovered))!;
    const lineIn = ({ topology }: typeof first) => topology.clusters[0]!.at.range.start.line;
    expect([first, second].map(lineIn)).toEqual([1, 3]);
});
