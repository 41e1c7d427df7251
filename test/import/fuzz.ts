import { json } from '../../server/encoding/json.js';
import { reportText } from '../../server/import/report.js';
import { mutated } from '../fuzz/mutate.js';
import { randomOf } from '../fuzz/random.js';
import { importFiles } from './imported.js';
import { planted, plantedInTerraform, secret } from './planted.js';

/** Longer, in milliseconds of the processor, takes no import of a few small files. */
const limit = 2000;

/**
 * Imports some files of an estate, each changed in some way, with documents between them in which secrets are planted.
 *
 * @param seed the same seed gives the same input
 * @returns what went wrong; undefined for nothing
 */
export function fuzzImport(
    files: Readonly<Record<string, string>>,
    seed: number,
    onInput: (input: Readonly<Record<string, string>>) => void = () => undefined,
): string | undefined {
    const random = randomOf(seed);
    const input: Record<string, string> = {};
    const names = Object.keys(files);
    for (let left = random.below(3) + 1; left > 0; left--) {
        const name = random.pick(names);
        input[name] = mutated(input[name] ?? files[name]!, files[random.pick(names)]!, random);
    }
    // documents of their own, and behind all changes, so that none gives a secret the place of a name
    for (const name of Object.keys(input)) if (name.endsWith('.yaml')) input[name] += `\n---\n${random.pick(planted)}`;
    input[`planted-${random.below(2)}.yaml`] = random.pick(planted);
    input['planted.json'] = random.pick(plantedInTerraform);
    onInput(input);
    // others may have the processor meanwhile
    const began = process.cpuUsage();
    try {
        const { text, report } = importFiles(input, { name: 'retail', withSources: random.below(2) === 0 });
        const { user, system } = process.cpuUsage(began);
        const took = (user + system) / 1000;
        if (took > limit) return `took ${Math.round(took)} ms`;
        const said = text + json(report) + reportText(report);
        return said.includes(secret) ? 'tells a secret' : undefined;
    } catch (error) {
        // what was thrown may quote the input
        return error instanceof Error ? `throws ${error.message.replaceAll(secret, '…')}` : 'throws';
    }
}
