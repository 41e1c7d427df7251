import type { LangiumDocument } from 'langium';
import type * as ast from '../generated/ast.js';
import { nameOfGateway, qualifiedName } from './names.js';
import { storesOf } from '../syntax/items.js';

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

const ofDeclarations = new WeakMap<ast.Declaration, string>();

function visibleOutside(declaration: ast.Declaration): string {
    const visible = ofDeclarations.get(declaration) ?? signatureOfDeclaration(declaration);
    ofDeclarations.set(declaration, visible);
    return visible;
}

/** Exact, whatever stands in the names: equal only for what declares the same. */
function signatureOfDeclaration(declaration: ast.Declaration): string {
    return JSON.stringify([declaration.$type, ...declared(declaration)]);
}

function declared(declaration: ast.Declaration): unknown[] {
    switch (declaration.$type) {
        case 'ManagementCluster':
        case 'WorkloadCluster':
            return [
                declaration.name,
                declaration.$type === 'ManagementCluster' && [declaration.hosted, declaration.standby],
                declaration.place?.$cstNode?.text,
                gateways(declaration.items),
                storesOf(declaration.items).map((store) => [store.$type, store.place?.$cstNode?.text]),
            ];
        case 'Region':
            return [declaration.name, declaration.items.map(zones)];
        case 'Service':
            return [declaration.name, qualifiedName(declaration)];
        case 'ExternalService':
            return [declaration.name, declaration.places.map((place) => place.$cstNode?.text)];
        case 'SharedFate':
        case 'Scenario':
            return [declaration.name];
        case 'Header':
            return [declaration.name, declaration.version];
        default:
            return [];
    }
}

/** With the place of each among the items, by which a message about it finds it. */
function gateways(items: readonly ast.ClusterItem[]): unknown[] {
    return items.flatMap((item, index): unknown[] => {
        if (item.$type === 'DataPlane') return [[index, gateways(item.items)]];
        return item.$type === 'Gateway' ? [[index, item.roles, nameOfGateway(item)]] : [];
    });
}

function zones(item: ast.RegionItem): unknown {
    return item.$type === 'Zones' ? item.zones.map((zone) => zone.name) : null;
}
