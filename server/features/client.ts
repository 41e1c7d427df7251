import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/client.js';
import type { CodeLensSetting } from './lens-anchors.js';

/** `deciding`: only what results depend on; `all`: everything that is left unsaid. */
export type InlayHintSetting = 'all' | 'deciding' | 'off';

/** What is known of the client: its settings, and whether it has the commands of the VS Code extension. */
export interface ClientSettings {
    readonly hasCommands: boolean;
    /** Whether an edit may make a file. */
    readonly canCreateFiles: boolean;
    readonly settings: Settings;
}

export interface Settings {
    readonly codeLens: CodeLensSetting;
    /** The signs of the four operations stand in lenses, too. */
    readonly codeLensMarks: boolean;
    readonly inlayHints: InlayHintSetting;
}

/** What holds as long as the client says nothing else. */
export const defaultSettings: Settings = { codeLens: 'elements', codeLensMarks: false, inlayHints: 'deciding' };

/** Defaults of clients that say nothing. */
export class Client implements ClientSettings {
    hasCommands = false;
    canCreateFiles = false;
    /** Where the documentation lies: an address to which `/diagnostics.md#code` is added. */
    docs: string | undefined;
    /** Reads files for the server to which it has no access itself. */
    readsFiles = false;
    settings = defaultSettings;

    /** Takes over what the client says when it starts. */
    initialize(options: unknown, capabilities: ClientCapabilities = {}): void {
        const { clientCommands, docs, readsFiles } = (options ?? {}) as InitializationOptions;
        this.hasCommands = clientCommands === true;
        const { documentChanges, resourceOperations = [] } = capabilities.workspace?.workspaceEdit ?? {};
        this.canCreateFiles = documentChanges === true && resourceOperations.includes('create');
        this.docs = typeof docs === 'string' ? docs : undefined;
        this.readsFiles = readsFiles === true;
    }

    /** Asks the client for its settings; one that cannot answer keeps the defaults. */
    async refresh(connection: Connection): Promise<void> {
        const section: unknown = await connection.workspace.getConfiguration('tsbtopo').catch(() => undefined);
        const said = (section ?? {}) as Partial<Record<keyof Settings, unknown>>;
        this.settings = {
            codeLens: oneOf(said.codeLens, ['all', 'elements', 'off']) ?? defaultSettings.codeLens,
            codeLensMarks: said.codeLensMarks === true,
            inlayHints: oneOf(said.inlayHints, ['all', 'deciding', 'off']) ?? defaultSettings.inlayHints,
        };
    }
}

function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
    return choices.find((choice) => choice === value);
}
