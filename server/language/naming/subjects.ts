import { componentKinds } from '../../knowledge/components.js';
import { shortForms } from '../../topology/element-names.js';
import { similarNames } from '../../topology/similar-names.js';
import * as ast from '../generated/ast.js';
import { allItems, homeListsOf, hostsOf } from '../syntax/items.js';
import type { EstateNames, NameTable } from './estate-names.js';
import type { Estate } from './estates.js';
import { qualifiedName } from './names.js';
import { meaningOf } from './scope-provider.js';

/** What an `about` is about. */
export type Subject =
    | { readonly kind: 'declaration'; readonly node: Declared }
    /** The instances of a service in one cluster. */
    | { readonly kind: 'home'; readonly node: ast.Service; readonly cluster: ast.Cluster }
    /** Something with a block in the block of a cluster, which need not be there. */
    | { readonly kind: 'part'; readonly node: ast.Cluster; readonly part: Part }
    /** A host, by the lines that expose it. */
    | { readonly kind: 'host'; readonly exposures: readonly ast.Exposure[] }
    /** It exists, and has nothing that could be said of it yet. */
    | { readonly kind: 'wordless'; readonly name: string }
    /** What fails together, of which its own block says everything. */
    | { readonly kind: 'fate'; readonly name: string }
    /** Several things have the name; each is told apart by one of these. */
    | { readonly kind: 'ambiguous'; readonly name: string; readonly candidates: readonly string[] }
    | { readonly kind: 'unknown'; readonly name: string; readonly near: readonly string[]; readonly declares?: string };

export type Declared = ast.Region | ast.Cluster | ast.Gateway | ast.Service | ast.ExternalService;

/** Blocks of clusters, from the outermost one; the last one is meant. */
export type Part = keyof typeof parts;

/** The blocks that lead to each part of a cluster, from the outermost one. */
export const parts = {
    'management-plane': ['ManagementPlane'],
    'central-control-plane': ['CentralControlPlane'],
    'edge-control-plane': ['EdgeControlPlane'],
    postgres: ['ManagementPlane', 'Postgres'],
    elasticsearch: ['ManagementPlane', 'TelemetryStore'],
    banyandb: ['ManagementPlane', 'TelemetryStore'],
    'iam-signing-key': ['ManagementPlane', 'Secret'],
    'root-ca': ['ManagementPlane', 'Secret'],
} as const;

const components: ReadonlySet<string> = new Set(
    Object.entries(componentKinds).flatMap(([kind, { segment }]) => [
        kind,
        ...(segment === undefined ? [] : [segment]),
    ]),
);

/** Finds what things of `about` mean in an estate; hosts are listed when the first one is asked for. */
export function subjectsIn({ documents, names }: Pick<Estate, 'documents' | 'names'>): (thing: ast.Thing) => Subject {
    let hosts: ReadonlyMap<string, readonly ast.Exposure[]> | undefined;
    const exposuresOf = (host: string) => (hosts ??= hostsOfAll(documents)).get(host);
    const declarations = () => documents.flatMap(({ parseResult }) => parseResult.value.declarations);
    const management = () =>
        declarations()
            .filter(ast.isManagementCluster)
            .find(({ standby }) => !standby);
    const known: Known = {
        names,
        exposuresOf,
        management,
        hosts: () => [...(hosts ??= hostsOfAll(documents)).keys()],
        isFate: (name) => declarations().some((each) => ast.isSharedFate(each) && each.name === name),
    };
    return (thing) => {
        switch (thing.$type) {
            case 'NamedThing':
                return subjectOfName(thing, known);
            case 'LinkThing':
                return linkOf(thing);
            case 'PlaneThing':
                return planeOf(thing, known);
            case 'Choice':
                return { kind: 'wordless', name: thing.$cstNode?.text ?? thing.quantifier };
        }
    };
}

interface Known {
    readonly names: EstateNames;
    readonly exposuresOf: (host: string) => readonly ast.Exposure[] | undefined;
    readonly hosts: () => readonly string[];
    readonly isFate: (name: string) => boolean;
    readonly management: () => ast.ManagementCluster | undefined;
}

function hasHosts(node: ast.Declaration): node is ast.Service | ast.ExternalService | ast.About {
    return ast.isService(node) || ast.isExternalService(node) || ast.isAbout(node);
}

function hostsOfAll(documents: Estate['documents']): Map<string, ast.Exposure[]> {
    const found = new Map<string, ast.Exposure[]>();
    for (const { parseResult } of documents) {
        for (const declaration of parseResult.value.declarations) {
            if (!hasHosts(declaration)) continue;
            for (const exposure of allItems(declaration.items, 'Exposure')) {
                for (const { host } of hostsOf(exposure)) found.set(host, [...(found.get(host) ?? []), exposure]);
            }
        }
    }
    return found;
}

