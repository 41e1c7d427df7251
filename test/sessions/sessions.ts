import { setTimeout as delay } from 'node:timers/promises';
import { EmptyFileSystem } from 'langium';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { estatesIn } from '../fuzz/fuzz.js';
import { randomOf } from '../fuzz/random.js';
import { SessionClient } from './client.js';
import type { Session } from './steps/step.js';
import { steps } from './steps/steps.js';
import { differenceOf, visibleOf } from './visible.js';
import { World } from './world.js';

/** A session in which something went wrong. */
export interface Fault {
    /** What `--seed` makes the same session again. */
    readonly seed: number;
    readonly says: string;
    /** Everything that was done until then. */
    readonly steps: readonly string[];
}

/** After each batch of steps the server is compared with a fresh one. */
const batches = 3;
const stepsOfBatch = 14;

/** How often two servers are asked before they are said to differ. */
const attempts = 3;

/** Longer files take their time, and show nothing that shorter ones would not. */
const mostLines = 130;

/**
 * Plays editors to a server, one session for each seed: documents are opened, edited, saved and closed, files and folders
 * come and go, failures are simulated, and questions are asked meanwhile. After each batch of steps the server must show
 * what one shows that has just been started.
 *
 * @param root of the project
 * @param program the built server
 */
export async function sessions(
    root: string,
    program: string,
    { runs, seed }: { readonly runs: number; readonly seed: number },
    ended: (seed: number) => void = () => undefined,
): Promise<Fault[]> {
    const estates = estatesIn(root).filter((files) =>
        Object.values(files).every((text) => text.split('\n').length <= mostLines),
    );
    const donors = estates.flatMap((files) => Object.values(files));
    const faults: Fault[] = [];
    for (let run = seed; run < seed + runs; run++) {
        const random = randomOf(run);
        const world = new World(random, estates);
        const client = await SessionClient.start([program], world.folders.slice());
        const fault = await faultOf({ world, client, random, donors }, program);
        if (fault) faults.push({ seed: run, ...fault });
        await client.stop();
        world.end();
        ended(run);
    }
    return faults;
}

async function faultOf(session: Session, program: string): Promise<Omit<Fault, 'seed'> | undefined> {
    const { client, random } = session;
    const done: string[] = [];
    for (let batch = 0; batch < batches; batch++) {
        for (let left = stepsOfBatch; left > 0; left--) {
            const said = await random.pick(steps)(session);
            if (said !== undefined) done.push(said);
        }
        done.push('──');
        const says = (await differenceFromFresh(session, program, random.below(1_000_000))) ?? client.faults[0];
        if (says !== undefined) return { says, steps: done };
    }
    return undefined;
}

/** Compares a server with one that has just been started, and told how everything is now. */
async function differenceFromFresh(
    { world, client }: Session,
    program: string,
    seed: number,
): Promise<string | undefined> {
    const fresh = await SessionClient.start([program], world.folders.slice());
    for (const [uri, { text, version }] of world.shown) {
        fresh.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'tsbtopo', version, text } });
    }
    await Promise.all([client.settled(world.shown), fresh.settled(world.shown)]);
    for (const { uri, failures, restarts, time } of client.state.simulations) {
        const { duration, at } = time;
        const scenario = { failures, restarts: restarts.map(({ element, at }) => ({ element, at })), duration, at };
        void fresh.ask('workspace/executeCommand', { command: simulationCommands.run, arguments: [{ uri, scenario }] });
    }
    let difference: string | undefined;
    for (let attempt = 0; attempt < attempts; attempt++) {
        // a machine that is busy may keep one of them waiting
        await delay(attempt * 1_000);
        await Promise.all([client.settled(world.shown), fresh.settled(world.shown)]);
        const known = await visibleOf(client, world, seed, isBroken);
        difference = differenceOf(known, await visibleOf(fresh, world, seed, isBroken));
        if (difference === undefined) break;
    }
    await fresh.stop();
    return difference ?? fresh.faults[0];
}

const { LangiumParser } = createTsbtopoServices(EmptyFileSystem).tsbtopo.parser;

function isBroken(text: string): boolean {
    const { lexerErrors, parserErrors } = LangiumParser.parse(text);
    return lexerErrors.length + parserErrors.length > 0;
}
