import { instancesName, partName } from '../topology/element-name.js';
import type { Outcome } from '../failure/outcome.js';
import { relaying } from '../failure/relays.js';
import {
    calleesOf,
    entryGateways,
    hardNeeds,
    helpersOf,
    nearestUnmet,
    possibleHomes,
    targetsOf,
} from '../failure/routes.js';
import type { Callee, Exposure, Gateway, Service } from '../topology/topology.js';
import type { Hop, Way } from './hop.js';
import { enumerated, oneOf } from '../words/english.js';

/** Who calls something in vain, even while nothing fails, and why: from each of these clusters one way that is closed. */
export function vainCalls(outcome: Outcome, callee: Pick<Callee, 'kind' | 'name'>, clusters: readonly string[]): Way[] {
    const { topology, traffic } = outcome.graph;
    const callers = topology.services.filter((service) =>
        [...calleesOf(service), ...helpersOf(service)].some(
            ({ kind, name }) => kind === callee.kind && name === callee.name,
        ),
    );
    const calling = new Set(callers.flatMap(({ homes }) => homes.map(({ cluster }) => cluster)));
    return clusters
        .filter((from) => calling.has(from) && traffic.paths(from, callee).length === 0)
        .map((from) => ({
            ...closed(`${from} calls ${callee.name}, in vain even in health: ${whyNoCall(outcome, from, callee)}`),
            taken: true,
            lostShare: 1,
        }));
}

/** The gateways at which clients of a host should enter, and get to nobody even while nothing fails, with why. */
export function vainEntries(
    outcome: Outcome,
    serviceName: string,
    exposure: Exposure,
    served: readonly Gateway[],
): Hop[] {
    const { routes } = outcome.graph.traffic;
    const service = routes.service(serviceName);
    if (!service) return [];
    const entries = entryGateways(routes, exposure, targetsOf(routes, service, exposure));
    return entries
        .filter((gateway) => !served.includes(gateway))
        .map(({ cluster, name, roles }) => {
            const where = `gateway ${partName(cluster, name)} (${roles.join(', ')})`;
            return closed(`${where}, leads to nobody even in health${whyNoHome(outcome, service, cluster)}`);
        });
}

/** A host that nobody serves even while nothing fails, with the gateways at which its clients should enter. */
export function vainHost(outcome: Outcome, service: Service, exposure: Exposure): Way {
    const hops = vainEntries(outcome, service.shortName, exposure, []);
    const why = hops.length > 0 ? '' : ': it has no gateway';
    return { ...closed(`${exposure.host}, not served even in health${why}`), taken: true, lostShare: 1, hops };
}

function closed(text: string): Hop {
    return { text, alive: false, taken: false, spare: false, hops: [] };
}

function whyNoCall(outcome: Outcome, from: string, { kind, name }: Pick<Callee, 'kind' | 'name'>): string {
    const { routes } = outcome.graph.traffic;
    if (kind === 'external-service' && routes.external(name)) return 'no egress gateway that it names is reached';
    const service = kind === 'service' ? routes.service(name) : undefined;
    if (!service || service.homes.length === 0) return `${name} is nowhere`;
    const named = calleesTo(outcome, from, service).find(({ through }) => through);
    const relay = named && relaying(routes, from, named, service);
    if (relay) return 'no gateway that it names leads there';
    const reached = possibleHomes(routes, from, service);
    if (reached.length > 0) return enumerated(reached.map(({ cluster }) => whyNotServing(outcome, service, cluster)));
    const unmet = nearestUnmet(routes, from, service)?.conditions ?? [];
    return enumerated(
        unmet.map(({ says }) =>
            says(
                (text) => text,
                (line) => line,
            ),
        ),
    );
}

/** How whoever calls a service from a cluster says so. */
function calleesTo({ graph: { topology } }: Outcome, from: string, { shortName }: Service): Callee[] {
    const callers = topology.services.filter(({ homes }) => homes.some(({ cluster }) => cluster === from));
    return callers.flatMap(calleesOf).filter(({ kind, name }) => kind === 'service' && name === shortName);
}

/** ": checkout@west cannot serve without payments"; empty where the reason is another one. */
function whyNoHome(outcome: Outcome, service: Service, cluster: string): string {
    const home = outcome.graph.traffic.serving.get(service.shortName)?.find((each) => each.cluster === cluster);
    return home && !home.servesInHealth ? `: ${whyNotServing(outcome, service, cluster)}` : '';
}

function whyNotServing(outcome: Outcome, service: Service, cluster: string): string {
    const missed = hardNeeds(service).filter(
        (need) => !need.some((callee) => servesInHealth(outcome, cluster, callee)),
    );
    const phrases = missed.map((need) => oneOf(need.map(({ name }) => name)));
    return `${instancesName(service.shortName, cluster)} cannot serve without ${enumerated(phrases)}`;
}

function servesInHealth({ graph: { traffic } }: Outcome, from: string, need: Callee): boolean {
    return traffic.paths(from, need).length > 0;
}