function linkOf({ from, to, $cstNode }: ast.LinkThing): Subject {
    const missing = [from, to].find((end) => !end?.ref);
    const name = $cstNode?.text ?? 'link';
    if (missing) return { kind: 'unknown', name: missing.$refText, near: [] };
    return { kind: 'wordless', name };
}

function planeOf({ plane, $cstNode }: ast.PlaneThing, { management }: Known): Subject {
    const node = management();
    const name = $cstNode?.text.replace(/\s+/g, ' ') ?? '';
    if (!node) return { kind: 'unknown', name, near: [] };
    if (plane?.startsWith('management') && plane.endsWith('cluster')) return { kind: 'declaration', node };
    const part = plane?.startsWith('central') ? 'central-control-plane' : 'management-plane';
    return { kind: 'part', node, part };
}

// ------------------------------------------------------------------------------------------------------------ names

/** One thing that a name can mean, and how it is called where others have the name, too. */
interface Candidate {
    readonly subject: Subject;
    readonly called: string;
}

function subjectOfName(thing: ast.NamedThing, known: Known): Subject {
    const name = nameOf(thing);
    const candidates = candidatesFor(thing, known);
    const [first, ...others] = candidates;
    if (first && others.length === 0) return first.subject;
    if (first) return { kind: 'ambiguous', name, candidates: candidates.map(({ called }) => called) };
    if (known.isFate(name)) return { kind: 'fate', name };
    return { kind: 'unknown', name, ...closeTo(thing, known) };
}

/** As it is written, without the kind before it. */
function nameOf({ qualifier, thing, parts, home }: ast.NamedThing): string {
    const bare = [thing?.$refText ?? '', ...parts.map(({ $refText }) => $refText)].join('.');
    return `${qualifier ? `${qualifier.$refText}/` : ''}${bare}${home ? ` on ${home.$refText}` : ''}`;
}

function candidatesFor(thing: ast.NamedThing, known: Known): Candidate[] {
    const kind = thing.kinds.join(' ');
    const is = (...kinds: string[]) => kind === '' || kinds.includes(kind);
    const { names } = known;
    const name = thing.thing?.$refText ?? '';
    const bare = nameOf(thing);
    if (thing.home) return homesNamed(thing, names);
    if (thing.qualifier) {
        const zone = is('zone') && ast.isZone(thing.thing?.ref);
        return [
            ...(zone ? [{ subject: { kind: 'wordless', name: bare }, called: `zone ${bare}` } as const] : []),
            ...(is('service') ? declared(names.qualifiedServices, bare, () => `service ${bare}`) : []),
        ];
    }
    const host = is('host') ? (known.exposuresOf(bare) ?? []) : [];
    const ofHost: Candidate[] =
        host.length > 0 ? [{ subject: { kind: 'host', exposures: host }, called: `host ${bare}` }] : [];
    if (thing.parts.length > 0) return [...partsNamed(thing, is, names), ...copyNamed(thing, is, known), ...ofHost];
    return [
        ...(is('cluster', 'workload cluster', 'management cluster')
            ? declared(names.clusters, name, () => `cluster ${name}`)
            : []),
        ...(is('region') ? declared(names.regions, name, () => `region ${name}`) : []),
        ...(is('service', 'external service', 'external') ? callables(names, name, kind) : []),
        ...(is('gateway') ? declared(names.gateways, name, (node) => gatewayCalled(node, name)) : []),
        ...(is('component') ? ownParts(name, known) : []),
        ...ofHost,
    ];
}

function gatewayCalled(node: Declared, name: string): string {
    const block = node.$container;
    const cluster = ast.isDataPlane(block) ? block.$container : block;
    return ast.isCluster(cluster) ? `gateway ${cluster.name}.${name}` : `gateway ${name}`;
}

function callables(names: EstateNames, name: string, kind: string): Candidate[] {
    const all = declared(names.callables, name, (node) =>
        ast.isService(node) ? `service ${qualifiedName(node)}` : `external service ${name}`,
    );
    if (kind === '') return all;
    return all.filter(
        ({ subject }) => subject.kind === 'declaration' && ast.isService(subject.node) === (kind === 'service'),
    );
}

/** What a table has of that name; a second declaration of the same thing is none. */
function declared(table: NameTable, name: string, called: (node: Declared) => string): Candidate[] {
    const described = table.get(name) ?? [];
    const one = meaningOf(described);
    const nodes = (one ? [one] : described).map(({ node }) => node as Declared);
    return nodes.map((node) => ({ subject: { kind: 'declaration', node }, called: called(node) }));
}

function homesNamed(thing: ast.NamedThing, names: EstateNames): Candidate[] {
    const cluster = thing.home?.ref;
    const name = thing.thing?.$refText ?? '';
    const services = thing.qualifier
        ? declared(names.qualifiedServices, `${thing.qualifier.$refText}/${name}`, () => '')
        : callables(names, name, '');
    return services.flatMap(({ subject }): Candidate[] => {
        const node = subject.kind === 'declaration' && subject.node;
        if (!cluster || !ast.isService(node)) return [];
        const called = `${qualifiedName(node)} on ${cluster.name}`;
        return [{ subject: { kind: 'home', node, cluster }, called }];
    });
}

