import { componentKinds } from '../knowledge/components.js';
import { canSpareOne, majorityOf } from '../topology/lost-zones.js';
import type { Backup, Locality, ManagementCluster, Postgres, TelemetryStore, Topology } from '../topology/topology.js';
import { managementCluster, standbyCluster } from '../topology/topology.js';
import { lacksOf } from '../failure/stand-ins.js';
import type { Finding } from './finding.js';
import { isSamePlace, placeName } from './place-names.js';
import { restorabilityFindings } from './restorability.js';

/**
 * The three recommendations at the end of the published page: Postgres redundant or backed up, the iam-signing-key
 * backed up, the telemetry store redundant or backed up where metrics matter. What is said to be missing is a warning;
 * what is unsaid is a hint, or five lines would drown in warnings.
 */
export function protectionFindings(topology: Topology): Finding[] {
    const management = managementCluster(topology);
    if (!management || management.isHosted) return [];
    return [
        ...(hasCopy(topology, management) ? [] : postgres(management)),
        ...signingKey(management),
        ...telemetryStore(management),
        ...assumedPath(management),
        ...halfIsEnough(management),
        ...sharedFate(topology, management),
    ];
}

/** Whether a standby has the configuration, too. */
function hasCopy(topology: Topology, management: ManagementCluster): boolean {
    const standby = standbyCluster(topology);
    return standby?.copy !== undefined && lacksOf(standby, management).length === 0;
}

type Protection = 'protected' | 'unprotected' | 'unsaid';

function protectionOf({ backup, replicas, copy }: Postgres | TelemetryStore): Protection {
    if (copy || canSpareOne(replicas) || backup.value.kind === 'kept') return 'protected';
    return backup.value.kind === 'none' ? 'unprotected' : 'unsaid';
}

function postgres({ managementPlane, nameAt }: ManagementCluster): Finding[] {
    const at = managementPlane.postgres.at ?? managementPlane.at ?? nameAt;
    switch (protectionOf(managementPlane.postgres)) {
        case 'protected':
            return [];
        case 'unprotected':
            return [
                {
                    code: 'postgres-unprotected',
                    severity: 'warning',
                    message:
                        'Postgres has neither replicas nor a backup: if it is lost, so is all TSB configuration, and the management plane cannot be rebuilt. Say `replicas N` or `backup every 1h`.',
                    at,
                },
            ];
        case 'unsaid':
            return [
                {
                    code: 'postgres-protection-unsaid',
                    severity: 'hint',
                    message:
                        'Nothing says whether Postgres is redundant or backed up; the management plane can be rebuilt only from its data. Say `postgres external { backup every 1h }`, or `no backup`.',
                    at,
                },
            ];
    }
}

function signingKey({ managementPlane, nameAt }: ManagementCluster): Finding[] {
    const at = managementPlane.iamSigningKey.at ?? managementPlane.at ?? nameAt;
    switch (managementPlane.iamSigningKey.backup.value.kind) {
        case 'kept':
            return [];
        case 'none':
            return [
                {
                    code: 'signing-key-unprotected',
                    severity: 'warning',
                    message:
                        'The iam-signing-key has no backup: if the management plane must be rebuilt, four agent secrets have to be renewed on every cluster. Keep a copy, and say `iam-signing-key { backup }`.',
                    at,
                },
            ];
        case 'unknown':
            return [
                {
                    code: 'signing-key-protection-unsaid',
                    severity: 'hint',
                    message:
                        'Nothing says whether the iam-signing-key is backed up; it is needed to rebuild the management plane. Say `iam-signing-key { backup }`, or `no backup`.',
                    at,
                },
            ];
    }
}

