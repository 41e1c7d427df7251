import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Cancellation } from 'langium';
import { expect, test } from 'vitest';
import { problemsIn } from '../../server/estate/problem.js';
import { Scratch } from '../../server/estate/scratch.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { surroundingsIn } from '../../server/fixes/surroundings.js';
import { VerifiedFixes } from '../../server/fixes/verified.js';
import { estate } from '../fixture.js';
import { shareOf } from '../share.js';

const folder = resolve(import.meta.dirname, '../corpus');
const scratch = new Scratch();

/** Every estate of the corpus that is one file. */
const corpus = globSync('**/*.tsbtopo', { cwd: folder }).map((name) => readFileSync(resolve(folder, name), 'utf8'));

test('whatever is wrong in an imported file, no fix writes into it', async () => {
    const verified = new VerifiedFixes();
    const tried = new Set<string>();
    let offered = 0;
    for (const text of shareOf(corpus)) {
        const { document, services } = await estate({ 'main.import.tsbtopo': text });
        snapshotsOf(services, scratch);
        const around = surroundingsIn(services)(document)!;
        for (const problem of problemsIn(document, services)) {
            // one of each code: trying takes long
            if (tried.has(problem.code)) continue;
            tried.add(problem.code);
            for (const { changes } of await verified.of(problem, around, Cancellation.CancellationToken.None)) {
                offered++;
                expect(changes.map(({ uri }) => uri)).not.toContain(document.uri.toString());
            }
        }
    }
    expect(offered).toBeGreaterThan(20);
});
