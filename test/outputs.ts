import { resolve } from 'node:path';
import { CstUtils, isLeafCstNode, type LangiumDocument } from 'langium';
import { CancellationToken, type InlayHint, type Position } from 'vscode-languageserver';
import { checkPrinters } from '../server/cli/check.js';
import { printedDiff } from '../server/cli/diff.js';
import type { CheckFormat } from '../server/cli/formats/choices.js';
import { matrixFormat, matrixTable, type MatrixOptions } from '../server/cli/matrix.js';
import { reportOf } from '../server/cli/report.js';
import { formats } from '../server/cli/simulate.js';
import { analysisOf } from '../server/failure/analysis.js';
import { gravities } from '../server/failure/gravity.js';
import { simulate } from '../server/failure/outcome.js';
import { resolveCompletion } from '../server/features/completion.js';
import { comparisonOf } from '../server/estate/comparison.js';
import { gradedProblemsIn } from '../server/estate/problem.js';
import { judgePromises } from '../server/estate/promises.js';
import { snapshotsOf } from '../server/estate/snapshot.js';
import { callPath, hostPath, pathLines } from '../server/impact/path.js';
import { failing, nothingHappens } from '../server/failure/scenario.js';
import type { FailureGraph } from '../server/failure/graph.js';
import { scenarioView } from '../server/impact/scenario.js';
import { pages } from '../server/impact/pages.js';
import { simulationCommands } from '../server/protocol/simulation.js';
import type { Element } from '../server/topology/element.js';
import { renamedThroughout } from './comparison/renamed-throughout.js';
import { hostile } from './encoding/hostile.js';
import type { Editor } from './features/editor.js';

/** Something that somebody gets to see: where, in which form, and the text itself. */
export interface Output {
    readonly where: string;
    readonly form:
        'markdown' | 'lens' | 'line' | 'lines' | 'problems' | 'json' | 'xml' | 'workflow' | 'address' | 'html' | 'csv';
    readonly text: string;
}

/** How much of a file is asked for: every so manieth token, and how much of what is told of an element or at a token. */
export interface Share {
    readonly everyToken: number;
    readonly mostElements: number;
    readonly mostProposals: number;
    /** One of the groups of questions that take long, by its number, which may be too large; all of them unless said. */
    readonly group?: number;
    /** Is told after each group of questions what they were about. */
    readonly asked?: (about: string) => void;
}

/** Everything that the features of the editor and the commands tell of one open file. */
export async function outputsOf(editor: Editor, share: Share): Promise<Output[]> {
    const outputs = [...(await diagnosticsTold(editor)), ...(await told(editor, share))];
    const groups = [toldAtTokens, toldOfFailures, tablesTold, comparisonsTold];
    const { group } = share;
    for (const ask of group === undefined ? groups : [groups[group % groups.length]!]) {
        outputs.push(...(await ask(editor, share)));
    }
    return outputs;
}

const { None } = CancellationToken;

/** Names that files can have, too. */
const hostileFiles = hostile.map((text) => `${text.replaceAll('\\n', '\n')}.tsbtopo`);

async function diagnosticsTold({ document, services }: Editor): Promise<Output[]> {
    for (const estate of services.tsbtopo.workspace.Estates.all()) judgePromises(estate, services.tsbtopo);
    const found = gradedProblemsIn(document(), services.tsbtopo).map((problem) => ({ file: 'a.tsbtopo', problem }));
    const unreadable = [...hostileFiles].map((file) => ({ file: resolve(file), reason: file }));
    const read = { files: ['a.tsbtopo', ...hostileFiles], unreadable, isDeclared: true };
    const as = async (format: CheckFormat) =>
        (await checkPrinters[format]())({ found, read, failOn: 'warning', hints: true, version: '1' });
    return [
        ...found.flatMap(({ problem: { message, related } }) => [
            { where: 'diagnostic', form: 'line' as const, text: message },
            ...related.map((other) => line('related place', other.message)),
        ]),
        { where: 'check', form: 'problems', text: await as('text') },
        { where: 'check --format json', form: 'json', text: await as('json') },
        { where: 'check --format sarif', form: 'json', text: await as('sarif') },
        { where: 'check --format junit', form: 'xml', text: await as('junit') },
        { where: 'check --format github', form: 'workflow', text: await as('github') },
        markdown('check --format markdown', await as('markdown')),
    ];
}

