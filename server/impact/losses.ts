import { isAlive, type Outcome } from '../failure/outcome.js';
import type { Element } from '../topology/elements.js';
import type { SourceLocation } from '../topology/topology.js';
import { factsOf } from './facts.js';
import { hostRemarks, remarker } from './remarks.js';

/** What a simulation takes from those who use the estate, or leaves to them in part. */
export interface Loss {
    readonly kind: 'host' | 'service' | 'cluster';
    readonly name: string;
    readonly state: 'total' | 'limited';
    /** Plain text. */
    readonly text: string;
    readonly at: SourceLocation;
}

/** Hosts first, then services, then clusters; of each what is lost before what is limited. What was made to fail is none. */
export function lossesOf(outcome: Outcome): Loss[] {
    const facts = factsOf(outcome);
    const losses: Loss[] = [];
    for (const { host, at, remark } of hostRemarks(facts)) {
        if (remark.state === 'held') continue;
        losses.push({
            kind: 'host',
            name: host,
            state: remark.state === 'limited' ? 'limited' : 'total',
            text: remark.text,
            at,
        });
    }
    const remarksOn = remarker(facts);
    const failed = new Set(outcome.failures);
    for (const element of outcome.graph.elements.all) {
        const kind = kindOf(element);
        if (!kind || failed.has(element)) continue;
        const remarks = remarksOn([element])(element).filter(({ state }) => state !== 'held');
        if (remarks.length === 0) continue;
        const isLost = !isAlive(outcome, element.name) || remarks.some(({ state }) => state === 'total');
        losses.push({
            kind,
            name: element.service ?? element.name,
            state: isLost ? 'total' : 'limited',
            text: remarks.map(({ text }) => text).join(' · '),
            at: element.at,
        });
    }
    const order = { host: 0, service: 1, cluster: 2 };
    return losses.sort(
        (a, b) => order[a.kind] - order[b.kind] || Number(a.state === 'limited') - Number(b.state === 'limited'),
    );
}

function kindOf({ kind }: Element): Loss['kind'] | undefined {
    if (kind === 'service') return 'service';
    return kind === 'workload-cluster' || kind === 'management-cluster' ? 'cluster' : undefined;
}
