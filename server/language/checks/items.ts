import type { AstNode, ValidationAcceptor } from 'langium';
import * as ast from '../generated/ast.js';
import { onceOf, saidOnce } from '../syntax/items.js';
import { report } from './check.js';

/** What is said twice in one block, or does not belong into it. */
export const itemChecks = {
    Region: checkRepeated,
    Cluster: (cluster: ast.Cluster, accept: ValidationAcceptor) => {
        checkRepeated(cluster, accept);
        if (ast.isWorkloadCluster(cluster)) checkMisplacedPlanes(cluster, accept);
        else if (cluster.hosted) checkHosted(cluster, accept);
        else if (cluster.standby) checkStandby(cluster, accept);
        if (!ast.isManagementCluster(cluster) || !cluster.standby) checkMisplacedCopy(cluster, accept);
    },
    ManagementPlane: (plane: ast.ManagementPlane, accept: ValidationAcceptor) => {
        checkRepeated(plane, accept);
        checkManagementGitOps(plane, accept);
    },
    Postgres: checkStore,
    TelemetryStore: checkStore,
    Secret: checkRepeated,
    CentralControlPlane: checkRepeated,
    EdgeControlPlane: checkRepeated,
    WorkloadDefaults: checkRepeated,
    Gateway: (gateway: ast.Gateway, accept: ValidationAcceptor) => {
        checkRepeated(gateway, accept);
        checkHelpers(gateway, accept);
        gateway.roles.forEach((role, index) => {
            if (gateway.roles.indexOf(role) < index) {
                const message = `The role \`${role}\` is already listed.`;
                report(accept, gateway, 'repeated-name', message, { severity: 'warning', property: 'roles', index });
            }
        });
    },
    Service: (service: ast.Service, accept: ValidationAcceptor) => {
        checkRepeated(service, accept);
        const namespace = service.items.find(ast.isNamespace);
        if (service.namespace && namespace) {
            const message = `The namespace is already said: \`${service.namespace}/\` before the name.`;
            report(accept, namespace, 'repeated-item', message);
        }
    },
    Homes: checkRepeated,
    Exposure: checkRepeated,
    ExternalService: checkRepeated,
    SharedFate: checkRepeated,
    About: checkRepeated,
    Labels: (labels: ast.Labels, accept: ValidationAcceptor) => {
        const keys = (labels.$container.items as AstNode[]).filter(ast.isLabels).flatMap((item) => item.labels);
        for (const label of labels.labels) {
            const first = keys.find((other) => other.key === label.key);
            if (label.key && first && first !== label) {
                const related = { node: first, message: 'The first value.' };
                report(accept, label, 'repeated-item', `The label \`${label.key}\` already has a value.`, { related });
            }
        }
    },
};

function checkRepeated({ items }: AstNode & { readonly items: readonly AstNode[] }, accept: ValidationAcceptor): void {
    const seen = new Map<string, AstNode>();
    for (const item of items) {
        const what = onceOf(item);
        const first = what && seen.get(what);
        if (first) {
            const message = `${what.startsWith('the ') ? capitalized(what) : `\`${what}\``} is already said in this block.`;
            report(accept, item, 'repeated-item', message, { related: { node: first, message: 'The first time.' } });
        } else if (what) {
            seen.set(what, item);
        }
    }
}

function capitalized(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Requests from outside are decided on where they enter, and where they enter the cluster of a service. */
function checkHelpers({ roles, items }: ast.Gateway, accept: ValidationAcceptor): void {
    if (roles.length === 0 || roles.some((role) => role === 'tier1' || role === 'ingress')) return;
    for (const item of items) {
        if (ast.isExternalAuthorization(item) || ast.isRateLimit(item)) {
            const what = saidOnce.get(item.$type);
            const message = `Only a tier1 or ingress gateway asks about requests: \`${what}\` of one that is \`${roles.join('`, `')}\` is not judged.`;
            report(accept, item, 'misplaced-item', message);
        }
    }
}

