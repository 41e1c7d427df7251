import { measureMemory } from './memory.js';
import { sessions } from './sessions.js';

/** Given by run.mjs: the project, what to do, the built server, how many sessions, and the first seed. */
const [root = '', kind = '', program = '', runs = '', seed = ''] = process.argv.slice(2);

/** How often the state is told. */
const tellEvery = 10;

const edits = 10_000;
const bytesOfMebibyte = 1_048_576;

async function run(): Promise<void> {
    const first = Number(seed);
    const faults = await sessions(root, program, { runs: Number(runs), seed: first }, (now) => {
        if ((now - first + 1) % tellEvery === 0) console.log(`${now - first + 1} sessions`);
    });
    for (const fault of faults) {
        console.log(`\n── --seed ${fault.seed}: ${fault.says}\n${fault.steps.join('\n')}\n──`);
    }
    console.log(`${runs} sessions from seed ${seed}: ${faults.length === 0 ? 'nothing' : faults.length} went wrong`);
    process.exitCode = faults.length === 0 ? 0 : 1;
}

async function measure(): Promise<void> {
    await measureMemory(root, program, edits, (done, bytes) =>
        console.log(`${done} edits: ${(bytes / bytesOfMebibyte).toFixed(1)} MiB`),
    );
}

void (kind === 'memory' ? measure() : run());
