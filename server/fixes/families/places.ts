import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { homeListsOf } from '../../language/syntax/items.js';
import { nodeOfProperty } from '../../language/naming/names.js';
import { gatewaysOf } from '../../language/naming/declared.js';
import { managementClusterOf, workloadClustersOf } from '../declare.js';
import type { Change } from '../../estate/change.js';
import type { Fixer } from '../fix.js';
import { fileOf } from '../../estate/file-text.js';
import { withGslb, withHome } from '../services.js';
import { fix, mostVariants } from '../words.js';
import { nodeOf, replaced, textOf, withListed } from '../write.js';

/** Zones of which a cluster knows nothing: the cluster stands in all of them, or they are taken out. */
export const zonesOutsideCluster: Fixer = function* ({ at, finding }, around) {
    const place = nodeOf(around, at, ast.isPlace);
    const region = place?.region?.ref;
    const cluster = place && AstUtils.getContainerOfType(place, ast.isCluster);
    if (!place || !region || !cluster) return;
    const written = around.write(region.name, 'RegionName');
    yield fix(`Let \`${cluster.name}\` stand in \`${written}\`, in all of its zones`, replaced(place, written));
    const claims = (finding?.related ?? []).flatMap((claim) => nodeOf(around, claim.at, ast.isReplicas) ?? []);
    yield fix('Take `across zones` out', ...claims.map(withoutZones));
};

function withoutZones(replicas: ast.Replicas): Change[] {
    const zones = nodeOfProperty(replicas, 'zones');
    if (!replicas.$cstNode || !zones) return [];
    const { offset, end } = replicas.$cstNode;
    const before = fileOf(replicas)
        .text.slice(offset, zones.offset)
        .search(/\s+across\s+zones\s+$/);
    return before < 0 ? [] : [{ uri: fileOf(replicas).uri, start: offset + before, end, text: '' }];
}

/** Management that stands in two places: one of them. */
export const managementInTwoPlaces: Fixer = function* ({ at }, around) {
    const place = nodeOf(around, at, ast.isPlace);
    const own = managementClusterOf(around)?.place;
    if (!place || !own) return;
    yield fix(`Keep Postgres in \`${textOf(own)}\``, replaced(place, textOf(own)));
    yield fix(`Move \`${managementClusterOf(around)!.name}\` to \`${textOf(place)}\``, replaced(own, textOf(place)));
};

/** Homes that all stand in one region or zone: one more on a cluster elsewhere. */
export const homesInOnePlace: Fixer = function* ({ at }, around) {
    const service = nodeOf(around, at, ast.isService);
    if (!service) return;
    const homes = homeListsOf(service).flatMap((list) => list.homes.flatMap(({ cluster }) => cluster?.ref ?? []));
    const taken = new Set(homes.map(placeOf));
    const others = workloadClustersOf(around).filter(
        (each) => placeOf(each) && !taken.has(placeOf(each)) && gatewaysOf(each).some(isIngress),
    );
    const exposures = service.items.filter(ast.isExposure);
    for (const { name } of others.slice(0, mostVariants)) {
        const written = around.write(name, 'ClusterName');
        const changes = exposures.flatMap((exposure) => [
            exposure.to.length > 0 ? withListed(exposure, 'to', written) : [],
            exposure.via.length === 0 ? withGslb(exposure) : [],
        ]);
        yield fix(
            `Let \`${service.name}\` run on \`${name}\`, too`,
            withHome(service, name, around),
            ...changes.filter((each) => each.length > 0),
        );
    }
};

function placeOf({ place }: ast.Cluster): string | undefined {
    return place && textOf(place);
}

function isIngress({ roles }: ast.Gateway): boolean {
    return roles.includes('ingress');
}
