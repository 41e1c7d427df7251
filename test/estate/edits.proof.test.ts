import { resolve } from 'node:path';
import { Cancellation, DocumentState, EmptyFileSystem, isOperationCancelled } from 'langium';
import { expect, test } from 'vitest';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { judgePromises } from '../../server/estate/promises.js';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { createEditorServices, type EditorServices } from '../../server/features/language-server.js';
import { headline } from '../../server/impact/summary.js';
import { estatesIn } from '../fuzz/fuzz.js';
import { mutated } from '../fuzz/mutate.js';
import { randomOf, type Random } from '../fuzz/random.js';
import { editor, type Editor } from '../features/editor.js';
import { differenceOf } from '../sessions/visible.js';
import { share } from '../share.js';

/** Files by name. */
type Texts = Readonly<Record<string, string>>;
type Edit = (texts: Texts, random: Random, donor: string) => Texts;

const sessions = share(100);
const editsOfSession = 30;
/** Compared after so many edits, so that what is left of one meets the next. */
const editsBetween = 3;
/** Larger estates would take most of the time, and do nothing else. */
const longest = 6_000;
const mostPlaces = 4;
const mostElements = 5;

const edits: readonly Edit[] = [
    // slips of the pen, within a file
    (texts, random, donor) => within(texts, random, (text) => mutated(text, donor, random)),
    // something is left open, and closed again
    (texts, random) =>
        within(texts, random, (text) => inserted(text, random, random.pick(['{', '"', '/*', '//', '}']))),
    (texts, random) => within(texts, random, (text) => text.replace(random.pick(['/*', '"', '{', '//']), '')),
    // a name changes in one place, or everywhere
    (texts, random) => renamed(texts, random, false),
    (texts, random) => renamed(texts, random, true),
    // a file is split, joined with another, or gives a declaration to another
    split,
    (texts, random) => {
        const names = Object.keys(texts);
        const [one, other] = [random.pick(names), random.pick(names)];
        if (one === other) return texts;
        const { [other]: taken, ...left } = texts;
        return { ...left, [one]: `${left[one]}\n${taken!.replace(/^topology .*/m, '')}` };
    },
    (texts, random) => {
        const names = Object.keys(texts);
        const [from, to] = [random.pick(names), random.pick(names)];
        const declarations = declarationsOf(texts[from]!);
        const [moved = ''] = declarations.splice(random.below(declarations.length), 1);
        const left = { ...texts, [from]: declarations.join('') };
        return { ...left, [to]: `${left[to]}\n${moved}` };
    },
    // what is declared is declared elsewhere, too, and may say there what others say
    (texts, random) => {
        const [name, from] = [random.pick(Object.keys(texts)), random.pick(Object.values(texts))];
        const copied = random.pick([...oneOfEach, random.pick(declarationsOf(from))]);
        return { ...texts, [name]: `${texts[name]}\n${copied}\n` };
    },
    (texts, random) => within(texts, random, (text) => text.replace(/\bone\b/, 'another')),
    // one of the last declarations goes
    (texts, random) =>
        within(texts, random, (text) => {
            const declarations = declarationsOf(text);
            declarations.splice(declarations.length - 1 - random.below(2), 1);
            return declarations.join('');
        }),
    (texts, random) => within(texts, random, (text) => withLine(text, random, Object.values(texts).join('\n'))),
    // several declarations on one line, and other line ends
    (texts, random) => within(texts, random, (text) => text.replace(/\}\n(?=[a-z])/g, '} ')),
    (texts, random) =>
        within(texts, random, (text) =>
            text.includes('\r') ? text.replaceAll('\r', '') : text.replaceAll('\n', '\r\n'),
        ),
];

