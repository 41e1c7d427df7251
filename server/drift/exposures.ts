import type { Exposure, GatewayRef, Service, Topology } from '../topology/topology.js';
import type { Drift, Sides } from './drift.js';

/** Under which hosts a service is reached, and by which ways. */
export function exposureDrift(sides: Sides, subject: string, is: Service, own: Service): Drift[] {
    const byHost = (all: readonly Exposure[]) => new Map(all.map((each) => [each.host.toLowerCase(), each]));
    const [are, said] = [byHost(is.exposures), byHost(own.exposures)];
    const found: Drift[] = [];
    for (const [host, exposure] of are) {
        const mine = said.get(host);
        const item = `exposed ${quoted(exposure.host)}`;
        const there = exposureText(sides, exposure);
        if (!mine)
            found.push({
                ...{ sign: '+', subject, item, there, at: own.nameAt },
                takeOver: { kind: 'write', text: there, into: own.at },
            });
        else if (!isSame(sides, [is, exposure], [own, mine])) {
            const isAlone = mine.aliases === undefined && mine.aliasOf === undefined;
            found.push({
                ...{ sign: '~', subject, item, here: exposureText(sides, mine), there, at: mine.hostAt },
                ...(isAlone && { takeOver: { kind: 'write', text: there, instead: mine.at, into: own.at } }),
            });
        }
    }
    for (const [host, mine] of said)
        if (sides.covered.hosts && !are.has(host)) {
            const isAlone = mine.aliases === undefined && mine.aliasOf === undefined;
            const text = `exposed ${quoted(mine.host)}`;
            found.push({
                ...{ sign: '-', subject, item: text, here: text, at: mine.hostAt },
                ...(isAlone && { takeOver: { kind: 'remove', at: mine.at } }),
            });
        }
    return found;
}

/** What one side leaves to be chosen counts as what is chosen then. */
function isSame(
    { there, here }: Sides,
    [is, exposure]: readonly [Service, Exposure],
    [own, mine]: readonly [Service, Exposure],
): boolean {
    if (Boolean(exposure.inside) !== Boolean(mine.inside)) return false;
    const hops = ({ through }: Exposure) => through.map((hop) => hop.map(refName).sort());
    if (JSON.stringify(hops(exposure)) !== JSON.stringify(hops(mine))) return false;
    const [now, before] = [exposure, mine];
    const doors = (topology: Topology, service: Service, { via }: Exposure) =>
        (via.length > 0 ? via.map(refName) : ingressAt(topology, service)).sort();
    const isDoorSaid = now.via.length + before.via.length > 0;
    if (isDoorSaid && !sameTexts(doors(there, is, now), doors(here, own, before))) return false;
    const targets = (topology: Topology, service: Service, { to }: Exposure) =>
        to.length === 0
            ? ingressAt(topology, service)
            : to.flatMap(({ cluster, gateways, weight }) => {
                  const ends =
                      gateways?.map((gateway) => refName({ cluster, gateway })) ?? ingressIn(topology, cluster);
                  return ends.map((end) => (weight === undefined ? end : `${end} weight ${weight}`));
              });
    if (now.to.length + before.to.length === 0) return true;
    return sameTexts(targets(there, is, now).sort(), targets(here, own, before).sort());
}

function ingressAt(topology: Topology, { homes }: Service): string[] {
    return homes.flatMap(({ cluster }) => ingressIn(topology, cluster));
}

function ingressIn({ clusters }: Topology, cluster: string): string[] {
    const gateways = clusters.find(({ name }) => name === cluster)?.gateways ?? [];
    return gateways
        .filter(({ roles }) => roles.includes('ingress'))
        .map(({ name }) => refName({ cluster, gateway: name }));
}

function refName({ cluster, gateway }: Pick<GatewayRef, 'cluster' | 'gateway'>): string {
    return JSON.stringify([cluster, gateway]);
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
    return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** The line that says it. */
function exposureText({ write }: Sides, { host, inside, via, through, to }: Exposure): string {
    const gateway = ({ cluster, gateway: name }: Pick<GatewayRef, 'cluster' | 'gateway'>) =>
        `${write(cluster, 'ClusterName')}.${write(name, 'GatewayReferenceName')}`;
    const targets = to.flatMap(({ cluster, gateways, weight }) => {
        const said = weight === undefined ? '' : ` weight ${weight}`;
        const names = gateways?.map((name) => gateway({ cluster, gateway: name })) ?? [write(cluster, 'ClusterName')];
        return names.map((name) => `${name}${said}`);
    });
    return [
        `exposed ${inside ? 'inside ' : ''}${quoted(host)}`,
        ...(via.length > 0 ? [`via ${via.map(gateway).join(', ')}`] : []),
        ...through.map((hop) => `through ${hop.map(gateway).join(', ')}`),
        ...(targets.length > 0 ? [`to ${targets.join(', ')}`] : []),
    ].join(' ');
}

function quoted(text: string): string {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
