import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { estateIn } from '../import/estate-in.js';
import { withTerraform } from '../import/terraform-state.js';
import { fuzzImport } from '../import/fuzz.js';

/** Given by run.mjs: the project, a file that always holds the present input, how many runs, and the first seed. */
const [root = '', last = '', runs = '', seed = ''] = process.argv.slice(2);

/** Any other status than this one and 0 is that of a process that has not come to the end. */
const statusOfFaults = 2;

const files = withTerraform(estateIn(resolve(root, 'test/import/estate')));
let isSound = true;
for (let now = Number(seed); now < Number(seed) + Number(runs); now++) {
    const fault = fuzzImport(files, now, (input) => {
        // an input that never ends is there to be looked at
        if (now % 100 === 0) process.send?.(now);
        writeFileSync(last, JSON.stringify(input));
    });
    if (fault === undefined) continue;
    isSound = false;
    console.log(`\n── --seed ${now}: ${fault}`);
}
process.disconnect?.();
process.exitCode = isSound ? 0 : statusOfFaults;
