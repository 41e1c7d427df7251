// How long LikeC4 takes for an estate, in a process of its own: `node likec4.mjs ENTRY FOLDER FILE`, with the module of LikeC4
// that is installed, a folder of its files, and the one in which is typed. Prints a line of JSON: milliseconds, and bytes.
// LikeC4's command line starts no language server, so what its server does for a key is called here as Langium calls it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [entry, folder, file] = process.argv.slice(2);
const warmUp = 8;
const rounds = 20;

const { LikeC4 } = await import(pathToFileURL(entry).href);
const likec4 = await LikeC4.fromWorkspace(folder, { logger: false, printErrors: false });
const errors = likec4.getErrors();
if (errors.length > 0) throw new Error(`LikeC4 finds ${errors.length} errors, the first: ${errors[0].message}`);
// `performance` counts from the start of the process
const start = performance.now();

const { DocumentBuilder, LangiumDocuments, TextDocuments } = likec4.langium.shared.workspace;
const uri = LangiumDocuments.all.find((document) => document.uri.path.endsWith(`/${file}`)).uri;
const text = readFileSync(join(folder, file), 'utf8');
const { textDocument } = LangiumDocuments.getDocument(uri);
let version = textDocument.version;
let isWrong = false;
const opened = new Map();
const original = TextDocuments.get.bind(TextDocuments);
TextDocuments.get = (of) => opened.get(of.toString()) ?? original(of);
const times = [];
for (let round = -warmUp; round < rounds; round++) {
    isWrong = !isWrong;
    const typed = isWrong ? text.replace(/(typed-here -> \w+)/, '$1x') : text;
    opened.set(uri.toString(), new textDocument.constructor(uri.toString(), 'likec4', ++version, typed));
    const before = performance.now();
    await DocumentBuilder.update([uri], []);
    const took = performance.now() - before;
    const found = LangiumDocuments.getDocument(uri).diagnostics?.length ?? 0;
    if (found > 0 !== isWrong) throw new Error(`${found} diagnostics where the name is ${isWrong ? 'wrong' : 'right'}`);
    if (round >= 0) times.push(took);
}
console.log(JSON.stringify({ start, times, memory: process.memoryUsage.rss() }));
process.exit();
