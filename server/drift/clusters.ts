import {
    carriesWorkloads,
    type Cluster,
    type Gateway,
    type Setting,
    type SourceLocation,
} from '../topology/topology.js';
import type { Drift, Sides } from './drift.js';
import { helperDrift } from './helpers.js';
import { managementPlaneDrift } from './planes.js';
import { amount, byName } from './words.js';

/** How the clusters differ, with their planes and gateways. */
export function clusterDrift(sides: Sides): Drift[] {
    const { there, here, covered, write, textAt } = sides;
    const [are, said] = [byName(there.clusters), byName(here.clusters)];
    const subject = (cluster: Cluster) => `${kindOf(cluster)} ${write(cluster.name, 'ClusterName')}`;
    const ofVendor = there.clusters.find(isHosted);
    const pairOfVendor = ofVendor && managedBy(here.clusters, are, ofVendor);
    const found: Drift[] = regionDrift(sides);
    for (const cluster of there.clusters) {
        if (cluster.kind === 'management' && !covered.management) continue;
        const own = cluster === ofVendor ? pairOfVendor : said.get(cluster.name);
        if (own) found.push(...oneCluster(sides, subject(own), cluster, own));
        else
            found.push({
                ...{ sign: '+', subject: subject(cluster), item: '', at: here.at },
                takeOver: { kind: 'add', text: textAt(cluster.at) },
            });
    }
    for (const own of here.clusters) {
        if (!isCovered(own, sides) || own === pairOfVendor || are.has(own.name)) continue;
        found.push({
            ...{ sign: '-', subject: subject(own), item: '', at: own.nameAt },
            takeOver: { kind: 'remove', at: own.at },
        });
    }
    return found;
}

/** How the declaration of a cluster begins. */
function kindOf(cluster: Cluster): string {
    if (cluster.kind === 'standby') return 'standby management cluster';
    return `${isHosted(cluster) ? 'hosted ' : ''}${cluster.kind} cluster`;
}

function isHosted(cluster: Cluster): boolean {
    return cluster.kind === 'management' && cluster.isHosted === true;
}

/** Whether import would have told of it. What stands by looks like any other cluster, or has nothing that import reads. */
function isCovered({ kind }: Cluster, { covered }: Sides): boolean {
    if (kind === 'standby') return false;
    return kind === 'management' ? covered.management : covered.clusters;
}

/**
 * What the files say of a management plane that the vendor runs, whose name import makes up: the management cluster, unless
 * the estate has a cluster of its name, which is the one that is meant then.
 */
function managedBy(
    said: readonly Cluster[],
    are: ReadonlyMap<string, Cluster>,
    ofVendor: Cluster,
): Cluster | undefined {
    return said.find((own) => {
        const namesake = are.get(own.name);
        return own.kind === 'management' && (isHosted(own) || namesake === undefined || namesake === ofVendor);
    });
}

/** Regions with clusters, and zones with nodes; there may be others which have none. */
function regionDrift({ there, here, write, textAt }: Sides): Drift[] {
    const said = byName(here.regions);
    return there.regions.flatMap((region) => {
        const own = said.get(region.name);
        const subject = `region ${write(region.name, 'RegionName')}`;
        if (!own) {
            const takeOver = { kind: 'add', text: textAt(region.at) } as const;
            return [{ sign: '+', subject, item: '', at: here.at, takeOver } satisfies Drift];
        }
        const missing = region.zones.filter(({ name }) => !byName(own.zones).has(name));
        return missing.map(({ name }): Drift => ({
            sign: '+',
            subject,
            item: 'zones',
            there: `zones ${write(name, 'ZoneName')}`,
            at: own.nameAt,
            takeOver: { kind: 'write', text: `zones ${write(name, 'ZoneName')}`, into: own.at },
        }));
    });
}

