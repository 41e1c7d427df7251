import { TextDocument } from 'vscode-languageserver-textdocument';
import { mutated } from '../../fuzz/mutate.js';
import type { Session, Step } from './step.js';
import { tell } from './files.js';

/** So many letters of a line are typed. */
const mostLetters = 20;

export const open: Step = ({ world, client, random }) => {
    const path = random.pick(world.paths);
    const uri = world.uri(path);
    if (world.shown.has(uri)) return undefined;
    const text = lines(world.read(path));
    world.shown.set(uri, { text, version: 1 });
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'tsbtopo', version: 1, text } });
    return `open ${path}`;
};

/** What was typed and not saved is forgotten. */
export const close: Step = (session) => {
    const { world, client } = session;
    const path = shownPath(session);
    if (path === undefined) return undefined;
    const uri = world.uri(path);
    world.shown.delete(uri);
    client.forgetTokens(uri);
    client.notify('textDocument/didClose', { textDocument: { uri } });
    return `close ${path}`;
};

export const save: Step = (session) => {
    const { world } = session;
    const path = shownPath(session);
    if (path === undefined) return undefined;
    const wasThere = world.isThere(path);
    world.write(path, world.shown.get(world.uri(path))!.text);
    tell(session, [[path, wasThere ? 'changed' : 'created']]);
    return `save ${path}`;
};

export const edit: Step = (session) => {
    const path = shownPath(session);
    if (path === undefined) return undefined;
    const { random, donors } = session;
    change(session, path, (text) => mutated(text, random.pick(donors), random));
    return `edit ${path}`;
};

/** A line, letter by letter, faster than anybody reads. */
export const typeLine: Step = (session) => {
    const path = shownPath(session);
    if (path === undefined) return undefined;
    const { random, donors, world } = session;
    const line = random.pick(random.pick(donors).split('\n')).slice(0, mostLetters);
    let at = random.below(world.shown.get(world.uri(path))!.text.length + 1);
    for (const letter of `\n${line}`) {
        change(session, path, (text) => text.slice(0, at) + letter + text.slice(at));
        at += letter.length;
    }
    return `type ${JSON.stringify(line)} into ${path}`;
};

/** The text is again what it is on disk. */
export const revert: Step = (session) => {
    const path = shownPath(session);
    if (path === undefined) return undefined;
    change(session, path, () => session.world.read(path));
    return `revert ${path}`;
};

/** The path of a document that an editor shows. */
export function shownPath({ world, random }: Session): string | undefined {
    return random.pick(world.paths.filter((path) => world.shown.has(world.uri(path))));
}

/** Changes a document as editors tell it: by the range that is replaced. */
function change({ world, client }: Session, path: string, to: (text: string) => string): void {
    const uri = world.uri(path);
    const { text, version: last } = world.shown.get(uri)!;
    const version = last + 1;
    const changed = lines(to(text));
    world.shown.set(uri, { text: changed, version });
    client.notify('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [replacement(text, changed)],
    });
}

/** Editors know one end of a line, and no place in the midst of it. */
function lines(text: string): string {
    return text.replace(/\r\n?/g, '\n');
}

/** What was put between the beginning and the end that both texts have. */
export function replacement(before: string, after: string): object {
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && before[start] === after[start]) start++;
    let end = 0;
    while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
    const document = TextDocument.create('', 'tsbtopo', 0, before);
    return {
        range: { start: document.positionAt(start), end: document.positionAt(before.length - end) },
        text: after.slice(start, after.length - end),
    };
}
