import type { LangiumDocument, MaybePromise } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, Command, Position } from 'vscode-languageserver';
import { fingerprint } from '../encoding/fingerprint.js';
import { snapshotsOf } from '../estate/snapshot.js';
import type { File } from '../language/generated/ast.js';
import { placeAt } from '../language/naming/location.js';
import type { TsbtopoServices } from '../language/services.js';
import type { Simulations } from '../simulation/simulations.js';
import type { Element } from '../topology/element.js';
import type { ClientSettings } from './client.js';
import {
    anchorsIn,
    stillThere,
    type CodeLensSetting,
    type LastAnchors,
    type LensAnchor,
    type LensPart,
} from './lens-anchors.js';
import { lensCommand } from './lens-titles.js';
import { placesOf } from './places.js';
import { promiseLens } from './promise-lens.js';

/**
 * What a lens carries from its position to its title: the file, by its key, which of the lenses of the line it is, and the
 * places of names beside the one where it stands. A large file has tens of thousands of lenses, all of which are sent after each key.
 */
type LensData = readonly [file: string, part: LensPart, others?: readonly Position[]];

/** What a lens is about. */
interface Subject {
    readonly document: LangiumDocument;
    readonly uri: string;
    /** Where the names begin; the lens stands above the first one. */
    readonly names: readonly [Position, ...Position[]];
    readonly part: LensPart;
}

/**
 * One line of lenses above each element that can fail, and above each list of them. Positions come from the syntax alone,
 * at once, so that no line jumps while results are computed; titles are filled in by resolving. While a file is broken,
 * lenses whose declaration the parser lost stay where they were.
 */
export class TsbtopoCodeLensProvider implements CodeLensProvider {
    private readonly lastGood = new WeakMap<LangiumDocument, LastAnchors>();
    /** What is sent to the client, by the anchor: most are those of before after each key. */
    private readonly lenses = new WeakMap<LensAnchor, readonly CodeLens[]>();
    /** By file, and in it by the part and the text of the line. */
    private readonly lastTitles = new WeakMap<LangiumDocument, Map<string, Command>>();
    /** The file of the lens that was resolved last: mostly it is that of the next one, too. */
    private last: WeakRef<LangiumDocument> | undefined;

    constructor(
        private readonly services: TsbtopoServices,
        private readonly simulations: Simulations,
        private readonly client: ClientSettings,
    ) {}

    provideCodeLens(document: LangiumDocument): MaybePromise<CodeLens[]> {
        const { codeLens } = this.client.settings;
        if (codeLens === 'off') return [];
        const file = keyOf(document);
        const lenses: CodeLens[] = [];
        for (const anchor of this.anchorsOf(document, codeLens)) lenses.push(...this.lensesAt(anchor, file));
        return lenses;
    }

    private lensesAt(anchor: LensAnchor, file: string): readonly CodeLens[] {
        const known = this.lenses.get(anchor);
        if (known) return known;
        const { range, parts, names } = anchor;
        const lenses = parts.map((part) => {
            const data: LensData = names.length > 1 ? [file, part, names.slice(1)] : [file, part];
            return { range, data };
        });
        this.lenses.set(anchor, lenses);
        return lenses;
    }

    /** Fills in the title; while a file is broken, or a mistake of this tool keeps it from being found, it stays what it was. */
    resolve(lens: CodeLens): CodeLens {
        const [file, part, others = []] = lens.data as LensData;
        const document = this.documentOf(file);
        if (!document) return { ...lens, command: noCommand };
        const uri = document.uri.toString();
        const subject: Subject = { document, uri, part, names: [lens.range.start, ...others] };
        const titles = this.lastTitles.get(document) ?? new Map<string, Command>();
        const key = titleKey(part, lineText(document, subject));
        const { InternalErrors } = this.services.workspace;
        const last = () => titles.get(key) ?? noCommand;
        const now = () => this.commandOf(subject) ?? (isBroken(document) ? last() : noCommand);
        const command = InternalErrors.guard('titling lenses', uri, now, last);
        this.lastTitles.set(document, titles.set(key, command));
        return { ...lens, command };
    }

    private documentOf(key: string): LangiumDocument | undefined {
        const { LangiumDocuments } = this.services.shared.workspace;
        const last = this.last?.deref();
        if (last && keyOf(last) === key && LangiumDocuments.getDocument(last.uri) === last) return last;
        const document = LangiumDocuments.all.find((each) => keyOf(each) === key);
        this.last = document && new WeakRef(document);
        return document;
    }

    private commandOf({ document, uri, names, part }: Subject): Command | undefined {
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return undefined;
        if (part === 'promise') return promiseLens(uri, names[0], this.services);
        const places = placesOf(estate);
        const elements = names.flatMap((start) => places.declaredAt(placeAt(document, { start, end: start })) ?? []);
        // the first one is the one whose line carries the lenses
        if (elements.length === 0 || elements.length < names.length) return undefined;
        const simulation = this.simulations.simulationOf(estate.key, estate.topology);
        const { hasCommands, settings } = this.client;
        return lensCommand(
            part,
            { uri, estate, elements: elements as [Element, ...Element[]], simulation },
            { hasCommands, withMarks: settings.codeLensMarks },
        );
    }

    private anchorsOf(document: LangiumDocument, setting: Exclude<CodeLensSetting, 'off'>): readonly LensAnchor[] {
        const text = document.textDocument.getText();
        const { hasCommands } = this.client;
        const present = anchorsIn(document.parseResult.value as File, { setting, hasCommands });
        if (!isBroken(document)) {
            this.lastGood.set(document, { anchors: present, text });
            this.forgetTitles(document, text);
            return present;
        }
        const last = this.lastGood.get(document);
        if (!last) return present;
        const merged = [...present, ...stillThere(last, present, text.split('\n'))];
        return merged.sort((a, b) => a.range.start.line - b.range.start.line);
    }

    /** Titles of lines that the file does not have any more, once there are many: one comes with each letter of a line. */
    private forgetTitles(document: LangiumDocument, text: string): void {
        const titles = this.lastTitles.get(document);
        if (!titles || titles.size < mostTitles) return;
        const present = new Set(text.split('\n').map((line) => line.trimEnd()));
        for (const key of titles.keys()) if (!present.has(lineOfTitle(key))) titles.delete(key);
    }
}

const keys = new WeakMap<LangiumDocument, string>();

/** A short name of a file: the same for the same address. */
function keyOf(document: LangiumDocument): string {
    let key = keys.get(document);
    if (key === undefined) {
        key = fingerprint(document.uri.toString());
        keys.set(document, key);
    }
    return key;
}

function isBroken({ parseResult: { parserErrors, lexerErrors } }: LangiumDocument): boolean {
    return parserErrors.length + lexerErrors.length > 0;
}

/** So many titles of a file are kept before anybody looks which lines it still has. */
const mostTitles = 1_000;

/** The title of a lens of which nothing is known. */
const noCommand: Command = { title: '', command: '' };

function lineText({ textDocument }: LangiumDocument, { names: [{ line }] }: Subject): string {
    return textDocument.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
}

function titleKey(part: LensPart, line: string): string {
    return `${part}#${line}`;
}

function lineOfTitle(key: string): string {
    return key.slice(key.indexOf('#') + 1).trimEnd();
}
