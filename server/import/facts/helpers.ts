import type { Callee } from '../estate.js';
import { placesOf } from './notes.js';
import { isWhollyOpen } from '../reading/placeholders.js';
import type { Place } from '../place.js';
import type { Gateway } from './gateways.js';
import type { HelperAsked, HostAt } from './hosts.js';
import type { Services } from './services.js';

/** What all hosts of a gateway ask is asked by the gateway; what some ask, by the services behind these. */
export function placeHelpers(services: Services, hosts: readonly HostAt[]): void {
    const byGateway = new Map<Gateway, HostAt[]>();
    for (const entry of hosts)
        for (const gateway of entry.gateways) byGateway.set(gateway, [...(byGateway.get(gateway) ?? []), entry]);
    for (const [gateway, entries] of byGateway) {
        if (!gateway.roles.has('tier1') && !gateway.roles.has('ingress')) continue;
        for (const asked of entries[0]?.helpers ?? []) {
            const same = entries.map(({ helpers }) => helpers.find((each) => isSame(each, asked)));
            if (gateway.helpers.some(({ what }) => what === asked.what) || same.some((each) => !each)) continue;
            const by = answererOf(services, asked.uri, asked.at);
            const at = placesOf(same.flatMap((each) => each?.at ?? []));
            if (by) gateway.helpers.push({ what: asked.what, by, fails: asked.fails, at });
        }
    }
}

function isSame(a: HelperAsked, b: HelperAsked): boolean {
    return a.what === b.what && a.uri === b.uri && a.fails === b.fails;
}

/** What a host asks beside what its gateways ask anyway. */
export function helpersBeside({ helpers, gateways }: HostAt): readonly HelperAsked[] {
    const isAsked = ({ what }: HelperAsked) =>
        gateways.length > 0 && gateways.every((gateway) => gateway.helpers.some((each) => each.what === what));
    return helpers.filter((asked) => !isAsked(asked));
}

/** Who answers at an address: a service of the estate, or something outside of it. */
export function answererOf(services: Services, uri: string, at: Place): Callee | undefined {
    const host = uri
        .replace(/^\w+:\/\//, '')
        .replace(/[/:?].*$/, '')
        .replace(/^.*@/, '');
    if (host === '' || isWhollyOpen(host)) return undefined;
    const inMesh = shortName(services, host) ?? /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host);
    const [, name, namespace] = inMesh ?? [];
    if (name === undefined || namespace === undefined) return { name: host };
    services.named(namespace, name, at);
    return { namespace, name };
}

/** A name without dots is that of a service, where one alone is called so. */
function shortName(services: Services, host: string): readonly [string, string, string] | undefined {
    const [only, ...others] = [...services.all.values()].filter(({ name }) => name === host);
    return only && others.length === 0 ? [host, only.name, only.namespace] : undefined;
}
