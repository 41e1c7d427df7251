import {
    asElementName,
    type ElementName,
    externalName,
    gatewayName,
    placeNames,
    serviceName,
} from '../topology/element-name.js';
import { code, fenced } from '../encoding/markdown.js';
import { listing } from '../words/english.js';
import { analysisOf } from '../failure/analysis.js';
import type { HopNodes, HostNodes } from '../failure/traffic-graph.js';
import type { Outcome } from '../failure/outcome.js';
import { hardNeeds } from '../failure/routes.js';
import { additionOf } from './next.js';
import type { Way } from './hop.js';
import { hostPath, pathLines } from './path.js';
import { hostPhrase } from './workloads.js';

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
        ...singleLosses(host, outcome),
        fenced(wayLines(hostPath(outcome, host))),
    ].join('\n\n');
}

function singleLosses(host: HostNodes, outcome: Outcome): string[] {
    const { graph } = outcome;
    const isNow = outcome.failures.length > 0;
    if (isNow && outcome.propagation.down[host.lost]) return [];
    const analysis = analysisOf(graph.topology);
    const takesNow = (name: ElementName) =>
        additionOf(outcome, name)?.harms.some(({ kind, what }) => kind === 'host-down' && what === host.exposure.host);
    const fatal = onTheWay(host, graph).filter((name) =>
        isNow ? takesNow(name) : analysis.takesDown(name, host.lost),
    );
    const more = isNow ? 'now, with what has failed' : 'alone';
    const places = graph.topology.regions.length > 0 ? 'cluster, region or gateway' : 'cluster or gateway';
    if (fatal.length === 0) return [`No ${places} on its way takes it down ${more}.`];
    const takes = fatal.length === 1 ? `takes it down ${more}` : `take it down${isNow ? ' now' : ''}, each alone`;
    return [`${listing(fatal)} ${takes}.`];
}

/** What requests need on their way, places included. */
function onTheWay(host: HostNodes, graph: Outcome['graph']): ElementName[] {
    const clusters = new Set<string>();
    const names = new Set<string>();
    const hops = new Set<HopNodes>(host.entries.map(({ first }) => first));
    for (const { gateway, next, last } of hops) {
        clusters.add(gateway.cluster);
        names.add(gatewayName(gateway));
        for (const { target } of last) {
            clusters.add(target.cluster);
            for (const egress of target.path.egress) names.add(gatewayName(egress));
        }
        for (const { hop } of next) hops.add(hop);
    }
    const { routes } = graph.traffic;
    for (const name of clusters) {
        const locality = routes.cluster(name)?.locality;
        for (const place of locality ? placeNames(locality) : []) names.add(place);
    }
    const service = routes.service(host.service);
    if (service?.outside) names.add(externalName(host.service));
    for (const { kind, name } of service ? hardNeeds(service).flat() : []) {
        names.add(kind === 'service' ? serviceName(name) : externalName(name));
    }
    return [...clusters, ...names].map(asElementName).filter((name) => graph.nodeOfElement.has(name));
}

function wayLines(way: Way): string[] {
    const lines = pathLines(way);
    const rest = lines.length - mostHops;
    return [...lines.slice(0, mostHops), ...(rest > 0 ? [`… ${rest} more`] : [])];
}
