import { analysisOf } from '../failure/analysis.js';
import type { FailureGraph } from '../failure/graph.js';
import { code, plain } from '../encoding/markdown.js';
import type { Thing } from '../topology/thing.js';
import { elementsMeant } from '../topology/things.js';
import type { Topology } from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import type { Finding } from './finding.js';

/** Names of what an `about` says to require something, and that mean nothing. */
export function namedThingFindings(topology: Topology): Finding[] {
    if (topology.needy.length === 0) return [];
    const { graph } = analysisOf(topology);
    return topology.needy.flatMap((thing) => meaningless(graph, thing, 'nothing requires it'));
}

/** A name that means nothing, or more than one thing, and a choice of nothing. */
export function meaningless(graph: FailureGraph, thing: Thing, soThat: string): Finding[] {
    const meant = elementsMeant(graph, thing);
    const { at, written } = thing;
    if (!('written' in meant)) {
        const message = `Nothing in this estate is meant by it, so ${soThat}.`;
        return meant.length === 0 ? [{ code: 'nothing-to-judge', severity: 'info', message, at }] : [];
    }
    const quoted = enumerated(meant.suggestions.map(code), { last: 'or' });
    const message = meant.ambiguous
        ? `${code(written)} may be several things: say ${quoted}.`
        : `Nothing here is called ${code(written)}.${quoted === '' ? '' : ` Did you mean ${quoted}?`}`;
    return [{ code: 'unknown-thing', severity: 'error', message: plain(message), at }];
}
