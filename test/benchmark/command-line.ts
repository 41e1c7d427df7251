import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../docs/generated-sections.js';
import type { GeneratedEstate } from './estates.js';
import { shown, thousands, timing } from './statistics.js';

/** So often each command is called; one of them says little on a machine that others use. */
const runs = 30;

/** So often the command that takes seconds. */
const longRuns = 8;

/**
 * What a command costs from its start to its end, of which starting Node is the first part: in time of the processor, all
 * threads together, and by the clock.
 *
 * @param cli the bundled command line
 * @param example a file to check
 * @param large an estate to check
 */
export function commandLineTable(cli: string, example: string, large: GeneratedEstate): string {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));
    const told = join(folder, 'told');
    const hook = join(folder, 'hook.cjs');
    writeFileSync(
        hook,
        `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(told)}, cost()));\n${cost}`,
    );
    const estate = join(folder, 'estate');
    mkdirSync(estate);
    for (const [name, text] of large.files) writeFileSync(join(estate, name), text);
    const commands: readonly (readonly [title: string, runs: number, args: readonly string[]])[] = [
        ['Node alone', runs, ['-e', '0']],
        ['`tsbtopo --version`', runs, [cli, '--version']],
        ['`tsbtopo check examples/reference.tsbtopo`', runs, [cli, 'check', example]],
        [`\`tsbtopo check\` of ${thousands(large.nodes)} nodes`, longRuns, [cli, 'check', estate]],
    ];
    const figures = commands.map(() => ({ processor: [] as number[], clock: [] as number[] }));
    for (let run = -1; run < runs; run++) {
        commands.forEach(([title, ownRuns, args], index) => {
            if (run >= ownRuns) return;
            const start = performance.now();
            const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args]);
            const clock = performance.now() - start;
            if (status !== 0) throw new Error(`${title} ended with ${status}: ${stderr.toString()}`);
            if (run < 0) return;
            figures[index]!.processor.push(Number(readFileSync(told, 'utf8')));
            figures[index]!.clock.push(clock);
        });
    }
    rmSync(folder, { recursive: true, force: true });
    const cell = (times: readonly number[]) => {
        const { median, p95 } = timing(times);
        return `${shown(median)} (${shown(p95)})`;
    };
    return table(
        ['command', 'processor, median (95 %)', 'clock'],
        commands.map(([title], index) => [title, cell(figures[index]!.processor), cell(figures[index]!.clock)]),
    );
}

/** Runs in the program that is measured. @returns milliseconds */
const cost = `function cost() {
    const { user, system } = process.cpuUsage();
    return String((user + system) / 1_000);
}
`;