/** What is asked for once of a whole file. */
async function told({ document, services, lenses, uri }: Editor, { asked }: Share): Promise<Output[]> {
    const file = document();
    const { lsp } = services.tsbtopo;
    const textDocument = { uri: uri() };
    const everywhere = { start: { line: 0, character: 0 }, end: file.textDocument.positionAt(Infinity) };
    services.client.settings = { codeLens: 'all', codeLensMarks: true, inlayHints: 'all' };
    const hints = (await lsp.InlayHintProvider!.getInlayHints(file, { textDocument, range: everywhere })) ?? [];
    const symbols = (await lsp.DocumentSymbolProvider!.getSymbols(file, { textDocument })) ?? [];
    const links = (await lsp.DocumentLinkProvider!.getDocumentLinks(file, { textDocument })) ?? [];
    await lsp.FoldingRangeProvider!.getFoldingRanges(file, { textDocument });
    await lsp.SemanticTokenProvider!.semanticHighlight(file, { textDocument });
    await lsp.Formatter!.formatDocument(file, { textDocument, options: { tabSize: 4, insertSpaces: true } });
    const places = await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: '' }, None);
    asked?.('the whole file');
    const titles = await lenses();
    asked?.('every lens');
    return [
        ...titles.map((text) => ({ where: 'lens', form: 'lens' as const, text })),
        ...hints.flatMap(hintTold),
        ...symbolsTold(symbols),
        ...places.flatMap(({ name, containerName = '' }) => [line('symbol', name), line('container', containerName)]),
        ...links.map(({ target = '' }) => ({ where: 'link', form: 'address' as const, text: target })),
        ...services.views.topologies({}).map(({ topology }) => line('view', topology)),
        ...services.views.findings({ uri: uri() }).map(({ message }) => line('finding in a view', message)),
    ];
}

function line(where: string, text: string): Output {
    return { where, form: 'line', text };
}

function markdown(where: string, text: string): Output {
    return { where, form: 'markdown', text };
}

function hintTold({ label, tooltip }: InlayHint): Output[] {
    const text = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
    return [
        line('inlay hint', text),
        ...(typeof tooltip === 'object' ? [markdown('tooltip of a hint', tooltip.value)] : []),
    ];
}

interface Symbol {
    readonly name: string;
    readonly detail?: string;
    readonly children?: readonly Symbol[];
}

function symbolsTold(symbols: readonly Symbol[]): Output[] {
    return symbols.flatMap(({ name, detail = '', children = [] }) => [
        line('outline', name),
        line('outline', detail),
        ...symbolsTold(children),
    ]);
}

/** Where the tokens of a file begin. */
export function tokenPlaces(document: LangiumDocument): Position[] {
    const root = document.parseResult.value.$cstNode;
    return [...(root ? CstUtils.streamCst(root) : [])]
        .filter((token) => isLeafCstNode(token) && !token.hidden)
        .map(({ range }) => range.start);
}

