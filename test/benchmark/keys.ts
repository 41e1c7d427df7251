// What one typed letter costs, in processor time of a process that does nothing else: not disturbed by other programs as
// much as the session over stdio is. `npm run keys`, see run.mjs; `-- --only=WORD` of those estates with this word.
import { EmptyFileSystem, TextDocument, URI } from 'langium';
import type { Position } from 'vscode-languageserver';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { createEditorServices } from '../../server/features/language-server.js';
import { generateEstate } from './estates.js';
import { processorTime, shown, timing } from './statistics.js';

const options = process.argv.slice(2);
const only = options.map((option) => /^--only=(.*)$/.exec(option)?.[1]).find(Boolean) ?? '';
const what = options.map((option) => /^--what=(.*)$/.exec(option)?.[1]).find(Boolean) ?? '';

const warmUp = 12;
const rounds = 24;
/** As many as an editor shows of a file. */
const lensesOnScreen = 30;

const estates = [
    ['1,000 nodes in 1 file', generateEstate(1_000, 1).files, 'file0.tsbtopo'],
    ['10,000 nodes in 100 files', generateEstate(10_000, 100).files, 'file1.tsbtopo'],
    ['10,000 nodes in 1 file', generateEstate(10_000, 1).files, 'file0.tsbtopo'],
] as const;

async function measure(files: ReadonlyMap<string, string>, typedIn: string): Promise<string[]> {
    const services = createEditorServices(EmptyFileSystem);
    const { shared, tsbtopo, codeLens } = services;
    const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceManager } = shared.workspace;
    WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [{ uri: 'file:///', name: 'keys' }],
    });
    let version = 0;
    const write = (name: string, text: string): URI => {
        const uri = URI.parse(`file:///${name}`);
        TextDocuments.delete(uri.toString());
        TextDocuments.set(TextDocument.create(uri.toString(), 'tsbtopo', version++, text));
        return uri;
    };
    const [cluster] = /(?<=^workload cluster )\S+/m.exec([...files.values()].join('\n'))!;
    const text = `${files.get(typedIn)!}service typed-here on ${cluster}`;
    const uris = [...files].map(([name, each]) => write(name, name === typedIn ? `${text}\n` : each));
    await DocumentBuilder.update(uris, []);
    const uri = URI.parse(`file:///${typedIn}`);
    const document = () => LangiumDocuments.getDocument(uri)!;
    let isWrong = false;
    /** As the server does it after each build. */
    const key = async () => {
        isWrong = !isWrong;
        await DocumentBuilder.update([write(typedIn, isWrong ? `${text}x\n` : `${text}\n`)], []);
        for (const { findings } of snapshotsOf(tsbtopo).all()) findings();
        for (const each of LangiumDocuments.all) diagnosticsOf(each, tsbtopo);
    };
    const places = text.split('\n').flatMap((line, index): Position[] => {
        const [start] = /^(workload cluster|management cluster|service) /.exec(line) ?? [];
        return start === undefined ? [] : [{ line: index, character: start.length }];
    });
    let round = 0;
    const hover = () =>
        Promise.resolve(
            tsbtopo.lsp.HoverProvider!.getHoverContent(document(), {
                textDocument: { uri: uri.toString() },
                position: places[(round++ * 7) % places.length]!,
            }),
        );
    const lenses = async () => {
        const all = (await codeLens.provideCodeLens(document())) ?? [];
        for (const lens of all.slice(0, lensesOnScreen)) codeLens.resolve(lens);
    };
    const measured = async (name: string, before: () => unknown, action: () => Promise<unknown>) => {
        if (!name.includes(what)) return '–';
        const all: number[] = [];
        for (let each = -warmUp; each < rounds; each++) {
            await before();
            const start = processorTime();
            await action();
            if (each >= 0) all.push(processorTime() - start);
        }
        const { median, p95 } = timing(all);
        return `${name} ${shown(median)} (${shown(p95)})`;
    };
    const nothing = () => undefined;
    return [
        await measured('key', nothing, key),
        await measured('hover after key', key, hover),
        await measured('lenses after key', key, lenses),
        await measured('hover at rest', nothing, hover),
    ];
}

async function run(): Promise<void> {
    for (const [title, files, typedIn] of estates) {
        if (title.includes(only)) console.log(`${title}: ${(await measure(files, typedIn)).join(' · ')}`);
    }
}

void run();
