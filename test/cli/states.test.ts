import path from 'node:path';
import type { FileSystemNode, FileSystemProvider, URI } from 'langium';
import { expect, test } from 'vitest';
import { comparedStates } from '../../server/cli/diff.js';
import { asDiffJson } from '../../server/cli/formats/diff-json.js';
import { bothStates, stateOf, type FilesState } from '../../server/cli/states.js';
import { workspaceOf, type Files } from '../../server/cli/workspace.js';

const head = `topology shop
region us-east
region eu-west
management cluster mgmt in us-east { management plane { postgres external in eu-west { backup } } }
workload cluster east in us-east { gateway ingress }
workload cluster west in eu-west { gateway ingress }
`;
const service = (name: string, homes: string, more = '') =>
    `topology shop\n\nservice ${name} on ${homes} { exposed "${name}.example.com" { gslb ttl 30s }  outlier detection ${more} }\n`;
const objective = (name: string) => `objective ${name} survives any cluster failure\n`;

type Texts = Readonly<Record<string, string>>;

/** Files of a folder, the settings of a project among them. */
function folderOf(folder: string, texts: Texts): Files {
    const all = new Map(Object.entries(texts).map(([name, text]) => [path.join(folder, name), text]));
    const textAt = (uri: URI) => all.get(uri.fsPath)!;
    const stat = (uri: URI): FileSystemNode => ({ isFile: all.has(uri.fsPath), isDirectory: false, uri });
    const fileSystem: FileSystemProvider = {
        stat: (uri) => Promise.resolve(stat(uri)),
        statSync: stat,
        exists: (uri) => Promise.resolve(all.has(uri.fsPath)),
        existsSync: (uri) => all.has(uri.fsPath),
        readBinary: (uri) => Promise.resolve(Buffer.from(textAt(uri))),
        readBinarySync: (uri) => Buffer.from(textAt(uri)),
        readFile: (uri) => Promise.resolve(textAt(uri)),
        readFileSync: textAt,
        readDirectory: () => Promise.resolve([]),
        readDirectorySync: () => [],
    };
    return {
        texts: [...all].flatMap(([file, text]) =>
            file.endsWith('.tsbtopo') ? [text === '' ? { file, reason: 'it is empty' } : { file, text }] : [],
        ),
        folders: [folder],
        fileSystem: { fileSystemProvider: () => fileSystem },
    };
}

function single(files: Files): Files {
    return { ...files, folders: [] };
}

const all = () => true;

const alone = new WeakMap<Files, Promise<FilesState>>();

/** What is seen of files that are read by themselves; of the same ones, once. */
function readAlone(files: Files): Promise<FilesState> {
    const read = alone.get(files) ?? workspaceOf(files).then((workspace) => stateOf(workspace, all));
    alone.set(files, read);
    return read;
}

/** All that the command would say, read as two states of the same files, and each by itself. */
async function bothWays(before: Files, now: Files): Promise<[string, string]> {
    const apart = [await readAlone(before), await readAlone(now)] as const;
    const together = await bothStates(before, now, all);
    return [asDiffJson(comparedStates(together.before, together.now)), asDiffJson(comparedStates(apart[0], apart[1]))];
}

const estate: Texts = {
    'a.tsbtopo': head,
    'b.tsbtopo': service('till', 'east, west') + objective('till'),
    'sub/c.tsbtopo': service('cart', 'east', 'calls till') + objective('cart'),
};

const changes: Readonly<Record<string, Texts>> = {
    'nothing is otherwise': estate,
    'a file says something else': { ...estate, 'b.tsbtopo': service('till', 'east') + objective('till') },
    'lines have moved': { ...estate, 'b.tsbtopo': `// new\n\n${estate['b.tsbtopo']}` },
    'a file is gone': { 'a.tsbtopo': head, 'b.tsbtopo': estate['b.tsbtopo']! },
    'a file has come': { ...estate, 'd.tsbtopo': service('desk', 'west', 'calls cart') },
    'a file has another name': {
        'a.tsbtopo': head,
        'z.tsbtopo': estate['b.tsbtopo']!,
        'sub/c.tsbtopo': estate['sub/c.tsbtopo']!,
    },
    'a name is another one': {
        'a.tsbtopo': head,
        'b.tsbtopo': service('cash', 'east, west') + objective('cash'),
        'sub/c.tsbtopo': service('cart', 'east', 'calls cash') + objective('cart'),
    },
    'a service is gone that somebody calls': { ...estate, 'b.tsbtopo': service('desk', 'east, west') },
    'a file is of another topology': { ...estate, 'sub/c.tsbtopo': `${head.replace('shop', 'other')}` },
    'a file has a mistake': { ...estate, 'b.tsbtopo': `${service('till', 'east, west')}service {` },
    'a file cannot be read': { ...estate, 'b.tsbtopo': '' },
    'the project takes rules otherwise': {
        ...estate,
        'b.tsbtopo': service('till', 'east'),
        'tsbtopo.json': JSON.stringify({ rules: { 'single-homed-exposed-service': 'info' } }),
    },
};

const earlier = folderOf('/old', estate);

test.each(Object.keys(changes))('two states of which most is the same are as each by itself: %s', async (what) => {
    const [one, other] = [earlier, folderOf('/now', changes[what]!)];
    for (const [before, now] of [
        [one, other],
        [other, one],
    ] as const) {
        const [together, apart] = await bothWays(before, now);
        expect(together).toBe(apart);
    }
});

test('what an earlier state says is told where it stands', async () => {
    const { before } = await bothStates(
        folderOf('/old', { ...estate, 'sub/c.tsbtopo': service('cart', 'east, nowhere') }),
        folderOf('/now', estate),
        all,
    );
    expect(before.errors).toMatchObject([{ file: path.relative(process.cwd(), '/old/sub/c.tsbtopo'), line: 3 }]);
});

test.each([
    ['a.tsbtopo', 'a.tsbtopo'],
    // without a header the name of the file is that of the topology
    ['a.tsbtopo', 'b.tsbtopo'],
])('single files: %s and %s', async (name, other) => {
    const text = head.replace(/^.*\n/, '') + service('till', 'east, west').replace(/^.*\n/, '');
    const [before, now] = [
        folderOf('/old', { [name]: text }),
        folderOf('/now', { [other]: text.replace(', west', '') }),
    ];
    const [together, apart] = await bothWays(single(before), single(now));
    expect(together).toBe(apart);
    const { topologies } = JSON.parse(together) as { readonly topologies: readonly { readonly isWorse: boolean }[] };
    expect(topologies).toMatchObject([{ isWorse: true }]);
    const states = await bothStates(single(before), single(now), all);
    expect(states.before.estates[0]!.topology.name).toBe(name.replace('.tsbtopo', ''));
});
