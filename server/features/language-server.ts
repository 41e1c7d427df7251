import { DocumentState } from 'langium';
import * as lsp from 'langium/lsp';
import type { DefaultSharedModuleContext, LangiumSharedServices } from 'langium/lsp';
import {
    CodeLensRefreshRequest,
    InlayHintRefreshRequest,
    SemanticTokensRefreshRequest,
    type Connection,
    type InitializeParams,
    type InitializeResult,
    type RequestType0,
} from 'vscode-languageserver';
import { internalErrorReport } from '../language/workspace/internal-errors.js';
import { createTsbtopoServices } from '../language/create-services.js';
import type { TsbtopoServices } from '../language/services.js';
import type { TsbtopoUpdateHandler } from '../language/workspace/update-handler.js';
import { simulationChanged } from '../protocol/simulation-state.js';
import { Simulations } from '../simulation/simulations.js';
import { TsbtopoCallHierarchy } from './call-hierarchy.js';
import { followAnalysis, graphLog } from './analysing.js';
import { Client } from './client.js';
import { codeActionKinds, TsbtopoCodeActionProvider } from './code-actions.js';
import { TsbtopoCodeLensProvider } from './code-lens.js';
import { SimulationCommands } from './commands.js';
import { answerComparisons } from './comparison.js';
import { resolveCompletion } from './completion.js';
import { publishDiagnostics } from './diagnostics.js';
import { TsbtopoDocumentLinks } from './document-links.js';
import { TsbtopoFolding } from './folding.js';
import { Files } from './files.js';
import { TsbtopoHoverProvider } from './hover.js';
import { TsbtopoInlayHints } from './inlay-hints.js';
import { answerImports, Imports } from './import.js';
import { answerPictures, Pictures } from './picture.js';
import { answerMatrices, Matrices } from './matrix.js';
import { answerPromises } from './promises.js';
import { selectionRangeAt } from './selection-ranges.js';
import { TsbtopoSemanticTokens } from './semantic-tokens.js';
import { simulationState } from './simulation-state.js';
import { TsbtopoTypeDefinition } from './type-definition.js';
import { answerViews, Views } from './views.js';

/** For how long lenses wait for further edits before they are refreshed, milliseconds. */
const lensPause = 200;

/** For how long tokens and hints of other files wait for further edits, milliseconds. */
const otherFilesPause = 500;

/** Langium's server, with lenses whose titles are resolved, proposals whose documentation is, and selection ranges. */
class TsbtopoLanguageServer extends lsp.DefaultLanguageServer {
    protected override buildInitializeResult(params: InitializeParams): InitializeResult {
        const result = super.buildInitializeResult(params);
        result.capabilities.workspace = {
            ...result.capabilities.workspace,
            workspaceFolders: { supported: true, changeNotifications: true },
        };
        result.capabilities.codeLensProvider = { resolveProvider: true };
        result.capabilities.selectionRangeProvider = true;
        result.capabilities.completionProvider = { ...result.capabilities.completionProvider, resolveProvider: true };
        result.capabilities.codeActionProvider = { codeActionKinds };
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
    readonly pictures: Pictures;
    readonly matrices: Matrices;
    readonly imports: Imports;
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
                CodeActionProvider: (services) => new TsbtopoCodeActionProvider(services, client),
                HoverProvider: (services) => new TsbtopoHoverProvider(services, simulations, client),
                CodeLensProvider: (services) => new TsbtopoCodeLensProvider(services, simulations, client),
                CallHierarchyProvider: (services) => new TsbtopoCallHierarchy(services),
                DocumentLinkProvider: (services) => new TsbtopoDocumentLinks(services),
                FoldingRangeProvider: () => new TsbtopoFolding(),
                TypeProvider: (services) => new TsbtopoTypeDefinition(services),
                InlayHintProvider: (services) => new TsbtopoInlayHints(services, simulations, client),
                SemanticTokenProvider: () => new TsbtopoSemanticTokens(),
            },
        },
    });
    const codeLens = tsbtopo.lsp.CodeLensProvider as TsbtopoCodeLensProvider;
    const log = context.connection && graphLog(context.connection);
    const hover = tsbtopo.lsp.HoverProvider as TsbtopoHoverProvider;
    const views = new Views(tsbtopo, hover, log);
    const pictures = new Pictures(tsbtopo, simulations, hover);
    const [matrices, imports] = [new Matrices(tsbtopo), new Imports(tsbtopo)];
    return { shared, tsbtopo, simulations, client, codeLens, views, pictures, matrices, imports };
}

/**
 * Serves a connection. The handlers are Langium's, but for diagnostics (ours know the whole estate), lenses (positions
 * at once, titles later) and the simulation.
 */
