import { expect, test } from 'vitest';
import { mutated } from '../fuzz/mutate.js';
import { randomOf } from '../fuzz/random.js';
import { share } from '../share.js';
import { files as plain } from './estate-files.js';
import { fuzzImport } from './fuzz.js';
import { errorsIn, importFiles } from './imported.js';
import { withTerraform } from './terraform-state.js';

const files = withTerraform(plain);

test('changed files with planted secrets: nothing throws, nothing takes long, no secret is told', () => {
    const faults: string[] = [];
    // npm run fuzz -- --import takes as many as one likes
    for (let seed = 1; seed <= share(5000); seed++) {
        const fault = fuzzImport(files, seed);
        if (fault !== undefined) faults.push(`${seed}: ${fault}`);
    }
    expect(faults).toEqual([]);
});

test('whatever is changed, what is written has no errors', async () => {
    const random = randomOf(16);
    const names = Object.keys(files);
    const wrong: string[] = [];
    for (let run = 0; run < share(250); run++) {
        const changed: Record<string, string> = { ...files };
        for (let times = random.below(3) + 1; times > 0; times--) {
            const name = random.pick(names);
            changed[name] = mutated(changed[name]!, files[random.pick(names)]!, random);
        }
        const { text } = importFiles(changed, { name: 'retail', withSources: true });
        wrong.push(...(await errorsIn(text)).map((error) => `${run}: ${error}`));
    }
    expect(wrong).toEqual([]);
});