function oneCluster(sides: Sides, subject: string, is: Cluster, own: Cluster): Drift[] {
    const { write, covered } = sides;
    const found: Drift[] = [];
    if (kindOf(is) !== kindOf(own))
        found.push({
            ...{ sign: '~', subject, item: 'cluster', here: kindOf(own) },
            ...{ there: kindOf(is), at: own.nameAt },
        });
    if (is.locality) {
        const place = (cluster: Cluster, withZone: boolean) =>
            cluster.locality &&
            `in ${write(cluster.locality.region, 'RegionName')}${withZone && cluster.locality.zone !== undefined ? `/${write(cluster.locality.zone, 'ZoneName')}` : ''}`;
        // that import knows of no zone says nothing
        const withZone = is.locality.zone !== undefined;
        const [now, before] = [place(is, withZone), place(own, withZone)];
        if (now !== before)
            found.push({
                ...{ sign: '~', subject, item: 'in', here: before, there: now },
                at: own.locality?.at ?? own.nameAt,
                takeOver: own.locality
                    ? {
                          kind: 'write',
                          text: now!.slice('in '.length),
                          instead: own.locality.at,
                          into: own.at,
                      }
                    : { kind: 'behind', text: ` ${now!}`, at: own.nameAt },
            });
    }
    // the planes of the vendor are not compared with those of one's own
    if (is.kind === 'management' && own.kind === 'management' && is.isHosted === own.isHosted)
        found.push(...managementPlaneDrift(subject, is.managementPlane, own));
    if (carriesWorkloads(is) && own.edge) {
        const said = own.edge;
        const compare = <T extends string | number>(
            item: string,
            [now, before]: readonly [Setting<T>, Setting<T>],
            text: (value: T) => string,
        ) => {
            if (now.origin.kind === 'assumed' || now.value === before.value) return;
            const isOwn = before.origin.kind === 'stated';
            const unsaid = before.origin.kind === 'assumed' ? ' (assumed)' : '';
            found.push({
                ...{ sign: '~', subject, item, here: `${text(before.value)}${unsaid}`, there: text(now.value) },
                at: before.origin.kind === 'stated' ? before.origin.at : own.nameAt,
                takeOver: {
                    ...{ kind: 'write', text: text(now.value), into: own.at, plane: 'edge' },
                    ...(isOwn && { instead: before.origin.at }),
                },
            });
        };
        compare('token ttl', [is.edge.tokenTtl, said.tokenTtl], (value) => `token ttl ${amount(value)}`);
        const authorities = [is.edge.certificateAuthority, said.certificateAuthority] as const;
        compare('certificate authority', authorities, (value) => `certificate authority ${value}`);
        compare('gitops', [is.edge.gitops, said.gitops], (value) => `gitops ${value}`);
    }
    for (const [key, value] of is.labels)
        if (own.labels.get(key) !== value) {
            const text = (of: string) => `labels ${write(key, 'LabelKey')} = "${of.replace(/["\\]/g, '\\$&')}"`;
            const before = own.labels.get(key);
            found.push({
                ...{ sign: before === undefined ? '+' : '~', subject, item: `labels ${key}`, there: text(value) },
                ...{ here: before === undefined ? undefined : text(before), at: own.nameAt },
                ...(own.labels.size === 0 && { takeOver: { kind: 'write', text: text(value), into: own.at } }),
            });
        }
    found.push(...gatewayDrift(sides, is, own, covered.gateways.has(own.name)));
    return found;
}

function gatewayDrift(sides: Sides, is: Cluster, own: Cluster, isCovered: boolean): Drift[] {
    const { write, textAt } = sides;
    const subject = ({ cluster, name }: Gateway) =>
        `gateway ${write(cluster, 'ClusterName')}.${write(name, 'GatewayReferenceName')}`;
    const [are, said] = [byName(is.gateways), byName(own.gateways)];
    const found: Drift[] = [];
    for (const gateway of is.gateways) {
        const mine = said.get(gateway.name);
        if (!mine) {
            found.push({
                ...{ sign: '+', subject: subject(gateway), item: '', at: own.nameAt },
                takeOver: { kind: 'add', text: textAt(gateway.at), into: own.at },
            });
            continue;
        }
        const roles = (of: Gateway) => [...of.roles].sort().join(', ');
        if (roles(gateway) !== roles(mine))
            found.push({
                ...{ sign: '~', subject: subject(mine), item: 'role', at: mine.nameAt },
                ...{ here: `gateway ${mine.roles.join(', ')}`, there: `gateway ${gateway.roles.join(', ')}` },
            });
        const [now, before] = [gateway.replicas?.count, mine.replicas?.count];
        if (now !== undefined && now !== (before ?? 1))
            found.push({
                ...{ sign: '~', subject: subject(mine), item: 'replicas', there: `replicas ${now}` },
                ...replicasHere(mine, before, now),
            });
        found.push(...helperDrift(sides, subject(mine), gateway, mine));
    }
    for (const mine of own.gateways)
        if (isCovered && !are.has(mine.name))
            found.push({
                ...{ sign: '-', subject: subject(mine), item: '', at: mine.nameAt },
                takeOver: { kind: 'remove', at: mine.at },
            });
    return found;
}

function replicasHere(
    {
        replicas,
        at,
        nameAt,
    }: { readonly replicas?: Gateway['replicas']; readonly at: SourceLocation; readonly nameAt: SourceLocation },
    before: number | undefined,
    now: number,
): Pick<Drift, 'here' | 'at' | 'takeOver'> {
    return {
        here: before === undefined ? undefined : `replicas ${before}`,
        at: replicas?.at ?? nameAt,
        takeOver: { kind: 'write', text: `replicas ${now}`, instead: replicas?.at, into: at },
    };
}
