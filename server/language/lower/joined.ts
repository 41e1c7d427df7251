import { AstUtils, type AstNode } from 'langium';
import { sameItems } from '../../topology/unchanged.js';
import * as ast from '../generated/ast.js';
import { isSettled, type Estate } from '../naming/estates.js';
import { gatewaysOf } from '../naming/declared.js';
import { parts, subjectsIn, type Declared, type Part, type Subject } from '../naming/subjects.js';
import { allDeclared, allItems, homeListsOf } from '../syntax/items.js';
import { joinedItems, withItems, type Clash, type Saying } from './joined-items.js';

/** The declarations of an estate, each with what any `about` says of it. */
export interface Joined {
    /**
     * Of each file. What nothing is said about elsewhere is the node of the file, and the list is that of the file where that is so
     * of all; no node of a file is changed.
     */
    readonly files: readonly (readonly ast.Declaration[])[];
    /** What each `about` is about, in the order of its things. */
    readonly subjects: ReadonlyMap<ast.About, readonly Subject[]>;
    readonly clashes: readonly Clash[];
    /** Things of `about` that name a service in a cluster in which it does not run. */
    readonly homeless: ReadonlySet<ast.Thing>;
    /** Every `about` that says something of a declaration, or of a part of it. */
    readonly aboutEach: ReadonlyMap<AstNode, readonly ast.About[]>;
}

const known = new WeakMap<object, { readonly files: readonly AstNode[]; readonly joined: Joined }>();

/** Joins what `about` says to what it is about; kept until a file of the estate changes. */
export function joinedDeclarations(estate: Estate): Joined {
    const files = estate.documents.map(({ parseResult }) => parseResult.value);
    const last = known.get(estate.identity);
    if (last && (sameItems(last.files, files) || !isSettled(estate))) return last.joined;
    const joined = join(estate, files);
    if (isSettled(estate)) known.set(estate.identity, { files, joined });
    return joined;
}

/** All blocks that say something of what a block is about: the declaration, and each `about` of it. */
export function sayingsOf(block: AstNode, { subjects, aboutEach }: Joined): readonly AstNode[] {
    if (!ast.isAbout(block)) return [block, ...(aboutEach.get(block) ?? [])];
    const declarations = (subjects.get(block) ?? []).flatMap(declarationsOf);
    return [...new Set([block, ...declarations.flatMap((each) => [each, ...(aboutEach.get(each) ?? [])])])];
}

function declarationsOf(subject: Subject): readonly AstNode[] {
    if (subject.kind === 'host') return subject.exposures;
    return 'node' in subject ? [subject.node] : [];
}

/** Whether import writes a file anew each time. */
export function isGenerated(uri: string): boolean {
    return uri.endsWith('.import.tsbtopo');
}

function join(estate: Estate, files: readonly ast.File[]): Joined {
    const lists = files.map(({ declarations }) => declarations);
    const abouts = allDeclared(lists, 'About');
    if (abouts.length === 0) {
        return { files: lists, subjects: new Map(), clashes: [], homeless: new Set(), aboutEach: new Map() };
    }
    const subjectOf = subjectsIn(estate);
    const subjects = new Map(abouts.map((about) => [about, about.things.map(subjectOf)]));
    const said = new Said(subjects);
    return {
        files: lists.map((declarations) => {
            const joined = declarations.map((declaration) => said.joinedTo(declaration));
            return sameItems(joined, declarations) ? declarations : joined;
        }),
        subjects,
        clashes: said.clashes,
        homeless: said.homeless(),
        aboutEach: said.aboutEach,
    };
}

interface OfHome extends Saying {
    readonly thing: ast.Thing;
    readonly cluster: ast.Cluster;
}

/** What is said of each thing, by the node that declares it. */
class Said {
    readonly clashes: Clash[] = [];
    readonly aboutEach = new Map<AstNode, ast.About[]>();
    private readonly ofNodes = new Map<AstNode, Saying[]>();
    private readonly ofHomes = new Map<ast.Service, OfHome[]>();
    private readonly ofHosts = new Map<ast.Exposure, Saying[]>();
    private readonly housed = new Set<ast.Thing>();
    private readonly clash = (clash: Clash) => void this.clashes.push(clash);

    constructor(subjects: ReadonlyMap<ast.About, readonly Subject[]>) {
        for (const [about, all] of subjects) {
            for (const [index, subject] of all.entries()) this.add(about, about.things[index]!, subject);
        }
    }

