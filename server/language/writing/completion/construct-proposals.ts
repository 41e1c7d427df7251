import type { CompletionContext } from 'langium/lsp';
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { canBegin, lineAround } from './cursor.js';
import { constructs } from './constructs.js';
import type { Known } from './known.js';
import { sortText, type Proposal } from './proposal.js';
import { plainText } from './snippet.js';

/**
 * Whole declarations and items, where they have room: at the beginning of a line or block with nothing behind it.
 *
 * @param rules what can begin here, by the names of the rules
 * @param asSnippets whether the client knows places to be filled in; else the text comes with its first choices
 */
export function constructProposals(
    context: CompletionContext,
    rules: Iterable<string>,
    known: Known,
    asSnippets: boolean,
): Proposal[] {
    const { before, after } = lineAround(context);
    if (!canBegin(context) || !/^($|\}|\/\/)/.test(after)) {
        return [];
    }
    const isInLine = before.trim() !== '' || after.startsWith('}');
    const proposals: Proposal[] = [];
    for (const rule of rules) {
        for (const { label, says, text } of constructs.get(rule) ?? []) {
            const snippet = text(known);
            if (snippet === undefined || (isInLine && snippet.includes('\n'))) {
                continue;
            }
            const plain = plainText(snippet);
            proposals.push({
                label,
                kind: CompletionItemKind.Snippet,
                detail: says,
                documentation: { kind: 'markdown', value: `\`\`\`tsbtopo\n${plain}\n\`\`\`` },
                insertText: asSnippets ? snippet : plain,
                insertTextFormat: asSnippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
                sortText: sortText('construct', proposals.length),
            });
        }
    }
    return proposals;
}
