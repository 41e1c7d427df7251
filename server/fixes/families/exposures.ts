import * as ast from '../../language/generated/ast.js';
import { homeListsOf } from '../../language/syntax/items.js';
import { clusterOfGateway, nameOfGateway } from '../../language/naming/names.js';
import { clusterOfTarget, gatewayOfTarget } from '../../language/naming/targets.js';
import { gatewaysOf } from '../../language/naming/declared.js';
import { declared, freeName, workloadClustersOf } from '../declare.js';
import type { Change } from '../../estate/change.js';
import type { Fixer, Surroundings } from '../fix.js';
import { remedied } from '../remedies.js';
import { dataOf, withEntry, withGslb, withHome, writtenGateway } from '../services.js';
import { all, fix, mostVariants } from '../words.js';
import { appended, nodeOf, replacedProperty, withItem, withListed, withoutEntry, withoutItem } from '../write.js';
import { withoutWeights } from './values.js';

/** A host of two services: one of them gives it up, and is called by the other. */
export const hostExposedTwice: Fixer = function* ({ at, finding }, around) {
    const exposure = nodeOf(around, at, ast.isExposure);
    const service = exposure?.$container;
    const first = nodeOf(around, finding?.related?.[0]?.at, ast.isService);
    if (!exposure || !ast.isService(service)) return;
    if (first) {
        const calls = first.items.find(ast.isCalls);
        const callee = dataOf(service, around)?.shortName ?? service.name;
        yield fix(
            `Let \`${first.name}\` answer, and call \`${callee}\``,
            withoutItem(exposure),
            calls ? withListed(calls, 'callees', callee) : withItem(first, `calls ${callee}`),
        );
    }
    yield fix(`Take the host out of \`${service.name}\``, withoutItem(exposure));
};

/** A target in which the service does not run. */
export const targetIsNoHome: Fixer = function* ({ at }, around) {
    const target = nodeOf(around, at, ast.isTarget);
    const service = target?.$container.$container;
    const name = target && clusterOfTarget(target)?.name;
    if (!target || !ast.isService(service) || name === undefined) return;
    yield fix(`Let \`${service.name}\` run on \`${name}\`, too`, withHome(service, name, around));
    if (target.$container.to.length > 1) yield fix(`Take \`${name}\` out of the targets`, withoutEntry(target));
};

/** A step that requests cannot take: what opens the way, or that nobody should take it. */
export const targetUnreachable: Fixer = function* (problem, around) {
    yield* remedied(problem, around);
    const target = nodeOf(around, problem.at, ast.isTarget);
    const gateway = nodeOf(around, problem.at, ast.isGatewayReference);
    const entry = target ?? gateway;
    const exposure = nodeOf(around, problem.at, ast.isExposure);
    const isAlone = target ? exposure?.to.length === 1 : exposure?.via.length === 1;
    if (entry && exposure && !isAlone) yield fix(`Take \`${entry.$cstNode?.text}\` out here`, withoutEntry(entry));
};

/** A target to which no tier1 gateway leads: one that does, or an entry of its own. */
export const ingressToOtherCluster: Fixer = function* (problem, around) {
    const [role, ...others] = targetUnreachable(problem, around);
    yield role;
    const exposure = nodeOf(around, problem.at, ast.isExposure);
    const target = nodeOf(around, problem.at, ast.isTarget);
    const cluster = target && clusterOfTarget(target);
    const ingress =
        (target && gatewayOfTarget(target)) ??
        (cluster && gatewaysOf(cluster).find(({ roles }) => roles.includes('ingress')));
    if (exposure && ingress) {
        const name = writtenGateway(ingress, around);
        const gslb = [withGslb(exposure)].filter((each) => each.length > 0);
        yield fix(`Let clients enter by \`${name}\`, too`, withEntry(exposure, name), ...gslb);
    }
    yield* others;
};

/** Clients that come to one cluster only. */
export const singleHomed: Fixer = function* ({ at }, around) {
    const service = nodeOf(around, at, ast.isService);
    const exposure = nodeOf(around, at, ast.isExposure);
    if (!service) return;
    const homes = homesOf(service);
    if (exposure) {
        const targets = new Set(exposure.to.map(clusterOfTarget));
        const more = exposure.to.length > 0 ? homes.filter((home) => !targets.has(home)) : [];
        const names = more.map(({ name }) => name);
        const written = names.map((name) => around.write(name, 'ClusterName')).join(', ');
        if (more.length > 0) {
            yield fix(`Send requests to ${all(names)}, too`, withListed(exposure, 'to', written));
        }
        return;
    }
    const others = workloadClustersOf(around).filter((each) => !homes.includes(each) && hasRole(each, ['ingress']));
    for (const { name } of others.slice(0, mostVariants)) {
        const title = `Let \`${service.name}\` run on \`${name}\`, too`;
        yield fix(title, withHome(service, name, around), ...balanced(service));
    }
    const [home] = homes;
    if (others.length > 0 || !home) return;
    const name = freeName(home.name, (each) => around.estate.names.clusters.has(each));
    yield fix(
        `Declare \`${name}\` with an ingress gateway, and let \`${service.name}\` run there, too`,
        declared(
            around,
            'WorkloadCluster',
            `workload cluster ${around.write(name, 'ClusterName')} { gateway ingress }`,
        ),
        withHome(service, name, around),
        ...balanced(service),
    );
};

