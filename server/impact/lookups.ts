import { isAlive } from '../failure/outcome.js';
import { partName } from '../topology/element-name.js';
import { listing, verb } from '../words/english.js';
import type { Facts } from './facts.js';
import { label } from './phrases.js';

/** Where pods run, and find nobody whom they would call. Markdown. */
export function lostLookups({ outcome }: Facts): string[] {
    const { traffic, topology } = outcome.graph;
    const isDown = (node: number) => outcome.propagation.down[node] === 1;
    const mute = new Set(
        topology.clusters
            .map(({ name }) => name)
            .filter((name) => isAlive(outcome, name) && !isAlive(outcome, partName(name, 'dns'))),
    );
    if (mute.size === 0) return [];
    const calling = new Set<string>();
    for (const [, calls] of traffic.calls) {
        for (const { cluster, path } of calls) {
            if (mute.has(cluster) && path.withoutName && !isDown(path.withoutName.lost)) calling.add(cluster);
        }
    }
    const clusters = [...mute].filter((cluster) => calling.has(cluster));
    if (clusters.length === 0) return [];
    const its = verb(clusters.length, 'its DNS does', 'their DNS does');
    return [
        `Pods on ${listing(clusters)} find nobody whom they call by name, as ${its} not answer${label('inferred')}.`,
    ];
}
