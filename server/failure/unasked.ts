import type { NodeIndex } from '../engine/index.js';
import { gatewayName } from '../topology/element-name.js';
import type { Facet } from './graph.js';
import type { Outcome } from './outcome.js';

/**
 * Whether a facet is a policy for which nobody asks any more, as who would ask does not serve: no request passes
 * unchecked there, so nobody is told that one does.
 */
export function unaskedIn({ graph: { traffic }, propagation }: Outcome): (facet: Facet) => boolean {
    let passages: ReadonlyMap<string, NodeIndex> | undefined;
    const passageOf = (gateway: string) => {
        passages ??= new Map(traffic.passages.map(({ gateway, lost }) => [gatewayName(gateway), lost]));
        return passages.get(gateway);
    };
    return ({ flow, scope: { cluster, caller } }) => {
        if (flow !== 'policy-enforced' || caller === undefined) return false;
        const homes = traffic.serving.get(caller);
        const asks = homes ? homes.find((home) => home.cluster === cluster)?.serves : passageOf(caller);
        return asks !== undefined && propagation.down[asks] === 1;
    };
}
