import { EmptyFileSystem } from 'langium';
import { judgePromises, type Judged } from '../../server/estate/promises.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { createEditorServices } from '../../server/features/language-server.js';
import { judgeObjective, type ObjectiveVerdict } from '../../server/promises/objectives.js';
import { table } from '../docs/generated-sections.js';
import { editor } from '../features/editor.js';
import { generateEstate } from './estates.js';
import { processorTime, repeated, shown, thousands, timing, type Timing } from './statistics.js';

const objectives = [
    'every host survives any cluster failure',
    'every host survives any failure',
    'every service survives any cluster failure for 24h',
    's0.example.com survives any 2 failures',
    'every host survives any 2 cluster failures',
    'every host survives any 2 failures',
    'every host recovers within 2m from any cluster failure',
];

/** What is typed by turns, and taken back by the next key: what stands there, and what instead of it. */
const keys = [
    ['in a service', /(?<="s500\.example\.com" \{ gslb ttl )30s/, '31s'],
    ['in a cluster', /(?<=gateway ingress, east-)west gw50/, 'west gw5'],
    ['in a promise', /(?<=any )2 failures$/m, '1 failures'],
    ['in a comment', /$/, '// typed'],
] as const;

const [warmUp, rounds] = [10, 24];

/** 100 clusters and 1,000 services with these promises: by themselves, and after a key. */
export async function promisesTables(): Promise<string> {
    const [[name = '', text = ''] = []] = generateEstate(1_201, 1, 12).files;
    const opened = await editor(
        { [name]: `${text}${objectives.map((objective) => `objective ${objective}`).join('\n')}\n` },
        createEditorServices(EmptyFileSystem),
    );
    const { tsbtopo } = opened.services;
    const judged = () => judgePromises(tsbtopo.workspace.Estates.all()[0]!, tsbtopo) as Judged;
    const written = opened.document().textDocument.getText();
    const afterKeys: string[][] = [];
    for (const [what, typed, instead] of keys) {
        if (!typed.test(written)) throw new Error(`${typed.source} is not in the estate`);
        const [analysed, promises]: [number[], number[]] = [[], []];
        for (let round = -warmUp; round < rounds; round++) {
            const start = processorTime();
            await opened.type(round % 2 === 0 ? written.replace(typed, instead) : written);
            for (const snapshot of snapshotsOf(tsbtopo).all()) {
                snapshot.findings();
                void snapshot.blasts;
            }
            const middle = processorTime();
            judged();
            if (round < 0) continue;
            analysed.push(middle - start);
            promises.push(processorTime() - middle);
        }
        afterKeys.push([what, cell(timing(analysed)), cell(timing(promises))]);
    }
    const { graph, objectives: all } = judged().verdicts;
    const each = all.map(({ objective }) => {
        let verdict: ObjectiveVerdict | undefined;
        const time = repeated(5, () => {
            const steps = judgeObjective(graph, objective);
            let step = steps.next();
            while (!step.done) step = steps.next();
            verdict = step.value;
        });
        const tried = verdict && 'tried' in verdict ? `${thousands(verdict.tried)} tried` : '';
        return [objective.written, verdict?.kind ?? '', tried, cell(time)];
    });
    return [
        'Time of the processor, apart from what there is for diagnostics and findings anyway:',
        table(['a key', 'diagnostics, graph and findings', `${objectives.length} promises`], afterKeys),
        `By themselves, in a graph of ${thousands(graph.nodes.length)} nodes and ${thousands(graph.inputs.targets.length)} edges:`,
        table(['objective', 'verdict', 'failures and pairs', 'median (95 %)'], each),
    ].join('\n\n');
}

function cell({ median, p95 }: Timing): string {
    return `${shown(median)} (${shown(p95)})`;
}
