import type { Callee, Helper, SourceLocation, Topology } from '../topology/topology.js';
import { qualifiedServiceName } from '../topology/topology.js';
import type { Drift, Sides } from './drift.js';

interface Asking {
    readonly externalAuthorization?: Helper;
    readonly rateLimit?: Helper;
    readonly at: SourceLocation;
    readonly nameAt: SourceLocation;
}

/** What a service or a gateway asks about requests, where import has found something. */
export function helperDrift(sides: Sides, subject: string, is: Asking, own: Asking): Drift[] {
    return (
        [
            ['external authorization', is.externalAuthorization, own.externalAuthorization],
            ['rate limit', is.rateLimit, own.rateLimit],
        ] as const
    ).flatMap(([what, now, before]): Drift[] => {
        if (!now) return [];
        // that import does not know how it fails says nothing
        const isFailSaid = now.fails.origin.kind !== 'assumed';
        const text = (topology: Topology, helper: Helper) =>
            [
                what,
                ...(helper.by ? [`by ${calleeText(sides, topology, helper.by)}`] : []),
                ...(isFailSaid ? [`fails ${helper.fails.value}`] : []),
            ].join(' ');
        const [there, here] = [text(sides.there, now), before && text(sides.here, before)];
        if (there === here) return [];
        const takeOver = { kind: 'write', text: there, instead: before?.at, into: own.at } as const;
        const sign = before ? '~' : '+';
        return [{ sign, subject, item: what, here, there, at: before?.at ?? own.nameAt, takeOver }];
    });
}

/** A service with its namespace, or an external one, as it is written. */
export function calleeText({ write }: Pick<Sides, 'write'>, topology: Topology, { kind, name }: Callee): string {
    return written(write, kind === 'service' ? fullName(topology, name) : name);
}

/** `namespace/name` of a service that a topology knows by a shorter name. */
export function fullName(topology: Topology, shortName: string): string {
    const service = topology.services.find((each) => each.shortName === shortName);
    return service ? qualifiedServiceName(service) : shortName;
}

function written(write: Sides['write'], name: string): string {
    const [namespace, own] = name.split('/');
    if (namespace === undefined || own === undefined || name.split('/').length !== 2) return write(name, 'ServiceName');
    return `${write(namespace, 'NamespaceName')}/${write(own, 'ServiceName')}`;
}