function telemetryStore({ managementPlane, nameAt }: ManagementCluster): Finding[] {
    const store = managementPlane.telemetryStore;
    const title = titleOf(store);
    const at = store.at ?? managementPlane.at ?? nameAt;
    switch (protectionOf(store)) {
        case 'protected':
            return [];
        case 'unprotected':
            return [
                {
                    code: 'telemetry-store-unprotected',
                    severity: 'warning',
                    message: `${title} has neither replicas nor a backup: if it is lost, so is the history of all metrics and traces. Where they matter, say \`replicas N\` or \`backup every 1d\`.`,
                    at,
                },
            ];
        case 'unsaid':
            return [
                {
                    code: 'telemetry-store-protection-unsaid',
                    severity: 'hint',
                    message: `Nothing says whether ${title} is redundant or backed up. Where metrics matter, say \`${store.kind} { backup every 1d }\`; else \`no backup\`.`,
                    at,
                },
            ];
    }
}

/** The assumption that most often does not hold: how metrics reach their store. */
function assumedPath({ managementPlane, nameAt }: ManagementCluster): Finding[] {
    const store = managementPlane.telemetryStore;
    if (store.path.origin.kind !== 'assumed' || store.kind !== 'elasticsearch') return [];
    return [
        {
            code: 'telemetry-path-assumed',
            severity: 'info',
            message:
                'Assumed: clusters reach Elasticsearch directly, as the published scenarios do. Most real installations go through front-envoy, and lose metrics with it. Say `elasticsearch internal direct` or `elasticsearch internal via front-envoy`.',
            at: store.at ?? managementPlane.at ?? nameAt,
        },
    ];
}

/** Of what elects a leader by a majority the file says that fewer will do: halves that are cut off from each other may both go on. */
function halfIsEnough({ managementPlane: { telemetryStore } }: ManagementCluster): Finding[] {
    const { kind, replicas } = telemetryStore;
    const { elects } = componentKinds[kind];
    if (!elects || replicas?.needed === undefined || replicas.needed >= majorityOf(replicas)) return [];
    const { count, needed, at } = replicas;
    const majority = majorityOf(replicas);
    return [
        {
            code: 'replicas-no-majority',
            severity: 'hint',
            message: `${titleOf(telemetryStore)} elects its leader by a majority, and ${needed} of ${count} are none: parts of it that are cut off from each other may both go on. Say \`replicas ${majority} of ${count}\`, unless it is known to do with fewer.`,
            at,
        },
    ];
}

/** A backup that stands where the original stands is lost with it; worse where the management plane goes, too. */
function sharedFate(topology: Topology, management: ManagementCluster): Finding[] {
    const graver = restorabilityFindings(topology);
    return [...graver, ...sharedPlaces(management).filter((finding) => !graver.some(({ at }) => at === finding.at))];
}

function sharedPlaces({ managementPlane, locality: clusterPlace, nameAt }: ManagementCluster): Finding[] {
    const { postgres, telemetryStore: store, iamSigningKey: key } = managementPlane;
    const place = (kept: Postgres | TelemetryStore) =>
        kept.placement.value === 'internal' ? clusterPlace : kept.locality;
    return [
        { what: 'Postgres', backup: postgres.backup.value, at: postgres.at, original: place(postgres) },
        { what: titleOf(store), backup: store.backup.value, at: store.at, original: place(store) },
        { what: 'the iam-signing-key', backup: key.backup.value, at: key.at, original: clusterPlace },
    ].flatMap(({ what, backup, at, original }): Finding[] => {
        const kept = placeOf(backup);
        if (!kept || !isSamePlace(kept, original)) return [];
        return [
            {
                code: 'backup-shares-fate',
                severity: 'warning',
                message: `The backup of ${what} is kept in the same place as ${what} itself (${placeName(kept)}): one failure takes both. Keep it in another region.`,
                at: kept.at,
                related: [{ at: at ?? nameAt, message: `${what} stands here` }],
            },
        ];
    });
}

function placeOf(backup: Backup): Locality | undefined {
    return backup.kind === 'kept' ? backup.locality : undefined;
}

function titleOf({ kind }: TelemetryStore): string {
    return kind === 'elasticsearch' ? 'Elasticsearch' : 'BanyanDB';
}
