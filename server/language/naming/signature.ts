import type { LangiumDocument } from 'langium';
import type * as ast from '../generated/ast.js';
import { nameOfGateway, qualifiedName } from './names.js';

const known = new WeakMap<ast.File, string>();

/**
 * All that other files of the estate can notice of a file, as a text to compare: what it declares, in which order and
 * place. As long as this stays the same, what they say about it stays right.
 */
export function signatureOf(document: LangiumDocument<ast.File>): string {
    const file = document.parseResult.value;
    let signature = known.get(file);
    if (signature === undefined) {
        signature = [document.uri.toString(), ...file.declarations.map(visibleOutside)].join('\n');
        known.set(file, signature);
    }
    return signature;
}

function visibleOutside(declaration: ast.Declaration): string {
    switch (declaration.$type) {
        case 'ManagementCluster':
        case 'WorkloadCluster': {
            const place = declaration.place?.$cstNode?.text ?? '';
            return `${declaration.$type} ${declaration.name} ${place} ${gateways(declaration.items).join(' ')}`;
        }
        case 'Region':
            return `region ${declaration.name} ${declaration.items.map(zones).join(' ')}`;
        case 'Service':
            return `service ${qualifiedName(declaration)}`;
        case 'ExternalService':
            return `external service ${declaration.name}`;
        case 'Header':
            return `topology ${declaration.name} ${declaration.version}`;
        default:
            return declaration.$type;
    }
}

function gateways(items: readonly ast.ClusterItem[]): string[] {
    return items.flatMap((item, index) => {
        if (item.$type === 'DataPlane') {
            return [`${index}(`, ...gateways(item.items), ')'];
        }
        const roles = item.$type === 'Gateway' ? item.roles.join() : '';
        return item.$type === 'Gateway' ? [`${index} ${roles} ${nameOfGateway(item)}`] : [];
    });
}

function zones(item: ast.RegionItem, index: number): string {
    return item.$type === 'Zones' ? `${index} ${item.zones.map((zone) => zone.name).join()}` : '';
}
