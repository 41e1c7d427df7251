import { createPropagation, propagate } from '../../server/engine/index.js';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { EmptyFileSystem, TextDocument, URI } from 'langium';
import type { Position } from 'vscode-languageserver-protocol';
import { compareTopologies } from '../../server/comparison/compare.js';
import { detailFor, sceneOf } from '../../server/diagram/scene.js';
import { overlayOf } from '../../server/diagram/overlay.js';
import { pictureOf } from '../../server/diagram/picture.js';
import { placed } from '../../server/diagram/place.js';
import { svgOf } from '../../server/diagram/svg.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import { annotationsOf } from '../../server/impact/annotations.js';
import { failureMarkdown } from '../../server/impact/hover.js';
import { matrixOf } from '../../server/matrix/matrix.js';
import { noPromised } from '../../server/matrix/promises.js';
import { reportPage } from '../../server/report/page.js';
import { failing, type Scenario } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { reportOf } from '../../server/impact/report.js';
import { findingsOf } from '../../server/findings/findings.js';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { table, withSection } from '../docs/generated-sections.js';
import { weighedQuestions } from '../../server/estate/weighed-questions.js';
import { importEstate } from '../../server/import/import.js';
import { nameWriter } from '../../server/language/naming/written-names.js';
import type { File } from '../../server/language/generated/ast.js';
import { toPromises } from '../../server/language/lower/to-promises.js';
import { judgeObjective, type ObjectiveVerdict } from '../../server/promises/objectives.js';
import { generateEstate } from './estates.js';
import { dumpOf, estateSources } from './imports.js';
import { measureSession, type SessionResult } from './session.js';
import { repeated, shown } from './statistics.js';

/** Given by run.mjs: the bundled server, the project, and whether to write the figures into docs/benchmarks.md. */
const [server = '', root = '', option = ''] = process.argv.slice(2);
const only = /^--only=(.*)$/.exec(option)?.[1] ?? '';

const example = readFileSync(resolve(root, 'examples/reference.tsbtopo'), 'utf8');
const small = generateEstate(1_000, 1);
const large = generateEstate(10_000, 100);
const inOneFile = generateEstate(10_000, 1);

/** Every place where a cluster or a service is declared; a hover there shows what its failure does. */
function declarations(text: string): Position[] {
    return text.split('\n').flatMap((line, index) => {
        const [start] = /^(workload cluster|management cluster|service) /.exec(line) ?? [];
        return start === undefined ? [] : [{ line: index, character: start.length }];
    });
}

async function editorTable(): Promise<string> {
    const inputs = [
        ['`examples/reference.tsbtopo`', new Map([['reference.tsbtopo', example]]), 'reference.tsbtopo'],
        ['1,000 nodes in 1 file', small.files, 'file0.tsbtopo'],
        ['10,000 nodes in 100 files', large.files, 'file1.tsbtopo'],
        ['10,000 nodes in 1 file', inOneFile.files, 'file0.tsbtopo'],
    ] as const;
    const rows: string[][] = [];
    for (const [title, files, typedIn] of inputs) {
        rows.push([title, ...sessionCells(await measureSession(server, files, typedIn, declarations))]);
    }
    return table(
        [
            'input',
            'key → diagnostics',
            'key → hover',
            'key → lenses of a screen',
            'hover at rest',
            'start → diagnostics',
            'start → lenses',
            'memory',
        ],
        rows,
    );
}

function sessionCells(result: SessionResult): string[] {
    const { keystroke, hoverAfterKey, lensesAfterKey, hover, firstDiagnostics, firstLenses, memory } = result;
    const timings = [keystroke, hoverAfterKey, lensesAfterKey, hover].map(
        ({ median, p95 }) => `${shown(median)} (${shown(p95)})`,
    );
    const size = memory === undefined ? '–' : `${Math.round(memory)} MiB`;
    return [...timings, shown(firstDiagnostics), shown(firstLenses), size];
}

async function topologyOf(files: ReadonlyMap<string, string>): Promise<Topology> {
    const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
    const { DocumentBuilder, TextDocuments, WorkspaceManager } = tsbtopo.shared.workspace;
    WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [{ uri: 'file:///', name: 'bench' }],
    });
    const uris = [...files].map(([name, text]) => {
        const uri = URI.parse(`file:///${name}`);
        TextDocuments.set(TextDocument.create(uri.toString(), 'tsbtopo', 0, text));
        return uri;
    });
    await DocumentBuilder.update(uris, []);
    return tsbtopo.workspace.Topologies.all()[0]!;
}

