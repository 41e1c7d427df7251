import {
    AstUtils,
    CstUtils,
    GrammarAST,
    GrammarUtils,
    stream,
    type AstNode,
    type AstNodeDescription,
    type CstNode,
    type LangiumDocument,
    type ReferenceInfo,
    type Stream,
    type TextDocument,
} from 'langium';
import {
    DefaultCompletionProvider,
    findNextFeatures,
    type CompletionAcceptor,
    type CompletionContext,
    type CompletionProviderOptions,
    type CompletionValueItem,
    type NextFeature,
} from 'langium/lsp';
import { CompletionItemKind, CompletionList, type CompletionItem } from 'vscode-languageserver-types';
import type { CompletionParams } from 'vscode-languageserver';
import { saidOnce } from './checks/items.js';
import { describeDeclaration } from './descriptions.js';
import type { NameTable } from './estate-names.js';
import * as ast from './generated/ast.js';
import { reservedWords } from './lexer.js';
import { clusterOfGateway, nameOfGateway } from './names.js';
import { phraseOf, phrasesOf } from './phrases.js';
import type { TsbtopoServices } from './services.js';
import { shortNameOf } from './to-topology-service.js';
import { nameWriter, type NameWriter } from './written-names.js';

/** Proposes the words that fit, as whole phrases, and the names of the same topology, as they have to be written. */
export class TsbtopoCompletion extends DefaultCompletionProvider {
    override readonly completionOptions: CompletionProviderOptions = { triggerCharacters: ['.', '/'] };

    private readonly services: TsbtopoServices;
    private readonly write: NameWriter;

    constructor(services: TsbtopoServices) {
        super(services);
        this.services = services;
        this.write = nameWriter(services.Grammar);
    }

    /** As Langium does it, but two phrases with the same first word (`no failover`, `no outlier detection`) are two. */
    override async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList> {
        const items = new Map<string, CompletionItem>();
        const accept: CompletionAcceptor = (context, value) => {
            const item = this.fillCompletionItem(context, value);
            if (item) {
                items.set(item.label, items.get(item.label) ?? item);
            }
        };
        const contexts = isInComment(document, params) ? [] : this.buildContexts(document, params.position);
        for (const context of contexts) {
            const seen = new Set<unknown>();
            for (const next of context.features) {
                const feature = GrammarAST.isKeyword(next.feature) ? phraseOf(next.feature) : next.feature;
                if (!seen.has(feature)) {
                    seen.add(feature);
                    await this.completionFor(context, next, accept);
                }
            }
            if (items.size > 0) {
                break;
            }
        }
        return CompletionList.create([...items.values()], true);
    }

    /** As Langium does it, but a broken line above leaves what can stand here as it is. */
    protected override findFeaturesAt(document: TextDocument, offset: number): NextFeature[] {
        const { tokens, tokenIndex, elementStack } = this.completionParser.parse(document.getText().slice(0, offset));
        if (tokenIndex === 0) {
            return super.findFeaturesAt(document, offset);
        }
        const line = document.positionAt(offset).line + 1;
        const unread = tokens.slice(tokenIndex).filter((token) => token.endLine === line);
        return findNextFeatures([elementStack.map((feature) => ({ feature }))], unread);
    }

    // -------------------------------------------------------------------------------------------------- keywords

    protected override completionForKeyword(
        context: CompletionContext,
        keyword: GrammarAST.Keyword,
        accept: CompletionAcceptor,
    ): void {
        if (this.filterKeyword(context, keyword)) {
            accept(context, { label: phraseOf(keyword), kind: CompletionItemKind.Keyword, sortText: '1' });
        }
    }

    protected override filterKeyword(context: CompletionContext, keyword: GrammarAST.Keyword): boolean {
        const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule);
        const isName = rule !== undefined && nameRules.has(rule.name);
        return (
            !isName &&
            /^[a-z]/.test(keyword.value) &&
            !reservedWords.has(keyword.value) &&
            !isOutOfPlace(keyword, context.node) &&
            !(rule && isSaid(rule, keyword, context))
        );
    }

    // -------------------------------------------------------------------------------------------------- names

    protected override getReferenceCandidates(
        info: ReferenceInfo,
        context: CompletionContext,
    ): Stream<AstNodeDescription> {
        const names = this.services.workspace.Estates.of(context.document.uri)?.names;
        const prefix = prefixBefore(context);
        if (names && prefix && info.property === 'gateway') {
            return stream(named(names.gatewaysInClusters, prefix));
        }
        if (names && prefix && info.property === 'service') {
            return stream(named(names.qualifiedServices, prefix));
        }
        const all = super.getReferenceCandidates(info, context);
        if (info.property === 'cluster' && ast.isGatewayReference(info.container)) {
            return all.filter(({ node }) => ast.isCluster(node) && hasGateway(node));
        }
        const self = AstUtils.getContainerOfType(info.container, ast.isService);
        return all.filter(({ node }) => node !== self || self === undefined);
    }

    protected override createReferenceCompletionItem(
        description: AstNodeDescription,
        info: ReferenceInfo,
        context: CompletionContext,
    ): CompletionValueItem {
        const name = prefixBefore(context)
            ? this.write(description.name, ruleOf[info.property] ?? 'ServiceName')
            : this.writtenName(description, info.property);
        const isPrefix = info.property === 'cluster' && ast.isGatewayReference(info.container);
        return {
            ...super.createReferenceCompletionItem(description, info, context),
            label: name,
            detail: description.node ? describeDeclaration(description.node) : '',
            sortText: isPrefix ? '0b' : '0a',
        };
    }

    /** With the namespace or the cluster before it, where the bare name would not do. */
    private writtenName({ node, name, documentUri }: AstNodeDescription, property: string): string {
        const names = this.services.workspace.Estates.of(documentUri)?.names;
        if (ast.isService(node) && names) {
            const parts = shortNameOf(node, names).split('/');
            return parts.map((part) => this.write(part, 'ServiceName')).join('/');
        }
        if (ast.isGateway(node) && !node.name) {
            const cluster = this.write(clusterOfGateway(node)?.name ?? '', 'ClusterName');
            return `${cluster}.${nameOfGateway(node)}`;
        }
        return this.write(name, ruleOf[property] ?? 'ServiceName');
    }
}

