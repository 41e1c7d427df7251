import { AstUtils, GrammarAST, GrammarUtils, type AstNode, type CstNode } from 'langium';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { hostMarkdown } from '../impact/host.js';
import { code } from '../encoding/markdown.js';
import { count, listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { clocks } from '../knowledge/clocks.js';
import { defaultOf } from '../knowledge/defaults.js';
import { words, type Word } from '../knowledge/words.js';
import { durationInSeconds } from '../language/syntax/amounts.js';
import * as ast from '../language/generated/ast.js';
import { locationOf, nameLocationOf } from '../language/naming/location.js';
import type { TsbtopoServices } from '../language/services.js';
import type { Simulations } from '../simulation/simulations.js';
import { zonesThatMayBeLost } from '../impact/copies.js';
import { copiedIn } from '../topology/copied.js';
import { servicesInside, type Declared, type SourceRange, type Topology } from '../topology/topology.js';
import { promiseMarkdown } from './promise-hover.js';
import { clockMarkdown, defaultMarkdown, sourceLink } from '../impact/facts-markdown.js';

/**
 * What a word tells that names nothing which can fail: of a host how clients reach it, of an owner what else they own;
 * of any other word what it means in its place, with its default, its clock and its source.
 */
export class WordHover {
    constructor(
        private readonly services: TsbtopoServices,
        private readonly simulations: Simulations,
    ) {}

    markdownOf(leaf: CstNode): string | undefined {
        const node = leaf.astNode;
        const estate = snapshotsOf(this.services).of(AstUtils.getDocument(node).uri.toString());
        const property = GrammarUtils.findAssignment(leaf)?.feature;
        const special =
            estate && (this.nameMarkdown(node, property, estate) ?? promiseMarkdown(leaf, estate, this.services));
        const meaning = constructMarkdown(leaf);
        return special ? [special, ...(meaning ? ['---', meaning] : [])].join('\n\n') : meaning;
    }

    /** What the estate knows of a name. */
    private nameMarkdown(node: AstNode, property: string | undefined, estate: Snapshot): string | undefined {
        const { topology } = estate;
        if ((ast.isExposure(node) || ast.isAlias(node)) && property === 'host') return this.hostMarkdown(node, estate);
        if (ast.isReplicas(node)) return replicasMarkdown(node, estate);
        if (ast.isHeader(node) && property === 'name') return estateMarkdown(topology);
        if (ast.isOwner(node) && property === 'owner') return ownerMarkdown(node.owner, topology);
        if (ast.isLabel(node)) return labelMarkdown(node, topology);
        if (property === 'namespace' && (ast.isService(node) || ast.isServiceReference(node))) {
            return namespaceMarkdown(node.namespace, topology);
        }
        return ast.isNamespace(node) && property === 'name' ? namespaceMarkdown(node.name, topology) : undefined;
    }

    private hostMarkdown(node: ast.Exposure | ast.Alias, estate: Snapshot): string | undefined {
        const { uri, range } = nameLocationOf(node, 'host');
        const host = estate.hosts.find(
            ({ exposure: { hostAt: at } }) => at.uri === uri && isSameStart(at.range, range),
        );
        const simulation = this.simulations.simulationOf(estate.key, estate.topology);
        return host && hostMarkdown(host, simulation?.outcome ?? estate.outcomeOfAll([]));
    }
}

function estateMarkdown(topology: Topology): string {
    const { name, clusters, externalServices, files } = topology;
    const services = servicesInside(topology);
    const parts = [
        count(clusters.length, 'cluster'),
        count(services.length, 'service'),
        ...(externalServices.length > 0 ? [count(externalServices.length, 'external service')] : []),
    ];
    return `**topology ${code(name)}**: ${parts.join(', ')}, in ${count(files.length, 'file')}.`;
}

function namespaceMarkdown(name: string | undefined, { services }: Topology): string | undefined {
    if (name === undefined) return undefined;
    const inside = services.filter(
        ({ namespace, homes }) => namespace.value === name || homes.some((home) => home.namespace.value === name),
    );
    return `**namespace ${code(name)}**: ${inside.length > 0 ? listing(inside.map((service) => service.name)) : 'no service'}.`;
}

/** How many things are told of that have so many copies each. */
const mostCopied = 4;

/** Which zones what has these copies may lose. */
function replicasMarkdown(node: ast.Replicas, { topology, elements }: Snapshot): string | undefined {
    const { uri, range } = locationOf(node);
    const copied = copiedIn(topology).filter(({ replicas: { at } }) => at.uri === uri && isSameStart(at.range, range));
    const told = copied.flatMap(({ name }) => elements.byName.get(name) ?? []);
    if (told.length === 0) return undefined;
    const lines = told.slice(0, mostCopied).map((element) => zonesThatMayBeLost(element, topology, elements));
    const more = told.length > mostCopied ? [`And of ${told.length - mostCopied} more.`] : [];
    return [...lines, ...more].join('\n\n');
}

function isSameStart(one: SourceRange, other: SourceRange): boolean {
    return one.start.line === other.start.line && one.start.character === other.start.character;
}

function ownerMarkdown(owner: string, topology: Topology): string {
    const owned = everythingIn(topology).filter((each) => each.owner === owner);
    return `**owner** of ${listing(owned.map(({ name }) => name))}.`;
}

/** Nothing of a label that is not finished. */
function labelMarkdown({ key, value }: ast.Label, topology: Topology): string | undefined {
    if (!key || value === undefined) return undefined;
    const same = everythingIn(topology).filter(({ labels }) => labels.get(key) === value);
    return `**label ${code(key)}** = ${code(value)}, on ${listing(same.map(({ name }) => name))}.`;
}

function everythingIn(topology: Topology): (Declared & { name: string })[] {
    const { regions, clusters, externalServices } = topology;
    const gateways = clusters.flatMap((cluster) => cluster.gateways);
    return [...regions, ...clusters, ...gateways, ...servicesInside(topology), ...externalServices];
}

/** What a word of the language means: the construct that it belongs to, and its own part in it. */
function constructMarkdown(leaf: CstNode): string | undefined {
    for (let node: AstNode | undefined = leaf.astNode; node; node = node.$container) {
        const word = words.get(node.$type);
        if (!word) continue;
        return [
            `\`${word.form}\``,
            ...ownPart(leaf, word, node),
            word.says,
            ...(word.default ? [defaultMarkdown('Unsaid', defaultOf(word.default))] : []),
            ...(word.clock ? [clockMarkdown(clocks[word.clock])] : []),
            ...(word.source ? [sourceLink(word.source)] : []),
        ].join('\n\n');
    }
    return undefined;
}

function ownPart(leaf: CstNode, { parts, amount }: Word, node: AstNode): string[] {
    const { text } = leaf;
    if (GrammarAST.isKeyword(leaf.grammarSource)) {
        const part = parts?.get(text);
        return part === undefined ? [] : [`**${code(text)}**: ${part}`];
    }
    const seconds = durationInSeconds(text);
    const isNumber = /^\d+(\.\d+)*$/.test(text);
    if (amount === undefined || (seconds === undefined && !isNumber)) return [];
    if (ast.isReplicas(node) && node.total !== undefined)
        return [`**${code(text)}**: ${node.total} copies, of which ${node.count} are needed.`];
    return [`**${code(text)}**: ${amount.replace('AMOUNT', () => (seconds === undefined ? text : duration(seconds)))}`];
}
