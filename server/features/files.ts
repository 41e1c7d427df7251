import { UriUtils, type FileSystemNode, type FileSystemProvider, type URI } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { type DirectoryEntry, type FileArgument, fileRequests } from '../protocol/files.js';

/**
 * Files of the machine on which the server runs, and those that only the client can reach: of a repository that was
 * never cloned, of an archive, of a browser. The synchronous half is for the machine's own files alone.
 */
export class Files implements FileSystemProvider {
    /**
     * @param local for addresses of the scheme `file`
     * @param clientReads whether the client answers {@link fileRequests}; asked for when the first file is read
     */
    constructor(
        private readonly local: FileSystemProvider,
        private readonly connection: Connection,
        private readonly clientReads: () => boolean,
    ) {}

    async stat(uri: URI): Promise<FileSystemNode> {
        if (isLocal(uri)) return this.local.stat(uri);
        const directory = await this.ask<boolean>(fileRequests.isDirectory, uri);
        return { isFile: !directory, isDirectory: directory, uri };
    }

    async exists(uri: URI): Promise<boolean> {
        if (isLocal(uri)) return this.local.exists(uri);
        return this.stat(uri).then(
            () => true,
            () => false,
        );
    }

    async readFile(uri: URI): Promise<string> {
        return isLocal(uri) ? this.local.readFile(uri) : this.ask(fileRequests.read, uri);
    }

    async readBinary(uri: URI): Promise<Uint8Array> {
        return isLocal(uri) ? this.local.readBinary(uri) : new TextEncoder().encode(await this.readFile(uri));
    }

    async readDirectory(uri: URI): Promise<FileSystemNode[]> {
        if (isLocal(uri)) return this.local.readDirectory(uri);
        const entries = await this.ask<DirectoryEntry[]>(fileRequests.list, uri);
        return entries.map(({ name, isDirectory }) => ({
            isFile: !isDirectory,
            isDirectory,
            uri: UriUtils.joinPath(uri, name),
        }));
    }

    statSync(uri: URI): FileSystemNode {
        return this.here(uri).statSync(uri);
    }

    existsSync(uri: URI): boolean {
        return isLocal(uri) && this.local.existsSync(uri);
    }

    readFileSync(uri: URI): string {
        return this.here(uri).readFileSync(uri);
    }

    readBinarySync(uri: URI): Uint8Array {
        return this.here(uri).readBinarySync(uri);
    }

    readDirectorySync(uri: URI): FileSystemNode[] {
        return this.here(uri).readDirectorySync(uri);
    }

    private here(uri: URI): FileSystemProvider {
        if (!isLocal(uri)) throw new Error(`${uri.toString()} can only be read with the help of the client.`);
        return this.local;
    }

    private async ask<T>(request: string, uri: URI): Promise<T> {
        if (!this.clientReads()) throw new Error(`The client does not read ${uri.toString()} for the server.`);
        return this.connection.sendRequest<T>(request, { uri: uri.toString() } satisfies FileArgument);
    }
}

function isLocal({ scheme }: URI): boolean {
    return scheme === 'file';
}
