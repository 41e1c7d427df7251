import { AstUtils, GrammarAST, URI, type LangiumDocument, type TextDocument } from 'langium';
import {
    DefaultCompletionProvider,
    findNextFeatures,
    type CompletionContext,
    type CompletionProviderOptions,
    type NextFeature,
} from 'langium/lsp';
import {
    CompletionList,
    type CompletionItem,
    type InsertReplaceEdit,
    type TextEdit,
} from 'vscode-languageserver-types';
import type { CompletionParams } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { phraseOf } from '../../syntax/phrases.js';
import type { CutOffParser } from '../../syntax/completion-parser.js';
import type { TsbtopoServices } from '../../services.js';
import { nameWriter, type NameWriter } from '../../naming/written-names.js';
import { constructProposals } from './construct-proposals.js';
import { fits, isInComment, lineAround, typedText } from './cursor.js';
import { ProposedKeywords } from './keywords.js';
import { Known } from './known.js';
import { ProposedNames } from './names.js';
import { partProposals } from './parts.js';
import type { Proposal } from './proposal.js';
import { actionProposals, valueProposals } from './values.js';

/**
 * Proposes what can stand at the cursor and makes sense there: names of the same topology, amounts and other values,
 * words of the language as whole phrases, and whole constructs. Best first.
 */
export class TsbtopoCompletion extends DefaultCompletionProvider {
    override readonly completionOptions: CompletionProviderOptions = { triggerCharacters: ['.', '/', ' '] };

    private readonly services: TsbtopoServices;
    private readonly write: NameWriter;
    private readonly names: ProposedNames;
    private readonly keywords: ProposedKeywords;

    constructor(services: TsbtopoServices) {
        super(services);
        this.services = services;
        this.write = nameWriter(services.Grammar);
        this.names = new ProposedNames(services, this.write);
        this.keywords = new ProposedKeywords(services.Grammar);
    }

    override async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList> {
        if (isInComment(document, document.textDocument.offsetAt(params.position))) {
            return CompletionList.create([], false);
        }
        const afterSpace = params.context?.triggerCharacter === ' ';
        for (const context of this.buildContexts(document, params.position)) {
            if (afterSpace && !this.keywords.expectMore(lineAround(context).before)) {
                break;
            }
            const { proposals, isIncomplete } = this.proposalsAt(context, afterSpace);
            const typed = typedText(context);
            const fitting = proposals.filter(({ label, filterText }) => fits(typed, filterText ?? label));
            if (fitting.length > 0) {
                return CompletionList.create(this.itemsOf(fitting, context), isIncomplete);
            }
        }
        return CompletionList.create([], false);
    }

    /** Everything that can stand at a place; right after a space only what goes on with what was begun. */
    private proposalsAt(
        context: CompletionContext,
        onlyGoingOn: boolean,
    ): { readonly proposals: readonly Proposal[]; readonly isIncomplete: boolean } {
        const { Estates } = this.services.workspace;
        const own = Estates.of(context.document.uri);
        const proposals: Proposal[] = [];
        const beginnings = new Set<string>();
        let isIncomplete = false;
        for (const [rank, next] of this.distinct(context.features).entries()) {
            const { feature } = next;
            if (GrammarAST.isKeyword(feature)) {
                const begins = this.keywords.beginning(next);
                const proposal = this.keywords.at(context, { ...next, feature }, rank, own);
                if (proposal && !(begins && onlyGoingOn)) {
                    proposals.push(proposal);
                    if (begins) {
                        beginnings.add(begins);
                    }
                }
            } else if (GrammarAST.isCrossReference(feature)) {
                const names = this.names.at(context, { ...next, feature });
                proposals.push(...names.proposals);
                isIncomplete ||= names.isIncomplete;
                const property = AstUtils.getContainerOfType(feature, GrammarAST.isAssignment)?.feature;
                if (property === 'thing') proposals.push(...actionProposals(context));
                if (property === 'thing' || property === 'parts') proposals.push(...this.partsAt(context));
            } else {
                proposals.push(...valueProposals(context, next, { own, all: Estates.all() }, this.write));
            }
        }
        const known = new Known(context, own, this.write);
        const asSnippets = this.clientCapabilities?.completionItem?.snippetSupport === true;
        proposals.push(...constructProposals(context, beginnings, known, asSnippets));
        return { proposals, isIncomplete };
    }

