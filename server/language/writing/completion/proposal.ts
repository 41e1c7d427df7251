import type { CompletionValueItem } from 'langium/lsp';
import type { CompletionItem } from 'vscode-languageserver-types';
import type { DefaultId } from '../../../knowledge/defaults.js';

/** What can be proposed: a completion item that has no place in the text yet. */
export type Proposal = CompletionValueItem & { readonly label: string; readonly sortText: string };

/** What a proposal is about. It travels with the item, so that documentation is written only of what is looked at. */
export type ProposalData =
    | { readonly about: 'declaration'; readonly uri: string; readonly path: string; readonly name: string }
    | { readonly about: 'word'; readonly word: string; readonly default?: DefaultId };

/** What an item is about; undefined where it brings its documentation along. */
export function dataOf({ data }: CompletionItem): ProposalData | undefined {
    return (data as ProposalData | null | undefined) ?? undefined;
}

/** Groups in the order in which they are shown. */
const groups = { name: '0', value: '1', word: '2', lessLikelyWord: '3', construct: '4' };

/** Puts a proposal into its group; within the group lower ranks come first, then names in alphabetical order. */
export function sortText(group: keyof typeof groups, rank = 0): string {
    return groups[group] + String(rank).padStart(3, '0');
}
