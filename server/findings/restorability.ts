import { bareName, partName, storeName } from '../topology/element-name.js';
import { isPlaceLost } from '../topology/backups.js';
import { analysisOf } from '../failure/analysis.js';
import { canSpareOne } from '../topology/lost-zones.js';
import type { FailureGraph, StandIn } from '../failure/graph.js';
import { stoppedBy } from '../failure/startup.js';
import type { Element } from '../topology/element.js';
import type { Backup, Locality, ManagementCluster, SourceLocation, Topology } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import type { Finding } from './finding.js';

/** Something without which the management plane cannot be rebuilt. */
interface Asset {
    readonly what: string;
    readonly store: 'postgres' | 'iam-signing-key' | 'root-ca';
    readonly backup: Backup;
    /** More than one copy counts as protected elsewhere; a lost cluster takes them all. */
    readonly hasReplicas: boolean;
    readonly at: SourceLocation;
}

/**
 * What is needed to rebuild the management plane, and is destroyed by the very failure that makes it necessary: the
 * original and its backup in one place, or replicas inside the cluster and no backup at all. What has neither replicas
 * nor a backup has a finding of its own.
 */
export function restorabilityFindings(topology: Topology): Finding[] {
    const management = managementCluster(topology);
    if (!management || management.isHosted) return [];
    const assets = assetsOf(management).filter(isInDanger);
    if (assets.length === 0) return [];
    const { graph } = analysisOf(topology);
    const found = new Map<Asset, Finding>();
    for (const disaster of disasters(graph, management)) {
        const destroyed = stoppedBy(graph, [graph.nodeOfElement.get(disaster.name)!]);
        const isDestroyed = (name: Element['name']) => destroyed.has(graph.nodeOfElement.get(name) ?? -1);
        if (!isDestroyed(partName(management.name, 'management-plane'))) continue;
        const left = graph.standIns.filter((standIn) => takesOver(standIn, isDestroyed));
        if (left.some(({ original }) => original.name === management.name)) continue;
        for (const asset of assets) {
            if (found.has(asset) || !isDestroyed(storeName(asset.store))) continue;
            if (left.some(({ original }) => original.name === storeName(asset.store))) continue;
            if (asset.backup.kind === 'kept' && !isIn(topology, asset.backup.locality, isDestroyed)) continue;
            found.set(asset, findingOf(asset, disaster, management));
        }
    }
    return [...found.values()];
}

/** Whether something stands by that is left, so that what it takes the place of need not be restored. */
function takesOver({ element, lacks, needs }: StandIn, isDestroyed: (name: Element['name']) => boolean): boolean {
    return lacks.length === 0 && needs.length === 0 && !isDestroyed(element.name);
}

function assetsOf({ managementPlane: plane, nameAt }: ManagementCluster): Asset[] {
    const line = plane.at ?? nameAt;
    const { postgres, iamSigningKey: key, rootCa } = plane;
    return [
        {
            what: 'Postgres',
            store: 'postgres',
            backup: postgres.backup.value,
            hasReplicas: canSpareOne(postgres.replicas),
            at: postgres.at ?? line,
        },
        {
            what: 'the iam-signing-key',
            store: 'iam-signing-key',
            backup: key.backup.value,
            hasReplicas: false,
            at: key.at ?? line,
        },
        {
            what: 'the root CA',
            store: 'root-ca',
            backup: rootCa.backup.value,
            hasReplicas: false,
            at: rootCa.at ?? line,
        },
    ];
}

function isInDanger({ backup, hasReplicas }: Asset): boolean {
    return backup.kind === 'kept' ? backup.locality !== undefined : backup.kind === 'none' && hasReplicas;
}

/** Places that can be lost as a whole, the smallest first. */
function disasters({ elements }: FailureGraph, { name }: ManagementCluster): Element[] {
    const order: readonly Element['kind'][] = ['zone', 'management-cluster', 'region'];
    const place = ({ kind }: Element) => order.indexOf(kind);
    return elements.all
        .filter((element) => place(element) >= 0 && (element.kind !== 'management-cluster' || element.name === name))
        .sort((a, b) => place(a) - place(b));
}

function isIn(
    topology: Topology,
    place: Locality | undefined,
    isDestroyed: (name: Element['name']) => boolean,
): boolean {
    return place !== undefined && isPlaceLost(topology, place, isDestroyed);
}

function findingOf({ what, backup, at }: Asset, disaster: Element, { name, nameAt }: ManagementCluster): Finding {
    const place = bareName(disaster.name);
    const whole = disaster.kind === 'management-cluster' ? place : `${disaster.kind} ${place}`;
    const isKept = backup.kind === 'kept';
    return {
        code: 'not-restorable',
        severity: 'warning',
        message: isKept
            ? `If ${whole} is lost, the management plane has to be rebuilt, and ${what} is lost together with its backup. Keep the backup in another region.`
            : `If ${whole} is lost, the management plane has to be rebuilt, and ${what} is lost with all of its replicas; there is no backup. Say \`backup every 1h in REGION\`.`,
        at: isKept ? (backup.locality?.at ?? at) : at,
        related: [{ at: nameAt, message: `the management plane stands here, on ${name}` }],
    };
}
