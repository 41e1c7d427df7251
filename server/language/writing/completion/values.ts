import { AstUtils, GrammarAST, type AstNode } from 'langium';
import type { CompletionContext, NextFeature } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { actionNouns } from '../../../knowledge/actions.js';
import { ruleCodes } from '../../../knowledge/rule-codes.js';
import { knownVersions } from '../../../knowledge/versions.js';
import { headerOf, type Estate } from '../../naming/estates.js';
import { hostsOf } from '../../syntax/items.js';
import * as ast from '../../generated/ast.js';
import { statedNamespace } from '../../naming/names.js';
import { thingKinds } from '../../syntax/promise-words.js';
import { quoted, type NameWriter } from '../../naming/written-names.js';
import { amountProposals } from './amounts.js';
import { lineAround } from './cursor.js';
import { defaultSaidBy } from './defaults.js';
import { domainsOf, hostOf, itemsOf } from './known.js';
import { sortText, type Proposal, type ProposalData } from './proposal.js';

/**
 * What can stand where the grammar takes any text, number or new name: versions, amounts, and what the estate says
 * elsewhere.
 */
export function valueProposals(
    context: CompletionContext,
    next: NextFeature,
    estates: { readonly own: Estate | undefined; readonly all: readonly Estate[] },
    write: NameWriter,
): Proposal[] {
    const { node } = context;
    const property = next.property ?? AstUtils.getContainerOfType(next.feature, GrammarAST.isAssignment)?.feature;
    if (!node || !property) {
        return [];
    }
    const { own, all } = estates;
    switch (property) {
        case 'version':
            return versions(node);
        case 'kinds':
            return thingKinds.map((kind, index) => value(kind, 'Choice', index));
        case 'codes':
            return ruleCodes.map((code, index) => value(code, 'Acceptance', index));
        case 'host':
        case 'aliases':
            return hosts(node, own);
        case 'owner':
            return texts(
                used(own, ast.isOwner, ({ owner }) => [owner]),
                node,
            );
        case 'key':
            return texts(
                used(own, ast.isLabels, ({ labels }) => labels.map(({ key }) => key)),
                node,
                (key) => write(key, 'LabelKey'),
            );
        case 'value':
            return ast.isLabel(node)
                ? texts(
                      used(own, ast.isLabels, ({ labels }) =>
                          labels.filter(({ key }) => key === node.key).map(({ value }) => value),
                      ),
                      node,
                  )
                : [];
        case 'name':
            return newNames(node, own, all, write);
        default:
            return amountProposals(property, node);
    }
}

/** What people do with clusters, where something is expected. */
export function actionProposals(context: CompletionContext): Proposal[] {
    if (!/\bexpect\s+([^{}]*,\s*)?$/.test(lineAround(context).before)) return [];
    return actionNouns.map((noun, index) => value(noun, 'Expectation', index));
}

function versions(node: AstNode): Proposal[] {
    return [...knownVersions].reverse().map((version, index) => {
        const said = defaultSaidBy(version, 'Header', node);
        return {
            ...value(version, 'Header', index),
            ...(said && { labelDetails: { description: 'default' }, preselect: true }),
            data: { about: 'word', word: 'Header', ...(said && { default: said }) } satisfies ProposalData,
        };
    });
}

/** The name of the service under the domains that the estate has. */
function hosts(node: AstNode, estate: Estate | undefined): Proposal[] {
    const service = AstUtils.getContainerOfType(node, ast.isService);
    const known = used(estate, ast.isExposure, (exposure) => hostsOf(exposure).map(({ host }) => host));
    return domainsOf(known.keys())
        .flatMap((domain) => (service?.name ? hostOf(service.name, domain) : []))
        .filter((host) => !known.has(host))
        .map((host, index) => value(quoted(host), 'Exposure', index));
}

function newNames(node: AstNode, own: Estate | undefined, all: readonly Estate[], write: NameWriter): Proposal[] {
    if (ast.isNamespace(node)) {
        const namespaces = used(own, ast.isService, (service) => [statedNamespace(service)]);
        namespaces.delete(node.name);
        return texts(namespaces, node, (name) => write(name, 'NamespaceName'));
    }
    if (ast.isHeader(node)) {
        const others = all.filter(({ documents }) =>
            documents.some(({ parseResult }) => headerOf(parseResult.value) && headerOf(parseResult.value) !== node),
        );
        const names = new Map(others.map(({ name, documents }) => [name, documents.length]));
        return texts(names, node, (name) => write(name, 'TopologyName'));
    }
    return [];
}

/** What is used in an estate, and how often. */
function used<T extends AstNode>(
    estate: Estate | undefined,
    is: (node: unknown) => node is T,
    textsOf: (node: T) => readonly (string | undefined)[],
): Map<string, number> {
    const counts = new Map<string, number>();
    for (const node of itemsOf(estate)) {
        for (const text of is(node) ? textsOf(node) : []) {
            if (text) {
                counts.set(text, (counts.get(text) ?? 0) + 1);
            }
        }
    }
    return counts;
}

/** Most used first. */
function texts(
    counts: ReadonlyMap<string, number>,
    node: AstNode,
    write: (text: string) => string = quoted,
): Proposal[] {
    return [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, mostTexts)
        .map(([text], index) => value(write(text), node.$type, index));
}

const mostTexts = 100;

function value(label: string, word: string, rank: number): Proposal {
    const data: ProposalData = { about: 'word', word };
    return {
        label,
        kind: CompletionItemKind.Value,
        // without quotes, so that nothing goes with a text that has been begun
        filterText: label.replace(/"/g, ''),
        sortText: sortText('value', rank),
        data,
    };
}
