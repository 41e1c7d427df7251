import { lacksOf } from '../failure/stand-ins.js';
import {
    managementCluster,
    type Locality,
    type ManagementCluster,
    type StandbyCluster,
    type Topology,
} from '../topology/topology.js';
import { isAtLeast } from '../knowledge/versions.js';
import type { Finding } from './finding.js';
import { isSamePlace, placeName } from './place-names.js';

/** Whether what stands by could take over, as far as a file can say. */
export function standbyFindings(topology: Topology): Finding[] {
    const [first, ...others] = topology.clusters.filter((cluster) => cluster.kind === 'standby');
    if (!first) return [];
    const several = others.map((other): Finding => ({
        code: 'several-standbys',
        severity: 'error',
        message: `'${other.name}' is a second standby; an estate has one, and '${first.name}' is taken for it. Take '${other.name}' out.`,
        at: other.nameAt,
        related: [{ at: first.nameAt, message: `'${first.name}' stands by` }],
    }));
    const management = managementCluster(topology);
    return management ? [...several, ...findingsOf(topology, first, management)] : several;
}

function findingsOf(topology: Topology, standby: StandbyCluster, management: ManagementCluster): Finding[] {
    const { name, nameAt: at } = standby;
    const lacks = lacksOf(standby, management);
    if (lacks.length > 0) {
        return lacks.map((lack) => ({
            code: 'standby-cannot-take-over',
            severity: 'error',
            message: `'${name}' cannot take over: ${lack}. ${remedyFor(standby, management)}`,
            at,
            related: [{ at: management.nameAt, message: `'${management.name}' is the management cluster` }],
        }));
    }
    return [...sharedPlace(standby, management), assumed(topology, standby)];
}

function remedyFor({ name, copy }: StandbyCluster, { isHosted, managementPlane: plane }: ManagementCluster): string {
    if (isHosted) return `Take '${name}' out.`;
    if (!copy && plane.postgres.placement.value === 'internal')
        return `Say \`copy every 15m\` in its block, if it has one.`;
    return 'Bring it there, and say `backup` of it.';
}

/** One failure takes both, or what both need. */
function sharedPlace(standby: StandbyCluster, management: ManagementCluster): Finding[] {
    const { postgres } = management.managementPlane;
    const shared = standby.copy ? undefined : postgres.locality;
    const pairs: (readonly [what: string, place: Locality | undefined])[] = [
        [`'${management.name}'`, management.locality],
        ...(shared ? [['the database, which it shares,', shared] as const] : []),
    ];
    const here = standby.locality;
    return pairs.flatMap(([what, there], index): Finding[] => {
        const isDatabase = index === 1;
        // a database that stands with the active side is lost with it, wherever the standby is
        const beside =
            isDatabase && isSamePlace(there, management.locality)
                ? there
                : isSamePlace(there, here)
                  ? there
                  : undefined;
        if (!beside) return [];
        const where = placeName(beside);
        const message =
            isDatabase && !isSamePlace(there, here)
                ? `'${standby.name}' has no copy, and shares the database in '${where}', where '${management.name}' stands: one failure of that place takes the database, and leaves '${standby.name}' without it. Say \`copy every 15m\`, if it has its own.`
                : `'${standby.name}' stands where ${what} stands (${where}): one failure takes both. Let it stand in another region.`;
        return [
            {
                code: 'standby-shares-place',
                severity: 'warning',
                message,
                at: standby.locality?.at ?? standby.nameAt,
                related: [{ at: there?.at ?? management.nameAt, message: `${what.replace(/,.*$/, '')} stands here` }],
            },
        ];
    });
}

/** What has to be true of both sides, and has no words. */
function assumed({ tsbVersion }: Topology, { name, nameAt }: StandbyCluster): Finding {
    const keys = isAtLeast(tsbVersion.value, '1.12')
        ? 'the same iam-signing-key and tsb-iam-jwks'
        : 'the same iam-signing-key';
    return {
        code: 'standby-assumed',
        severity: 'info',
        message: `Assumed: '${name}' has ${keys}, root CA, certificates, Helm values and credentials of the stores as the active side, and the same organization; and control planes use a name that belongs to neither side. Without one of these nobody connects to it when it is promoted. The file has no words for it: accept it once you have made sure.`,
        at: nameAt,
    };
}
