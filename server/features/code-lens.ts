import { URI, type AstNode, type LangiumDocument, type MaybePromise } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, Command, Range } from 'vscode-languageserver';
import { iconless } from '../encoding/labels.js';
import { analysisOf } from '../failure/analysis.js';
import { factsOf } from '../impact/facts.js';
import { additionOf, additionPhrase } from '../impact/next.js';
import { headline, marks } from '../impact/summary.js';
import { count, momentLabel, plain } from '../impact/wording.js';
import * as ast from '../language/generated/ast.js';
import { nameLocationOf } from '../language/location.js';
import type { TsbtopoServices } from '../language/services.js';
import { clientCommands, simulationCommands, type ElementArgument } from '../simulation/protocol.js';
import type { Simulation, Simulations } from '../simulation/simulations.js';
import type { Topology } from '../topology/topology.js';
import type { ElementName } from '../topology/elements.js';
import type { ClientSettings } from './client.js';
import { declarationsIn, declaresElement, placesOf } from './places.js';

/** `elements`: only what stands at the top level of a file, and planes; `all`: stores and gateways, too. */
export type CodeLensSetting = 'all' | 'elements' | 'off';

type Part = 'simulate' | 'parts' | 'summary';

/** What a lens carries from its position to its title: the place of the name, and which of the lenses of the line it is. */
interface LensData {
    readonly uri: string;
    readonly line: number;
    readonly character: number;
    readonly part: Part;
}

interface Anchor {
    readonly range: Range;
    readonly parts: readonly Part[];
    /** The line's text, by which the lens is found again while the file is broken. */
    readonly text: string;
}

/**
 * One line of lenses above each element that can fail. Positions come from the syntax alone, at once, so that no line
 * jumps while results are computed; titles are filled in by resolving. While a file is broken, lenses whose declaration
 * the parser lost stay where they were.
 */
export class TsbtopoCodeLensProvider implements CodeLensProvider {
    private readonly lastGood = new Map<string, readonly Anchor[]>();
    /** By file, and in it by the part and the text of the line. */
    private readonly lastTitles = new Map<string, Map<string, Command>>();

    constructor(
        private readonly services: TsbtopoServices,
        private readonly simulations: Simulations,
        private readonly client: ClientSettings,
    ) {
        services.shared.workspace.DocumentBuilder.onUpdate((_, deleted) => {
            for (const uri of deleted) {
                this.lastGood.delete(uri.toString());
                this.lastTitles.delete(uri.toString());
            }
        });
    }

    provideCodeLens(document: LangiumDocument): MaybePromise<CodeLens[]> {
        const { codeLens } = this.client.settings;
        if (codeLens === 'off') return [];
        const anchors = this.anchorsOf(document, codeLens);
        const uri = document.uri.toString();
        return anchors.flatMap(({ range, parts }) =>
            parts.map((part) => ({ range, data: { uri, ...range.start, part } satisfies LensData })),
        );
    }

    /** Fills in the title; a lens whose element is gone (the file is broken) keeps its last one. */
    resolve(lens: CodeLens): CodeLens {
        const data = lens.data as LensData;
        const titles = this.lastTitles.get(data.uri) ?? new Map<string, Command>();
        const key = titleKey(data.part, this.lineText(data));
        const { InternalErrors } = this.services.workspace;
        const now = InternalErrors.guard(
            'titling lenses',
            data.uri,
            () => this.commandOf(data),
            () => undefined,
        );
        const command = now ?? titles.get(key) ?? { title: '', command: '' };
        this.lastTitles.set(data.uri, titles.set(key, command));
        return { ...lens, command };
    }

    private commandOf(data: LensData): Command | undefined {
        const estate = this.services.workspace.Estates.of(data.uri);
        const topology = estate && this.services.workspace.Topologies.of(data.uri);
        if (!topology) return undefined;
        const start = { line: data.line, character: data.character };
        const element = placesOf(topology).declaredAt({ uri: data.uri, range: { start, end: start } });
        if (!element) return undefined;
        const failures = this.simulations.failuresOf(estate.key);
        const failed = failures.includes(element.name);
        const argument: ElementArgument = { uri: data.uri, element: element.name };
        switch (data.part) {
            case 'simulate':
                return failed
                    ? { title: '↺ Recover', command: simulationCommands.recover, arguments: [argument] }
                    : { title: '▷ Simulate failure', command: simulationCommands.fail, arguments: [argument] };
            case 'parts':
                return { title: 'part…', command: clientCommands.simulatePart, arguments: [argument] };
            case 'summary': {
                const simulation = this.simulations.simulationOf(estate.key, topology);
                const title = simulation ? titleNow(simulation, element.name) : titleAlone(topology, element.name);
                if (title === undefined) return undefined;
                return { title: this.client.hasCommands ? iconless(title) : title, command: '' };
            }
        }
    }

