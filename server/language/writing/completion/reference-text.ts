import type { AstNodeDescription } from 'langium';
import { table, type Table } from '../../../knowledge/table.js';
import type { EstateNames } from '../../naming/estate-names.js';
import * as ast from '../../generated/ast.js';
import { clusterOfGateway, nameOfGateway } from '../../naming/names.js';
import { shortNameOf } from '../../lower/to-topology-service.js';
import type { NameWriter } from '../../naming/written-names.js';

/** By which rule the names are written that a property refers to. */
export const ruleOfReference: Table<string> = table({
    region: 'RegionName',
    zone: 'ZoneName',
    zones: 'ZoneName',
    gateway: 'GatewayReferenceName',
    cluster: 'ClusterName',
    from: 'ClusterName',
    to: 'ClusterName',
});

/**
 * A reference to something of the estate as it has to be written: with the namespace or the cluster before it where the
 * bare name would not do.
 *
 * @param rule the rule of the grammar that reads the bare name there
 */
export function referenceText(
    { node, name }: AstNodeDescription,
    names: EstateNames,
    write: NameWriter,
    rule = 'ServiceName',
): string {
    if (ast.isService(node)) {
        const parts = shortNameOf(node, names).split('/');
        return parts.map((part) => write(part, 'ServiceName')).join('/');
    }
    if (ast.isGateway(node) && !node.name) {
        return `${write(clusterOfGateway(node)?.name ?? '', 'ClusterName')}.${nameOfGateway(node)}`;
    }
    return write(name, rule);
}
