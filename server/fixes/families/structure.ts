import * as ast from '../../language/generated/ast.js';
import { homeListsOf } from '../../language/syntax/items.js';
import { clusterOfGateway } from '../../language/naming/names.js';
import { declared, freeName, managementClusterOf, workloadClustersOf } from '../declare.js';
import type { Fixer, Surroundings } from '../fix.js';
import { withHome, withoutHome } from '../services.js';
import { fileOf } from '../../estate/file-text.js';
import { indentationAt, indented } from '../text.js';
import { all, fix, mostVariants } from '../words.js';
import { nodeOf, replaced, textOf, withItem, withoutItem } from '../write.js';
import { withKind, withoutRole } from './items.js';

const isFreeIn =
    ({ estate }: Surroundings) =>
    (name: string) =>
        estate.names.clusters.has(name);

/** An estate without a management cluster. */
export const noManagementCluster: Fixer = function* (_, around) {
    const name = freeName('mgmt', isFreeIn(around));
    yield fix(
        `Declare management cluster \`${name}\``,
        declared(around, 'ManagementCluster', `management cluster ${name}`),
    );
};

/** An estate of which nothing but the management cluster is known. */
export const noWorkloadCluster: Fixer = function* (_, around) {
    const name = freeName('east', isFreeIn(around));
    yield fix(`Declare workload cluster \`${name}\``, declared(around, 'WorkloadCluster', `workload cluster ${name}`));
};

/** A second management cluster. */
export const severalManagementClusters: Fixer = function* ({ at }, around) {
    const cluster = nodeOf(around, at, ast.isManagementCluster);
    if (cluster) yield fix(`Make \`${cluster.name}\` a workload cluster`, withKind(cluster, 'workload'));
};

/** A service that runs nowhere. */
export const serviceWithoutHome: Fixer = function* ({ at }, around) {
    const service = nodeOf(around, at, ast.isService);
    if (!service) return;
    for (const { name } of workloadClustersOf(around).slice(0, mostVariants)) {
        yield fix(`Let \`${service.name}\` run on \`${name}\``, withHome(service, name, around));
    }
};

/** A tier1 gateway that goes down with the management cluster. */
export const tier1OnManagementCluster: Fixer = function* ({ at }, around) {
    const gateway = nodeOf(around, at, ast.isGateway);
    const management = gateway && clusterOfGateway(gateway);
    if (!gateway?.$cstNode || !management) return;
    const name = freeName('dmz', isFreeIn(around));
    const place = management.place ? ` in ${textOf(management.place)}` : '';
    const { step } = fileOf(gateway);
    const text = indented(textOf(gateway), indentationAt(fileOf(gateway), gateway.$cstNode.offset), step, '\n');
    yield fix(
        `Move it to a workload cluster of its own, \`${name}\``,
        withoutItem(gateway),
        declared(around, 'WorkloadCluster', `workload cluster ${name}${place} {\n${step}${text}\n}`),
    );
};

/** A home on the management cluster. */
export const workloadOnManagementCluster: Fixer = function* ({ at }, around) {
    const home = nodeOf(around, at, ast.isHome);
    const service = home?.$container.$container;
    if (!home || !ast.isService(service)) return;
    const homes = homeListsOf(service).flatMap((list) => list.homes);
    const taken = new Set(homes.map(({ cluster }) => cluster?.ref));
    for (const cluster of workloadClustersOf(around)
        .filter((each) => !taken.has(each))
        .slice(0, mostVariants)) {
        yield fix(
            `Run \`${service.name}\` on \`${cluster.name}\` instead`,
            replaced(home, around.write(cluster.name, 'ClusterName')),
        );
    }
    if (homes.length > 1) {
        const name = managementClusterOf(around)?.name ?? home.cluster?.$refText;
        yield fix(`Take \`${name}\` out of the clusters of \`${service.name}\``, withoutHome(home));
    }
};

/** A gateway that leads to nothing. */
export const gatewayWithoutService: Fixer = function* ({ at }, around) {
    const gateway = nodeOf(around, at, ast.isGateway);
    const cluster = gateway && clusterOfGateway(gateway);
    if (!gateway || !cluster) return;
    const services = around.topology.services.slice(0, mostVariants);
    for (const { shortName, nameAt } of services) {
        const service = nodeOf(around, nameAt, ast.isService);
        if (service)
            yield fix(`Let \`${shortName}\` run on \`${cluster.name}\`, too`, withHome(service, cluster.name, around));
    }
    yield fix('Take this gateway out', withoutItem(gateway));
};

/** An egress gateway by which nobody leaves: one where the callers are, or none. */
export const egressWithoutEffect: Fixer = function* ({ at, finding }, around) {
    const gateway = nodeOf(around, at, ast.isGateway);
    if (!gateway) return;
    const callers = (finding?.related ?? []).flatMap((each) => nodeOf(around, each.at, ast.isCluster) ?? []);
    const without = withoutRole(gateway, 'egress');
    if (callers.length > 0) {
        yield fix(
            `Declare an egress gateway on ${all(callers.map(({ name }) => name))} instead`,
            without,
            ...callers.map((cluster) => withItem(cluster, 'gateway egress')),
        );
    }
    yield fix(gateway.roles.length > 1 ? 'Take the role `egress` out' : 'Take this gateway out', without);
};