test('what any edits lead to is what a fresh start shows', { timeout: 600_000 }, async () => {
    const root = resolve(import.meta.dirname, '../..');
    const estates = estatesIn(root).filter((files) => Object.values(files).join('').length < longest);
    const services = createEditorServices(EmptyFileSystem);
    let [compared, cancelled] = [0, 0];
    for (let seed = 1; seed <= sessions; seed++) {
        const random = randomOf(seed);
        let texts: Texts = split(random.pick(estates), random);
        const session = await editor(texts, services);
        for (let edit = 1; edit <= editsOfSession; edit++) {
            const donor = Object.values(random.pick(estates)).join('\n');
            const next = random.pick(edits)(texts, random, donor);
            const gone = Object.keys(texts).filter((name) => !(name in next));
            const changed = Object.entries(next).filter(([name, text]) => texts[name] !== text);
            texts = next;
            const mayBeCancelled = edit % editsBetween !== 0;
            const meanwhile = whatComesMeanwhile(services, random, mayBeCancelled);
            const typed = session.type(
                {
                    ...Object.fromEntries(changed),
                    ...Object.fromEntries(gone.map((name) => [name, undefined])),
                },
                meanwhile.token,
            );
            if (await meanwhile.cancels(typed)) cancelled++;
            if (mayBeCancelled) continue;
            const fresh = await editor(texts);
            const places = placesIn(texts, random);
            const [known, anew] = [await visibleIn(session, texts, places), await visibleIn(fresh, texts, places)];
            expect(differenceOf(known, anew), `seed ${seed}, edit ${edit}`).toBeUndefined();
            compared++;
        }
    }
    expect(compared).toBe(sessions * (editsOfSession / editsBetween));
    expect(cancelled).toBeGreaterThan(compared / 10);
});

/** How often something is asked while an edit is worked in, and how often the next key cancels that: one of so many times. */
const [oneIsAsked, oneIsCancelled] = [3, 2];

/** Who asks for diagnostics and lenses of files as soon as they are read, and the key that cancels a build at any step. */
function whatComesMeanwhile(services: EditorServices, random: Random, mayBeCancelled: boolean) {
    const { DocumentBuilder } = services.shared.workspace;
    const source = new Cancellation.CancellationTokenSource();
    const answers: unknown[] = [];
    const listeners: { dispose(): void }[] = [];
    if (random.below(oneIsAsked) === 0) {
        const asks = DocumentBuilder.onDocumentPhase(DocumentState.Parsed, (document) => {
            answers.push(diagnosticsOf(document, services.tsbtopo), services.codeLens.provideCodeLens(document));
        });
        listeners.push(asks);
    }
    if (mayBeCancelled && random.below(oneIsCancelled) === 0) {
        let left = random.below(3);
        const state = (DocumentState.Parsed + random.below(DocumentState.Validated)) as DocumentState;
        const cancels = DocumentBuilder.onDocumentPhase(state, () => {
            if (left-- === 0) source.cancel();
        });
        listeners.push(cancels);
    }
    return {
        token: source.token,
        /** Whether an edit did not come to its end. */
        async cancels(typed: Promise<void>): Promise<boolean> {
            const isCancelled = await typed.then(
                () => false,
                (error: unknown) => {
                    if (!isOperationCancelled(error)) throw error;
                    return true;
                },
            );
            for (const listener of listeners) listener.dispose();
            await Promise.all(answers);
            return isCancelled;
        },
    };
}

function split(texts: Texts, random: Random): Texts {
    const [name, text] = random.pick(Object.entries(texts));
    const [first, ...rest] = declarationsOf(text);
    const at = random.below(rest.length);
    const header = /^topology .*/m.exec(text)?.[0] ?? '';
    const other = `split-${random.below(3)}.tsbtopo`;
    if (other === name || rest.length === 0) return texts;
    return {
        ...texts,
        [name]: [first, ...rest.slice(0, at)].join(''),
        [other]: `${header}\n${rest.slice(at).join('')}`,
    };
}

function within(texts: Texts, random: Random, change: (text: string) => string): Texts {
    const name = random.pick(Object.keys(texts));
    return { ...texts, [name]: change(texts[name]!) };
}

function inserted(text: string, { below }: Random, what: string): string {
    const at = below(text.length + 1);
    return `${text.slice(0, at)}${what}${text.slice(at)}`;
}

/** Of which an estate has one, or one of each name: who says it a second time is told. */
const oneOfEach = [
    'scenario "one" { }',
    'defaults for workload clusters { }',
    'shared fate one of every region',
    'external service one',
];

/** What is right or wrong by what other declarations say. */
const ofOthers = ['    no workloads', '    namespace other', '    replicas 2 across zones a, b'];

