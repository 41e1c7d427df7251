import { createPropagation, propagate } from '../../server/engine/index.js';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EmptyFileSystem, TextDocument, URI } from 'langium';
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
import type { TsbtopoServices } from '../../server/language/services.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { table, withSection } from '../docs/generated-sections.js';
import { weighedQuestions } from '../../server/estate/weighed-questions.js';
import { importEstate } from '../../server/import/import.js';
import { nameWriter } from '../../server/language/naming/written-names.js';
import { commandLineTable } from './command-line.js';
import { comparisonTable } from './comparison.js';
import { declarations, generateEstate } from './estates.js';
import { dumpOf, estateSources } from './imports.js';
import { matrixPageTimes, type MatrixPageTimes } from './matrix-page.js';
import { meshTable } from './mesh-figures.js';
import { peersTable } from './peers.js';
import { promisesTables } from './promises.js';
import { measureEdits, measureSession, type Edit, type SessionResult } from './session.js';
import { repeated, shown, thousands, timing } from './statistics.js';

/** Given by run.mjs: the bundled server, the project, and options as there. */
const [server = '', root = '', ...options] = process.argv.slice(2);
const only = options.map((option) => /^--only=(.*)$/.exec(option)?.[1]).find(Boolean) ?? '';

const example = readFileSync(resolve(root, 'examples/reference.tsbtopo'), 'utf8');
const small = generateEstate(1_000, 1);
const large = generateEstate(10_000, 100);
const inOneFile = generateEstate(10_000, 1);

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
            'titles of a screen',
            'start → diagnostics',
            'start → lenses',
            'memory',
        ],
        rows,
    );
}

/** What edits change beside what a letter in a service does; each makes something wrong or right. */
const edits: readonly (readonly [what: string, edit: Edit])[] = [
    ['a setting of a gateway', ['east-west gw3', 'east-west gw3 { replicas 2 across zones x }']],
    [
        'an item before a gateway',
        ['    gateway ingress, east-west gw3', '    requires x to start\n    gateway ingress, east-west gw3'],
    ],
    ['the place of a cluster', ['workload cluster c3 in ap-south/b', 'workload cluster c3 in ap-south/x']],
    ['the name of a cluster', ['workload cluster c3 in', 'workload cluster c3x in']],
    ['the name of a service', ['service s98 on', 'service s98x on']],
    ['half a word', ['workload cluster c3 in', 'workload clust c3 in']],
    ['a brace that is missing', ['service s99 on c2, c3 {', 'service s99 on c2, c3 ']],
    ['a brace that is open', ['service s99 on c2, c3 {', 'service s99 on c2, c3 { {']],
];

/** In the file in which these stand. */
async function editsTable(): Promise<string> {
    const inputs = [
        ['1,000 nodes in 1 file', small.files],
        ['10,000 nodes in 100 files', large.files],
        ['10,000 nodes in 1 file', inOneFile.files],
    ] as const;
    const columns: string[][] = [];
    for (const [, files] of inputs) {
        const typedIn = [...files].find(([, text]) => edits.every(([, [from]]) => text.includes(from)))![0];
        const results = await measureEdits(
            server,
            files,
            typedIn,
            edits.map(([, edit]) => edit),
            declarations,
        );
        columns.push(
            results.map(({ diagnostics, hover }) =>
                [diagnostics, hover].map(({ median, p95 }) => `${shown(median)} (${shown(p95)})`).join(', '),
            ),
        );
    }
    return table(
        ['edit', ...inputs.map(([title]) => title)],
        edits.map(([what], row) => [what, ...columns.map((column) => column[row]!)]),
    );
}

function sessionCells(result: SessionResult): string[] {
    const { keystroke, hoverAfterKey, lensesAfterKey, hover, titles, firstDiagnostics, firstLenses, memory } = result;
    const timings = [keystroke, hoverAfterKey, lensesAfterKey, hover, titles].map(
        ({ median, p95 }) => `${shown(median)} (${shown(p95)})`,
    );
    const size = memory === undefined ? '–' : `${Math.round(memory)} MiB`;
    return [...timings, shown(firstDiagnostics), shown(firstLenses), size];
}

/** The services that have read files, and the address of one of them. */
async function read(files: ReadonlyMap<string, string>): Promise<{ tsbtopo: TsbtopoServices; uri: string }> {
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
    return { tsbtopo, uri: uris[0]!.toString() };
}

