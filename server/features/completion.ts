import { URI } from 'langium';
import type { CompletionItem } from 'vscode-languageserver';
import { snapshotsOf } from '../estate/snapshot.js';
import { failureBrief } from '../impact/hover.js';
import { dataOf } from '../language/writing/completion/proposal.js';
import type { TsbtopoServices } from '../language/services.js';
import { placesOf } from './places.js';
import { wordMarkdown } from '../impact/words.js';

/**
 * Documents a proposal that somebody looks at: of a name what the failure of that element does, of a word what it
 * means. A list of proposals would take seconds if all of them brought that along.
 */
export function resolveCompletion(item: CompletionItem, services: TsbtopoServices): CompletionItem {
    const data = dataOf(item);
    if (!data) return item;
    const value =
        data.about === 'word'
            ? wordMarkdown(data.word, data.default)
            : declarationMarkdown(data.uri, data.path, data.name, services);
    return value ? { ...item, documentation: { kind: 'markdown', value } } : item;
}

function declarationMarkdown(uri: string, path: string, name: string, services: TsbtopoServices): string | undefined {
    const { AstNodeLocator } = services.workspace;
    const document = services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
    const estate = snapshotsOf(services).of(uri);
    const node = document && AstNodeLocator.getAstNode(document.parseResult.value, path);
    // the file may have changed since the list was made
    if (!estate || !node || services.references.NameProvider.getName(node) !== name) return undefined;
    const element = placesOf(estate).declaredBy(node);
    const outcome = element && estate.outcomeOf(element.name);
    return outcome && failureBrief(element, outcome);
}
