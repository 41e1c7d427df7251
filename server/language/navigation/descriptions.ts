import type { AstNode } from 'langium';
import { visible } from '../../encoding/visible.js';
import * as ast from '../generated/ast.js';
import { homeListsOf } from '../syntax/items.js';
import { clusterOfGateway, defaultNamespace, statedNamespace } from '../naming/names.js';

/** What a declaration is, in a few words from its own text: `workload cluster in us-east/a`. */
export function describeDeclaration(node: AstNode): string {
    switch (node.$type) {
        case 'Header':
            return ast.isHeader(node) && node.version ? `topology for TSB ${node.version}` : 'topology';
        case 'Region':
            return 'region';
        case 'Zone':
            return ast.isZone(node) ? `zone of ${node.$container.$container.name}` : 'zone';
        case 'ManagementCluster':
        case 'WorkloadCluster':
            return ast.isCluster(node) ? `${kindOf(node)}${placeOf(node)}` : '';
        case 'Gateway':
            return ast.isGateway(node) ? describeGateway(node) : '';
        case 'Service':
            return ast.isService(node) ? describeService(node) : '';
        case 'ExternalService':
            return ast.isExternalService(node) ? `external service${placeOf(node)}` : '';
        case 'SharedFate':
            return ast.isSharedFate(node) ? `shared fate of ${thingsText(node)}` : '';
        case 'Postgres':
        case 'TelemetryStore':
        case 'IdentityProvider':
        case 'Exposure':
        case 'GitOps':
            return headOf(node);
        case 'Network':
            return ast.isNetwork(node) ? countOfLinks(node) : '';
        default:
            return '';
    }
}

function thingsText({ things }: ast.SharedFate): string {
    return visible(
        things
            .map(({ $cstNode }) => $cstNode?.text ?? '')
            .join(', ')
            .replace(/\s+/g, ' '),
    );
}

/** What the text says behind the first word or the host, up to the block: `external in us-east`, `via front-us`. */
function headOf(node: AstNode): string {
    const text = node.$cstNode?.text ?? '';
    const head = /^[^{]*/.exec(text)?.[0] ?? '';
    const [, rest = ''] =
        /^\S+\s+(.*)$/s.exec(ast.isExposure(node) ? head.replace(/^exposed\s+(inside\s+)?/, '') : head) ?? [];
    const inside = ast.isExposure(node) && node.inside ? 'inside ' : '';
    return visible(`${inside}${rest}`.replace(/\s+/g, ' ').trim());
}

function countOfLinks({ links }: ast.Network): string {
    return `${links.length} ${links.length === 1 ? 'line' : 'lines'}`;
}

/** The same in still fewer words, for the end of a line in a list: `workload cluster · us-east/a`. */
export function briefDescription(node: AstNode): string {
    if (ast.isRegion(node)) {
        const zones = node.items.filter(ast.isZones).flatMap((item) => item.zones);
        return dotted('region', few(zones.map((zone) => zone.name)));
    }
    if (ast.isZone(node)) {
        return dotted('zone', node.$container.$container.name);
    }
    if (ast.isCluster(node) || ast.isExternalService(node)) {
        const kind = ast.isCluster(node) ? kindOf(node) : 'external service';
        return dotted(kind, placeOf(node).replace(' in ', ''));
    }
    if (ast.isSharedFate(node)) return 'shared fate';
    if (ast.isGateway(node)) {
        return dotted(`${node.roles.join(', ')} gateway`, clusterOfGateway(node)?.name);
    }
    if (ast.isService(node)) {
        return dotted('service', few(homesOf(node)));
    }
    return describeDeclaration(node);
}

const mostListed = 3;

function few(names: readonly string[]): string {
    return [...names.slice(0, mostListed), ...(names.length > mostListed ? ['…'] : [])].join(', ');
}

function dotted(kind: string, rest: string | undefined): string {
    return rest ? `${kind} · ${rest}` : kind;
}

function homesOf(service: ast.Service): string[] {
    return homeListsOf(service).flatMap((list) => list.homes.flatMap((home) => home.cluster?.$refText ?? []));
}

function kindOf(cluster: ast.Cluster): string {
    if (!ast.isManagementCluster(cluster)) return 'workload cluster';
    if (cluster.standby) return 'standby management cluster';
    return cluster.hosted ? 'hosted management cluster' : 'management cluster';
}

function placeOf(node: ast.Cluster | ast.ExternalService): string {
    const places = ast.isCluster(node) ? [node.place] : node.places;
    const names = places.flatMap((place) =>
        place?.region ? `${place.region.$refText}${place.zone ? `/${place.zone.$refText}` : ''}` : [],
    );
    return names.length > 0 ? ` in ${few(names)}` : '';
}

function describeGateway(gateway: ast.Gateway): string {
    const cluster = clusterOfGateway(gateway)?.name;
    return `${gateway.roles.join(', ')} gateway${cluster ? ` of ${cluster}` : ''}`;
}

function describeService(service: ast.Service): string {
    const homes = homesOf(service);
    const namespace = statedNamespace(service) ?? defaultNamespace;
    return `service in namespace ${namespace}${homes.length > 0 ? ` on ${homes.join(', ')}` : ''}`;
}
