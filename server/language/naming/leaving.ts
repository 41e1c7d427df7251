import * as ast from '../generated/ast.js';

/** The roles of gateways behind which something that is called can be reached: relays in the mesh, or the way out of it. */
export function rolesTowards(callee: ast.Callable | undefined): readonly ast.GatewayRole[] {
    if (!callee) return [...towardsMesh, ...towardsOutside];
    return ast.isService(callee) ? towardsMesh : towardsOutside;
}

const towardsMesh = ['tier1', 'ingress'] as const;
const towardsOutside = ['egress'] as const;

/** Whether somebody draws a target by its weight before requests enter a cluster: a tier1 gateway does. */
export function areWeightsDrawn({ via }: ast.Exposure): boolean {
    return via.some(({ gateway }) => gateway?.ref?.roles.includes('tier1'));
}
