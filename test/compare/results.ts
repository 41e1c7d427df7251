import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { analysisOf } from '../../server/failure/analysis.js';
import { findingsOf } from '../../server/findings/findings.js';
import { annotationsOf } from '../../server/impact/annotations.js';
import { reportOf } from '../../server/impact/report.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { failing } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import type { Topology } from '../../server/topology/topology.js';
import { randomEstate } from '../failure/random-estate.js';
import { estate } from '../fixture.js';

/** Given by run.mjs: where examples and corpus are, how many random estates, and the one result to print whole. */
const [root = '', count = '0', shown] = process.argv.slice(2);

let number = 0;

/** One line for each result: its number, what it is of, and what stands for all of it; or of one of them all. */
function tell(what: string, result: () => unknown): void {
    number++;
    if (shown !== undefined && String(number) !== shown) return;
    const text = JSON.stringify(result(), null, 1);
    if (shown === undefined) {
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
        console.log(`${number}\t${what}\t${hash}`);
    } else console.log(`${what}\n${text}`);
}

/** Of so many elements of an estate the failures are told, evenly spaced. */
const mostFailures = 8;

/** Everything that is told of an estate: at rest, of failures, and of some pairs, in time. */
function tellAll(name: string, topology: Topology): void {
    const { graph, blasts } = analysisOf(topology);
    tell(`${name}: findings`, () => findingsOf(topology));
    const all = graph.elements.all.map((element) => element.name);
    const names = all.filter((_, index) => index % Math.ceil(all.length / mostFailures) === 0);
    const pairs = names.flatMap((one, index) =>
        index % 5 === 0 ? [[one, names[(index * 7 + 3) % names.length]!]] : [],
    );
    for (const failures of [...names.map((one) => [one]), ...pairs]) {
        const [first] = failures;
        tell(`${name}: ${failures.join(' ')}`, () => {
            const view = scenarioView(topology, failing(failures));
            const later = scenarioView(topology, failing(failures, 7_200), { at: 7_200 });
            return {
                blast: blasts.blastRadiusOf(first!),
                report: reportOf(view, 'all'),
                later: reportOf(later, 'all'),
                lines: annotationsOf(view.outcome),
                runbook: runbookOf(view),
            };
        });
    }
}

function textsIn(folder: string): Record<string, string>[] {
    const entries = readdirSync(folder, { withFileTypes: true });
    const mine = entries.filter(({ name }) => name.endsWith('.tsbtopo')).map(({ name }) => name);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return [
        ...mine.map((name) => ({ [name]: read(name) })),
        ...entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => textsIn(join(folder, name))),
    ];
}

async function run(): Promise<void> {
    for (const folder of ['examples', 'test/corpus']) {
        for (const files of textsIn(resolve(root, folder))) {
            tellAll(Object.keys(files)[0]!, (await estate(files)).topology);
        }
    }
    for (const [index, topology] of fc.sample(randomEstate, { numRuns: Number(count), seed: 11 }).entries()) {
        tellAll(`random ${index}`, topology);
    }
}

void run();
