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
import { TsbtopoCompletion } from './completion/provider.js';
import { TsbtopoDocumentBuilder } from './document-builder.js';
import { TsbtopoDocumentFactory } from './document-factory.js';
import { TsbtopoDocumentValidator } from './document-validator.js';
import { Estates } from './estates.js';
import { TsbtopoHighlights, TsbtopoReferences } from './find-names.js';
import { TsbtopoFormatter } from './formatting/formatter.js';
import { TsbtopoGeneratedModule, TsbtopoGeneratedSharedModule } from './generated/module.js';
import { InternalErrors } from './internal-errors.js';
import { LeftOut } from './left-out.js';
import { TsbtopoLexer } from './lexer.js';
import { TsbtopoLinker, TsbtopoReferenceDescriptions } from './linker.js';
import { TsbtopoNameProvider } from './names.js';
import { TsbtopoNodeKinds } from './node-kinds.js';
import { TsbtopoOutline } from './outline.js';
import { createTopologyCompletionParser, createTopologyParser } from './parser.js';
import { ProjectSettings } from './project-settings.js';
import { TsbtopoRename } from './rename.js';
import { TsbtopoScopeComputation } from './scope-computation.js';
import { TsbtopoScopeProvider } from './scope-provider.js';
import type { TsbtopoAddedServices, TsbtopoServices } from './services.js';
import { ExpectedTokens } from './syntax-messages.js';
import { Topologies } from './topologies.js';
import { TsbtopoServiceRegistry } from './service-registry.js';
import { TsbtopoUpdateHandler } from './update-handler.js';
import { TsbtopoValueConverter } from './value-converter.js';
import { TsbtopoWorkspaceManager } from './workspace-manager.js';
import { TsbtopoWorkspaceSymbols } from './workspace-symbols.js';

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
        CompletionParser: (services) => createTopologyCompletionParser(services),
        GrammarConfig: (services) => ({ ...createGrammarConfig(services), nameRegexp: /^["\w\p{L}]$/u }),
        Lexer: (services) => new TsbtopoLexer(services),
        ParserErrorMessageProvider: () => new ExpectedTokens(),
        ValueConverter: () => new TsbtopoValueConverter(),
    },
    references: {
        Linker: (services) => new TsbtopoLinker(services),
        NameProvider: () => new TsbtopoNameProvider(),
        ScopeComputation: (services) => new TsbtopoScopeComputation(services),
        ScopeProvider: (services) => new TsbtopoScopeProvider(services, () => services.workspace.Estates),
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
        Estates: ({ shared, references, workspace }) =>
            new Estates(
                shared,
                (document) => references.ScopeComputation.namesIn(document),
                (uri) => workspace.LeftOut.reasonFor(uri) !== undefined,
            ),
        Topologies: ({ workspace }) => new Topologies(() => workspace.Estates, workspace.InternalErrors),
        InternalErrors: () => new InternalErrors(),
        LeftOut: () => new LeftOut(),
        ProjectSettings: ({ shared: { workspace } }) =>
            new ProjectSettings(
                () => workspace.FileSystemProvider,
                () => (workspace.WorkspaceManager as TsbtopoWorkspaceManager).folderUris,
            ),
    },
};

const sharedModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
    ServiceRegistry: (shared) => new TsbtopoServiceRegistry(shared),
    lsp: {
        DocumentUpdateHandler: (shared) => new TsbtopoUpdateHandler(shared),
        NodeKindProvider: () => new TsbtopoNodeKinds(),
        WorkspaceSymbolProvider: (shared) => new TsbtopoWorkspaceSymbols(shared),
    },
    workspace: {
        DocumentBuilder: (shared) => new TsbtopoDocumentBuilder(shared),
        LangiumDocumentFactory: (shared) => new TsbtopoDocumentFactory(shared),
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
        TsbtopoGeneratedSharedModule,
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
