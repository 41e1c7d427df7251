import ignore, { type Ignore } from 'ignore';
import { URI, UriUtils, type FileSystemNode, type FileSystemProvider } from 'langium';

/** Why a file is no part of the workspace, as the end of "It is left out: …". */
export type LeftOutReason = string;

const extension = '.tsbtopo';

/** Folders of packages and of what is built: nobody describes an estate there. */
const foldersLeftOut: ReadonlySet<string> = new Set(['node_modules', 'out']);

/** What a `.gitignore` leaves out below its folder. */
interface IgnoreFile {
    readonly folder: URI;
    readonly rules: Ignore;
}

/** Who wants to know what is left out although its name is right. */
export interface Notices {
    /** A folder that cannot be listed. */
    readonly onUnreadable?: (folder: URI, error: unknown) => void;
    /** What is neither a file nor a folder: a link, a pipe, a socket, a device. */
    readonly onNoFile?: (uri: URI) => void;
}

/**
 * One look at the files of a workspace. It alone decides what belongs to the workspace, for the server and for the
 * command line, which knows no settings of an editor: regular files with the right ending, but for hidden ones, those in
 * folders of packages and of what is built, those behind symbolic links, and what `.gitignore` files leave out.
 */
export class WorkspaceFiles {
    private readonly listings = new Map<string, Promise<readonly FileSystemNode[]>>();
    private readonly ignoring = new Map<string, Promise<readonly IgnoreFile[]>>();

    /**
     * @param folders of the workspace, as addresses; what a folder is inside of does not leave it out
     * @param notices is told of what is left out although its name is right
     */
    constructor(
        private readonly files: FileSystemProvider,
        private readonly folders: readonly string[],
        private readonly notices: Notices = {},
    ) {}

    /** Every file of the workspace in a folder and its subfolders, in alphabetical order. */
    async filesIn(folder: URI): Promise<URI[]> {
        const root = rootOf(folder, this.folders) ?? folder;
        const isThere = UriUtils.equals(root, folder) || (await this.whyLeftOut(folder, true)) === undefined;
        return isThere ? this.list(folder, root) : [];
    }

    /** Every file of every folder of the workspace. */
    async all(): Promise<URI[]> {
        const perFolder = await Promise.all(this.folders.map((folder) => this.filesIn(URI.parse(folder))));
        return [...new Map(perFolder.flat().map((uri) => [uri.toString(), uri])).values()];
    }

    /** Whether a file of the workspace stands there. */
    async has(uri: URI): Promise<boolean> {
        if (!rootOf(uri, this.folders) || (await this.whyLeftOut(uri)) !== undefined) return false;
        const entries = await this.entriesOf(UriUtils.dirname(uri));
        return entries.some((entry) => entry.isFile && UriUtils.equals(entry.uri, uri));
    }

    /** Why a file in a folder of the workspace is no part of it; undefined for all others. */
    async whyLeftOut(uri: URI, isDirectory = false): Promise<LeftOutReason | undefined> {
        const root = rootOf(uri, this.folders);
        if (!root) return undefined;
        const names = uri.path.slice(withSlash(root.path).length).split('/');
        let folder = root;
        for (const [index, name] of names.entries()) {
            const isFolder = isDirectory || index < names.length - 1;
            const entries = await this.entriesOf(folder);
            const entry = entries.find((each) => UriUtils.basename(each.uri) === name);
            // what is not there yet may become a file or folder like any other
            const isLink = entry !== undefined && !entry.isFile && !entry.isDirectory;
            const reason = isLink ? linkReason(name) : await this.reasonFor(folder, name, isFolder, root);
            if (reason !== undefined) return reason;
            folder = UriUtils.joinPath(folder, name);
        }
        return undefined;
    }

    private async list(folder: URI, root: URI): Promise<URI[]> {
        const entries = await this.entriesOf(folder);
        const found = await Promise.all(
            entries.map(async ({ uri, isDirectory, isFile }) => {
                const reason = await this.reasonFor(folder, UriUtils.basename(uri), isDirectory, root);
                if (reason !== undefined) return [];
                if (!isDirectory && !isFile) {
                    this.notices.onNoFile?.(uri);
                    return [];
                }
                return isDirectory ? this.list(uri, root) : [uri];
            }),
        );
        return found.flat();
    }

