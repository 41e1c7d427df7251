import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import type { Fixer } from '../fix.js';
import { remedied } from '../remedies.js';
import { dataOf, withFailover } from '../services.js';
import { fix, mostVariants } from '../words.js';
import { nodeOf, replaced, replacedProperty, withItem, withoutItem } from '../write.js';

/** A home that callers elsewhere cannot enter. */
export const failoverWithoutGateway: Fixer = function* (problem, around) {
    yield* remedied(problem, around);
    const service = nodeOf(around, problem.at, ast.isService);
    const failover = service?.items.find(ast.isFailover);
    if (failover) yield fix('Take `failover east-west` out', withoutItem(failover));
};

/** Homes with another namespace than the others. */
export const namespacesDiffer: Fixer = function* ({ at }, around) {
    const own = nodeOf(around, at, ast.isNamespace);
    const service = own && AstUtils.getContainerOfType(own, ast.isService);
    if (!own || !service) return;
    const namespaces = new Set(dataOf(service, around)?.homes.map(({ namespace }) => namespace.value));
    namespaces.delete(own.name);
    if (ast.isHomes(own.$container)) {
        yield fix(`Take \`${own.$cstNode?.text}\` out: it has one namespace in all clusters`, withoutItem(own));
    }
    for (const name of [...namespaces].slice(0, mostVariants)) {
        const namespace = around.write(name, 'NamespaceName');
        yield fix(`Say \`namespace ${namespace}\` here, too`, replacedProperty(own, 'name', namespace));
    }
};

/** Two homes in one zone: the second one's cluster in another zone of its region. */
export const sameZone: Fixer = function* ({ at }, around) {
    const cluster = nodeOf(around, at, ast.isHome)?.cluster?.ref;
    const zone = cluster?.place?.zone;
    const region = cluster?.place?.region?.ref;
    if (!cluster?.place || !zone || !region) return;
    const zones = region.items.filter(ast.isZones).flatMap((item) => item.zones.map(({ name }) => name));
    for (const name of zones.filter((each) => each !== zone?.ref?.name).slice(0, mostVariants)) {
        const written = around.write(name, 'ZoneName');
        const place = `${around.write(region.name, 'RegionName')}/${written}`;
        yield fix(`Correct the place of \`${cluster.name}\` to \`${place}\``, replaced(cluster.place, place));
    }
};

/** Failover that nobody triggers. */
export const withoutOutlierDetection: Fixer = function* ({ at }, around) {
    const item = nodeOf(around, at, ast.isOutlierDetection);
    if (item) yield fix('Say `outlier detection`', replaced(item, 'outlier detection'));
};

/** Failover of which one condition is assumed. */
export const outlierDetectionUnsaid: Fixer = function* ({ at }, around) {
    const service = nodeOf(around, at, ast.isService);
    if (!service) return;
    yield fix('Say `outlier detection`', withItem(service, 'outlier detection'));
    yield fix('Say `no outlier detection`', withItem(service, 'no outlier detection'));
};

/** Several homes and a gateway between them, and not a word of failover. */
export const gatewayWithoutFailover: Fixer = function* ({ at }, around) {
    const service = nodeOf(around, at, ast.isService);
    if (!service) return;
    yield fix('Say `failover east-west`', withFailover(service));
    yield fix('Say `no failover`', withItem(service, 'no failover'));
};