/** Lets DNS move clients between the homes, for each host whose clients enter there. */
function balanced(service: ast.Service): Change[][] {
    const entries = service.items.filter(ast.isExposure).filter(({ via }) => via.length === 0);
    return entries.map(withGslb).filter((each) => each.length > 0);
}

/** Weights where clusters should stand in for each other. */
export const weightedTargets: Fixer = function* ({ at }, around) {
    const exposure = nodeOf(around, at, ast.isExposure);
    if (exposure) yield fix('List the targets without weights', withoutWeights(exposure.to));
};

/** A target that may be entered by several gateways: each of them, and all. */
export const targetGatewayUnsaid: Fixer = function* ({ at }, around) {
    const target = nodeOf(around, at, ast.isTarget);
    const exposure = nodeOf(around, at, ast.isExposure);
    if (!exposure) return;
    if (target) {
        const cluster = clusterOfTarget(target);
        const written = cluster ? ingressOf(cluster).map((gateway) => qualified(cluster, gateway, around)) : [];
        for (const name of written.slice(0, mostVariants)) {
            yield fix(`Say \`${name}\``, replacedProperty(target, 'destination', name));
        }
        // with a weight nothing tells how it is shared
        if (target.weight !== undefined) return;
        yield fix(`Say that ${all(written)} have it`, replacedProperty(target, 'destination', written.join(', ')));
        return;
    }
    if (!ast.isService(exposure.$container)) return;
    // without `to` the homes with an ingress gateway are meant
    const listed = homesOf(exposure.$container).filter((home) => hasRole(home, ['ingress']));
    const text = listed.flatMap((home) => {
        const gateways = ingressOf(home);
        return gateways.length < 2
            ? around.write(home.name, 'ClusterName')
            : gateways.map((gateway) => qualified(home, gateway, around));
    });
    const last = exposure.through.at(-1) ?? exposure.via.at(-1);
    const to = ` to ${text.join(', ')}`;
    yield fix('List all ingress gateways behind `to`', last ? appended(last, to) : appended(exposure, to, 'host'));
};

function ingressOf(cluster: ast.Cluster): ast.Gateway[] {
    return gatewaysOf(cluster).filter(({ roles }) => roles.includes('ingress'));
}

function qualified(cluster: ast.Cluster, gateway: ast.Gateway, { write }: Surroundings): string {
    const name = write(nameOfGateway(gateway) ?? '', 'GatewayReferenceName');
    return `${write(cluster.name, 'ClusterName')}.${name}`;
}

/** Clients that nothing moves from one entry to another. */
export const withoutGlobalBalancing: Fixer = function* ({ at }, around) {
    const exposure = nodeOf(around, at, ast.isExposure);
    if (exposure) yield fix('Say `gslb ttl 30s`', withGslb(exposure));
};

/** One cluster by which all clients enter: an entry on another one, as far as there is one. */
export const singleEntry: Fixer = function* ({ at }, around) {
    const exposure = nodeOf(around, at, ast.isExposure);
    if (!exposure) return;
    const taken = clustersOf([...exposure.via, ...exposure.through.flatMap((hop) => hop.gateways)]);
    for (const gateway of otherGateways(around, ['tier1', 'ingress'], taken)) {
        const name = writtenGateway(gateway, around);
        const gslb: Change[][] = [withGslb(exposure)].filter((each) => each.length > 0);
        yield fix(`Let clients enter by \`${name}\`, too`, withEntry(exposure, name), ...gslb);
    }
};

/** One cluster that all requests pass. */
export const singleTransit: Fixer = function* ({ at }, around) {
    const hop = nodeOf(around, at, ast.isTransit);
    if (!hop) return;
    const exposure = hop.$container;
    const taken = clustersOf([...exposure.via, ...exposure.through.flatMap(({ gateways }) => gateways)]);
    for (const gateway of otherGateways(around, ['tier1', 'east-west', 'ingress'], taken)) {
        const name = writtenGateway(gateway, around);
        yield fix(`Let requests pass \`${name}\`, too`, withListed(hop, 'gateways', name));
    }
};

function homesOf(service: ast.Service): ast.Cluster[] {
    return homeListsOf(service).flatMap((list) => list.homes.flatMap(({ cluster }) => cluster?.ref ?? []));
}

function clustersOf(references: readonly ast.GatewayReference[]): Set<ast.Cluster | undefined> {
    return new Set(references.map(({ gateway }) => gateway?.ref && clusterOfGateway(gateway?.ref)));
}

/** Gateways on other workload clusters, those with the first role first; each cluster once. */
function otherGateways(
    around: Surroundings,
    roles: readonly ast.GatewayRole[],
    taken: ReadonlySet<ast.Cluster | undefined>,
): ast.Gateway[] {
    const clusters = workloadClustersOf(around).filter((each) => !taken.has(each));
    const found = roles.flatMap((role) =>
        clusters.flatMap((cluster) => gatewaysOf(cluster).find((gateway) => gateway.roles.includes(role)) ?? []),
    );
    return [...new Map(found.toReversed().map((each) => [clusterOfGateway(each), each])).values()]
        .sort((a, b) => found.indexOf(a) - found.indexOf(b))
        .slice(0, mostVariants);
}

function hasRole(cluster: ast.Cluster, roles: readonly ast.GatewayRole[]): boolean {
    return gatewaysOf(cluster).some((gateway) => gateway.roles.some((role) => roles.includes(role)));
}
