import { FileChangeType } from 'vscode-languageserver-protocol';
import { mutated } from '../../fuzz/mutate.js';
import type { Session, Step } from './step.js';

const types = { created: FileChangeType.Created, changed: FileChangeType.Changed, deleted: FileChangeType.Deleted };

type FileEvent = readonly [path: string, what: keyof typeof types];

/** Tells the server what has happened on disk, as an editor that watches it. */
export function tell({ world, client }: Session, events: readonly FileEvent[]): void {
    const changes = events.map(([path, what]) => ({ uri: world.uri(path), type: types[what] }));
    client.notify('workspace/didChangeWatchedFiles', { changes });
}

/** Another program writes a file, whether an editor shows it or not. */
export const writeFile: Step = (session) => {
    const { world, random, donors } = session;
    const path = random.pick(world.paths);
    const wasThere = world.isThere(path);
    const text = wasThere ? world.read(path) : random.pick(donors);
    world.write(path, mutated(text, random.pick(donors), random));
    tell(session, [[path, wasThere ? 'changed' : 'created']]);
    return `write ${path}`;
};

/** A branch is checked out and back again: a file is gone, and at once there as it was. */
export const blink: Step = (session) => {
    const { world, random } = session;
    const path = random.pick(world.paths);
    if (!world.isThere(path)) return undefined;
    const text = world.read(path);
    world.remove(path);
    tell(session, [[path, 'deleted']]);
    world.write(path, text);
    tell(session, [[path, 'created']]);
    return `${path} goes and comes`;
};

export const removeFile: Step = (session) => {
    const { world, random } = session;
    const path = random.pick(world.paths);
    if (!world.isThere(path)) return undefined;
    world.remove(path);
    tell(session, [[path, 'deleted']]);
    return `remove ${path}`;
};

/** The severities of a project come, change or go, in a folder of the workspace. */
export const changeSettings: Step = (session) => {
    const { world, random } = session;
    const folder = random.pick(world.folders);
    if (folder === undefined) return undefined;
    const path = `${folder.name}/tsbtopo.json`;
    const wasThere = world.isThere(path);
    const severity = random.pick(['off', 'error', 'fatal', undefined]);
    if (severity === undefined) world.remove(path);
    else world.write(path, JSON.stringify({ rules: { 'postgres-protection-unsaid': severity } }));
    tell(session, [[path, severity === undefined ? 'deleted' : wasThere ? 'changed' : 'created']]);
    return `${path} says ${severity ?? 'nothing'}`;
};

const projectFiles = ['.gitignore', 'tsbtopo.json'];

/** A folder goes, or comes back with other files; some editors tell of the folder, others of each file. */
export const changeFolder: Step = (session) => {
    const { world, random, donors } = session;
    const folder = random.pick(['one/inner', 'one/inner', 'two/deep']);
    const below = world.paths.filter((path) => path.startsWith(`${folder}/`));
    const wasThere = world.isThere(folder);
    const known = [...below, ...projectFiles.map((name) => `${folder}/${name}`).filter((path) => world.isThere(path))];
    if (wasThere) {
        world.remove(folder);
    } else {
        for (const path of below) world.write(path, random.pick(donors));
    }
    const what = wasThere ? 'deleted' : 'created';
    tell(session, random.below(2) === 0 ? [[folder, what]] : known.map((path) => [path, what]));
    return `${folder} is ${what}`;
};

/** A `.gitignore` comes, changes or goes, in a folder of the workspace. */
export const changeIgnored: Step = (session) => {
    const { world, random } = session;
    const folder = random.pick(world.folders);
    if (folder === undefined) return undefined;
    const path = `${folder.name}/.gitignore`;
    const wasThere = world.isThere(path);
    const rule = random.pick(['inner', '*.tsbtopo', 'clusters.*', 'main.*', '!main.tsbtopo', '']);
    if (rule === '') world.remove(path);
    else world.write(path, `${rule}\n`);
    tell(session, [[path, rule === '' ? 'deleted' : wasThere ? 'changed' : 'created']]);
    return `${path} says ${JSON.stringify(rule)}`;
};

/** The user adds a folder to the workspace, or takes one away. */
export const changeFolders: Step = ({ world, client, random }) => {
    const isAdded = random.below(2) === 0;
    const [from, to] = isAdded ? [world.outside, world.folders] : [world.folders, world.outside];
    if (from.length === 0) return undefined;
    const [folder] = from.splice(random.below(from.length), 1);
    to.push(folder!);
    const [added, removed] = isAdded ? [[folder], []] : [[], [folder]];
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added, removed } });
    return `${isAdded ? 'add' : 'take away'} ${folder!.name}`;
};