    private add(about: ast.About, thing: ast.Thing, subject: Subject): void {
        const items = about.items.filter((item) => fits(item, subject));
        const saying: Saying = { items, isGenerated: isGeneratedNode(about) };
        switch (subject.kind) {
            case 'declaration':
                listed(this.aboutEach, subject.node, about);
                return listed(this.ofNodes, subject.node, saying);
            case 'part':
                listed(this.aboutEach, subject.node, about);
                return listed(this.ofNodes, subject.node, { ...saying, items: [blockOf(subject.part, about, items)] });
            case 'home':
                listed(this.aboutEach, subject.node, about);
                return listed(this.ofHomes, subject.node, { ...saying, thing, cluster: subject.cluster });
            case 'host':
                for (const exposure of subject.exposures) {
                    listed(this.aboutEach, exposure, about);
                    listed(this.ofHosts, exposure, saying);
                }
                return;
            default:
                // nothing is there to be said more of; a message says so
                return;
        }
    }

    homeless(): ReadonlySet<ast.Thing> {
        const things = [...this.ofHomes.values()].flat().map(({ thing }) => thing);
        return new Set(things.filter((thing) => !this.housed.has(thing)));
    }

    joinedTo(declaration: ast.Declaration): ast.Declaration {
        if (ast.isCluster(declaration)) return this.withGateways(this.joined(declaration));
        if (ast.isService(declaration)) return this.joinedService(declaration);
        if (ast.isExternalService(declaration)) return this.joinedOutside(this.joined(declaration));
        return ast.isRegion(declaration) ? this.joined(declaration) : declaration;
    }

    private joined<T extends Declared>(node: T): T {
        const said = this.ofNodes.get(node);
        return said ? withItems(node, joinedItems([ownOf(node), ...said], this.clash)) : node;
    }

    private joinedOutside(external: ast.ExternalService): ast.ExternalService {
        if (!external.items.some((item) => ast.isExposure(item) && this.ofHosts.has(item))) return external;
        const items = external.items.map((item) => (ast.isExposure(item) ? this.joinedExposure(item) : item));
        return withItems(external, items);
    }

    private withGateways(cluster: ast.Cluster): ast.Cluster {
        if (!gatewaysOf(cluster).some((gateway) => this.ofNodes.has(gateway))) return cluster;
        const items = cluster.items.map((item) => {
            if (ast.isGateway(item)) return this.joined(item);
            return ast.isDataPlane(item)
                ? withItems(
                      item,
                      item.items.map((gateway) => this.joined(gateway)),
                  )
                : item;
        });
        return withItems(cluster, items);
    }

    private joinedService(service: ast.Service): ast.Service {
        const said = this.ofNodes.get(service) ?? [];
        const ofHomes = this.ofHomes.get(service) ?? [];
        const own = ownOf(service);
        const all = [own, ...said];
        const isTouched = allItems(
            all.flatMap(({ items }) => items),
            'Exposure',
        ).some((each) => this.ofHosts.has(each));
        if (said.length === 0 && ofHomes.length === 0 && !isTouched) return service;
        const items = said.length > 0 ? joinedItems(all, this.clash) : own.items;
        const withHosts = items.map((item) => (ast.isExposure(item) ? this.joinedExposure(item) : item));
        const isHoused = ofHomes.length > 0 || said.some((each) => each.items.some(ast.isHomes));
        return isHoused ? this.withHomes(service, all, withHosts, ofHomes) : withItems(service, withHosts);
    }

    private joinedExposure(exposure: ast.Exposure): ast.Exposure {
        const said = this.ofHosts.get(exposure);
        return said ? withItems(exposure, joinedItems([ownOf(exposure), ...said], this.clash)) : exposure;
    }

    /** Each home in a list of its own, with all that is said of it. */
    private withHomes(
        service: ast.Service,
        sayings: readonly Saying[],
        items: readonly AstNode[],
        ofHomes: readonly OfHome[],
    ): ast.Service {
        const lists: ast.Homes[] = [];
        const homes = new Map<AstNode | undefined, { home: ast.Home; list: ast.Homes; said: Saying[] }>();
        for (const saying of sayings) {
            const own = saying === sayings[0] ? homeListsOf(service) : allItems(saying.items, 'Homes');
            const seen = new Set<AstNode>();
            for (const list of own) {
                if (list.homes.length === 0) lists.push(list);
                for (const home of list.homes) {
                    const cluster = home.cluster?.ref;
                    if (!cluster) lists.push({ ...list, homes: [home] });
                    if (!cluster || seen.has(cluster)) continue;
                    seen.add(cluster);
                    const known = homes.get(cluster) ?? { home, list, said: [] };
                    known.said.push({ items: list.items, isGenerated: saying.isGenerated });
                    homes.set(cluster, known);
                }
            }
        }
        for (const each of ofHomes) {
            const home = homes.get(each.cluster);
            if (!home) continue;
            this.housed.add(each.thing);
            home.said.push(each);
        }
        for (const { home, list, said } of homes.values()) {
            lists.push(withItems({ ...list, homes: [home] }, joinedItems(said, this.clash)));
        }
        const others = items.filter((item) => !ast.isHomes(item));
        const { on, ...rest } = service;
        return withItems(on ? rest : service, [...lists, ...others]);
    }
}

