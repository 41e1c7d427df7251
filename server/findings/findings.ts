import type { Topology } from '../topology/topology.js';
import { callFindings } from './calls.js';
import { dependenceFindings } from './dependence.js';
import { exposureFindings } from './exposures.js';
import { failoverFindings } from './failover.js';
import type { Finding } from './finding.js';
import { gatewayFindings } from './gateways.js';
import { placeFindings } from './places.js';
import { planeFindings } from './planes.js';
import { protectionFindings } from './protection.js';
import { structureFindings } from './structure.js';
import { trafficViewOf } from './traffic-view.js';

const findings = new WeakMap<Topology, readonly Finding[]>();

/** All findings of an estate, in a stable order; computed once for each topology. */
export function findingsOf(topology: Topology): readonly Finding[] {
    let known = findings.get(topology);
    if (!known) findings.set(topology, (known = find(topology)));
    return known;
}

function find(topology: Topology): Finding[] {
    const view = trafficViewOf(topology);
    return [
        ...structureFindings(topology),
        ...protectionFindings(topology),
        ...planeFindings(topology),
        ...placeFindings(topology),
        ...gatewayFindings(view),
        ...exposureFindings(view),
        ...failoverFindings(view),
        ...callFindings(view),
        ...dependenceFindings(view),
    ];
}
