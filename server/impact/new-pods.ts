import { explainer, type Cause } from '../failure/explain.js';
import { isAlive } from '../failure/outcome.js';
import { partName } from '../topology/element-name.js';
import { enumerated, listing } from '../words/english.js';
import type { Facts } from './facts.js';
import { label, nodePhrase } from './phrases.js';

/** Where no new pod comes up, and why: what refuses it, or what it cannot start without. Markdown. */
export function missingPods(facts: Facts): string[] {
    const { outcome } = facts;
    const without = facts.lost('pod-admission');
    const refused = without.filter((cluster) => !isAlive(outcome, partName(cluster, 'istiod')));
    const others = new Set(without.filter((cluster) => !refused.includes(cluster)));
    const sentences =
        refused.length > 0
            ? [`New pods are refused on ${listing(refused)}, as istiod's webhooks do not answer; running pods stay.`]
            : [];
    const explain = explainer(outcome);
    const byWant = new Map<string, string[]>();
    for (const { facet, node } of outcome.effects) {
        const { cluster = '' } = facet.scope;
        if (facet.flow !== 'pod-admission' || !others.has(cluster)) continue;
        const want = enumerated(explain(node).causes.map(wantPhrase));
        byWant.set(want, [...(byWant.get(want) ?? []), cluster]);
    }
    for (const [want, clusters] of byWant) {
        sentences.push(`No new pod starts on ${listing(clusters)} without ${want}; running pods stay.`);
    }
    return sentences;
}

/** As a clause that holds in several clusters: each has a DNS of its own. */
function wantPhrase({ because: { node }, reason }: Cause): string {
    const isDns = node.kind === 'element' && node.element.kind === 'cluster-dns';
    return `${isDns ? 'the DNS of the cluster' : nodePhrase(node)}${label(reason.confidence)}`;
}
