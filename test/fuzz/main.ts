import { writeFileSync } from 'node:fs';
import { fuzz } from './fuzz.js';

/** Given by run.mjs: the project, a file that always holds the present input, how many runs, and the first seed. */
const [root = '', last = '', runs = '', seed = ''] = process.argv.slice(2);

/** Seconds of the processor. */
const limit = 2;

/** How often the state is told. */
const tellEvery = 500;

async function run(): Promise<void> {
    const first = Number(seed);
    const faults = await fuzz(root, { runs: Number(runs), seed: first, limit }, (now, text) => {
        writeFileSync(last, text);
        if (now > first && (now - first) % tellEvery === 0) console.log(`${now - first} inputs`);
    });
    for (const fault of faults) {
        console.log(`\n── --seed ${fault.seed}: ${fault.says}\n${fault.text}\n──`);
    }
    console.log(`${runs} inputs from seed ${seed}: ${faults.length === 0 ? 'nothing' : faults.length} went wrong`);
    process.exitCode = faults.length === 0 ? 0 : 1;
}

void run();