/** With another line in one of its blocks: one of any block, or one that is about what others say. */
function withLine(text: string, random: Random, all: string): string {
    const lines = [random.pick(ofOthers), random.pick(all.match(/^ {4}\S[^{}\n]*$/gm) ?? ofOthers)];
    const blocks = [...text.matchAll(/^[a-z].*\{$/gm)].map(({ index, 0: { length } }) => index + length);
    if (blocks.length === 0) return text;
    const at = random.pick(blocks);
    return `${text.slice(0, at)}\n${random.pick(lines)}${text.slice(at)}`;
}

function renamed(texts: Texts, random: Random, everywhere: boolean): Texts {
    const all = Object.values(texts).join(' ');
    const declared = /\b(?:region|cluster|service|ingress|tier1|east-west|topology|scenario|fate) "?([a-z][\w-]*)/g;
    const names = [...new Set([...all.matchAll(declared)].map(([, name]) => name!))];
    if (names.length === 0) return texts;
    const [from, to] = [random.pick(names), random.pick([...names, 'renamed'])];
    if (everywhere) return mapped(texts, (text) => text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to));
    const name = random.pick(Object.keys(texts).filter((each) => texts[each]!.includes(from)));
    return { ...texts, [name]: texts[name]!.replace(new RegExp(`\\b${from}\\b`), to) };
}

function mapped(texts: Texts, change: (text: string) => string): Texts {
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]));
}

/** A text, cut before whatever stands at the beginning of a line. */
function declarationsOf(text: string): string[] {
    return text.split(/(?<=\n)(?=[a-z])/);
}

interface Place {
    readonly name: string;
    readonly line: number;
    readonly character: number;
}

function placesIn(texts: Texts, { pick, below }: Random): Place[] {
    return Array.from({ length: mostPlaces }, () => {
        const [name, text] = pick(Object.entries(texts));
        const lines = text.split(/\r\n|\r|\n/);
        const line = below(lines.length);
        return { name, line, character: below(lines[line]!.length + 1) };
    });
}

/** What a user can see of an estate, with names of files instead of their addresses. */
async function visibleIn(opened: Editor, texts: Texts, places: readonly Place[]): Promise<Record<string, unknown>> {
    const { services, uri, document } = opened;
    const folder = uri('');
    const { lsp } = services.tsbtopo;
    const shown: Record<string, unknown> = {};
    // until a promise is judged, what was found last stands where it stands
    for (const estate of services.tsbtopo.workspace.Estates.all()) judgePromises(estate, services.tsbtopo);
    for (const name of Object.keys(texts).sort()) {
        const textDocument = { uri: uri(name) };
        const whole = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
        const { lexerErrors, parserErrors } = document(name).parseResult;
        shown[`diagnostics of ${name}`] = diagnosticsOf(document(name), services.tsbtopo);
        shown[`hints of ${name}`] = await lsp.InlayHintProvider!.getInlayHints(document(name), {
            textDocument,
            range: whole,
        });
        shown[`tokens of ${name}`] = (
            await lsp.SemanticTokenProvider!.semanticHighlight(document(name), { textDocument })
        ).data;
        // of a broken file lenses stay where they were
        if (lexerErrors.length + parserErrors.length === 0) shown[`lenses of ${name}`] = await opened.lenses(name);
    }
    for (const { name, ...position } of places) {
        const textDocument = { uri: uri(name) };
        const hover = await lsp.HoverProvider!.getHoverContent(document(name), { textDocument, position });
        shown[`hover in ${name} at ${position.line}:${position.character}`] = hover;
    }
    for (const { topology, elements, blasts, outcomeOf, problems } of snapshotsOf(services.tsbtopo).all()) {
        const { name, files } = topology;
        shown[`topology ${name} of ${files.join()}`] = topology;
        shown[`problems of ${name} of ${files.join()}`] = problems().map(({ identity }) => identity);
        const step = Math.ceil(elements.listed.length / mostElements);
        for (const element of elements.listed.filter((_, index) => index % step === 0)) {
            const { operations, hosts, services: fared } = outcomeOf(element.name)!;
            const told = headline(blasts.blastRadiusOf(element.name));
            shown[`failure of ${element.name} in ${name}`] = { operations, hosts, fared, told };
        }
    }
    const plain = JSON.stringify(shown, (_, value: unknown) => (value instanceof Map ? [...value] : value));
    return JSON.parse(plain.replaceAll(folder, '')) as Record<string, unknown>;
}
