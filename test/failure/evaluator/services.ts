/** How services fare, judged by those who use them. */

import type { Callee, Gateway, Service } from '../../../server/topology/topology.js';
import { severityOf } from './facets.js';
import type { ConsumerResult, HostResult, ServiceResult, Severity } from './result.js';
import type { Serving } from './serving.js';
import type { Instances } from './ways.js';

export function serviceResult(
    serving: Serving,
    healthy: Serving,
    service: Service,
    hosts: ReadonlyMap<string, HostResult>,
    asking: readonly { readonly gateway: Gateway; readonly helper: Callee }[],
): ServiceResult {
    const all = serving.ways.instances
        .filter((instances) => instances.service === service)
        .sort((one, other) => compare(one.home.cluster, other.home.cluster));
    const homes = all.map((instances) => ({
        cluster: instances.home.cluster,
        alive: serving.runs(instances),
        serves: serving.serves(instances),
    }));
    const brokenCalls = all
        .filter((instances) => serving.serves(instances))
        .flatMap((instances) =>
            serving.brokenCallsOf(instances).map((callee) => ({ cluster: instances.home.cluster, callee })),
        );
    const consumers = [
        ...callers(serving, healthy, service),
        ...gateways(serving, healthy, asking),
        ...hostsOfService(service, hosts),
    ].sort(byName);
    const served = consumers.length > 0 ? consumers.map(({ severity }) => severity) : homesAsServed(serving, all);
    return { severity: severityFor(served, brokenCalls.length > 0), homes, consumers, brokenCalls };
}

function callers(serving: Serving, healthy: Serving, service: Service): ConsumerResult[] {
    return (
        serving.ways
            .callersOf(service)
            .filter(({ instances }) => serving.runs(instances))
            // whoever does not find it asks nothing of it
            .map(({ instances, callees }) => ({
                instances,
                callees: callees.filter((callee) => serving.finds(instances, callee)),
            }))
            .filter(({ callees }) => callees.length > 0)
            .map(({ instances, callees }) => {
                const cluster = instances.home.cluster;
                const ways = callees.map((callee) => {
                    const now = serving.call(instances, callee);
                    const usuallyFrom = healthy.call(instances, callee).servedFrom;
                    return { severity: severityOf(now), servedFrom: now.servedFrom, usuallyFrom };
                });
                return { kind: 'caller', name: instances.service.shortName, cluster, ...worstOf(ways) };
            })
    );
}

/** Who uses a service in several ways is served in part by what is left of them; the worst one tells from where. */
function worstOf<Way extends { readonly severity: Severity }>(ways: readonly Way[]): Way {
    const worst =
        ways.find(({ severity }) => severity === 'total') ??
        ways.find(({ severity }) => severity === 'limited') ??
        ways[0]!;
    return {
        ...worst,
        severity: severityFor(
            ways.map(({ severity }) => severity),
            false,
        ),
    };
}

/** A gateway that asks uses it as a caller does. */
function gateways(
    serving: Serving,
    healthy: Serving,
    asking: readonly { readonly gateway: Gateway; readonly helper: Callee }[],
): ConsumerResult[] {
    return asking
        .filter(({ gateway }) => serving.leads(gateway))
        .map(({ gateway: { cluster, name }, helper }) => {
            const now = serving.reach(cluster, helper);
            return {
                kind: 'caller',
                name: `${cluster}.${name}`,
                cluster,
                severity: severityOf(now),
                servedFrom: now.servedFrom,
                usuallyFrom: healthy.reach(cluster, helper).servedFrom,
            };
        });
}

/** The same as is said of the host itself. */
function hostsOfService(service: Service, hosts: ReadonlyMap<string, HostResult>): ConsumerResult[] {
    return service.exposures.flatMap(({ host: name }) => {
        const host = hosts.get(name);
        return host
            ? [
                  {
                      kind: 'host',
                      name,
                      severity: host.severity,
                      servedFrom: host.servedFrom,
                      usuallyFrom: host.usuallyFrom,
                  },
              ]
            : [];
    });
}

/** A service that nobody uses is judged by its homes. */
function homesAsServed(serving: Serving, all: readonly Instances[]): Severity[] {
    return all
        .filter((instances) => serving.ways.servesInHealth(instances))
        .map((instances) => (serving.serves(instances) ? 'unaffected' : 'total'));
}

function severityFor(served: readonly Severity[], answersInPart: boolean): Severity {
    if (served.length > 0 && served.every((severity) => severity === 'total')) {
        return 'total';
    }
    return answersInPart || served.some((severity) => severity !== 'unaffected') ? 'limited' : 'unaffected';
}

function byName(one: ConsumerResult, other: ConsumerResult): number {
    return (
        compare(one.kind, other.kind) ||
        compare(one.name, other.name) ||
        compare(one.cluster ?? '', other.cluster ?? '')
    );
}

function compare(one: string, other: string): number {
    return one < other ? -1 : one > other ? 1 : 0;
}
