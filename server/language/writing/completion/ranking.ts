import { AstUtils, type AstNode, type Reference, type ReferenceInfo } from 'langium';
import type { CompletionContext } from 'langium/lsp';
import type { Estate } from '../../naming/estates.js';
import * as ast from '../../generated/ast.js';
import { allItems, homeListsOf } from '../../syntax/items.js';
import { rolesTowards } from '../../naming/leaving.js';
import { clusterOfGateway } from '../../naming/names.js';
import { gatewaysOf } from '../../naming/declared.js';
import { isAtCursor } from './cursor.js';
import { isPromoted } from './parts.js';

/** How well a name fits, 0 best; undefined where it would be wrong, such as one that the list has already. */
export type Ranking = (node: AstNode | undefined) => number | undefined;

const best = 0;
const fitting = 1;
const odd = 2;
/** `cluster.` before the name of a gateway, which can mostly be left out. */
const prefix = 3;

/** Tells for one place how well each name would fit there; what it looks up, it looks up once. */
export function rankingAt(info: ReferenceInfo, context: CompletionContext, estate: Estate | undefined): Ranking {
    const at = <T extends AstNode>(is: (node: unknown) => node is T) => AstUtils.getContainerOfType(context.node, is);
    const service = at(ast.isService);
    const { container } = info;
    switch (info.property) {
        case 'from':
        case 'to':
            return linkRanking(info.property, at(ast.isLink), context, estate);
        case 'cluster':
            if (ast.isGatewayReference(container)) {
                return (node) => (ast.isCluster(node) && gatewaysOf(node).length > 0 ? prefix : undefined);
            }
            return homeRanking(service, context);
        case 'destination':
            return targetRanking(at(ast.isExposure), service, context);
        case 'gateway':
            return ast.isTarget(container)
                ? ingressRanking(at(ast.isExposure), context)
                : gatewayRanking(context, service);
        case 'service':
            return calleeRanking(context, service);
        case 'zones':
            return without(said(at(ast.isReplicas)?.zones ?? [], context));
        case 'region':
            return without(wholeRegions(at(ast.isExternalService), context), regionRanking(context));
        case 'zone':
            return without(
                said(
                    otherPlaces(at(ast.isExternalService), context).map(({ zone }) => zone),
                    context,
                ),
            );
        case 'qualifier':
            return () => (isPromoted(context) ? undefined : best);
        case 'thing':
            return isPromoted(context)
                ? (node) => (ast.isManagementCluster(node) && node.standby ? best : undefined)
                : () => best;
        default:
            return () => best;
    }
}

/** What references other than the one at the cursor refer to. */
function said(references: Iterable<Reference | undefined>, context: CompletionContext): ReadonlySet<AstNode> {
    const nodes = new Set<AstNode>();
    for (const reference of references) {
        const node = reference && !isAtCursor(reference.$refNode, context) && reference.ref;
        if (node) {
            nodes.add(node);
        }
    }
    return nodes;
}

function without(nodes: ReadonlySet<AstNode>, rank: Ranking = () => best): Ranking {
    return (node) => (node && nodes.has(node) ? undefined : rank(node));
}

function homesOf(service: ast.Service | undefined): (Reference | undefined)[] {
    return service ? homeListsOf(service).flatMap(({ homes }) => homes.map((home) => home.cluster)) : [];
}

function homeRanking(service: ast.Service | undefined, context: CompletionContext): Ranking {
    return without(said(homesOf(service), context), (node) => (ast.isManagementCluster(node) ? fitting : best));
}

function targetRanking(
    exposure: ast.Exposure | undefined,
    service: ast.Service | undefined,
    context: CompletionContext,
): Ranking {
    const homes = said(homesOf(service), context);
    const targets = exposure?.to.map(({ gateway, destination }) => gateway ?? destination) ?? [];
    return without(said(targets, context), (node) => {
        if (!ast.isGateway(node)) return node && homes.has(node) ? best : fitting;
        const cluster = clusterOfGateway(node);
        // a cluster with one ingress gateway says as much by its name
        if (!cluster || !isIngress(node) || gatewaysOf(cluster).filter(isIngress).length < 2) return undefined;
        return homes.has(cluster) ? best : fitting;
    });
}

/** Behind the name of a cluster and a dot. */
function ingressRanking(exposure: ast.Exposure | undefined, context: CompletionContext): Ranking {
    const targets = exposure?.to.map(({ gateway }) => gateway) ?? [];
    return without(said(targets, context), (node) => (ast.isGateway(node) && isIngress(node) ? best : odd));
}

function isIngress({ roles }: ast.Gateway): boolean {
    return roles.includes('ingress');
}

/** Clusters that are reached from the left side already come last, those of the same list not at all. */
function linkRanking(
    side: 'from' | 'to',
    link: ast.Link | undefined,
    context: CompletionContext,
    estate: Estate | undefined,
): Ranking {
    // a list that is not finished takes the first name of the next line for its own
    const isOfNextLine = ({ $refNode }: Reference) => ($refNode?.range.start.line ?? 0) > context.position.line;
    const listed = (link ? [...link.from, ...link.to] : []).filter((reference) => !isOfNextLine(reference));
    const left = side === 'to' && link ? said(link.from, context) : new Set<AstNode>();
    const reached = left.size > 0 ? reachedFromAll(left, link, estate) : new Set<AstNode>();
    return without(said(listed, context), (node) => (node && reached.has(node) ? fitting : best));
}

