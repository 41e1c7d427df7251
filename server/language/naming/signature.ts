import * as ast from '../generated/ast.js';
import { gatewaysOf } from './declared.js';
import { nameOfGateway, qualifiedName } from './names.js';
import { storesOf } from '../syntax/items.js';

const known = new WeakMap<ast.Declaration, string>();

/**
 * All that other declarations of the estate can notice of one, as a text to compare: exact, whatever stands in the names.
 * As long as this stays the same, what they say about it stays right.
 */
export function signatureOf(declaration: ast.Declaration): string {
    const signature = known.get(declaration) ?? JSON.stringify([declaration.$type, ...declared(declaration)]);
    known.set(declaration, signature);
    return signature;
}

function declared(declaration: ast.Declaration): unknown[] {
    switch (declaration.$type) {
        case 'ManagementCluster':
        case 'WorkloadCluster':
            return [
                declaration.name,
                declaration.$type === 'ManagementCluster' && [declaration.hosted, declaration.standby],
                declaration.place?.$cstNode?.text,
                gatewaysOf(declaration).map((gateway) => [gateway.roles, nameOfGateway(gateway)]),
                storesOf(declaration.items).map((store) => [store.$type, store.place?.$cstNode?.text]),
            ];
        case 'Region':
            return [declaration.name, declaration.items.filter(ast.isZones).flatMap(({ zones }) => zones.map(nameOf))];
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

function nameOf({ name }: ast.Zone): string | undefined {
    return name;
}
