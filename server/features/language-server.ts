import { DocumentState } from 'langium';
import * as lsp from 'langium/lsp';
import type { DefaultSharedModuleContext, LangiumSharedServices } from 'langium/lsp';
import {
    CodeLensRefreshRequest,
    type Connection,
    type InitializeParams,
    type InitializeResult,
} from 'vscode-languageserver';
import { createTsbtopoServices, type TsbtopoServices } from '../language/services.js';
import { simulationChanged } from '../simulation/protocol.js';
import { Simulations } from '../simulation/simulations.js';
import { followAnalysis, graphLog } from './analysing.js';
import { Client } from './client.js';
import { TsbtopoCodeLensProvider } from './code-lens.js';
import { SimulationCommands } from './commands.js';
import { publishDiagnostics } from './diagnostics.js';
import { TsbtopoHoverProvider } from './hover.js';
import { simulationState } from './simulation-state.js';
import { answerViews, Views } from './views.js';

/** For how long lenses wait for further edits before they are refreshed, milliseconds. */
const lensPause = 200;

/** Langium's server, with lenses whose titles are resolved. */
class TsbtopoLanguageServer extends lsp.DefaultLanguageServer {
    protected override buildInitializeResult(params: InitializeParams): InitializeResult {
        const result = super.buildInitializeResult(params);
        result.capabilities.codeLensProvider = { resolveProvider: true };
        return result;
    }
}

/** The language with all its editor features, ready to be started. */
export interface EditorServices {
    readonly shared: LangiumSharedServices;
    readonly tsbtopo: TsbtopoServices;
    readonly simulations: Simulations;
    readonly client: Client;
    readonly codeLens: TsbtopoCodeLensProvider;
    readonly views: Views;
}

/** Puts the features onto the language. One row a feature. */
export function createEditorServices(context: DefaultSharedModuleContext): EditorServices {
    const simulations = new Simulations();
    const client = new Client();
    const { shared, tsbtopo } = createTsbtopoServices(context, {
        shared: {
            lsp: {
                LanguageServer: (services) => new TsbtopoLanguageServer(services),
                ExecuteCommandHandler: () => new SimulationCommands(() => tsbtopo, simulations),
            },
        },
        tsbtopo: {
            lsp: {
                HoverProvider: (services) => new TsbtopoHoverProvider(services, simulations, client),
                CodeLensProvider: (services) => new TsbtopoCodeLensProvider(services, simulations, client),
            },
        },
    });
    const codeLens = tsbtopo.lsp.CodeLensProvider as TsbtopoCodeLensProvider;
    const log = context.connection && graphLog(context.connection);
    const views = new Views(tsbtopo, tsbtopo.lsp.HoverProvider as TsbtopoHoverProvider, log);
    return { shared, tsbtopo, simulations, client, codeLens, views };
}

/**
 * Serves a connection. The handlers are Langium's, but for diagnostics (ours know the whole estate), lenses (positions
 * at once, titles later) and the simulation.
 */
export function serve(connection: Connection, context: Omit<DefaultSharedModuleContext, 'connection'>): void {
    const services = createEditorServices({ ...context, connection });
    const { shared, tsbtopo, simulations, client, codeLens, views } = services;
    lsp.addDocumentUpdateHandler(connection, shared);
    lsp.addFileOperationHandler(connection, shared);
    lsp.addCompletionHandler(connection, shared);
    lsp.addFindReferencesHandler(connection, shared);
    lsp.addDocumentSymbolHandler(connection, shared);
    lsp.addGotoDefinitionHandler(connection, shared);
    lsp.addDocumentHighlightHandler(connection, shared);
    lsp.addFoldingRangeHandler(connection, shared);
    lsp.addRenameHandler(connection, shared);
    lsp.addHoverHandler(connection, shared);
    lsp.addExecuteCommandHandler(connection, shared);
    lsp.addWorkspaceSymbolHandler(connection, shared);
    lsp.addConfigurationChangeHandler(connection, shared);
    lsp.addCodeLensHandler(connection, shared, DocumentState.Parsed);
    connection.onCodeLensResolve(async (lens, token) => {
        await shared.workspace.DocumentBuilder.waitUntil(DocumentState.Linked, undefined, token);
        return codeLens.resolve(lens);
    });
    const published = followAnalysis(connection, tsbtopo);
    publishDiagnostics(connection, tsbtopo, client);
    shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, published);
    answerViews(connection, tsbtopo, views);
    followSimulations(connection, shared, tsbtopo, simulations);
    followSettings(connection, shared, client);
    connection.onInitialize((params) => {
        client.initialize(params.initializationOptions);
        return shared.lsp.LanguageServer.initialize(params);
    });
    connection.onInitialized((params) => shared.lsp.LanguageServer.initialized(params));
    shared.workspace.TextDocuments.listen(connection);
    connection.listen();
}

/** Tells the client what the running scenarios do, after each change of a scenario or of a file. */
function followSimulations(
    connection: Connection,
    shared: LangiumSharedServices,
    tsbtopo: TsbtopoServices,
    simulations: Simulations,
): void {
    let last = JSON.stringify({ simulations: [] });
    const tell = () => {
        const state = simulationState(tsbtopo, simulations);
        const text = JSON.stringify(state);
        if (text === last) return;
        last = text;
        void connection.sendNotification(simulationChanged, state);
    };
    let pending: ReturnType<typeof setTimeout> | undefined;
    const refreshLenses = (pause: number) => {
        clearTimeout(pending);
        pending = setTimeout(
            () => void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined),
            pause,
        );
    };
    simulations.onChange(() => {
        tell();
        refreshLenses(0);
    });
    shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.IndexedReferences, () => {
        tell();
        refreshLenses(lensPause);
    });
}

function followSettings(connection: Connection, shared: LangiumSharedServices, client: Client): void {
    const refresh = async () => {
        await client.refresh(connection);
        await connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    };
    shared.lsp.LanguageServer.onInitialized(() => void refresh());
    shared.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => void refresh());
}
