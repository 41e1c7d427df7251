import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../docs/generated-sections.js';
import { shown, timing } from './statistics.js';

/** So often each command is called; one of them says little on a machine that others use. */
const runs = 30;

/**
 * What a command costs from its start to its end, in time of the processor, of which starting Node is the first part.
 *
 * @param cli the bundled command line
 * @param example a file to check
 */
export function commandLineTable(cli: string, example: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));
    const told = join(folder, 'told');
    const hook = join(folder, 'hook.cjs');
    writeFileSync(
        hook,
        `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(told)}, cost()));\n${cost}`,
    );
    const commands: readonly (readonly [title: string, args: readonly string[]])[] = [
        ['Node alone', ['-e', '0']],
        ['`tsbtopo --version`', [cli, '--version']],
        ['`tsbtopo check examples/reference.tsbtopo`', [cli, 'check', example]],
    ];
    const figures = commands.map((): number[] => []);
    for (let run = -1; run < runs; run++) {
        commands.forEach(([title, args], index) => {
            const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args]);
            if (status !== 0) throw new Error(`${title} ended with ${status}: ${stderr.toString()}`);
            if (run >= 0) figures[index]!.push(Number(readFileSync(told, 'utf8')));
        });
    }
    rmSync(folder, { recursive: true, force: true });
    return table(
        ['command', 'median (95 %)'],
        commands.map(([title], index) => {
            const { median, p95 } = timing(figures[index]!);
            return [title, `${shown(median)} (${shown(p95)})`];
        }),
    );
}

/** Runs in the program that is measured. @returns milliseconds */
const cost = `function cost() {
    const { user, system } = process.cpuUsage();
    return String((user + system) / 1_000);
}
`;
