import type { AstNodeDescription } from 'langium';
import { table, type Table } from '../../../knowledge/table.js';
import type { EstateNames } from '../../naming/estate-names.js';
import * as ast from '../../generated/ast.js';
import { clusterOfGateway, nameOfGateway } from '../../naming/names.js';
import { meaningOf, shortNameOf } from '../../naming/scope-provider.js';
import type { NameWriter } from '../../naming/written-names.js';

/** By which rule the names are written that a property refers to. */
export const ruleOfReference: Table<string> = table({
    region: 'RegionName',
    zone: 'ZoneName',
    zones: 'ZoneName',
    gateway: 'GatewayReferenceName',
    cluster: 'ClusterName',
    destination: 'ClusterName',
    from: 'ClusterName',
    to: 'ClusterName',
    thing: 'ThingName',
    qualifier: 'ThingName',
    parts: 'ThingName',
    home: 'ThingName',
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
        return parts.map((part) => write(part, rule === 'ExternalName' ? rule : 'ServiceName')).join('/');
    }
    if (ast.isExternalService(node) && rule === 'ServiceName') return write(name, 'ExternalName');
    return ast.isGateway(node) ? gatewayText(node, names, write) : write(name, rule);
}

/** A reference to a gateway: by its own name where no other has it, or else with its cluster before it. */
export function gatewayText(gateway: ast.Gateway, names: EstateNames, write: NameWriter): string {
    const name = nameOfGateway(gateway) ?? '';
    if (gateway.name && meaningOf(names.gateways.get(name))) return write(name, 'GatewayReferenceName');
    const cluster = clusterOfGateway(gateway)?.name ?? '';
    return `${write(cluster, 'ClusterName')}.${gateway.name ? write(name, 'GatewayReferenceName') : name}`;
}