export function serve(connection: Connection, context: Omit<DefaultSharedModuleContext, 'connection'>): void {
    const services = createEditorServices({
        ...context,
        connection,
        fileSystemProvider: (shared) =>
            new Files(context.fileSystemProvider(shared), connection, () => services.client.readsFiles),
    });
    const { shared, tsbtopo, simulations, client, codeLens, views, pictures } = services;
    lsp.addDocumentUpdateHandler(connection, shared);
    lsp.addFileOperationHandler(connection, shared);
    lsp.addCodeActionHandler(connection, shared);
    lsp.addCompletionHandler(connection, shared);
    lsp.addFindReferencesHandler(connection, shared);
    lsp.addDocumentSymbolHandler(connection, shared);
    lsp.addGotoDefinitionHandler(connection, shared);
    lsp.addGoToTypeDefinitionHandler(connection, shared);
    lsp.addCallHierarchyHandler(connection, shared);
    lsp.addDocumentLinkHandler(connection, shared);
    lsp.addDocumentHighlightHandler(connection, shared);
    lsp.addFoldingRangeHandler(connection, shared);
    lsp.addFormattingHandler(connection, shared);
    lsp.addRenameHandler(connection, shared);
    lsp.addHoverHandler(connection, shared);
    lsp.addInlayHintHandler(connection, shared);
    lsp.addSemanticTokenHandler(connection, shared);
    lsp.addExecuteCommandHandler(connection, shared);
    lsp.addWorkspaceSymbolHandler(connection, shared);
    lsp.addConfigurationChangeHandler(connection, shared);
    lsp.addCodeLensHandler(connection, shared, DocumentState.Parsed);
    connection.onCodeLensResolve(async (lens, token) => {
        await shared.workspace.DocumentBuilder.waitUntil(DocumentState.Linked, undefined, token);
        return codeLens.resolve(lens);
    });
    connection.onSelectionRanges(
        lsp.createServerRequestHandler(
            (_, document, { positions }) => positions.map((position) => selectionRangeAt(document, position)),
            shared,
            DocumentState.Parsed,
        ),
    );
    connection.onCompletionResolve(async (item, token) => {
        await shared.workspace.DocumentBuilder.waitUntil(DocumentState.Linked, undefined, token);
        return resolveCompletion(item, tsbtopo);
    });
    tsbtopo.workspace.InternalErrors.onError((met) => connection.console.error(internalErrorReport(met)));
    const published = followAnalysis(connection, tsbtopo);
    publishDiagnostics(connection, tsbtopo, client);
    shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, published);
    answerViews(connection, tsbtopo, views);
    answerPictures(connection, tsbtopo, pictures);
    answerMatrices(connection, tsbtopo, services.matrices);
    answerComparisons(connection, tsbtopo);
    answerImports(connection, tsbtopo, services.imports);
    answerPromises(connection, tsbtopo, simulations);
    followSimulations(connection, shared, tsbtopo, simulations);
    followSettings(connection, shared, client);
    followOtherFiles(connection, shared);
    connection.onInitialize((params) => {
        client.initialize(params.initializationOptions, params.capabilities);
        if (params.capabilities.workspace?.workspaceFolders) followFolders(connection, shared);
        return shared.lsp.LanguageServer.initialize(params);
    });
    connection.onInitialized((params) => shared.lsp.LanguageServer.initialized(params));
    shared.workspace.TextDocuments.listen(connection);
    connection.listen();
}

/** The user may add folders to the workspace, and take some away. */
function followFolders(connection: Connection, { lsp }: LangiumSharedServices): void {
    const handler = lsp.DocumentUpdateHandler as TsbtopoUpdateHandler;
    lsp.LanguageServer.onInitialized(() => {
        connection.workspace.onDidChangeWorkspaceFolders((event) => handler.didChangeFolders(event));
    });
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
        pending = setTimeout(() => void refresh(connection, CodeLensRefreshRequest.type), pause);
    };
    simulations.onChange(() => {
        tell();
        refreshLenses(0);
        // those on lines with results are hidden
        void refresh(connection, InlayHintRefreshRequest.type);
    });
    shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.IndexedReferences, () => {
        tell();
        refreshLenses(lensPause);
    });
}

function followSettings(connection: Connection, shared: LangiumSharedServices, client: Client): void {
    const take = async () => {
        await client.refresh(connection);
        await refresh(connection, CodeLensRefreshRequest.type, InlayHintRefreshRequest.type);
    };
    shared.lsp.LanguageServer.onInitialized(() => void take());
    shared.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => void take());
}

/** What an edit in one file changes in the others: what their names mean, and what holds where they say nothing. */
function followOtherFiles(connection: Connection, shared: LangiumSharedServices): void {
    let pending: ReturnType<typeof setTimeout> | undefined;
    shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.IndexedReferences, () => {
        clearTimeout(pending);
        pending = setTimeout(
            () => void refresh(connection, SemanticTokensRefreshRequest.type, InlayHintRefreshRequest.type),
            otherFilesPause,
        );
    });
}

/** Has the client ask anew. One that cannot says so, and is left alone. */
async function refresh(connection: Connection, ...requests: readonly RequestType0<void, void>[]): Promise<void> {
    for (const request of requests) {
        try {
            await connection.sendRequest(request);
        } catch {
            // it draws what it has
        }
    }
}
