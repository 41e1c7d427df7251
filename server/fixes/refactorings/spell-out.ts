import { AstUtils, type AstNode } from 'langium';
import { allDefaults, type DefaultId } from '../../knowledge/defaults.js';
import * as ast from '../../language/generated/ast.js';
import { firstItem } from '../../language/syntax/items.js';
import { statedNamespace } from '../../language/naming/names.js';
import type { Origin } from '../../topology/topology.js';
import type { Change } from '../../estate/change.js';
import type { Surroundings } from '../fix.js';
import { dataOf } from '../services.js';
import { appended, centralControlPlane, edgeControlPlane, replaced, withNested } from '../write.js';
import { refactoring, type Refactorer } from './refactoring.js';

/** Writes down what is assumed of the thing at the cursor: results stay the same, and the assumptions are gone. */
export const spelledOut: Refactorer = function* (node, around) {
    const changes = assumptionsOf(node, around);
    if (changes.length > 0) yield refactoring('refactor.rewrite', 'Spell out what is assumed here', changes);
};

function assumptionsOf(node: AstNode, around: Surroundings): Change[] {
    switch (node.$type) {
        case 'Gslb':
            return ast.isGslb(node) && node.ttl === undefined ? replaced(node, says('gslb-ttl')) : [];
        case 'ExternalAuthorization':
            return missing(node, 'fails') ? appended(node, ` ${says('external-authorization-closed')}`) : [];
        case 'RateLimit':
            return missing(node, 'fails') ? appended(node, ` ${says('rate-limit-open')}`) : [];
        case 'GitOps':
            return ast.isEdgeControlPlane(node.$container) && missing(node, 'mode')
                ? replaced(node, says('gitops-sync'))
                : [];
        case 'Postgres':
            return missing(node, 'placement') && missing(node, 'place')
                ? replacedHead(node, 'postgres', 'postgres-placement')
                : [];
        case 'TelemetryStore':
            return ast.isTelemetryStore(node) ? ofStore(node) : [];
        case 'CentralControlPlane':
            return ofCentral(node, around);
        case 'Service':
            return ast.isService(node) ? ofService(node, around) : [];
        default:
            return ofEdge(node, around);
    }
}

function says(id: DefaultId): string {
    return allDefaults.find((each) => each.id === id)!.says;
}

function missing(node: AstNode, property: string): boolean {
    return node[property as keyof AstNode] === undefined;
}

function replacedHead(node: AstNode, word: string, id: DefaultId): Change[] {
    const { $cstNode } = node;
    if (!$cstNode) return [];
    return replaced(node, $cstNode.text.replace(new RegExp(`^${word}`), says(id)));
}

function ofStore(store: ast.TelemetryStore): Change[] {
    const isInternal = store.placement !== 'external' && !store.place;
    const placement = store.placement || store.place ? '' : ' internal';
    const path = store.path
        ? ''
        : ` ${says(store.kind === 'banyandb' && isInternal ? 'banyandb-path' : 'telemetry-store-path')}`;
    if (!placement && !path) return [];
    const behind = store.place ? 'place' : store.placement ? 'placement' : 'kind';
    return appended(store, placement + path, behind);
}

function ofCentral(node: AstNode, { topology }: Surroundings): Change[] {
    const management = topology.clusters.find((cluster) => cluster.kind === 'management');
    const cluster = AstUtils.getContainerOfType(node, ast.isManagementCluster);
    if (management?.name !== cluster?.name || !cluster || management?.central.listener.origin.kind !== 'assumed')
        return [];
    return withNested(cluster, [centralControlPlane], says('xcp-listener'));
}

function ofService(service: ast.Service, around: Surroundings): Change[] {
    const data = dataOf(service, around);
    if (!data) return [];
    const items = [
        statedNamespace(service) === undefined && says('namespace'),
        unsaid(data.eastWestFailover) && says('east-west-failover-off'),
        data.eastWestFailover.value && unsaid(data.outlierDetection) && says('outlier-detection-on'),
    ];
    const text = items.filter((each) => each !== false).join('\n');
    return text ? withNested(service, [], text) : [];
}

function unsaid({ origin }: { readonly origin: Origin }): boolean {
    return origin.kind === 'assumed';
}

/** The settings of an edge control plane, at its own line or at that of its workload cluster. */
function ofEdge(node: AstNode, { topology }: Surroundings): Change[] {
    const plane = ast.isEdgeControlPlane(node) ? node : undefined;
    const cluster = plane ? plane.$container : node;
    if (!ast.isWorkloadCluster(cluster)) return [];
    const edge = topology.clusters.find(({ name }) => name === cluster.name)?.edge;
    if (!edge) return [];
    const said = firstItem(cluster.items, 'EdgeControlPlane')?.items ?? [];
    const settings: [DefaultId, { readonly origin: Origin }, string][] = [
        ['token-ttl', edge.tokenTtl, 'TokenTtl'],
        ['leaf-certificate-ttl', edge.leafCertificateTtl, 'LeafCertificateTtl'],
        ['certificate-authority', edge.certificateAuthority, 'CertificateAuthority'],
        ['gitops-off', edge.gitops, 'GitOps'],
    ];
    const open = settings.filter(([, setting, type]) => unsaid(setting) && !said.some(({ $type }) => $type === type));
    const isBareGitOps = edge.gitops.value !== 'off';
    const texts = open.filter(([id]) => id !== 'gitops-off' || !isBareGitOps).map(([id]) => says(id));
    return texts.length > 0 ? withNested(cluster, [edgeControlPlane], texts.join('\n')) : [];
}