    private anchorsOf(document: LangiumDocument, setting: CodeLensSetting): readonly Anchor[] {
        const uri = document.uri.toString();
        const lines = document.textDocument.getText().split('\n');
        const present: Anchor[] = [];
        for (const node of declarationsIn(document.parseResult.value as ast.File)) {
            if (declaresElement(node) && (setting === 'all' || isProminent(node)))
                present.push(this.anchorOf(node, lines));
        }
        const broken = document.parseResult.parserErrors.length > 0 || document.parseResult.lexerErrors.length > 0;
        if (!broken) {
            this.lastGood.set(uri, present);
            this.forgetTitles(uri, lines);
            return present;
        }
        const merged = [...present, ...stillThere(this.lastGood.get(uri) ?? [], present, lines)];
        return merged.sort((a, b) => a.range.start.line - b.range.start.line);
    }

    /** Titles of lines that the file does not have any more. */
    private forgetTitles(uri: string, lines: readonly string[]): void {
        const present = new Set(lines.map((line) => line.trimEnd()));
        const titles = this.lastTitles.get(uri);
        for (const key of titles?.keys() ?? []) if (!present.has(lineOfTitle(key))) titles!.delete(key);
    }

    private anchorOf(node: AstNode, lines: readonly string[]): Anchor {
        const { range } = nameLocationOf(node);
        const parts: Part[] = ['simulate'];
        if (this.client.hasCommands && impliesParts(node)) parts.push('parts');
        parts.push('summary');
        return { range, parts, text: lines[range.start.line] ?? '' };
    }

    private lineText({ uri, line }: LensData): string {
        const document = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
        return (
            document?.textDocument.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }) ??
            ''
        );
    }
}

/** Of what its failure alone would do. */
function titleAlone(topology: Topology, element: ElementName): string | undefined {
    const outcome = analysisOf(topology).outcomeOf(element);
    if (!outcome) return undefined;
    const words = headline(factsOf(outcome));
    return `${marks(outcome.operations)}${words && `   ${words}`}`;
}

/**
 * While a scenario runs: of what has failed, what all of it does (the lines below tell the rest); of what is up, what its
 * failure would add now.
 */
function titleNow(simulation: Simulation, element: ElementName): string {
    const { outcome, failures } = simulation;
    if (failures.includes(element)) return `${scenarioWords(simulation)}: ${marks(outcome.operations)}`;
    const addition = additionOf(outcome, element);
    if (!addition) return 'gone already';
    return `on top of ${scenarioWords(simulation)}: ${marks(addition.operations)}   ${plain(additionPhrase(addition))}`;
}

function titleKey(part: Part, line: string): string {
    return `${part}#${line}`;
}

function lineOfTitle(key: string): string {
    return key.slice(key.indexOf('#') + 1).trimEnd();
}

/** "2 failures", "1 failure after 4 h 48 min". */
function scenarioWords({ failures, at }: Simulation): string {
    return `${count(failures.length, 'failure')}${at > 0 ? ` after ${momentLabel(at)}` : ''}`;
}

function impliesParts(node: AstNode): boolean {
    return !(
        ast.isGateway(node) ||
        ast.isPostgres(node) ||
        ast.isTelemetryStore(node) ||
        ast.isSecret(node) ||
        ast.isIdentityProvider(node) ||
        ast.isExternalService(node) ||
        ast.isCentralControlPlane(node)
    );
}

function isProminent(node: AstNode): boolean {
    return ast.isFile(node.$container) || ast.isManagementPlane(node) || ast.isCentralControlPlane(node);
}

/** Lenses of lines that are unchanged, but whose declarations the parser did not find this time. */
function stillThere(last: readonly Anchor[], present: readonly Anchor[], lines: readonly string[]): Anchor[] {
    const taken = new Set(present.map((anchor) => anchor.range.start.line));
    const linesOfText = new Map<string, number[]>();
    const wanted = new Set(last.map((anchor) => anchor.text));
    for (const [line, text] of lines.entries()) {
        if (wanted.has(text)) linesOfText.set(text, [...(linesOfText.get(text) ?? []), line]);
    }
    return last.flatMap((anchor) => {
        const { start, end } = anchor.range;
        const free = (linesOfText.get(anchor.text) ?? []).filter((line) => !taken.has(line));
        const line = free.sort((a, b) => Math.abs(a - start.line) - Math.abs(b - start.line))[0];
        if (line === undefined) return [];
        taken.add(line);
        return [{ ...anchor, range: { start: { ...start, line }, end: { ...end, line } } }];
    });
}