/** What is asked for at a place of the file. */
async function toldAtTokens(editor: Editor, { everyToken, mostProposals, asked }: Share): Promise<Output[]> {
    const { document, services, uri, hover, actions } = editor;
    const { lsp } = services.tsbtopo;
    const outputs: Output[] = [];
    for (const [index, position] of tokenPlaces(document()).entries()) {
        if (index % everyToken !== 0) continue;
        const at = { textDocument: { uri: uri() }, position };
        outputs.push(markdown('hover', await hover(position)));
        for (const { title } of await actions(undefined, { start: position, end: position })) {
            outputs.push(line('code action', title));
        }
        const list = await lsp.CompletionProvider!.getCompletion(document(), at);
        for (const item of list?.items.slice(0, mostProposals) ?? []) {
            const { documentation } = resolveCompletion(item, services.tsbtopo);
            outputs.push(line('proposal', item.label), line('proposal', item.detail ?? ''));
            if (typeof documentation === 'object') outputs.push(markdown('proposal', documentation.value));
        }
        const items = (await lsp.CallHierarchyProvider!.prepareCallHierarchy(document(), at)) ?? [];
        outputs.push(...symbolsTold(items));
        for (const item of items) {
            await lsp.CallHierarchyProvider!.incomingCalls({ item });
            await lsp.CallHierarchyProvider!.outgoingCalls({ item });
        }
        await lsp.ReferencesProvider!.findReferences(document(), { ...at, context: { includeDeclaration: true } });
        await lsp.DefinitionProvider!.getDefinition(document(), at);
        await lsp.DocumentHighlightProvider!.getDocumentHighlight(document(), at);
        outputs.push(line('refused rename', await refusedRename(editor, position)));
        asked?.(`line ${position.line + 1}, character ${position.character + 1}`);
    }
    return outputs;
}

/** Why a name cannot be changed; empty if it can. */
async function refusedRename({ document, services, uri }: Editor, position: Position): Promise<string> {
    try {
        await services.tsbtopo.lsp.RenameProvider!.prepareRename(document(), {
            textDocument: { uri: uri() },
            position,
        });
        return '';
    } catch (error) {
        if (error instanceof Error && 'code' in error) return error.message;
        throw error;
    }
}

/** What is told while something has failed. */
async function toldOfFailures(editor: Editor, { mostElements, asked }: Share): Promise<Output[]> {
    const { services, uri, hover, document } = editor;
    const topology = services.tsbtopo.workspace.Topologies.of(uri());
    if (!topology) return [];
    const { graph } = analysisOf(topology);
    const { all } = graph.elements;
    const step = Math.max(1, Math.floor(all.length / mostElements));
    const outputs: Output[] = [];
    for (const element of all.filter((_, index) => index % step === 0)) {
        const argument = { element: element.name };
        await editor.command(simulationCommands.fail, argument);
        await editor.command(simulationCommands.lastFor, { duration: 86_400 * 40 });
        await editor.command(simulationCommands.lookAt, { at: 'next' });
        outputs.push(...stateTold(await editor.command(simulationCommands.state)));
        asked?.(`the failure of ${element.name}`);
        const withChart = { withChart: true };
        outputs.push(markdown('runbook', String(await editor.command(simulationCommands.runbook, withChart))));
        for (const page of Object.keys(pages)) {
            outputs.push(markdown(page, String(await editor.command(simulationCommands.page, { page }))));
            asked?.(`the page "${page}" of ${element.name}`);
        }
        if (element.kind === 'service') {
            outputs.push(markdown('failover', String(await editor.command(simulationCommands.failover, argument))));
        }
        const change = { element: all[(all.indexOf(element) + 1) % all.length]!.name };
        outputs.push(markdown('maintenance', String(await editor.command(simulationCommands.maintenance, change))));
        const [place] = tokenPlaces(document());
        if (place) outputs.push(markdown('hover in a simulation', await hover(place)));
        await editor.command(simulationCommands.clear);
        outputs.push(...commandsTold(element, graph));
        asked?.(`the commands about ${element.name}`);
    }
    const { traffic } = graph;
    const outcome = simulate(graph, all[0] ? [all[0].name] : []);
    const ways = [
        ...traffic.hosts.map((host) => hostPath(outcome, host)),
        ...topology.services
            .flatMap(({ shortName, homes }) =>
                homes.flatMap(({ cluster }) => traffic.paths(cluster, { kind: 'service', name: shortName }) ?? []),
            )
            .map((way) => callPath(outcome, way)),
    ];
    outputs.push(...ways.flatMap((way) => pathLines(way)).map((text) => line('path', text)));
    asked?.('every path');
    for (const gravity of gravities) {
        const rows = await services.views.elements({ uri: uri(), gravity }, None);
        outputs.push(...rows.flatMap(({ label, headline }) => [line('view', label), line('view', headline)]));
        for (const { name } of rows.slice(0, mostElements)) {
            const text = services.views.explanation({ uri: uri(), element: name });
            if (text !== null) outputs.push(markdown('tooltip in a view', text));
        }
        asked?.(`the rows of ${gravity}`);
    }
    return outputs;
}

