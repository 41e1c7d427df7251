import { fenced } from '../encoding/markdown.js';
import { analysisOf } from '../failure/analysis.js';
import type { ForwardNodes, HostNodes } from '../failure/graph.js';
import type { Outcome } from '../failure/outcome.js';
import { hardNeeds } from '../failure/routes.js';
import { asElementName, type ElementName } from '../topology/elements.js';
import { hostPath, pathLines, type Hop } from './path.js';
import { hostPhrase } from './workloads.js';
import { code, listing } from './wording.js';

/** Of a longer way only so many hops are shown. */
const mostHops = 12;

/**
 * How clients outside reach a host: what takes it away alone, and the way with every hop.
 *
 * @param outcome of the running scenario; of no failure at all where none runs
 */
export function hostMarkdown(host: HostNodes, outcome: Outcome): string {
    const { exposure, service } = host;
    const now = outcome.hosts.find((each) => each.host === exposure.host && each.service === service);
    const phrase = outcome.failures.length > 0 && now ? (hostPhrase(now) ?? 'not touched') : undefined;
    return [
        `**host ${code(exposure.host)}** of ${code(service)}`,
        ...(phrase === undefined ? [] : [`**Simulation:** ${phrase}.`]),
        singleLosses(host, outcome),
        fenced(wayLines(hostPath(outcome, host))),
    ].join('\n\n');
}

function singleLosses(host: HostNodes, { graph }: Outcome): string {
    const analysis = analysisOf(graph.topology);
    const fatal = onTheWay(host, graph).filter((name) => analysis.outcomeOf(name)?.propagation.down[host.lost] !== 0);
    if (fatal.length === 0) return 'No cluster, region or gateway on its way takes it away alone.';
    return `${listing(fatal)} ${fatal.length === 1 ? 'takes it away alone' : 'take it away, each alone'}.`;
}

/** What requests need on their way, places included. */
function onTheWay(host: HostNodes, graph: Outcome['graph']): ElementName[] {
    const clusters = new Set<string>();
    const names = new Set<string>();
    const walk = ({ gateway, targets, next }: ForwardNodes) => {
        clusters.add(gateway.cluster);
        names.add(`${gateway.cluster}.${gateway.name}`);
        for (const target of targets) clusters.add(target.cluster);
        next.forEach(walk);
    };
    host.entries.forEach(walk);
    const { routes } = graph.traffic;
    for (const name of clusters) {
        const locality = routes.cluster(name)?.locality;
        if (locality) names.add(`region:${locality.region}`);
        if (locality?.zone) names.add(`zone:${locality.region}/${locality.zone}`);
    }
    const service = routes.service(host.service);
    for (const { kind, name } of service ? hardNeeds(service) : []) {
        names.add(kind === 'service' ? `service:${name}` : `external:${name}`);
    }
    return [...clusters, ...names].map(asElementName).filter((name) => graph.nodeOfElement.has(name));
}

function wayLines(way: Hop): string[] {
    const lines = pathLines(way);
    const rest = lines.length - mostHops;
    return [...lines.slice(0, mostHops), ...(rest > 0 ? [`… ${rest} more`] : [])];
}