async function topologyOf(files: ReadonlyMap<string, string>): Promise<Topology> {
    const { tsbtopo } = await read(files);
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
    const size = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB of HTML`;
    rows.push(['the report', `${shown(times[2]!)} (${shown(times[4]!)})`, size(Buffer.byteLength(page))]);
    const command = reportCommand();
    rows.push(['`tsbtopo report`, from its start to its end', command.time, size(command.bytes)]);
    return table(['step', 'median (95 %)', 'of what'], rows);
}

/** The command as people run it, which reads the files and tries out what it recommends. */
function reportCommand(): { time: string; bytes: number } {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));
    for (const [name, text] of small.files) writeFileSync(join(folder, name), text);
    const program = join(dirname(server), 'cli.cjs');
    const output = join(folder, 'report.html');
    const { median, p95 } = repeated(
        5,
        () => execFileSync(process.execPath, [program, 'report', folder, '-o', output]),
        1,
    );
    const bytes = statSync(output).size;
    rmSync(folder, { recursive: true, force: true });
    return { time: `${shown(median)} (${shown(p95)})`, bytes };
}

/** The matrix as the editor shows it: rows are weighed while the first of them are looked at. */
async function matrixPageTable(): Promise<string> {
    const runs: MatrixPageTimes[] = [];
    for (let run = 0; run < 5; run++) {
        const { tsbtopo, uri } = await read(large.files);
        runs.push(await matrixPageTimes(tsbtopo, uri));
    }
    const { failures } = runs[0]!;
    const steps = [
        ['first rows', 'firstRows'],
        [`all ${thousands(failures)} rows weighed`, 'allRows'],
        ['rows by how a service fares', 'byColumn'],
    ] as const;
    return table(
        ['until', 'median (95 %)'],
        steps.map(([step, which]) => {
            const { median, p95 } = timing(runs.map((run) => run[which]));
            return [step, `${shown(median)} (${shown(p95)})`];
        }),
    );
}

function size({ nodes, inputs }: ReturnType<typeof buildFailureGraph>): string {
    return `${thousands(nodes.length)} nodes, ${thousands(inputs.targets.length)} edges`;
}

/** In turns in the same run. */
function besideOthers(): Promise<string> {
    return peersTable(
        [
            { title: '1,000 nodes in 1 file', estate: small, typedIn: 'file0.tsbtopo' },
            { title: '10,000 nodes in 100 files', estate: large, typedIn: 'file1.tsbtopo' },
            { title: '10,000 nodes in 1 file', estate: inOneFile, typedIn: 'file0.tsbtopo', isInOneFile: true },
        ],
        {
            own: server,
            silent: join(dirname(server), 'silent-server.cjs'),
            bare: join(dirname(server), 'bare-server.cjs'),
        },
        join(root, 'test/benchmark/likec4.mjs'),
    );
}

async function run(): Promise<void> {
    const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
    const inputs = [small, large].map(
        ({ nodes, relations, files }) =>
            `${thousands(nodes)} nodes and ${thousands(relations)} relations in ${files.size === 1 ? 'one file' : `${files.size} files`}`,
    );
    const sections: readonly (readonly [title: string, figures: () => Promise<string>])[] = [
        [
            `**In the editor**, over stdio with the real server; median, and in parentheses what 19 of 20 do not exceed:`,
            editorTable,
        ],
        [
            '**Edits** over stdio, until diagnostics are published, and until a hover that is asked for at once is there:',
            editsTable,
        ],
        [
            '**Calls** of the command line, from start to end:',
            () =>
                Promise.resolve(
                    commandLineTable(
                        resolve(dirname(server), 'cli.cjs'),
                        resolve(root, 'examples/reference.tsbtopo'),
                        large,
                    ),
                ),
        ],
        [`**The engine** alone, on the ${thousands(large.nodes)} nodes:`, engineTable],
        [
            '**The engine** by itself, on a mesh of services without anything of TSB in it:',
            () => Promise.resolve(meshTable()),
        ],
        [`**The picture** of ${thousands(small.nodes)} nodes:`, pictureTable],
        ['**Import**, from the text of files to that of a `.tsbtopo`:', importTable],
        [
            '**The comparison** of two states of an estate, and the command line from its start to its end:',
            () => comparisonTable([small, large], topologyOf, resolve(dirname(server), 'cli.cjs')),
        ],
        ['**Promises** of 100 clusters and 1,000 services, judged anew after a key:', promisesTables],
        [
            `**The matrix in the editor** of ${thousands(large.nodes)} nodes, once the failure graph is built:`,
            matrixPageTable,
        ],
        [`**The matrix and the report** of ${thousands(small.nodes)} nodes:`, reportTable],
    ];
    const on = `Measured on ${machine}.`;
    const page = resolve(root, 'docs/benchmarks.md');
    const show = (section: string, figures: string) => {
        console.log(figures);
        if (options.includes('--write')) writeFileSync(page, withSection(readFileSync(page, 'utf8'), section, figures));
    };
    if (options.includes('--peers')) {
        show('peers', [on, await besideOthers()].join('\n\n'));
        return;
    }
    const parts = [`${on} Generated: ${inputs.join('; ')}.`];
    for (const [title, figuresOf] of sections) if (title.includes(only)) parts.push(title, await figuresOf());
    show('figures', parts.join('\n\n'));
}

void run();
