import type { LangiumDocument } from 'langium';
import type { DocumentHighlightProvider, ReferencesProvider } from 'langium/lsp';
import type { DocumentHighlightParams, ReferenceParams } from 'vscode-languageserver';
import { DocumentHighlightKind, type DocumentHighlight, type Location } from 'vscode-languageserver-types';
import { nameAt, occurrencesOf, type Occurrence } from './occurrences.js';
import type { TsbtopoServices } from '../services.js';

/** Every place in the estate that names the same thing; namespaces and topologies included. */
export class TsbtopoReferences implements ReferencesProvider {
    constructor(private readonly services: TsbtopoServices) {}

    findReferences(document: LangiumDocument, { position, context }: ReferenceParams): Location[] {
        return namesLike(document, position, this.services)
            .filter(({ declares }) => context.includeDeclaration || !declares)
            .map(({ uri, range }) => ({ uri, range }));
    }
}

/** The same within one file; what declares the thing is told apart from what uses it. */
export class TsbtopoHighlights implements DocumentHighlightProvider {
    constructor(private readonly services: TsbtopoServices) {}

    getDocumentHighlight(document: LangiumDocument, { position }: DocumentHighlightParams): DocumentHighlight[] {
        return namesLike(document, position, this.services)
            .filter(({ uri }) => uri === document.uri.toString())
            .map(({ range, declares }) => ({
                range,
                kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
            }));
    }
}

function namesLike(
    document: LangiumDocument,
    position: ReferenceParams['position'],
    services: TsbtopoServices,
): Occurrence[] {
    const name = nameAt(document, position, services);
    return name ? occurrencesOf(name.meaning, services) : [];
}
