import * as ast from '../language/generated/ast.js';
import { isGenerated } from '../language/lower/joined.js';
import { homeListsOf } from '../language/syntax/items.js';
import { nameLocationOf } from '../language/naming/location.js';
import { nodeOfProperty } from '../language/naming/names.js';
import { gatewayText } from '../language/writing/completion/reference-text.js';
import type { Service } from '../topology/topology.js';
import type { Change } from '../estate/change.js';
import type { Surroundings } from './fix.js';
import { fileOf } from '../estate/file-text.js';
import { appended, withItem, withListed, withoutEntry, withoutItem } from './write.js';

/** Lets a service run on one more cluster. */
export function withHome(service: ast.Service, cluster: string, { write }: Surroundings): Change[] {
    const name = write(cluster, 'ClusterName');
    if (isGenerated(fileOf(service).uri)) return withItem(service, `on ${name}`);
    const list = homeListsOf(service).find(({ items, homes }) => items.length === 0 && homes.length > 0);
    if (list) return withListed(list, 'homes', name);
    if (service.on || service.items.some(ast.isHomes)) return withItem(service, `on ${name}`);
    return appended(service, ` on ${name}`, 'name');
}

/** Lets a service run on a cluster no more; a list of homes of which none is left goes, too. */
export function withoutHome(home: ast.Home): Change[] {
    const list = home.$container;
    if (list.homes.length > 1) return withoutEntry(home);
    const service = list.$container;
    const name = ast.isService(service) && service.on === list ? nodeOfProperty(service, 'name') : undefined;
    if (!name || !list.$cstNode) return withoutItem(list);
    return [{ uri: fileOf(list).uri, start: name.end, end: list.$cstNode.end, text: '' }];
}

/** Says that callers of a service go on to its other homes. */
export function withFailover(service: ast.Service): Change[] {
    const said = service.items.find(ast.isFailover);
    if (!said) return withItem(service, 'failover east-west');
    return said.off && said.$cstNode
        ? [{ uri: fileOf(said).uri, start: said.$cstNode.offset, end: said.$cstNode.end, text: 'failover east-west' }]
        : [];
}

/** Adds a gateway to those by which clients enter, behind `via`. */
export function withEntry(exposure: ast.Exposure, gateway: string): Change[] {
    if (exposure.via.length > 0) return withListed(exposure, 'via', gateway);
    return appended(exposure, ` via ${gateway}`, 'host');
}

/** Lets DNS move clients between the entry gateways; nothing where it does so already. */
export function withGslb(exposure: ast.Exposure): Change[] {
    return exposure.items.some(ast.isGslb) ? [] : withItem(exposure, 'gslb ttl 30s');
}

/** How a reference to a gateway is written: by its name where that is clear, or else with its cluster before it. */
export function writtenGateway(gateway: ast.Gateway, { write, estate }: Surroundings): string {
    return gatewayText(gateway, estate.names, write);
}

/** A service as plain data; undefined for one that does not count, such as a duplicate. */
export function dataOf(service: ast.Service, { topology }: Surroundings): Service | undefined {
    const { uri, range } = nameLocationOf(service);
    const { line, character } = range.start;
    return topology.services.find(
        ({ nameAt: { uri: itsUri, range: its } }) =>
            its.start.line === line && its.start.character === character && itsUri === uri,
    );
}