async function engineTable(): Promise<string> {
    const topology = await topologyOf(large.files);
    const graph = buildFailureGraph(topology);
    const scratch = createPropagation(graph);
    const nodes = graph.elements.all.map(({ name }) => graph.nodeOfElement.get(name)!);
    const cluster = asElementName('c0');
    const outcome = simulate(graph, [cluster]);
    const [element] = outcome.failures;
    const rows = [
        ['build the graph', repeated(10, () => buildFailureGraph(topology)), size(graph)],
        [
            'one failure, propagated',
            repeated(200, () => propagate(graph, [graph.nodeOfElement.get(cluster)!], scratch)),
            'a workload cluster',
        ],
        ['one failure, with all that is known of it', repeated(20, () => simulate(graph, [cluster])), 'the same'],
        [
            'every single failure, propagated',
            repeated(5, () => nodes.forEach((node) => propagate(graph, [node], scratch))),
            `${thousands(nodes.length)} elements`,
        ],
        ['annotations of a failure', repeated(10, () => annotationsOf(outcome)), 'every line of every file'],
        ['Markdown of a hover', repeated(10, () => failureMarkdown(element!, outcome)), 'the same failure'],
        [
            'report (JSON)',
            repeated(5, () => reportOf(scenarioView(topology, failing([element!.name])))),
            'the same failure',
        ],
        ['findings', repeated(5, () => findingsOf({ ...topology })), 'of the whole estate'],
    ] as const;
    return table(
        ['step', 'median (95 %)', 'of what'],
        rows.map(([step, { median, p95 }, what]) => [step, `${shown(median)} (${shown(p95)})`, what]),
    );
}

/** The picture of 1,000 nodes: as it is folded, and with each service drawn. */
async function pictureTable(): Promise<string> {
    const before = await topologyOf(small.files);
    const added = new Map([...small.files].map(([name, text]) => [name, `${text}\nservice added on c1\n`]));
    const after = buildFailureGraph(await topologyOf(added));
    const graph = buildFailureGraph(before);
    const outcome = simulate(graph, [asElementName('c0')]);
    const rows = [detailFor(before), 'services' as const].flatMap((detail) => {
        const scene = sceneOf(graph, detail);
        const { memory } = placed(scene);
        const what = detail === 'services' ? 'each service drawn' : `folded: only ${detail} are drawn`;
        return [
            ['placed afresh', repeated(10, () => placed(sceneOf(graph, detail))), what],
            [
                'drawn anew after an edit',
                repeated(10, () => svgOf(pictureOf({ ...after }, { detail, memory }))),
                `${what}, a service more`,
            ],
            ['a failure drawn into it', repeated(10, () => overlayOf(scene, outcome)), what],
        ] as const;
    });
    return table(
        ['step', 'median (95 %)', 'of what'],
        rows.map(([step, { median, p95 }, what]) => [step, `${shown(median)} (${shown(p95)})`, what]),
    );
}

/** Files of an estate, read and written down; then with the answers to its questions tried, as the command line does. */
async function importTable(): Promise<string> {
    const writeName = nameWriter(createTsbtopoServices(EmptyFileSystem).tsbtopo.Grammar);
    const known = { variables: new Map<string, string>(), values: new Map<string, string>() };
    const options = { known, writeName, withSources: true };
    const estate = estateSources();
    const inputs = [
        ['20 MB of JSON', estate.filter(({ name }) => name.endsWith('.json'))],
        ['5 MB of YAML, a dump', [dumpOf('east', 5_000_000, 'yaml')]],
        ['20 MB of JSON and 5 MB of YAML together', estate],
    ] as const;
    const rows = inputs.map(([what, sources]) => {
        const { objects } = importEstate(sources, options).reading;
        const { median, p95 } = repeated(5, () => importEstate(sources, options), 1);
        return [what, `${thousands(objects)} objects`, `${shown(median)} (${shown(p95)})`];
    });
    const times: number[] = [];
    let questions = 0;
    for (let run = 0; run < 5; run++) {
        const start = performance.now();
        const imported = importEstate(estate, options);
        await weighedQuestions(imported);
        times.push(performance.now() - start);
        questions = imported.estate.questions.length;
    }
    times.sort((a, b) => a - b);
    const what = `the same, and answers tried to as many of ${thousands(questions)} questions as 2 s allow`;
    rows.push([what, rows.at(-1)![1]!, `${shown(times[2]!)} (${shown(times[4]!)})`]);
    return table(['files', 'what is in them', 'median (95 %)'], rows);
}