/** The matrix in each format, and the report. */
async function tablesTold({ services: { tsbtopo }, uri }: Editor): Promise<Output[]> {
    const estate = snapshotsOf(tsbtopo).of(uri());
    if (!estate) return [];
    const told = (format: MatrixOptions['format']) =>
        [...matrixFormat[format](matrixTable(estate, { format, group: 'region' }), [])].join('');
    return [
        { where: 'matrix', form: 'lines', text: told('text') },
        { where: 'matrix --format csv', form: 'csv', text: told('csv') },
        { where: 'matrix --format json', form: 'json', text: told('json') },
        markdown('matrix --format markdown', told('markdown')),
        { where: 'report', form: 'html', text: await reportOf(estate, tsbtopo, { isIncomplete: true, date: '<b>' }) },
    ];
}

/** Other states of an estate: poorer, richer, and with other names, so that everything a comparison tells has something to tell. */
function comparisonsTold({ services: { tsbtopo }, uri }: Editor): Output[] {
    const now = snapshotsOf(tsbtopo).of(uri());
    if (!now) return [];
    const { topology } = now;
    const fewer = <T>(all: readonly T[]) => all.slice(0, Math.max(1, all.length - 1));
    const poorer = {
        ...topology,
        clusters: fewer(topology.clusters.map((each) => ({ ...each, gateways: fewer(each.gateways) }))),
        services: topology.services.map((each) => ({
            ...each,
            homes: fewer(each.homes),
            exposures: fewer(each.exposures),
        })),
    };
    const clean = { ...now, problems: () => [], gradedProblems: () => [] };
    const pairs = [
        [clean, now],
        [now, clean],
        [now, { ...now, topology: poorer }],
        [{ ...now, topology: poorer }, now],
        [now, { ...now, topology: renamedThroughout(topology) }],
    ] as const;
    const topologies = pairs.map(([one, other]) => ({
        name: topology.name,
        comparison: comparisonOf(one, other),
    }));
    const errors = [...hostileFiles, ...hostile].map((text, place) => ({
        side: place % 2 === 0 ? ('old' as const) : ('new' as const),
        file: resolve(text),
        line: 1,
        column: 1,
        code: 'syntax',
        message: text,
    }));
    return [{ topologies }, ...topologies.map((each) => ({ topologies: [each] }))].flatMap((compared) => {
        const told = { added: [topology.name], removed: [topology.name], errors, ...compared };
        return [
            { where: 'diff', form: 'lines' as const, text: printedDiff.text(told) },
            { where: 'diff --format json', form: 'json' as const, text: printedDiff.json(told) },
            { where: 'diff --format github', form: 'workflow' as const, text: printedDiff.github(told) },
            markdown('diff --format markdown', printedDiff.markdown(told)),
        ];
    });
}

/** Every text of the state of a simulation that is shown as it is. */
function stateTold(state: unknown): Output[] {
    const texts: string[] = [];
    JSON.stringify(state, (_, value: unknown) => {
        if (typeof value === 'string') texts.push(value);
        return value;
    });
    return texts.map((text) => line('state', text));
}

function commandsTold({ name, kind }: Element, { topology }: FailureGraph): Output[] {
    const view = scenarioView(topology, failing([name], 86_400), { at: 3_600 });
    const asked = { paths: [name], errors: [{ file: name, line: 1, column: 1, code: 'syntax', message: name }] };
    const given = kind === 'service' ? view : scenarioView(topology, nothingHappens, { given: [name] });
    return [
        { where: 'simulate', form: 'lines', text: formats.text(view, [], asked) },
        { where: 'simulate --verbose', form: 'lines', text: formats.verbose(view, [], asked) },
        { where: 'simulate --given', form: 'lines', text: formats.text(given, [], { ...asked, errors: [] }) },
        { where: 'simulate --format json', form: 'json', text: formats.json(view, [], asked) },
        markdown('simulate --format markdown', formats.markdown(view, [], asked)),
    ];
}
