import { AstUtils, GrammarAST, GrammarUtils, type AstNode } from 'langium';
import { findFirstFeatures, type CompletionContext, type NextFeature } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { words } from '../../../knowledge/words.js';
import { saidOnce } from '../../syntax/items.js';
import type { Estate } from '../../naming/estates.js';
import * as ast from '../../generated/ast.js';
import { fits } from '../../lower/joined.js';
import { subjectsIn } from '../../naming/subjects.js';
import { nodeOfProperty } from '../../naming/names.js';
import { phraseOf } from '../../syntax/phrases.js';
import { canBegin, isAtCursor } from './cursor.js';
import { defaultSaidBy } from './defaults.js';
import { sortText, type Proposal, type ProposalData } from './proposal.js';

/** Proposes words of the language: what can follow here, and makes sense. */
export class ProposedKeywords {
    /** The words that begin a declaration or an item of a block, and the rule that reads it. */
    private readonly beginnings = new Map<GrammarAST.AbstractElement, string>();
    private readonly all: ReadonlySet<string>;

    constructor(grammar: GrammarAST.Grammar) {
        this.all = new Set(
            AstUtils.streamAllContents(grammar)
                .filter(GrammarAST.isKeyword)
                .map(({ value }) => value),
        );
        for (const rule of itemRules(grammar)) {
            for (const [feature] of findFirstFeatures(rule.definition).map((stack) => stack.slice(-1))) {
                this.beginnings.set(feature!.feature, rule.name);
            }
        }
    }

    /** The declaration or item that a word begins, by the name of its rule; undefined for a word that goes on with one. */
    beginning({ feature }: NextFeature): string | undefined {
        return this.beginnings.get(feature);
    }

    /** Whether a word of the language is only a name in its place: nobody wants to be offered those. */
    isName({ feature }: NextFeature): boolean {
        return GrammarAST.isKeyword(feature) && nameRules.has(ruleOf(feature));
    }

    /** Whether the last word of a line asks for another one: a word of the language, a comma, an arrow. */
    expectMore(line: string): boolean {
        const last = line
            .trimEnd()
            .split(/[\s{};]/)
            .at(-1)!;
        return this.all.has(last) || last.endsWith(',');
    }

    /**
     * A word, with those that must follow it; undefined where it would make no sense.
     *
     * @param rank its place among the words that can stand here
     */
    at(
        context: CompletionContext,
        next: NextFeature<GrammarAST.Keyword>,
        rank: number,
        estate: Estate | undefined,
    ): Proposal | undefined {
        const keyword = next.feature;
        const rule = ruleOf(keyword);
        const begins = this.beginning(next);
        if (!isWord(keyword) || isOutOfPlace(keyword, rule, context, estate) || isMisfit(begins, context, estate)) {
            return undefined;
        }
        if (begins ? isSaid(begins, keyword, context) : isListed(keyword, rule, context)) {
            return undefined;
        }
        const label = phraseOf(keyword);
        const word = words.has(rule) ? rule : (wordAround(context.node) ?? rule);
        const said = defaultSaidBy(label, word, context.node);
        const data: ProposalData = { about: 'word', word, ...(said && { default: said }) };
        const isValue = !begins && isChoice(keyword, rule);
        const isLikely = (begins !== undefined) === canBegin(context);
        const insertText = withoutFollowing(label, context);
        return {
            label,
            kind: isValue ? CompletionItemKind.EnumMember : CompletionItemKind.Keyword,
            sortText: isValue ? sortText('value', rank) : sortText(isLikely ? 'word' : 'lessLikelyWord', rank),
            data,
            ...(said && { labelDetails: { description: 'default' } }),
            ...(begins && { detail: formOf(begins, label) }),
            ...(insertText !== label && { insertText }),
            ...(rule === 'GatewayRole' && { commitCharacters: [','] }),
        };
    }
}

function ruleOf(keyword: GrammarAST.Keyword): string {
    return AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)?.name ?? '';
}

/** Rules whose keywords are names in their places. */
const nameRules: ReadonlySet<string> = new Set(['SoftWord', 'QuietWord', 'InnerWord', 'PlaceWord', 'WideWord']);

function isWord({ value }: GrammarAST.Keyword): boolean {
    return /^[a-z]/.test(value);
}

