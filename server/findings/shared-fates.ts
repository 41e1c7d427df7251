import { analysisOf } from '../failure/analysis.js';
import type { FailureGraph } from '../failure/graph.js';
import { hostsLostIn } from '../failure/lost-hosts.js';
import { code, plain } from '../encoding/markdown.js';
import { fateName } from '../topology/element-name.js';
import { elementsMeant } from '../topology/things.js';
import type { SharedFate, Topology } from '../topology/topology.js';
import { enumerated, verb } from '../words/english.js';
import type { Finding } from './finding.js';
import { meaningless } from './named-things.js';

/** Names in shared fates that mean nothing, and redundancies that are none because all of it shares one fate. */
export function sharedFateFindings(topology: Topology): Finding[] {
    if (topology.sharedFates.length === 0) return [];
    const { graph } = analysisOf(topology);
    return topology.sharedFates.flatMap((fate) => [
        ...fate.members.flatMap((thing) => meaningless(graph, thing, 'nothing fails with it')),
        ...voidedBy(graph, fate),
    ]);
}

/** Hosts that survive each of the members alone, and not all of them together. */
function voidedBy(graph: FailureGraph, { name, members, nameAt }: SharedFate): Finding[] {
    const lostWith = hostsLostIn(graph);
    const together = lostWith(fateName(name));
    if (together.length === 0) return [];
    const each = members.flatMap((thing) => {
        const meant = elementsMeant(graph, thing);
        return 'written' in meant ? [] : meant;
    });
    const alone = new Set(each.flatMap((element) => lostWith(element.name)));
    const voided = together.filter((host) => !alone.has(host));
    if (voided.length === 0) return [];
    const hosts = enumerated(voided.map(code), { most: 4 });
    const [survives, its] = [verb(voided.length, 'survives', 'survive'), verb(voided.length, 'is', 'are')];
    const message = `${hosts} ${survives} the loss of each thing that shares the fate ${code(name)}, and ${its} lost when all of them go: they are no spare of each other. Add one that does not share it.`;
    return [{ code: 'redundancy-shares-fate', severity: 'warning', message: plain(message), at: nameAt }];
}
