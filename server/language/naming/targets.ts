import * as ast from '../generated/ast.js';
import { clusterOfGateway } from './names.js';

/** The gateway that a target names; undefined for one that names a cluster, and where the name means nothing (yet). */
export function gatewayOfTarget({ destination, gateway }: ast.Target): ast.Gateway | undefined {
    if (gateway) return gateway.ref;
    return ast.isGateway(destination?.ref) ? destination.ref : undefined;
}

/** The cluster to which a target leads; undefined where its name means nothing (yet). */
export function clusterOfTarget(target: ast.Target): ast.Cluster | undefined {
    if (target.gateway && !target.gateway.ref) return undefined;
    const gateway = gatewayOfTarget(target);
    if (gateway) return clusterOfGateway(gateway);
    const { destination } = target;
    return ast.isCluster(destination?.ref) ? destination.ref : undefined;
}