function reachedFromAll(
    left: ReadonlySet<AstNode>,
    except: ast.Link | undefined,
    estate: Estate | undefined,
): ReadonlySet<AstNode> {
    const reached = new Map<AstNode, Set<AstNode>>();
    const fromAll = new Set<AstNode>();
    const add = (targets: ast.Link['to'], sources: ast.Link['from']) => {
        const from = new Set(sources.flatMap(({ ref }) => (ref && left.has(ref) ? [ref] : [])));
        const to = targets.flatMap(({ ref }) => ref ?? []);
        for (const target of to) {
            // a line that starts from all of them says enough by itself, however long its lists are
            if (from.size === left.size) fromAll.add(target);
            else if (from.size > 0) reached.set(target, new Set([...(reached.get(target) ?? []), ...from]));
        }
    };
    for (const link of linksOf(estate)) {
        if (link === except) continue;
        add(link.to, link.from);
        if (link.direction === '<->') add(link.from, link.to);
    }
    for (const [target, from] of reached) if (from.size === left.size) fromAll.add(target);
    return fromAll;
}

function* linksOf(estate: Estate | undefined): Generator<ast.Link> {
    for (const { parseResult } of estate?.documents ?? []) {
        for (const declaration of parseResult.value.declarations) {
            if (ast.isNetwork(declaration)) {
                yield* declaration.links;
            }
        }
    }
}

/** By what a gateway can serve: clients outside, other gateways or virtual machines; those in front of homes first. */
function gatewayRanking(context: CompletionContext, service: ast.Service | undefined): Ranking {
    const exposure = AstUtils.getContainerOfType(context.node, ast.isExposure);
    const transit = AstUtils.getContainerOfType(context.node, ast.isTransit);
    const machines = AstUtils.getContainerOfType(context.node, ast.isVirtualMachines);
    const leaving = AstUtils.getContainerOfType(context.node, isCallList);
    const called = leaving?.callees.map(({ service: callee }) => callee?.ref).find((callee) => callee !== undefined);
    const roles: readonly string[] = leaving
        ? rolesTowards(called)
        : machines
          ? ['vm']
          : transit
            ? ['tier1', 'ingress', 'east-west']
            : ['tier1', 'ingress'];
    const entry = !machines && !transit && !leaving;
    const homes = said(homesOf(service), context);
    const references = leaving
        ? leaving.through.map(({ gateway }) => gateway)
        : exposure
          ? [...exposure.via, ...exposure.through.flatMap(({ gateways }) => gateways)].map(({ gateway }) => gateway)
          : [];
    return without(said(references, context), (node) => {
        if (!ast.isGateway(node) || !node.roles.some((role) => roles.includes(role))) {
            return odd;
        }
        const cluster = clusterOfGateway(node);
        const isAtHome = cluster !== undefined && homes.has(cluster);
        return isAtHome || (entry && node.roles.includes('tier1')) ? best : fitting;
    });
}

function calleeRanking(context: CompletionContext, service: ast.Service | undefined): Ranking {
    const list = AstUtils.getContainerOfType(context.node, isCallList);
    const listsOf = (type: 'Calls' | 'Requires') => (service ? allItems(service.items, type) : []);
    const callees = (lists: readonly (ast.Calls | ast.Requires)[]) =>
        lists.flatMap((item) => item.callees.map((callee) => callee.service));
    const same = list ? callees(listsOf(list.$type)) : [];
    const all = said(callees([...listsOf('Calls'), ...listsOf('Requires')]), context);
    // other things than services mostly require what is outside; whoever moves names, or what Git objects come from, has to be
    if (!service) return (node) => (ast.isExternalService(node) ? best : list ? fitting : odd);
    return without(new Set([...said(same, context), ...(service ? [service] : [])]), (node) =>
        list && node && all.has(node) ? fitting : best,
    );
}

function isCallList(node: unknown): node is ast.Calls | ast.Requires {
    return ast.isCalls(node) || ast.isRequires(node);
}

/** Where an external service stands besides. */
function otherPlaces(service: ast.ExternalService | undefined, context: CompletionContext): ast.Place[] {
    return (service?.places ?? []).filter((place) => !isAtCursor(place.$cstNode, context));
}

/** Regions in all of whose zones it stands already. */
function wholeRegions(service: ast.ExternalService | undefined, context: CompletionContext): ReadonlySet<AstNode> {
    const whole = otherPlaces(service, context).filter(({ zone }) => !zone);
    return said(
        whole.map(({ region }) => region),
        context,
    );
}

/** A copy is best kept in another region than the original. */
function regionRanking(context: CompletionContext): Ranking {
    const backup = AstUtils.getContainerOfType(context.node, isCopyOrBackup);
    const cluster = backup && AstUtils.getContainerOfType(backup, ast.isCluster);
    const store = AstUtils.getContainerOfType(backup?.$container, isPlaced);
    const own = (store?.place ?? cluster?.place)?.region.ref;
    return (node) => (node && node === own ? fitting : best);
}

function isCopyOrBackup(node: unknown): node is ast.Backup | ast.Copy {
    return ast.isBackup(node) || ast.isCopy(node);
}

function isPlaced(node: unknown): node is ast.Postgres | ast.TelemetryStore {
    return ast.isPostgres(node) || ast.isTelemetryStore(node);
}
