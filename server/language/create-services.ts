import { createGrammarConfig, inject, Module, type DeepPartial } from 'langium';
import {
    createDefaultModule,
    createDefaultSharedModule,
    type DefaultSharedModuleContext,
    type LangiumSharedServices,
    type PartialLangiumServices,
    type PartialLangiumSharedServices,
} from 'langium/lsp';
import { TsbtopoChecks } from './checks/register.js';
import { TsbtopoCompletion } from './writing/completion/provider.js';
import { TsbtopoDocumentBuilder } from './workspace/document-builder.js';
import { TsbtopoDocumentFactory } from './workspace/document-factory.js';
import { TsbtopoDocumentValidator } from './checks/document-validator.js';
import { Estates } from './naming/estates.js';
import { TsbtopoHighlights, TsbtopoReferences } from './navigation/find-names.js';
import { TsbtopoFormatter } from './writing/formatting/formatter.js';
import { TsbtopoAstReflection } from './generated/ast.js';
import { TsbtopoGeneratedModule } from './generated/module.js';
import { TsbtopoDocuments } from './workspace/documents.js';
import { InternalErrors } from './workspace/internal-errors.js';
import { LeftOut } from './workspace/left-out.js';
import { TsbtopoLexer } from './syntax/lexer.js';
import { TsbtopoLinker, TsbtopoReferenceDescriptions } from './naming/linker.js';
import { TsbtopoNameProvider } from './naming/names.js';
import { TsbtopoNodeKinds } from './navigation/node-kinds.js';
import { TsbtopoOutline } from './navigation/outline.js';
import { CutOffParser } from './syntax/completion-parser.js';
import { createTopologyParser } from './syntax/parser.js';
import { ProjectSettings } from './workspace/project-settings.js';
import { TsbtopoRename } from './writing/rename.js';
import { TsbtopoScopeComputation } from './naming/scope-computation.js';
import { TsbtopoScopeProvider } from './naming/scope-provider.js';
import type { TsbtopoAddedServices, TsbtopoServices } from './services.js';
import { ExpectedTokens } from './syntax/syntax-messages.js';
import { Topologies } from './lower/topologies.js';
import { TsbtopoServiceRegistry } from './workspace/service-registry.js';
import { TsbtopoUpdateHandler } from './workspace/update-handler.js';
import { TsbtopoTokenBuilder } from './syntax/token-builder.js';
import { TsbtopoValueConverter } from './syntax/value-converter.js';
import { Today } from './workspace/today.js';
import { TsbtopoWorkspaceManager } from './workspace/workspace-manager.js';
import { TsbtopoWorkspaceSymbols } from './navigation/workspace-symbols.js';

/** Replacements and additions of those who build upon the language, such as the editor features. */
export interface TsbtopoOverride {
    /** Services that all languages of a server share, such as the handler of commands. */
    readonly shared?: Module<LangiumSharedServices, PartialLangiumSharedServices>;
    /** Services of this language, such as the hover. */
    readonly tsbtopo?: Module<TsbtopoServices, PartialLangiumServices & DeepPartial<TsbtopoAddedServices>>;
}

const languageModule: Module<TsbtopoServices, PartialLangiumServices & TsbtopoAddedServices> = {
    parser: {
        LangiumParser: (services) => createTopologyParser(services),
        CompletionParser: (services) => new CutOffParser(services),
        GrammarConfig: (services) => ({ ...createGrammarConfig(services), nameRegexp: /^["\w\p{L}]$/u }),
        Lexer: (services) => new TsbtopoLexer(services),
        TokenBuilder: () => new TsbtopoTokenBuilder(),
        ParserErrorMessageProvider: () => new ExpectedTokens(),
        ValueConverter: () => new TsbtopoValueConverter(),
    },
    references: {
        Linker: (services) => new TsbtopoLinker(services),
        NameProvider: () => new TsbtopoNameProvider(),
        ScopeComputation: () => new TsbtopoScopeComputation(),
        ScopeProvider: ({ workspace }) => new TsbtopoScopeProvider(() => workspace.Estates),
    },
    lsp: {
        CompletionProvider: (services) => new TsbtopoCompletion(services),
        DocumentHighlightProvider: (services) => new TsbtopoHighlights(services),
        DocumentSymbolProvider: (services) => new TsbtopoOutline(services),
        ReferencesProvider: (services) => new TsbtopoReferences(services),
        Formatter: (services) => new TsbtopoFormatter(services),
        RenameProvider: (services) => new TsbtopoRename(services),
    },
    validation: {
        DocumentValidator: (services) => new TsbtopoDocumentValidator(services),
        ValidationRegistry: (services) =>
            new TsbtopoChecks(
                services,
                () => services.workspace.Estates,
                () => services.workspace.InternalErrors,
            ),
    },
    workspace: {
        ReferenceDescriptionProvider: (services) => new TsbtopoReferenceDescriptions(services),
        Estates: ({ shared, workspace }) =>
            new Estates(shared, (uri) => workspace.LeftOut.reasonFor(uri) !== undefined),
        Topologies: ({ workspace }) => new Topologies(() => workspace.Estates, workspace.InternalErrors),
        InternalErrors: () => new InternalErrors(),
        LeftOut: () => new LeftOut(),
        Today: () => new Today(),
        ProjectSettings: ({ shared: { workspace } }) =>
            new ProjectSettings(
                () => workspace.FileSystemProvider,
                () => (workspace.WorkspaceManager as TsbtopoWorkspaceManager).folderUris,
            ),
    },
};

/** What kinds of nodes there are is the grammar's, and worked out as it is asked for: once, for all services. */
const reflection = new TsbtopoAstReflection();

const sharedModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
    AstReflection: () => reflection,
    ServiceRegistry: (shared) => new TsbtopoServiceRegistry(shared),
    lsp: {
        DocumentUpdateHandler: (shared) => new TsbtopoUpdateHandler(shared),
        NodeKindProvider: () => new TsbtopoNodeKinds(),
        WorkspaceSymbolProvider: (shared) => new TsbtopoWorkspaceSymbols(shared),
    },
    workspace: {
        DocumentBuilder: (shared) => new TsbtopoDocumentBuilder(shared),
        LangiumDocumentFactory: (shared) => new TsbtopoDocumentFactory(shared),
        LangiumDocuments: (shared) => new TsbtopoDocuments(shared),
        WorkspaceManager: (shared) => new TsbtopoWorkspaceManager(shared),
    },
};

/**
 * Everything that understands `.tsbtopo` files, for a language server, the command line or a test alike.
 *
 * @param context Where files come from (`EmptyFileSystem` for a browser or a test), and the connection of a server.
 * @param overrides Further modules for the language, such as the editor features; later ones win.
 */
export function createTsbtopoServices(
    context: DefaultSharedModuleContext,
    ...overrides: TsbtopoOverride[]
): { shared: LangiumSharedServices; tsbtopo: TsbtopoServices } {
    const shared = inject(
        createDefaultSharedModule(context),
        overrides.reduce((merged, { shared: next = {} }) => Module.merge(merged, next), sharedModule),
    );
    const tsbtopo: TsbtopoServices = inject(
        createDefaultModule({ shared }),
        TsbtopoGeneratedModule,
        languageModule,
        overrides.reduce<NonNullable<TsbtopoOverride['tsbtopo']>>(
            (merged, { tsbtopo: next = {} }) => Module.merge(merged, next),
            {},
        ),
    );
    shared.ServiceRegistry.register(tsbtopo);
    return { shared, tsbtopo };
}
