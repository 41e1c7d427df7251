import type { Topology } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { protectionFindings } from './protection.js';
import { structureFindings } from './structure.js';

const findings = new WeakMap<Topology, readonly Finding[]>();

/** All findings of an estate, in a stable order; computed once for each topology. */
export function findingsOf(topology: Topology): readonly Finding[] {
    let known = findings.get(topology);
    if (!known) findings.set(topology, (known = [...structureFindings(topology), ...protectionFindings(topology)]));
    return known;
}