function listed<K, V>(map: Map<K, V[]>, key: K, value: V): void {
    const known = map.get(key);
    if (known) known.push(value);
    else map.set(key, [value]);
}

function isGeneratedNode(node: AstNode): boolean {
    return isGenerated(AstUtils.getDocument(node).uri.path);
}

function ownOf(node: AstNode & { readonly items: readonly AstNode[] }): Saying {
    return { items: node.items, isGenerated: isGeneratedNode(node) };
}

/** The blocks that lead to a part of a cluster, at the place of an `about`. */
function blockOf(part: Part, about: ast.About, items: readonly AstNode[]): AstNode {
    const { $container, $containerIndex, $cstNode } = about;
    return parts[part].reduceRight<AstNode | undefined>((inner, $type) => {
        const kind = $type === 'TelemetryStore' || $type === 'Secret' ? { kind: part } : {};
        const block: AstNode = {
            $type,
            $container,
            ...($containerIndex !== undefined && { $containerIndex }),
            ...($cstNode && { $cstNode }),
            ...kind,
        };
        return withItems(block, inner ? [inner] : items);
    }, undefined)!;
}

/** Whether an item may stand in the block of what an `about` is about. */
export function fits(item: ast.AboutItem, subject: Subject): boolean {
    switch (subject.kind) {
        case 'declaration':
            return fitsDeclaration(item, subject.node);
        case 'home':
            return ast.isHomeItem(item);
        case 'host':
            return ast.isExposureItem(item);
        case 'wordless':
            return ast.isRequires(item);
        case 'part':
            return (
                fitsPart.get(parts[subject.part].at(-1)!)!(item) &&
                !(ast.isEndOfLife(item) && subject.part !== 'root-ca')
            );
        default:
            return false;
    }
}

function fitsDeclaration(item: ast.AboutItem, node: Declared): boolean {
    switch (node.$type) {
        case 'ManagementCluster':
            if (!ast.isClusterItem(item) || ast.isNoWorkloads(item)) return false;
            if (node.standby) return ast.isCopy(item) || !(isOfOwn(item) || ast.isManagementPlane(item));
            return !ast.isCopy(item) && !(node.hosted && isOfOwn(item));
        case 'WorkloadCluster':
            return (
                ast.isClusterItem(item) &&
                !ast.isManagementPlane(item) &&
                !ast.isCentralControlPlane(item) &&
                !ast.isCopy(item)
            );
        case 'Gateway':
            return ast.isGatewayItem(item) && (isAsking(node) || !isHelper(item));
        case 'Region':
            return ast.isRegionItem(item);
        case 'Service':
            // the namespace is a part of the name
            return ast.isServiceItem(item) && !ast.isNamespace(item);
        case 'ExternalService':
            return ast.isExternalServiceItem(item);
    }
}

/** What only a management cluster of one's own has. */
function isOfOwn(item: AstNode): boolean {
    return (
        ast.isCentralControlPlane(item) || ast.isEdgeControlPlane(item) || ast.isDataPlane(item) || ast.isGateway(item)
    );
}

function isAsking({ roles }: ast.Gateway): boolean {
    return roles.length === 0 || roles.includes('tier1') || roles.includes('ingress');
}

function isHelper(item: AstNode): boolean {
    return ast.isExternalAuthorization(item) || ast.isRateLimit(item);
}

const fitsPart: ReadonlyMap<string, (item: ast.AboutItem) => boolean> = new Map<
    string,
    (item: ast.AboutItem) => boolean
>([
    ['ManagementPlane', ast.isManagementPlaneItem],
    ['CentralControlPlane', ast.isCentralItem],
    ['EdgeControlPlane', ast.isEdgeItem],
    ['Postgres', ast.isStoreItem],
    ['TelemetryStore', ast.isStoreItem],
    ['Secret', ast.isSecretItem],
]);
