import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesOf } from '../../server/cli/files.js';
import { WorkspaceFiles } from '../../server/language/workspace/workspace-files.js';

let root = '';
beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tsbtopo-files-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
    }
}

const uriOf = (name: string) => URI.parse(pathToFileURL(join(root, name)).toString());
const look = (...folders: string[]) =>
    new WorkspaceFiles(
        NodeFileSystem.fileSystemProvider(),
        folders.map((folder) => uriOf(folder).toString()),
    );
const found = async (...folders: string[]) =>
    (await look(...folders).all()).map(({ path }) => path.slice(uriOf('').path.length).replace(/^\//, '')).sort();

const tree = {
    'a.tsbtopo': '',
    'README.md': '',
    '.hidden.tsbtopo': '',
    '.history/a_1.tsbtopo': '',
    'eu/b.tsbtopo': '',
    'eu/node_modules/x/c.tsbtopo': '',
    'out/d.tsbtopo': '',
    'eu/generated/e.tsbtopo': '',
    'eu/generated/kept.tsbtopo': '',
    'eu/draft-1.tsbtopo': '',
    'us/draft-1.tsbtopo': '',
    'us/DRAFT-2.tsbtopo': '',
    '.gitignore': 'generated/*\n!generated/kept.tsbtopo\n',
    'eu/.gitignore': 'draft-*\n',
};
const belong = ['a.tsbtopo', 'eu/b.tsbtopo', 'us/DRAFT-2.tsbtopo', 'us/draft-1.tsbtopo'];

test('regular files with the right ending, without what is hidden, built, or left out by a `.gitignore`', async () => {
    write({ ...tree, '.gitignore': 'eu/generated/*\n!eu/generated/kept.tsbtopo\n' });
    expect(await found('')).toEqual([...belong, 'eu/generated/kept.tsbtopo'].sort());
});

test('neither links to files nor to folders, which would declare everything twice', async () => {
    write({ 'a.tsbtopo': '', 'eu/b.tsbtopo': '' });
    symlinkSync(join(root, 'a.tsbtopo'), join(root, 'link.tsbtopo'));
    symlinkSync(join(root, 'eu'), join(root, 'eu-link'));
    symlinkSync(root, join(root, 'eu/round.tsbtopo'));
    symlinkSync(join(root, 'nowhere'), join(root, '.#a.tsbtopo'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling.tsbtopo'));
    expect(await found('')).toEqual(['a.tsbtopo', 'eu/b.tsbtopo']);
    for (const name of ['link.tsbtopo', 'eu-link/b.tsbtopo', 'eu/round.tsbtopo', 'dangling.tsbtopo']) {
        expect(await look('').whyLeftOut(uriOf(name)), name).toMatch(/is a symbolic link$/);
    }
});

test('a document that was never saved is no file, although one has its path', async () => {
    write({ 'a.tsbtopo': '', 'out/b.tsbtopo': '' });
    const unsaved = (name: string) => uriOf(name).with({ scheme: 'untitled' });
    expect(await look('').has(uriOf('a.tsbtopo'))).toBe(true);
    expect(await look('').has(unsaved('a.tsbtopo'))).toBe(false);
    expect(await look('').whyLeftOut(unsaved('out/b.tsbtopo'))).toBeUndefined();
});

test('the command line finds the same files, and each is told apart in the same way', async () => {
    write(tree);
    symlinkSync(join(root, 'a.tsbtopo'), join(root, 'link.tsbtopo'));
    const present = await found('');
    expect((await filesOf([root])).map((file) => file.slice(root.length + 1)).sort()).toEqual(present);
    for (const name of [...Object.keys(tree), 'link.tsbtopo']) {
        expect(await look('').has(uriOf(name)), name).toBe(present.includes(name));
        expect((await look('').whyLeftOut(uriOf(name))) === undefined, name).toBe(present.includes(name));
    }
});

test('in a repository it makes no difference which of its folders is opened', async () => {
    write({ ...tree, '.git/HEAD': '' });
    expect(await found('eu')).toEqual((await found('')).filter((name) => name.startsWith('eu/')));
    expect(await found('us')).toEqual((await found('')).filter((name) => name.startsWith('us/')));
});

test('a folder that is opened is there, whatever its name and whatever is said of it outside', async () => {
    write({ ...tree, '.git/HEAD': '', '.gitignore': 'us\n', 'us/.gitignore': 'DRAFT*' });
    expect(await found('out')).toEqual(['out/d.tsbtopo']);
    expect(await found('.history')).toEqual(['.history/a_1.tsbtopo']);
    expect(await found('us')).toEqual(['us/draft-1.tsbtopo']);
    expect(await found('', 'out')).toContain('out/d.tsbtopo');
});

test('a file outside of all folders is not left out of them', async () => {
    write(tree);
    expect(await look('eu').whyLeftOut(uriOf('us/draft-1.tsbtopo'))).toBeUndefined();
    expect(await look('eu').has(uriOf('us/draft-1.tsbtopo'))).toBe(false);
    expect(await look('').has(uriOf('nowhere.tsbtopo'))).toBe(false);
});