    private async reasonFor(
        folder: URI,
        name: string,
        isFolder: boolean,
        root: URI,
    ): Promise<LeftOutReason | undefined> {
        if (name.startsWith('.')) return `\`${name}\` is hidden`;
        if (isFolder && foldersLeftOut.has(name)) return `\`${name}\` is a folder of packages or of what is built`;
        if (!isFolder && !name.endsWith(extension)) return `the name does not end in \`${extension}\``;
        const path = `${withSlash(folder.path)}${name}${isFolder ? '/' : ''}`;
        for (const { folder: base, rules } of await this.ignoreFilesFor(folder, root)) {
            const { ignored, unignored } = rules.test(path.slice(withSlash(base.path).length));
            if (ignored) return `\`.gitignore\` in ${base.path} leaves it out`;
            if (unignored) return undefined;
        }
        return undefined;
    }

    /** The `.gitignore` files that hold in a folder, the innermost first. */
    private ignoreFilesFor(folder: URI, root: URI): Promise<readonly IgnoreFile[]> {
        return remembered(this.ignoring, folder.toString(), async () => {
            const isRoot = folder.path.length <= root.path.length;
            const outer = isRoot
                ? await this.ignoreFilesAround(root)
                : this.ignoreFilesFor(UriUtils.dirname(folder), root);
            const entries = await this.entriesOf(folder);
            const hasOwn = entries.some(({ uri, isFile }) => isFile && UriUtils.basename(uri) === '.gitignore');
            return [...(hasOwn ? await this.ignoreFileIn(folder) : []), ...(await outer)];
        });
    }

    /** Those of the repository above a workspace folder, so that it makes no difference which of its folders is opened. */
    private async ignoreFilesAround(root: URI): Promise<readonly IgnoreFile[]> {
        if (root.scheme !== 'file' || (await this.isRepository(root))) return [];
        const found: IgnoreFile[] = [];
        for (let folder = root; UriUtils.dirname(folder).path !== folder.path;) {
            folder = UriUtils.dirname(folder);
            found.push(...(await this.ignoreFileIn(folder)));
            if (!(await this.isRepository(folder))) continue;
            const leavesOutRoot = found.some(({ folder: base, rules }) =>
                rules.ignores(`${root.path.slice(withSlash(base.path).length)}/`),
            );
            return leavesOutRoot ? [] : found;
        }
        return [];
    }

    private isRepository(folder: URI): Promise<boolean> {
        return this.files.exists(UriUtils.joinPath(folder, '.git'));
    }

    private async ignoreFileIn(folder: URI): Promise<IgnoreFile[]> {
        try {
            const text = await this.files.readFile(UriUtils.joinPath(folder, '.gitignore'));
            // as git does it on the systems of continuous integration
            return [{ folder, rules: ignore({ ignorecase: false }).add(text) }];
        } catch {
            return [];
        }
    }

    private entriesOf(folder: URI): Promise<readonly FileSystemNode[]> {
        return remembered(this.listings, folder.toString(), async () => {
            try {
                const entries = await this.files.readDirectory(folder);
                return [...entries].sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
            } catch (error) {
                this.notices.onUnreadable?.(folder, error);
                return [];
            }
        });
    }
}

/**
 * Whether the names alone say that a file or folder is no part of the workspace, without a look at the disk: an
 * installation of packages brings thousands of them.
 */
export function isFixedLeftOut(uri: URI, folders: readonly string[]): boolean {
    const root = rootOf(uri, folders);
    if (!root) return false;
    const names = uri.path.slice(withSlash(root.path).length).split('/');
    return names.slice(0, -1).some((name) => name.startsWith('.') || foldersLeftOut.has(name));
}

/** The innermost folder of the workspace in which a file stands; undefined for one outside of them, or never saved. */
export function rootOf(uri: URI, folders: readonly string[]): URI | undefined {
    const around = folders.map((folder) => URI.parse(folder)).filter((folder) => UriUtils.contains(folder, uri));
    return around.sort((a, b) => b.path.length - a.path.length)[0];
}

function linkReason(name: string): LeftOutReason {
    return `\`${name}\` is a symbolic link`;
}

function withSlash(path: string): string {
    return path.endsWith('/') ? path : `${path}/`;
}

function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
    const value = known.get(key) ?? find();
    known.set(key, value);
    return value;
}