/** `east.shop-gw`, `east.edge`, `mgmt.management-plane.front-envoy` */
function partsNamed(thing: ast.NamedThing, is: (...kinds: string[]) => boolean, names: EstateNames): Candidate[] {
    const name = thing.thing?.$refText ?? '';
    const cluster = meaningOf(names.clusters.get(name))?.node;
    const written = thing.parts.map(({ $refText }) => $refText);
    const last = written.at(-1)!;
    if (!ast.isCluster(cluster)) return [];
    const gateways =
        is('gateway') && written.length === 1
            ? declared(names.gatewaysInClusters, `${name}.${last}`, () => `gateway ${name}.${last}`)
            : [];
    const ofCluster = is('component') ? partOf(cluster, last, nameOf(thing)) : undefined;
    return [...gateways, ...(ofCluster ? [{ subject: ofCluster, called: `component ${nameOf(thing)}` }] : [])];
}

/** `postgres.copy`: of it can be said what it requires; all else in the block of its store. */
function copyNamed(
    { thing, parts: written }: ast.NamedThing,
    is: (kind: string) => boolean,
    known: Known,
): Candidate[] {
    const [store, last] = [thing?.$refText ?? '', written[0]?.$refText];
    const cluster = known.management();
    if (!cluster || written.length > 1 || last !== 'copy' || !is('component') || !isStoreWord(store)) return [];
    const name = `${store}.copy`;
    return isOtherStore(cluster, store) ? [] : [{ subject: { kind: 'wordless', name }, called: `component ${name}` }];
}

function isStoreWord(word: string): word is Part {
    return word === 'postgres' || word === 'elasticsearch' || word === 'banyandb';
}

function partOf(cluster: ast.Cluster, word: string, name: string): Subject | undefined {
    const part = shortForms.get(word) ?? word;
    if (isPart(part)) {
        const isHere = part === 'edge-control-plane' || ast.isManagementCluster(cluster);
        return isHere && !isOtherStore(cluster, part) ? { kind: 'part', node: cluster, part } : undefined;
    }
    return components.has(part) ? { kind: 'wordless', name } : undefined;
}

function isPart(name: string): name is Part {
    return Object.hasOwn(parts, name);
}

/** There is one telemetry store: the one that the cluster says, or Elasticsearch. */
function isOtherStore(cluster: ast.Cluster, part: Part): boolean {
    if (part !== 'elasticsearch' && part !== 'banyandb') return false;
    const planes = cluster.items.filter(ast.isManagementPlane);
    const store = planes.flatMap(({ items }) => items).find(ast.isTelemetryStore);
    return part !== (store?.kind ?? 'elasticsearch');
}

/** `postgres`, `mp`: there is one of each. */
function ownParts(name: string, { management }: Known): Candidate[] {
    const cluster = management();
    const word = shortForms.get(name) ?? name;
    if (!cluster || word === 'edge-control-plane') return [];
    const subject = isPart(word) || word === 'identity-provider' ? partOf(cluster, word, name) : undefined;
    return subject ? [{ subject, called: `component ${name}` }] : [];
}

// -------------------------------------------------------------------------------------------------- what is unknown

/** Names that are nearly the same, and a declaration that would give the name a meaning. */
function closeTo(thing: ast.NamedThing, { names, hosts }: Known): { near: string[]; declares?: string } {
    const name = nameOf(thing);
    if (thing.home) return { near: homesOf(thing, names) };
    const all = [
        ...[...names.clusters.keys(), ...names.regions.keys(), ...names.callables.keys()],
        ...[...names.qualifiedServices.keys(), ...names.gatewaysInClusters.keys(), ...hosts()],
    ];
    const isPlain = thing.parts.length === 0 && thing.kinds.every((kind) => declarable.has(kind));
    const kind = thing.kinds.join(' ') || 'service';
    return {
        near: similarNames(name, all),
        ...(isPlain && { declares: `${kind === 'cluster' ? 'workload cluster' : kind} ${name}` }),
    };
}

const declarable: ReadonlySet<string> = new Set(['service', 'external', 'region', 'workload', 'cluster']);

function homesOf(thing: ast.NamedThing, names: EstateNames): string[] {
    const service = meaningOf(names.callables.get(thing.thing?.$refText ?? ''))?.node;
    const homes = ast.isService(service) ? homeListsOf(service).flatMap((list) => list.homes) : [];
    const written = nameOf(thing).replace(/ on .*$/, '');
    return homes.map(({ cluster }) => `${written} on ${cluster.$refText}`).slice(0, 3);
}
