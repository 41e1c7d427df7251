import type { ManagementCluster, ManagementPlane, Placement, Setting, SourceLocation } from '../topology/topology.js';
import type { Drift } from './drift.js';

/** How the management planes differ: where their stores are, how metrics get there, and whether Git is one of the sources. */
export function managementPlaneDrift(subject: string, is: ManagementPlane, own: ManagementCluster): Drift[] {
    const said = own.managementPlane;
    const at = said.at ?? own.nameAt;
    const found: Drift[] = [];
    const add = (item: string, here: string | undefined, there: string, instead: SourceLocation | undefined) => {
        if (here === there) return;
        const takeOver = { kind: 'write', text: there, instead, into: own.at, plane: 'management' } as const;
        found.push({ sign: '~', subject, item, here, there, at: instead ?? at, takeOver });
    };
    const isSaid = ({ origin }: Setting<Placement>) => origin.kind !== 'assumed';
    if (isSaid(is.postgres.placement))
        add(
            'postgres',
            `postgres ${said.postgres.placement.value}`,
            `postgres ${is.postgres.placement.value}`,
            said.postgres.at,
        );
    if (is.telemetryStore.at) {
        const { kind, placement, path } = is.telemetryStore;
        const store = said.telemetryStore;
        const way = (value: string) => (value === 'front-envoy' ? ' via front-envoy' : ' direct');
        const text = (of: ManagementPlane['telemetryStore']) =>
            [
                of.kind,
                ...(isSaid(placement) ? [` ${of.placement.value}`] : []),
                ...(path.origin.kind === 'assumed' ? [] : [way(of.path.value)]),
            ].join('');
        add(kind, text(store), text(is.telemetryStore), store.at);
    }
    if (is.identityProvider && isSaid(is.identityProvider.placement)) {
        const mine = said.identityProvider;
        add(
            'identity-provider',
            mine && `identity-provider ${mine.placement.value}`,
            `identity-provider ${is.identityProvider.placement.value}`,
            mine?.at,
        );
    }
    if (is.gitops.origin.kind !== 'assumed') {
        const text = (value: boolean) => (value ? 'gitops' : 'gitops off');
        const { origin, value } = said.gitops;
        add('gitops', text(value), text(is.gitops.value), origin.kind === 'assumed' ? undefined : origin.at);
    }
    return found;
}
