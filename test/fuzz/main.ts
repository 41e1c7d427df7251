import { writeFileSync } from 'node:fs';
import { fuzz } from './fuzz.js';

/** Given by run.mjs: the project, a file that always holds the present input, how many runs, and the first seed. */
const [root = '', last = '', runs = '', seed = ''] = process.argv.slice(2);

/** Seconds of the processor for each group of questions. */
const limit = 2;

/** Any other status than this one and 0 is that of a process that has not come to the end. */
const statusOfFaults = 2;

async function run(): Promise<void> {
    const faults = await fuzz(
        root,
        { runs: Number(runs), seed: Number(seed), limit },
        {
            begins: (now, text) => {
                writeFileSync(last, text);
                process.send?.(now);
            },
            found: (fault) => console.log(`\n── --seed ${fault.seed}: ${fault.says}\n${fault.text}\n──`),
        },
    );
    process.disconnect?.();
    process.exitCode = faults.length === 0 ? 0 : statusOfFaults;
}

void run();
