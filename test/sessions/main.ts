import { sessions } from './sessions.js';

/** Given by run.mjs: the project, the built server, how many sessions, and the first seed. */
const [root = '', program = '', runs = '', seed = ''] = process.argv.slice(2);

/** How often the state is told. */
const tellEvery = 10;

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

void run();