/** Whether a keyword is one of several values, such as `own` or `ingress`, or leads to one, such as `via front-envoy`. */
function isChoice(keyword: GrammarAST.Keyword, rule: string): boolean {
    if (choiceRules.has(rule)) {
        return true;
    }
    const container: AstNode = keyword.$container;
    const next = GrammarAST.isGroup(container) && container.elements[container.elements.indexOf(keyword) + 1];
    const assignment = next || AstUtils.getContainerOfType(keyword, GrammarAST.isAssignment);
    return (
        GrammarAST.isAssignment(assignment) &&
        assignment.operator === '=' &&
        (!next || GrammarAST.isKeyword(assignment.terminal))
    );
}

const choiceRules: ReadonlySet<string> = new Set(['Placement', 'FailMode', 'GatewayRole']);

/** How a construct is written, beginning with the word that is proposed. */
function formOf(rule: string, label: string): string | undefined {
    const form = words.get(rule)?.form;
    return label.includes(' ') ? form : form?.replace(/^\S+/, label);
}

/** Where the rest of a phrase stands behind the cursor already, it is not written a second time. */
function withoutFollowing(phrase: string, { textDocument, tokenEndOffset }: CompletionContext): string {
    const [first, ...rest] = phrase.split(' ');
    const following = textDocument
        .getText()
        .slice(tokenEndOffset, tokenEndOffset + 200)
        .trim()
        .split(/\s+/);
    return rest.length > 0 && rest.every((word, index) => following[index] === word) ? first! : phrase;
}

function wordAround(node: AstNode | undefined): string | undefined {
    for (let around = node; around; around = around.$container) {
        if (words.has(around.$type)) {
            return around.$type;
        }
    }
    return undefined;
}

/** Every rule whose texts stand in a list of declarations or items. */
function itemRules(grammar: GrammarAST.Grammar): Set<GrammarAST.ParserRule> {
    const rules = new Set<GrammarAST.ParserRule>();
    const add = (element: GrammarAST.AbstractElement): void => {
        if (GrammarAST.isAlternatives(element)) {
            element.elements.forEach(add);
        } else if (GrammarAST.isRuleCall(element) && GrammarAST.isParserRule(element.rule.ref)) {
            const { definition } = element.rule.ref;
            const isChoiceOfRules =
                GrammarAST.isRuleCall(definition) ||
                (GrammarAST.isAlternatives(definition) && definition.elements.every(GrammarAST.isRuleCall));
            if (isChoiceOfRules) {
                add(definition);
            } else {
                rules.add(element.rule.ref);
            }
        }
    };
    for (const rule of grammar.rules.filter(GrammarAST.isParserRule)) {
        for (const node of AstUtils.streamAllContents(rule)) {
            if (GrammarAST.isAssignment(node) && (node.feature === 'items' || node.feature === 'declarations')) {
                add(node.terminal);
            }
        }
    }
    return rules;
}

/** Whether an item does not fit anything that the `about` is about in whose block it would stand. */
function isMisfit(begins: string | undefined, context: CompletionContext, estate: Estate | undefined): boolean {
    const about = begins === undefined ? undefined : blockAround(context);
    if (!estate || !ast.isAbout(about)) return false;
    const subjects = about.things
        .map(subjectsIn(estate))
        .filter(({ kind }) => kind !== 'unknown' && kind !== 'ambiguous');
    return subjects.length > 0 && !subjects.some((subject) => fits({ $type: begins } as ast.AboutItem, subject));
}

/** The grammar takes more than makes sense, for the sake of better messages. */
function isOutOfPlace(
    { value }: GrammarAST.Keyword,
    rule: string,
    context: CompletionContext,
    estate: Estate | undefined,
): boolean {
    const { node } = context;
    const around = <T extends AstNode>(is: (node: unknown) => node is T) => AstUtils.getContainerOfType(node, is);
    switch (rule) {
        case 'Header':
            return value === 'topology' && isBehindDeclaration(context);
        case 'ManagementCluster':
            if (value === 'standby') return isDeclared(estate, isStandby, context);
            return (value === 'management' || value === 'hosted') && isDeclared(estate, isActive, context);
        case 'WorkloadDefaults':
            return value === 'defaults' && isDeclared(estate, ast.isWorkloadDefaults, context);
        case 'ManagementPlane':
            return around(ast.isWorkloadCluster) !== undefined || isStandby(around(ast.isManagementCluster));
        case 'CentralControlPlane':
            return around(ast.isWorkloadCluster) !== undefined || isBare(around(ast.isManagementCluster));
        case 'EdgeControlPlane':
        case 'DataPlane':
        case 'Gateway':
        case 'Secret':
            return isBare(around(ast.isManagementCluster));
        case 'Copy':
            return !fitsCopy(value, context);
        case 'NoWorkloads':
            return around(ast.isManagementCluster) !== undefined;
        case 'GitOps':
            if (isBare(around(ast.isManagementCluster))) return true;
            return value.endsWith('sync') && around(ast.isManagementPlane) !== undefined;
        case 'Namespace':
            return blockAround(context)?.$type === 'Service' && around(ast.isService)?.namespace !== undefined;
        case 'ExternalAuthorization':
        case 'RateLimit': {
            const gateway = around(ast.isGateway);
            return gateway !== undefined && !gateway.roles.some((role) => role === 'tier1' || role === 'ingress');
        }
        case 'Postgres':
        case 'TelemetryStore':
            if (isBare(around(ast.isManagementCluster))) return true;
            // what is internal stands where the management cluster stands
            return value === 'in' && (ast.isPostgres(node) || ast.isTelemetryStore(node)) && isInternal(node);
        default:
            return false;
    }
}

