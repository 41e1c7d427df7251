import {
    qualifiedServiceName,
    requiredBy,
    type Callee,
    type Home,
    type Service,
    type Topology,
} from '../topology/topology.js';
import type { Drift, Sides } from './drift.js';
import { exposureDrift } from './exposures.js';
import { calleeText, fullName, helperDrift } from './helpers.js';
import { byName } from './words.js';

/** How the services differ, and what is outside of the mesh. */
export function serviceDrift(sides: Sides): Drift[] {
    const { there, here, covered, write, textAt } = sides;
    const subject = ({ namespace, name }: Service) =>
        `service ${write(namespace.value, 'NamespaceName')}/${write(name, 'ServiceName')}`;
    const [are, said] = [byFullName(there), byFullName(here)];
    const found: Drift[] = [];
    for (const service of there.services) {
        const own = said.get(qualifiedServiceName(service));
        if (own) found.push(...oneService(sides, subject(own), service, own));
        else
            found.push({
                ...{ sign: '+', subject: subject(service), item: '', at: here.at },
                takeOver: { kind: 'add', text: textAt(service.at) },
            });
    }
    for (const own of here.services) {
        const isTold = own.homes.length > 0 && own.homes.every(({ cluster }) => covered.services.has(cluster));
        if (!isTold || own.hasUnknownHomes || are.has(qualifiedServiceName(own))) continue;
        found.push({
            ...{ sign: '-', subject: subject(own), item: '', at: own.nameAt },
            takeOver: { kind: 'remove', at: own.at },
        });
    }
    const outside = byName(here.externalServices);
    for (const { name, at } of there.externalServices)
        if (!outside.has(name))
            found.push({
                ...{ sign: '+', subject: `external service ${write(name, 'ServiceName')}`, item: '', at: here.at },
                takeOver: { kind: 'add', text: textAt(at) },
            });
    return found;
}

function byFullName(topology: Topology): ReadonlyMap<string, Service> {
    return new Map(topology.services.map((service) => [qualifiedServiceName(service), service]));
}

function oneService(sides: Sides, subject: string, is: Service, own: Service): Drift[] {
    const { covered } = sides;
    const found: Drift[] = [...homeDrift(sides, subject, is, own), ...exposureDrift(sides, subject, is, own)];
    const failover = { sign: '+', subject, item: 'failover east-west', at: own.nameAt } as const;
    const before = own.eastWestFailover;
    if (is.eastWestFailover.value && !before.value)
        found.push({
            ...failover,
            there: 'failover east-west',
            at: before.origin.kind === 'assumed' ? own.nameAt : before.origin.at,
            takeOver: {
                ...{ kind: 'write', text: 'failover east-west', into: own.at },
                ...(before.origin.kind !== 'assumed' && { instead: before.origin.at }),
            },
        });
    else if (covered.failover && before.value && !is.eastWestFailover.value && before.origin.kind !== 'assumed')
        found.push({
            ...{ ...failover, sign: '-', here: 'failover east-west', at: before.origin.at },
            takeOver: { kind: 'remove', at: before.origin.at },
        });
    const detection = own.outlierDetection;
    if (is.outlierDetection.origin.kind !== 'assumed' && is.outlierDetection.value && !detection.value)
        found.push({
            ...{ sign: '~', subject, item: 'outlier detection', here: 'no outlier detection' },
            ...{
                there: 'outlier detection',
                at: detection.origin.kind === 'assumed' ? own.nameAt : detection.origin.at,
            },
            ...(detection.origin.kind !== 'assumed' && {
                takeOver: {
                    ...{ kind: 'write', text: 'outlier detection', instead: detection.origin.at, into: own.at },
                },
            }),
        });
    found.push(...helperDrift(sides, subject, is, own), ...callDrift(sides, subject, is, own));
    return found;
}

function homeDrift({ write, covered }: Sides, subject: string, is: Service, own: Service): Drift[] {
    if (covered.homesAsked.has(qualifiedServiceName(is))) return [];
    const byCluster = (homes: readonly Home[]) => new Map(homes.map((home) => [home.cluster, home]));
    const [are, said] = [byCluster(is.homes), byCluster(own.homes)];
    const found: Drift[] = [];
    const on = (cluster: string) => `on ${write(cluster, 'ClusterName')}`;
    const text = ({ cluster, replicas, virtualMachines }: Home) => {
        const inner = [
            ...(replicas ? [`replicas ${replicas.count}`] : []),
            ...(virtualMachines ? ['virtual machines'] : []),
        ];
        return `${on(cluster)}${inner.length > 0 ? ` { ${inner.join('  ')} }` : ''}`;
    };
    for (const home of is.homes) {
        const mine = said.get(home.cluster);
        const there = text(home);
        if (!mine)
            found.push({
                ...{ sign: '+', subject, item: on(home.cluster), there, at: own.nameAt },
                takeOver: { kind: 'write', text: there, into: own.at },
            });
        else if (
            (home.replicas && home.replicas.count !== (mine.replicas?.count ?? 1)) ||
            (home.virtualMachines === undefined) !== (mine.virtualMachines === undefined)
        )
            found.push({
                ...{ sign: '~', subject, item: `${on(home.cluster)} replicas`, here: text(mine), there, at: mine.at },
                takeOver: { kind: 'write', text: there, instead: mine.at, into: own.at },
            });
    }
    for (const mine of own.homes)
        if (!are.has(mine.cluster) && covered.services.has(mine.cluster))
            found.push({
                ...{ sign: '-', subject, item: on(mine.cluster), here: on(mine.cluster), at: mine.at },
                takeOver: { kind: 'remove', at: mine.at },
            });
    return found;
}

/** Calls that were seen and stand nowhere, and calls of services that stand there and were not seen. */
function callDrift(sides: Sides, subject: string, is: Service, own: Service): Drift[] {
    if (!sides.covered.calls) return [];
    const { there, here } = sides;
    const name = (topology: Topology, callee: Callee) =>
        callee.kind === 'service' ? fullName(topology, callee.name) : callee.name;
    const seen = new Set([...is.calls, ...requiredBy(is)].map((callee) => name(there, callee)));
    const said = new Set([...own.calls, ...requiredBy(own)].map((callee) => name(here, callee)));
    return [
        ...is.calls
            .filter((callee) => !said.has(name(there, callee)))
            .map((callee): Drift => {
                const text = `calls ${calleeText(sides, there, callee)}`;
                return {
                    ...{ sign: '+', subject, item: text, there: text, at: own.nameAt },
                    takeOver: { kind: 'write', text, into: own.at },
                };
            }),
        ...own.calls
            .filter((callee) => callee.kind === 'service' && !seen.has(name(here, callee)))
            .map((callee): Drift => {
                const text = `calls ${calleeText(sides, here, callee)}`;
                return {
                    ...{ sign: '-', subject, item: text, here: text, at: callee.at },
                    takeOver: { kind: 'remove', at: callee.at },
                };
            }),
    ];
}
