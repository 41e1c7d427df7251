import { inject, type Module } from 'langium';
import {
    createDefaultModule,
    createDefaultSharedModule,
    startLanguageServer,
    type LangiumServices,
    type PartialLangiumServices,
} from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { TsbtopoGeneratedModule, TsbtopoGeneratedSharedModule } from '../../server/language/generated/module.js';
import { TsbtopoLexer } from '../../server/language/syntax/lexer.js';
import { TsbtopoTokenBuilder } from '../../server/language/syntax/token-builder.js';

// The floor: a server of the same grammar with what Langium brings, and of ours only what makes the tokens. It parses, links
// and tells which names are not found; it knows no estate, no check and no failure.
const ownTokens: Module<LangiumServices, PartialLangiumServices> = {
    parser: {
        Lexer: (services) => new TsbtopoLexer(services),
        TokenBuilder: () => new TsbtopoTokenBuilder(),
    },
};

const shared = inject(
    createDefaultSharedModule({ connection: createConnection(ProposedFeatures.all), ...NodeFileSystem }),
    TsbtopoGeneratedSharedModule,
);
shared.ServiceRegistry.register(inject(createDefaultModule({ shared }), TsbtopoGeneratedModule, ownTokens));
startLanguageServer(shared);