/** The `cluster.` or `namespace/` right before what is completed, without quotes. */
function prefixBefore({ textDocument, tokenOffset }: CompletionContext): string | undefined {
    const before = textDocument.getText().slice(0, tokenOffset);
    const [, name, separator] = /([^\s,;{}"./]+|"[^"\n]*")\s*([./])\s*$/.exec(before.slice(-200)) ?? [];
    return name && separator && name.replace(/"/g, '') + separator;
}

function named(table: NameTable, prefix: string): AstNodeDescription[] {
    return [...table].filter(([name]) => name.startsWith(prefix)).flatMap(([, candidates]) => candidates);
}

function isInComment({ parseResult, textDocument }: LangiumDocument, { position }: CompletionParams): boolean {
    const root = parseResult.value.$cstNode;
    const offset = textDocument.offsetAt(position);
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, offset - 1);
    return leaf !== undefined && leaf.hidden && leaf.tokenType.name.endsWith('_COMMENT') && !isPastBlock(leaf, offset);
}

/** A block comment ends with its last character, a line comment only with the line. */
function isPastBlock(comment: CstNode, offset: number): boolean {
    return comment.text.startsWith('/*') && comment.end === offset && comment.text.endsWith('*/');
}

/** Rules whose keywords are names in their places: nobody wants to be offered those. */
const nameRules: ReadonlySet<string> = new Set(['SoftWord', 'PlaceWord', 'WideWord']);

/** By which rule the names are written that a property refers to. */
const ruleOf: Readonly<Record<string, string>> = {
    region: 'RegionName',
    zone: 'ZoneName',
    zones: 'ZoneName',
    gateway: 'GatewayReferenceName',
};

function hasGateway(cluster: ast.Cluster): boolean {
    return cluster.items.some((item) => ast.isGateway(item) || ast.isDataPlane(item));
}

/** The grammar takes more than makes sense, for the sake of better messages. */
function isOutOfPlace(keyword: GrammarAST.Keyword, node: AstNode | undefined): boolean {
    const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)?.name;
    if (keyword.value === 'topology') {
        return AstUtils.getContainerOfType(node, ast.isFile)?.declarations.some(ast.isHeader) ?? false;
    }
    if (rule === 'ManagementPlane' || rule === 'CentralControlPlane') {
        return AstUtils.getContainerOfType(node, ast.isWorkloadCluster) !== undefined;
    }
    const isMode = rule === 'GitOps' && keyword.value.endsWith('sync');
    return isMode && AstUtils.getContainerOfType(node, ast.isManagementPlane) !== undefined;
}

/** Whether the word begins an item that is in the block already, and makes sense only once. */
function isSaid(
    rule: GrammarAST.ParserRule,
    keyword: GrammarAST.Keyword,
    { node, offset }: CompletionContext,
): boolean {
    if (
        !(rule.name in saidOnce) ||
        !phrasesOf(rule.definition).some((phrase) => phrase.split(' ')[0] === keyword.value)
    ) {
        return false;
    }
    const block = blockAround(node, offset);
    const what = saidOnce[rule.name];
    return block?.items.some((item) => saidOnce[item.$type] === what && !isAt(item, offset)) ?? false;
}

type Block = AstNode & { readonly items: readonly AstNode[] };

function blockAround(node: AstNode | undefined, offset: number): Block | undefined {
    for (let around = node; around; around = around.$container) {
        const text = around.$cstNode;
        const open = GrammarUtils.findNodeForKeyword(text, '{');
        if ('items' in around && text && open && open.offset < offset) {
            return around as Block;
        }
    }
    return undefined;
}

function isAt({ $cstNode }: AstNode, offset: number): boolean {
    return $cstNode !== undefined && $cstNode.offset <= offset && offset <= $cstNode.end;
}