function checkMisplacedPlanes(cluster: ast.WorkloadCluster, accept: ValidationAcceptor): void {
    for (const item of cluster.items) {
        if (ast.isManagementPlane(item) || ast.isCentralControlPlane(item)) {
            const plane = ast.isManagementPlane(item) ? 'management plane' : 'central control plane';
            const message = `A workload cluster has no ${plane}: it runs on the management cluster.`;
            report(accept, item, 'misplaced-item', message);
        }
    }
}

/** What the vendor runs has nothing that could be said of it but whose it is, and who says who a user is. */
function checkHosted({ name, items }: ast.ManagementCluster, accept: ValidationAcceptor): void {
    const tell = (item: AstNode, what: string) => {
        const message = `\`${name}\` is run by the vendor: ${what}. Take it out.`;
        report(accept, item, 'misplaced-item', message);
    };
    for (const item of items) {
        if (ast.isManagementPlane(item)) {
            for (const inner of item.items) {
                if (!ast.isIdentityProvider(inner)) tell(inner, 'its stores, keys and backups are not judged here');
            }
        } else if (ast.isCentralControlPlane(item)) tell(item, 'its planes are not judged one by one');
        else if (ast.isGateway(item) || ast.isEdgeControlPlane(item) || ast.isDataPlane(item))
            tell(item, 'nothing of yours runs there');
    }
}

/** What stands by has what the active side has: it is said there. */
function checkStandby({ name, items }: ast.ManagementCluster, accept: ValidationAcceptor): void {
    for (const item of items) {
        if (!isOfStandby(item)) {
            const message = `\`${name}\` stands by, and has what the management cluster has: that is said there. Take it out.`;
            report(accept, item, 'misplaced-item', message);
        } else if (ast.isCopy(item)) checkCopyOfStandby(item, name, accept);
    }
}

/** It is a part of the standby, and nothing promotes a management cluster but people. */
function checkCopyOfStandby(copy: ast.Copy, name: string, accept: ValidationAcceptor): void {
    if (copy.place) {
        const message = `The copy of \`${name}\` stands where \`${name}\` stands. Take \`in\` out.`;
        report(accept, copy, 'misplaced-item', message, { property: 'place' });
    }
    if (copy.itself) {
        const message =
            'Nothing promotes a management cluster by itself. Say how long people need: `promoted within 30m`.';
        report(accept, copy, 'misplaced-item', message, { property: 'itself' });
    }
}

function isOfStandby(item: AstNode): boolean {
    return [ast.isCopy, ast.isRequires, ast.isOwner, ast.isLabels, ast.isAcceptance].some((is) => is(item));
}

function checkMisplacedCopy({ items }: ast.Cluster, accept: ValidationAcceptor): void {
    for (const item of items.filter(ast.isCopy)) {
        const message =
            'A copy is one of a store, or of a `standby management cluster`: say it in the block of `postgres`, of the telemetry store, or of the standby.';
        report(accept, item, 'misplaced-item', message);
    }
}

function checkManagementGitOps(plane: ast.ManagementPlane, accept: ValidationAcceptor): void {
    for (const item of plane.items) {
        if (ast.isGitOps(item) && (item.mode === 'sync' || item.mode === 'async')) {
            const message = `\`${item.mode}\` is a mode of an edge control plane. Here stands \`gitops\` or \`gitops off\`.`;
            report(accept, item, 'misplaced-item', message, { property: 'mode' });
        }
    }
}

function checkStore(store: ast.Postgres | ast.TelemetryStore, accept: ValidationAcceptor): void {
    checkRepeated(store, accept);
    if (store.placement === 'internal' && store.place) {
        const message = 'What is internal stands where the management cluster stands. Say `external`, or no place.';
        report(accept, store, 'internal-with-place', message, { property: 'place' });
    }
}
