import { AstUtils, GrammarAST, type AstNodeDescription, type ReferenceInfo } from 'langium';
import type { CompletionContext, NextFeature } from 'langium/lsp';
import { briefDescription, describeDeclaration } from '../../navigation/descriptions.js';
import type { Estate } from '../../naming/estates.js';
import type { NameTable } from '../../naming/estate-names.js';
import * as ast from '../../generated/ast.js';
import type { TsbtopoServices } from '../../services.js';
import { quoted, type NameWriter } from '../../naming/written-names.js';
import { fits, prefixBefore, typedText } from './cursor.js';
import { referenceText, ruleOfReference } from './reference-text.js';
import { sortText, type Proposal, type ProposalData } from './proposal.js';
import { rankingAt } from './ranking.js';

/** More names in one list help nobody; the client asks again with each letter, and gets those that go with it. */
const mostNames = 500;

/** The names that fit, and whether there are more than could be listed. */
export interface NameProposals {
    readonly proposals: readonly Proposal[];
    readonly isIncomplete: boolean;
}

/** Proposes names of the same topology, those first that fit best, as they have to be written in their place. */
export class ProposedNames {
    constructor(
        private readonly services: TsbtopoServices,
        private readonly write: NameWriter,
    ) {}

    /** What can stand at a reference. */
    at(context: CompletionContext, next: NextFeature<GrammarAST.CrossReference>): NameProposals {
        const info = this.referenceAt(context, next);
        if (!info) {
            return { proposals: [], isIncomplete: false };
        }
        const estate = this.services.workspace.Estates.of(context.document.uri);
        const rank = rankingAt(info, context, estate);
        const write = this.writerAt(info, context, estate);
        const typed = typedText(context);
        const byRank: Candidate[][] = [];
        for (const description of this.candidates(info, context, estate)) {
            if (byRank[0] && byRank[0].length > mostNames) {
                break;
            }
            const ranked = rank(description.node);
            if (ranked !== undefined) {
                const label = write(description);
                if (fits(typed, label)) {
                    (byRank[ranked] ??= []).push({ description, label, rank: ranked });
                }
            }
        }
        const ranked = byRank.flat();
        return {
            proposals: ranked.slice(0, mostNames).map((candidate) => this.proposal(candidate, info)),
            isIncomplete: ranked.length > mostNames,
        };
    }

    /** A reference that is not there yet, in a node that may not be there yet either. */
    private referenceAt(
        { node }: CompletionContext,
        { feature, type, property }: NextFeature<GrammarAST.CrossReference>,
    ): ReferenceInfo | undefined {
        const assignment = AstUtils.getContainerOfType(feature, GrammarAST.isAssignment);
        if (!assignment || !node) {
            return undefined;
        }
        const container = type ? { $type: type, $container: node, $containerProperty: property } : node;
        if (type) {
            AstUtils.assignMandatoryProperties(this.services.shared.AstReflection, container);
        }
        return { reference: { $refText: '', ref: undefined }, container, property: assignment.feature };
    }

    private candidates(
        info: ReferenceInfo,
        context: CompletionContext,
        estate: Estate | undefined,
    ): Iterable<AstNodeDescription> {
        const prefix = prefixBefore(context);
        if (estate && prefix && info.property === 'gateway') {
            return named(estate.names.gatewaysInClusters, prefix);
        }
        if (estate && prefix && info.property === 'service') {
            return named(estate.names.qualifiedServices, prefix);
        }
        return this.services.references.ScopeProvider.getScope(info).getAllElements();
    }

    private proposal({ description, label, rank }: Candidate, info: ReferenceInfo): Proposal {
        const { node, name, documentUri, path } = description;
        const data: ProposalData = { about: 'declaration', uri: documentUri.toString(), path, name };
        const next = whatFollows(description, info);
        return {
            label,
            kind: this.services.shared.lsp.NodeKindProvider.getCompletionItemKind(description),
            ...(node && { detail: describeDeclaration(node), labelDetails: { description: briefDescription(node) } }),
            sortText: sortText('name', rank),
            data,
            ...(next && { commitCharacters: [next] }),
        };
    }

    private writerAt(
        { property }: ReferenceInfo,
        context: CompletionContext,
        estate: Estate | undefined,
    ): (description: AstNodeDescription) => string {
        const rule = ruleOfReference.get(property) ?? 'ServiceName';
        const write = typedText(context).startsWith('"') ? quoted : this.write;
        const isQualified = prefixBefore(context) !== undefined;
        return (description) =>
            isQualified || !estate
                ? write(description.name, rule)
                : referenceText(description, estate.names, write, rule);
    }
}

interface Candidate {
    readonly description: AstNodeDescription;
    readonly label: string;
    readonly rank: number;
}

/** The character with which a name goes on, and so may be accepted. */
function whatFollows({ node }: AstNodeDescription, { property, container }: ReferenceInfo): string | undefined {
    if (property === 'region' && ast.isRegion(node)) {
        return node.items.some(ast.isZones) ? '/' : undefined;
    }
    const isBeforeGateway = property === 'destination' ? ast.isCluster(node) : ast.isGatewayReference(container);
    return (property === 'cluster' || property === 'destination') && isBeforeGateway ? '.' : undefined;
}

function named(table: NameTable, prefix: string): AstNodeDescription[] {
    return [...table].filter(([name]) => name.startsWith(prefix)).flatMap(([, candidates]) => candidates);
}
