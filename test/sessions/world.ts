import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Files } from '../fuzz/fuzz.js';
import type { Random } from '../fuzz/random.js';
import type { Folder, Shown } from './client.js';

/** Folders that may be part of the workspace, one of them inside of another. */
const folderNames = ['one', 'one/inner', 'two'] as const;

/** What there is besides the server: files on disk, documents in editors, folders in the workspace. */
export class World {
    readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'tsbtopo-session-')));
    readonly shown = new Map<string, Shown>();
    readonly folders: Folder[];
    readonly outside: Folder[];
    /** Every file that was ever there, by its path below the root. */
    readonly paths: string[];

    constructor({ below, pick }: Random, estates: readonly Files[]) {
        // what lies above is none of its business
        mkdirSync(join(this.root, '.git'));
        const texts = folderNames.flatMap((folder) =>
            Object.entries(pick(estates)).map(([name, text]) => [`${folder}/${name}`, text] as const),
        );
        for (const [path, text] of texts) this.write(path, text);
        this.paths = texts.map(([path]) => path);
        const all = folderNames.map((name) => ({ uri: this.uri(name), name }));
        const first = below(all.length);
        this.folders = [all[first]!];
        this.outside = all.filter((_, index) => index !== first);
    }

    uri(path: string): string {
        return pathToFileURL(join(this.root, path)).toString();
    }

    isThere(path: string): boolean {
        return existsSync(join(this.root, path));
    }

    /** The text of a file; of one that is not there, none. */
    read(path: string): string {
        return this.isThere(path) ? readFileSync(join(this.root, path), 'utf8') : '';
    }

    write(path: string, text: string): void {
        mkdirSync(dirname(join(this.root, path)), { recursive: true });
        writeFileSync(join(this.root, path), text);
    }

    /** Takes a file or a folder away; one that is not there stays away. */
    remove(path: string): void {
        rmSync(join(this.root, path), { recursive: true, force: true });
    }

    /** Leaves nothing behind. */
    end(): void {
        rmSync(this.root, { recursive: true, force: true });
    }
}