/** Stores have a copy, which stands somewhere and may promote itself; what stands by has one that does neither. */
function fitsCopy(value: string, { node }: CompletionContext): boolean {
    const around = <T extends AstNode>(is: (node: unknown) => node is T) => AstUtils.getContainerOfType(node, is);
    if (around(ast.isPostgres) || around(ast.isTelemetryStore) || around(ast.isAbout)) return true;
    return isStandby(around(ast.isManagementCluster)) && value !== 'in' && value !== 'promotes';
}

/** Of what the vendor runs, and of what stands by, hardly anything can be said. */
function isBare(cluster: ast.ManagementCluster | undefined): boolean {
    return cluster !== undefined && (cluster.hosted || cluster.standby);
}

function isStandby(node: unknown): node is ast.ManagementCluster {
    return ast.isManagementCluster(node) && node.standby;
}

function isActive(node: unknown): node is ast.ManagementCluster {
    return ast.isManagementCluster(node) && !node.standby;
}

function isInternal({ placement }: ast.Postgres | ast.TelemetryStore): boolean {
    return placement === 'internal';
}

function isBehindDeclaration({ node, tokenOffset }: CompletionContext): boolean {
    const [first] = AstUtils.getContainerOfType(node, ast.isFile)?.declarations ?? [];
    return first?.$cstNode !== undefined && first.$cstNode.offset < tokenOffset;
}

/** Whether the estate has a declaration already of which it can have only one. */
function isDeclared(
    estate: Estate | undefined,
    is: (node: unknown) => node is AstNode,
    { document, tokenOffset }: CompletionContext,
): boolean {
    return (estate?.documents ?? []).some((each) =>
        each.parseResult.value.declarations.some(
            (node) => is(node) && !(each === document && node.$cstNode?.offset === tokenOffset),
        ),
    );
}

/** Whether the word begins an item that is in the block already, and makes sense only once. */
function isSaid(rule: string, { value }: GrammarAST.Keyword, context: CompletionContext): boolean {
    const others = blockAround(context)?.items.filter((item) => !isAtCursor(item.$cstNode, context)) ?? [];
    if (rule === 'Secret') {
        return others.some((item) => ast.isSecret(item) && item.kind === value);
    }
    const what = saidOnce.get(rule);
    return what !== undefined && others.some((item) => saidOnce.get(item.$type) === what);
}

function isListed({ value }: GrammarAST.Keyword, rule: string, context: CompletionContext): boolean {
    const gateway = rule === 'GatewayRole' && AstUtils.getContainerOfType(context.node, ast.isGateway);
    return (
        gateway !== false &&
        gateway !== undefined &&
        gateway.roles.some(
            (role, index) => role === value && !isAtCursor(nodeOfProperty(gateway, 'roles', index), context),
        )
    );
}

type Block = AstNode & { readonly items: readonly AstNode[] };

function blockAround({ node, offset }: CompletionContext): Block | undefined {
    for (let around = node; around; around = around.$container) {
        const text = around.$cstNode;
        const open = GrammarUtils.findNodeForKeyword(text, '{');
        const close = GrammarUtils.findNodeForKeyword(text, '}');
        const isOpen = open !== undefined && open.offset < offset && (!close || offset < close.end);
        if ('items' in around && text && isOpen) {
            return around as Block;
        }
    }
    return undefined;
}