/** The report of 1,000 nodes, and the matrix that is in it: from the plain data of the estate on, with a graph of its own. */
async function reportTable(): Promise<string> {
    const topology = await topologyOf(small.files);
    const fresh = () => analysisOf({ ...topology });
    const subject = () => {
        const { graph, blasts } = fresh();
        const view = (scenario: Scenario) => scenarioView(graph.topology, scenario);
        const given = { problems: [], promised: noPromised, recommendations: [], isIncomplete: false };
        return { health: simulate(graph, []), blasts, view, ...given };
    };
    const elements = fresh().graph.elements.all;
    const page = await reportPage(subject());
    const rows: string[][] = [];
    const { median, p95 } = repeated(5, () => {
        const { health } = subject();
        health.graph.elements.all.forEach(matrixOf(health).rowOf);
    });
    rows.push(['all rows of the matrix', `${shown(median)} (${shown(p95)})`, `${thousands(elements.length)} failures`]);
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
        const start = performance.now();
        await reportPage(subject());
        times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const size = `${(page.length / 1_000_000).toFixed(1)} MB of HTML`;
    rows.push(['the report', `${shown(times[2]!)} (${shown(times[4]!)})`, size]);
    return table(['step', 'median (95 %)', 'of what'], rows);
}

/** One home less of one service, from the plain data of both estates on, with graphs of their own. */
async function comparisonTable(): Promise<string> {
    const rows: string[][] = [];
    for (const { files, nodes } of [small, large]) {
        const changed = [...files].map(([name, text]) => [
            name,
            text.replace('service s0 on c0, c1 ', 'service s0 on c0 '),
        ]);
        const [before, now] = [await topologyOf(files), await topologyOf(new Map(changed as [string, string][]))];
        const { median, p95 } = repeated(5, () => compareTopologies({ ...before }, { ...now }), 1);
        rows.push([`${thousands(nodes)} nodes`, `${shown(median)} (${shown(p95)})`]);
    }
    return table(['estate', 'median (95 %)'], rows);
}

/** 100 clusters and 1,000 services, each with its promises. */
const promising = generateEstate(1_201, 1, 12);

async function promisesTable(): Promise<string> {
    const { graph } = analysisOf(await topologyOf(promising.files));
    const rows = [
        'every host survives any cluster failure',
        'every host survives any failure',
        'every service survives any cluster failure for 24h',
        's0.example.com survives any 2 failures',
        'every host survives any 2 cluster failures',
        'every host survives any 2 failures',
        'every host recovers within 2m from any cluster failure',
    ].map((sentence) => {
        const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
        const file = tsbtopo.parser.LangiumParser.parse<File>(`objective ${sentence}`).value;
        const document = tsbtopo.shared.workspace.LangiumDocumentFactory.fromModel(
            file,
            URI.parse('file:///p.tsbtopo'),
        );
        const [objective] = toPromises([document.parseResult.value]).objectives;
        let verdict: ObjectiveVerdict | undefined;
        const { median, p95 } = repeated(5, () => {
            const steps = judgeObjective(graph, objective!);
            let step = steps.next();
            while (!step.done) step = steps.next();
            verdict = step.value;
        });
        const tried = verdict && 'tried' in verdict ? `${thousands(verdict.tried)} tried` : '';
        return [sentence, verdict?.kind ?? '', tried, `${shown(median)} (${shown(p95)})`];
    });
    return `${size(graph)}\n\n${table(['objective', 'verdict', 'failures and pairs', 'median (95 %)'], rows)}`;
}

function size({ nodes, inputs }: ReturnType<typeof buildFailureGraph>): string {
    return `${thousands(nodes.length)} nodes, ${thousands(inputs.targets.length)} edges`;
}

function thousands(number: number): string {
    return number.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

async function run(): Promise<void> {
    const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
    const inputs = [small, large].map(
        ({ nodes, relations, files }) =>
            `${thousands(nodes)} nodes and ${thousands(relations)} relations in ${files.size === 1 ? 'one file' : `${files.size} files`}`,
    );
    const sections: readonly (readonly [title: string, figures: () => Promise<string>])[] = [
        [
            `**In the editor**, over stdio with the real server; median, and in parentheses what 19 of 20 stay below:`,
            editorTable,
        ],
        [`**The engine** alone, on the ${thousands(large.nodes)} nodes:`, engineTable],
        [`**The picture** of ${thousands(small.nodes)} nodes:`, pictureTable],
        ['**Import**, from the text of files to that of a `.tsbtopo`:', importTable],
        ['**The comparison** of an estate with itself, but for a home of a service:', comparisonTable],
        ['**Promises** of 100 clusters and 1,000 services, judged anew as after a key:', promisesTable],
        [`**The matrix and the report** of ${thousands(small.nodes)} nodes:`, reportTable],
    ];
    const parts = [`Measured on ${machine}. Generated: ${inputs.join('; ')}.`];
    for (const [title, figuresOf] of sections) if (title.includes(only)) parts.push(title, await figuresOf());
    const figures = parts.join('\n\n');
    console.log(figures);
    if (option === '--write') {
        const page = resolve(root, 'docs/benchmarks.md');
        writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'figures', figures));
    }
}

void run();
