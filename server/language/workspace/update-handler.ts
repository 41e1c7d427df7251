import { URI, UriUtils, type TextDocument } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import {
    FileChangeType,
    type DidChangeWatchedFilesParams,
    type FileEvent,
    type TextDocumentChangeEvent,
    type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import type { LeftOut } from './left-out.js';
import type { TsbtopoServices } from '../services.js';
import { settingsFileName } from './settings.js';
import type { TsbtopoWorkspaceManager } from './workspace-manager.js';
import { isFixedLeftOut, type WorkspaceFiles } from './workspace-files.js';

/** For how long events of files are collected, milliseconds: a checkout or a build brings thousands at once. */
const pause = 50;

/** With more new folders than this all folders of the workspace are listed, rather than each new one. */
const mostFolders = 100;

/**
 * Keeps the workspace as it is on disk and in the editor. What an editor shows is as the editor has it; every other file is
 * as on disk, and belongs to the workspace if {@link WorkspaceFiles} says so.
 */
export class TsbtopoUpdateHandler extends DefaultDocumentUpdateHandler {
    private readonly files = new Map<string, URI>();
    private readonly folders = new Map<string, URI>();
    private everything = false;
    /** Files of settings may be others. */
    private settings = false;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private readonly isOpen = (uri: URI): boolean => this.shared.workspace.TextDocuments.get(uri) !== undefined;

    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
    }

    override didChangeContent({ document }: TextDocumentChangeEvent<TextDocument>): void {
        this.update(() => Promise.resolve([URI.parse(document.uri)]));
    }

    didOpenDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
        const uri = URI.parse(document.uri);
        this.update(async () => {
            await this.classify([uri], this.look());
            return [uri];
        });
    }

    /** What was typed and not saved is gone: the file is as on disk again, or no part of the workspace. */
    didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
        const uri = URI.parse(document.uri);
        this.update(() => Promise.resolve([uri]));
    }

    override didChangeWatchedFiles(params: DidChangeWatchedFilesParams): void {
        this.onWatchedFilesChangeEmitter.fire(params);
        for (const event of params.changes) this.note(event);
        if (this.files.size + this.folders.size === 0 && !this.everything && !this.settings) return;
        this.timer ??= setTimeout(() => this.workIn(), pause);
    }

    /** The user has added folders to the workspace, or taken some away. */
    didChangeFolders(event: WorkspaceFoldersChangeEvent): void {
        this.manager.changeFolders(event);
        this.update(() => this.changedAnywhere(), true);
    }

    private note({ uri: address, type }: FileEvent): void {
        const uri = URI.parse(address);
        if (isFixedLeftOut(uri, this.manager.folderUris) && type !== FileChangeType.Deleted) return;
        const name = UriUtils.basename(uri);
        if (name === settingsFileName) this.settings = true;
        else if (name === '.gitignore') this.everything = true;
        else if (name.endsWith('.tsbtopo')) this.files.set(address, uri);
        else if (type === FileChangeType.Created) this.folders.set(address, uri);
        if (type !== FileChangeType.Changed) this.noteBelow(uri);
    }

    /** What has come or gone may be a folder, with files and settings in it of which no other event tells. */
    private noteBelow(folder: URI): void {
        const below = this.shared.workspace.LangiumDocuments.getDocuments(folder).filter(
            ({ uri }) => !UriUtils.equals(uri, folder),
        );
        if (below.length === 0) return;
        for (const { uri } of below) this.files.set(uri.toString(), uri);
        this.settings = true;
    }

    private workIn(): void {
        this.timer = undefined;
        const files = [...this.files.values()];
        const folders = [...this.folders.values()];
        const everything = this.everything || folders.length > mostFolders;
        const { settings } = this;
        this.files.clear();
        this.folders.clear();
        this.everything = false;
        this.settings = false;
        this.update(async () => {
            if (everything) return [...files, ...(await this.changedAnywhere())];
            const look = this.look();
            await this.classify(files.filter(this.isOpen), look);
            const inFolders = await Promise.all(folders.map((folder) => this.filesIn(folder, look)));
            return [...files, ...inFolders.flat()];
        }, settings);
    }

    private async filesIn(folder: URI, look: WorkspaceFiles): Promise<URI[]> {
        try {
            return (await this.shared.workspace.FileSystemProvider.stat(folder)).isDirectory
                ? await look.filesIn(folder)
                : [];
        } catch {
            return []; // it is gone again
        }
    }

    /** The files that are new, or no part of the workspace any more, and open ones of which that has changed. */
    private async changedAnywhere(): Promise<URI[]> {
        const { LangiumDocuments } = this.shared.workspace;
        const look = this.look();
        const present = new Map((await look.all()).map((uri) => [uri.toString(), uri]));
        const known = LangiumDocuments.all.map(({ uri }) => uri).toArray();
        const added = [...present.values()].filter((uri) => !LangiumDocuments.hasDocument(uri));
        const removed = known.filter((uri) => !present.has(uri.toString()));
        return [...added, ...removed, ...(await this.classify(known.filter(this.isOpen), look))];
    }

    /** Finds out which open files are left out of the workspace. @returns those of which that has changed */
    private async classify(open: readonly URI[], look: WorkspaceFiles): Promise<URI[]> {
        const changed: URI[] = [];
        for (const uri of open) {
            const reason = await look.whyLeftOut(uri);
            if (this.leftOut.set(uri.toString(), reason)) changed.push(uri);
        }
        return changed;
    }

    /**
     * Works files in, one update after the other.
     *
     * @param find the files that may have changed, come or gone; whether they have is looked at then
     * @param settings whether files of settings are read again
     */
    private update(find: () => Promise<readonly URI[]>, settings = false): void {
        const { WorkspaceManager, WorkspaceLock, DocumentBuilder } = this.shared.workspace;
        void WorkspaceManager.ready
            .then(() =>
                WorkspaceLock.write(async (token) => {
                    const { ProjectSettings } = this.services.workspace;
                    if (settings) ProjectSettings.forget();
                    try {
                        const { changed, deleted } = await this.sorted(await find());
                        await DocumentBuilder.update(changed, deleted, token);
                    } finally {
                        if (settings) ProjectSettings.changed();
                    }
                }),
            )
            .catch((error: unknown) =>
                this.services.workspace.InternalErrors.tell({ doing: 'working files in', uri: '', error }),
            );
    }

    private async sorted(uris: readonly URI[]): Promise<{ changed: URI[]; deleted: URI[] }> {
        const look = this.look();
        const changed: URI[] = [];
        const deleted: URI[] = [];
        for (const uri of new Map(uris.map((each) => [each.toString(), each])).values()) {
            const isOpen = this.isOpen(uri);
            if (!isOpen) this.leftOut.set(uri.toString(), undefined);
            (isOpen || (await look.has(uri)) ? changed : deleted).push(uri);
        }
        return { changed, deleted };
    }

    private look(): WorkspaceFiles {
        return this.manager.look();
    }

    private get manager(): TsbtopoWorkspaceManager {
        return this.shared.workspace.WorkspaceManager as TsbtopoWorkspaceManager;
    }

    private get services(): TsbtopoServices {
        return this.shared.ServiceRegistry.all[0] as TsbtopoServices;
    }

    private get leftOut(): LeftOut {
        return this.services.workspace.LeftOut;
    }
}
