import { copyName, bareName } from '../topology/element-name.js';
import { managementCluster, type ManagementCluster, type Postgres, type StoreCopy } from '../topology/topology.js';
import type { TelemetryStore, Topology } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { isSamePlace, placeName } from './place-names.js';

type Store = Postgres | TelemetryStore;

/** Whether copies of stores could take over, as far as a file can say, and what follows if they do. */
export function storeCopyFindings(topology: Topology): Finding[] {
    const management = managementCluster(topology);
    if (!management || management.isHosted) return [];
    const { postgres, telemetryStore } = management.managementPlane;
    return [postgres, telemetryStore].flatMap((store) =>
        store.copy
            ? [
                  ...sharedPlace(store, store.copy, management),
                  ...twoPrimaries(store, store.copy),
                  ...unsaid(store, store.copy),
              ]
            : [],
    );
}

function titleOf({ kind }: Store): string {
    return { postgres: 'Postgres', elasticsearch: 'Elasticsearch', banyandb: 'BanyanDB' }[kind];
}

/** One failure takes both. */
function sharedPlace(
    store: Store,
    copy: StoreCopy,
    { locality, nameAt, managementPlane }: ManagementCluster,
): Finding[] {
    const title = titleOf(store);
    const there = store.placement.value === 'internal' ? locality : store.locality;
    const finding = (message: string): Finding => ({
        code: 'copy-shares-place',
        severity: 'warning',
        message,
        at: copy.locality?.at ?? copy.at,
        related: [{ at: store.at ?? managementPlane.at ?? nameAt, message: `${title} stands here` }],
    });
    if (copy.hasUnknownPlace) return [];
    if (!copy.locality) {
        return [
            finding(
                `Nobody says where the copy of ${title} stands: it is taken to stand with ${title}, and one failure of that place takes both. Say \`copy in REGION\`.`,
            ),
        ];
    }
    if (!isSamePlace(there, copy.locality)) return [];
    const where = placeName(copy.locality);
    return [
        finding(
            `The copy of ${title} stands where ${title} stands (${where}): one failure takes both. Let it stand in another region.`,
        ),
    ];
}

/** What prevents it has no words. */
function twoPrimaries(store: Store, copy: StoreCopy): Finding[] {
    if (!copy.promotesItself) return [];
    const [title, name] = [titleOf(store), bareName(copyName(store.kind))];
    return [
        {
            code: 'copy-may-divide',
            severity: 'info',
            message: `'${name}' promotes itself, and nobody tells ${title}: when ${title} comes back, or a cut between them ends, both may take themselves for the store, each with what the other one lacks. The file has no words for what prevents it: accept it once you have made sure.`,
            at: copy.at,
        },
    ];
}

/** What nobody knows without these amounts. */
function unsaid(store: Store, { every, within, promotesItself, at }: StoreCopy): Finding[] {
    const name = bareName(copyName(store.kind));
    const how = promotesItself ? `promotes itself within 2m` : `promoted within 30m`;
    const when = promotesItself
        ? 'until when it has promoted itself, so that nothing is taken to get better by it'
        : 'how long a promotion takes';
    const gaps = [
        ...(every === undefined ? ['how old it may be (`copy every 15m`)'] : []),
        ...(within === undefined ? [`${when} (\`${how}\`)`] : []),
    ];
    if (gaps.length === 0) return [];
    return [
        {
            code: 'copy-unsaid',
            severity: 'hint',
            message: `Nobody says of '${name}' ${gaps.join(', nor ')}: what rests on that cannot be judged.`,
            at,
        },
    ];
}