    private partsAt(context: CompletionContext): readonly Proposal[] {
        const topology = this.services.workspace.Topologies.of(context.document.uri);
        return topology ? partProposals(context, topology, (name) => this.write(name, 'ThingName')) : [];
    }

    /** The same word can be read by several rules, and a name or text by several kinds of tokens. */
    private distinct(features: readonly NextFeature[]): NextFeature[] {
        const byKey = new Map<unknown, NextFeature>();
        for (const next of features.filter((feature) => !this.keywords.isName(feature))) {
            const { feature, property } = next;
            const text = GrammarAST.isKeyword(feature) ? phraseOf(feature) : `.${property}`;
            const key = GrammarAST.isCrossReference(feature) ? feature : text;
            byKey.set(key, byKey.get(key) ?? next);
        }
        return [...byKey.values()];
    }

    /** In the order in which they are to be shown; what stands out alone at the top is selected. */
    private itemsOf(proposals: readonly Proposal[], context: CompletionContext): CompletionItem[] {
        const items = new Map<string, CompletionItem>();
        for (const proposal of proposals) {
            const key = `${proposal.label}\n${proposal.kind}`;
            const item = items.has(key) ? undefined : this.fillCompletionItem(context, proposal);
            if (item) {
                items.set(key, item);
            }
        }
        const sorted = [...items.values()].sort(inOrder);
        const [first, second] = sorted;
        const isAlone = first && (!second || first.sortText! < second.sortText!.slice(0, 1));
        if (isAlone) {
            first.preselect = true;
        }
        return sorted;
    }

    /** As Langium does it, but what fits has been decided, and a text in quotes is replaced as a whole. */
    protected override buildCompletionTextEdit(
        context: CompletionContext,
        _label: string,
        newText: string,
    ): TextEdit | InsertReplaceEdit {
        const { textDocument, tokenOffset, tokenEndOffset, position } = context;
        const start = textDocument.positionAt(tokenOffset);
        const end = textDocument.positionAt(tokenEndOffset);
        if (typedText(context).startsWith('"')) {
            return { newText, range: { start, end } };
        }
        return this.clientCapabilities?.completionItem?.insertReplaceSupport
            ? { newText, insert: { start, end: position }, replace: { start, end } }
            : { newText, range: { start, end: position } };
    }

    /** Only after a separator can the next word begin without a space. */
    protected override performNextTokenCompletion(_document: LangiumDocument, text: string): boolean {
        return /[{},;./>]$/.test(text);
    }

    /** As Langium does it, but from the last declaration on, and a broken line above leaves what can stand here. */
    protected override findFeaturesAt(document: TextDocument, offset: number): NextFeature[] {
        const start = this.startOfDeclaration(document, offset);
        const text = document.getText().slice(start, offset);
        const line = document.positionAt(offset).line - document.positionAt(start).line + 1;
        return (this.completionParser as CutOffParser)
            .readings(text)
            .flatMap(({ tokens, tokenIndex, elementStack }) => {
                if (tokenIndex === 0) return super.findFeaturesAt(document, offset);
                const unread = tokens.slice(tokenIndex).filter((token) => token.endLine === line);
                return findNextFeatures([elementStack.map((feature) => ({ feature }))], unread);
            });
    }

    private startOfDeclaration({ uri }: TextDocument, offset: number): number {
        const file = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri))?.parseResult.value;
        const isBefore = ({ $cstNode }: ast.Declaration) => $cstNode !== undefined && $cstNode.offset < offset;
        return (ast.isFile(file) && file.declarations.findLast(isBefore)?.$cstNode?.offset) || 0;
    }
}

function inOrder(a: CompletionItem, b: CompletionItem): number {
    const byText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
    return byText(a.sortText!, b.sortText!) || byText(a.label, b.label);
}
