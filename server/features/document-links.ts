import type { CstNode, LangiumDocument } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import * as ast from '../language/generated/ast.js';
import { nodeOfProperty } from '../language/naming/names.js';
import type { TsbtopoServices } from '../language/services.js';
import { forEachNode } from '../language/syntax/tree.js';
import { sourceLinks } from './source-links.js';

/** Addresses in owners and labels: pages, and people to write to; and the sources of an imported file. */
export class TsbtopoDocumentLinks implements DocumentLinkProvider {
    constructor(private readonly services: TsbtopoServices) {}

    async getDocumentLinks(document: LangiumDocument): Promise<DocumentLink[]> {
        const { parseResult, textDocument } = document;
        const links = await sourceLinks(document, this.services);
        forEachNode(parseResult.value, (node) => {
            const text = ast.isOwner(node)
                ? nodeOfProperty(node, 'owner')
                : ast.isLabel(node) && nodeOfProperty(node, 'value');
            for (const { start, end, target } of text ? addressesIn(text) : []) {
                links.push({
                    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
                    target,
                });
            }
        });
        return links;
    }
}

/** An address ends before what cannot be seen: the part that one sees is the one that opens. */
const addresses = /(https?:\/\/[^\s"<>\p{C}]+[^\s"<>.,;:!?)\p{C}])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gu;

function addressesIn({ text, offset }: CstNode): { start: number; end: number; target: string }[] {
    return [...text.matchAll(addresses)].map(({ 0: found, 1: page, index }) => ({
        start: offset + index,
        end: offset + index + found.length,
        target: page ?? `mailto:${found}`,
    }));
}
