import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { analysisOf } from '../../server/failure/analysis.js';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { table, withSection } from '../docs/generated-sections.js';
import { editor, type Editor } from '../features/editor.js';
import { growing, type Growing } from './constructs.js';

/** Given by run.mjs, as for bench.ts; the server is not needed. */
const [, root = '', option = ''] = process.argv.slice(2);
const only = /^--only=(.*)$/.exec(option)?.[1] ?? '';

/** Sizes are doubled so often at most, and no further once a step takes that many milliseconds. */
const mostDoublings = 6;
const longEnough = 1_500;

/** What is measured, each on its own, at each size. */
const steps = ['diagnostics', 'failures', 'hover'] as const;
type Step = (typeof steps)[number];

/** Milliseconds of the processor: those of a clock would tell how busy the machine is. */
async function taken(run: () => unknown): Promise<number> {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
}

/** From a text to its diagnostics; then one failure of each kind; then the hover on the last name. */
async function measured(text: string): Promise<Record<Step, number>> {
    let opened: Editor | undefined;
    const diagnostics = await taken(async () => {
        opened = await editor(text);
        diagnosticsOf(opened.document(), opened.services.tsbtopo);
    });
    const { services, uri, document, hover } = opened!;
    const topology = services.tsbtopo.workspace.Topologies.of(uri())!;
    const failures = await taken(() => {
        const analysis = analysisOf(topology);
        for (const { name } of firstOfEachKind(analysis)) analysis.outcomeOf(name);
    });
    const last = text.lastIndexOf('service ') + 'service '.length;
    return { diagnostics, failures, hover: await taken(() => hover(document().textDocument.positionAt(last))) };
}

function firstOfEachKind({ graph }: ReturnType<typeof analysisOf>) {
    return new Map(graph.elements.all.map((element) => [element.kind, element])).values();
}

/** The power of the size with which time grows: the slope between the sizes at which it can be measured. */
function exponentOf(points: readonly (readonly [size: number, time: number])[]): number | undefined {
    const measurable = points
        .filter(([, time]) => time >= shortest)
        .map(([size, time]) => [Math.log(size), Math.log(time)] as const);
    if (measurable.length < 3) return undefined;
    const mean = (of: (point: readonly [number, number]) => number) =>
        measurable.reduce((sum, point) => sum + of(point), 0) / measurable.length;
    const [x, y] = [mean(([size]) => size), mean(([, time]) => time)];
    return mean(([size, time]) => (size - x) * (time - y)) / mean(([size]) => (size - x) ** 2);
}

/** Below so many milliseconds it is noise. */
const shortest = 4;

async function rowOf({ construct, from, textOf }: Growing): Promise<string[]> {
    const points: [number, Record<Step, number>][] = [];
    let failure = '';
    for (let size = from, doublings = 0; doublings <= mostDoublings && failure === ''; size *= 2, doublings++) {
        try {
            const times = await bestOfTwo(textOf(size));
            points.push([size, times]);
            if (slowest(times) > longEnough || explodes(points)) break;
        } catch (error) {
            failure = `, fails at ${size}: ${error instanceof Error ? error.message : String(error)}`;
        }
    }
    const [largest, times] = points.at(-1)!;
    const cells = steps.map((step) => {
        const exponent = exponentOf(points.slice(-mostPoints).map(([size, all]) => [size, all[step]]));
        return `${exponent === undefined ? '–' : exponent.toFixed(1)} (${Math.round(times[step])} ms)`;
    });
    return [construct, `${from} to ${largest}${failure}`, ...cells];
}

function slowest(times: Record<Step, number>): number {
    return Math.max(...Object.values(times));
}

/** Ten times as long for twice as much: the next size might never end. */
function explodes(points: readonly (readonly [number, Record<Step, number>])[]): boolean {
    const [before, now] = points.slice(-2).map(([, times]) => slowest(times));
    return before !== undefined && now !== undefined && now > 100 && now > 10 * before;
}

/** The exponent is that of the largest sizes: at small ones, what is always there is most of it. */
const mostPoints = 4;

async function bestOfTwo(text: string): Promise<Record<Step, number>> {
    const [first, second] = [await measured(text), await measured(text)];
    return {
        diagnostics: Math.min(first.diagnostics, second.diagnostics),
        failures: Math.min(first.failures, second.failures),
        hover: Math.min(first.hover, second.hover),
    };
}

async function run(): Promise<void> {
    await measured(growing[0]!.textOf(200));
    const rows: string[][] = [];
    for (const each of growing.filter(({ construct }) => construct.includes(only))) {
        rows.push(await rowOf(each));
        console.log(rows.at(-1)!.join(' | '));
    }
    const scaling = table(['what grows', 'sizes', 'text → diagnostics', 'graph and failures', 'hover'], rows);
    if (option === '--write') {
        const page = resolve(root, 'docs/benchmarks.md');
        writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'scaling', scaling));
    }
}

void run();
