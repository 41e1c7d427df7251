import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareTopologies } from '../../server/comparison/compare.js';
import type { Topology } from '../../server/topology/topology.js';
import { table } from '../docs/generated-sections.js';
import type { GeneratedEstate } from './estates.js';
import { repeated, shown, thousands } from './statistics.js';

/** What is otherwise in the later state. */
const changes = [
    ['a home less of a service', 'service s0 on c0, c1 ', 'service s0 on c0 '],
    ['a gateway less in a cluster', 'gateway ingress, east-west gw1\n', 'gateway ingress gw1\n'],
] as const;

/**
 * Two states of each estate: from their plain data on, and by `tsbtopo diff`, from the start of the program to its end.
 *
 * @param cli the bundled command line
 */
export async function comparisonTable(
    estates: readonly GeneratedEstate[],
    topologyOf: (files: ReadonlyMap<string, string>) => Promise<Topology>,
    cli: string,
): Promise<string> {
    const rows: string[][] = [];
    for (const { files, nodes } of estates) {
        for (const [what, before, instead] of changes) {
            const changed = new Map([...files].map(([name, text]) => [name, text.replace(before, instead)]));
            const [earlier, now] = [await topologyOf(files), await topologyOf(changed)];
            const compared = repeated(5, () => compareTopologies({ ...earlier }, { ...now }), 1);
            const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-diff-'));
            const [old, later] = [join(folder, 'old'), join(folder, 'now')];
            write(old, files);
            write(later, changed);
            const asked = repeated(3, () => diff(cli, old, later), 1);
            rmSync(folder, { recursive: true, force: true });
            const cells = [compared, asked].map(({ median, p95 }) => `${shown(median)} (${shown(p95)})`);
            rows.push([`${thousands(nodes)} nodes`, what, ...cells]);
        }
    }
    return table(['estate', 'what is otherwise', 'compared', '`tsbtopo diff`'], rows);
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
    mkdirSync(folder);
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

function diff(cli: string, old: string, now: string): void {
    const { status, stderr } = spawnSync(process.execPath, [cli, 'diff', old, now], { cwd: dirname(old) });
    // something got worse
    if (status !== 1) throw new Error(`diff ended with ${status}: ${stderr.toString()}`);
}
