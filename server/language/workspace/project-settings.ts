import { TextDocument, type URI, UriUtils, type FileSystemProvider } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import { visible } from '../../encoding/visible.js';
import type { ProblemSeverity } from '../../knowledge/severities.js';
import { readSettings, settingsFileName, type Settings } from './settings.js';
import { rootOf } from './workspace-files.js';

/** A file of settings that was read. */
export interface SettingsFile {
    readonly uri: string;
    readonly rules: Settings['rules'];
    readonly ignoredDrift: Settings['ignoredDrift'];
    readonly text: string;
    readonly mistakes: readonly SettingsMistake[];
}

/** What is wrong in a file of settings. */
export interface SettingsMistake {
    readonly code: string;
    readonly message: string;
    readonly range: Range;
}

/**
 * How grave a project takes rules to be. For each file the nearest `tsbtopo.json` decides, alone: in its own folder or one
 * around it, up to the folder of the workspace, or to that of the repository around it, so that editor and command line
 * find the same one whichever folder is opened.
 */
export class ProjectSettings {
    /** The settings that hold in a folder, by its address; a promise, since several files ask at once. */
    private readonly perFolder = new Map<string, Promise<SettingsFile | undefined>>();
    private loaded: ReadonlyMap<string, SettingsFile | undefined> = new Map();
    private readonly listeners: (() => void)[] = [];

    constructor(
        private readonly fileSystem: () => FileSystemProvider,
        private readonly folders: () => readonly string[],
    ) {}

    /** Reads what holds for these files, all that there are, as far as it is not known. */
    async load(uris: Iterable<URI>): Promise<void> {
        const folders = new Map([...uris].map((uri) => [folderOf(uri), UriUtils.dirname(uri)]));
        const found = [...folders].map(async ([key, folder]) => [key, await this.settingsIn(folder)] as const);
        this.loaded = new Map(await Promise.all(found));
        for (const key of this.perFolder.keys()) if (!this.loaded.has(key)) this.perFolder.delete(key);
    }

    /** Lets hold for files what other settings say of the places at which they really stand. */
    takeFrom(other: ProjectSettings, places: Iterable<readonly [here: URI, there: URI]>): void {
        this.loaded = new Map(Array.from(places, ([here, there]) => [folderOf(here), other.of(there)]));
    }

    /** Some file of settings may have changed, have come or be gone: each is read again once somebody asks. */
    forget(): void {
        this.perFolder.clear();
    }

    /** Tells whoever follows them that files of settings may be others. */
    changed(): void {
        this.forget();
        for (const listener of this.listeners) listener();
    }

    onChange(listener: () => void): void {
        this.listeners.push(listener);
    }

    /** The files of settings that hold somewhere. */
    files(): readonly SettingsFile[] {
        return [...new Map([...this.loaded.values()].flatMap((file) => (file ? [[file.uri, file]] : []))).values()];
    }

    /** Problems of a file with the severities of its project, as {@link load} has read it. Errors stay: they decide what is part of a result. */
    adjusted<T extends { readonly code: string; readonly severity: ProblemSeverity }>(
        uri: URI,
        problems: readonly T[],
    ): T[] {
        const rules = this.loaded.get(folderOf(uri))?.rules;
        if (!rules || rules.size === 0) return [...problems];
        return problems.flatMap((problem) => {
            const rule = rules.get(problem.code);
            if (rule === undefined || problem.severity === 'error') return [problem];
            return rule === 'off' ? [] : [{ ...problem, severity: rule }];
        });
    }

    /** The differences from the estate that the project of a file keeps, as {@link load} has read it. */
    ignoredDrift(uri: URI): readonly string[] {
        return this.loaded.get(folderOf(uri))?.ignoredDrift ?? [];
    }

    /** The file of settings that holds for a file, as {@link load} has read it. */
    of(uri: URI): SettingsFile | undefined {
        return this.loaded.get(folderOf(uri));
    }

    private settingsIn(folder: URI): Promise<SettingsFile | undefined> {
        const known = this.perFolder.get(folder.toString()) ?? this.nearest(folder);
        this.perFolder.set(folder.toString(), known);
        return known;
    }

    private async nearest(start: URI): Promise<SettingsFile | undefined> {
        const limit = await this.outermost(start);
        for (let folder = start; ; folder = UriUtils.dirname(folder)) {
            const found = await this.settingsFile(UriUtils.joinPath(folder, settingsFileName));
            if (found || UriUtils.equals(folder, limit) || UriUtils.dirname(folder).path === folder.path) return found;
        }
    }

    /** The last folder that is looked into: that of the repository, where there is one, or of the workspace, or its own. */
    private async outermost(start: URI): Promise<URI> {
        const own = rootOf(UriUtils.joinPath(start, settingsFileName), this.folders()) ?? start;
        if (start.scheme !== 'file') return own;
        for (let folder = start; ; folder = UriUtils.dirname(folder)) {
            if (await this.fileSystem().exists(UriUtils.joinPath(folder, '.git'))) {
                return UriUtils.contains(own, folder) ? own : folder;
            }
            if (UriUtils.dirname(folder).path === folder.path) return own;
        }
    }

    private async settingsFile(uri: URI): Promise<SettingsFile | undefined> {
        let text: string;
        try {
            if (!(await this.fileSystem().exists(uri))) return undefined;
            text = await this.fileSystem().readFile(uri);
        } catch {
            return undefined;
        }
        const settings = readSettings(text);
        const document = TextDocument.create(uri.toString(), 'json', 0, text);
        const mistakes = settings.problems.map(({ code, message, offset, length }) => ({
            code,
            message: visible(message),
            range: { start: document.positionAt(offset), end: document.positionAt(offset + length) },
        }));
        return { uri: uri.toString(), rules: settings.rules, ignoredDrift: settings.ignoredDrift, text, mistakes };
    }
}

function folderOf(uri: URI): string {
    return UriUtils.dirname(uri).toString();
}
