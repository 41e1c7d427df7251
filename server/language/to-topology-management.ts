import type { AstNode } from 'langium';
import {
    assumed,
    stated,
    type Backup,
    type CentralControlPlane,
    type IdentityProvider,
    type ManagementPlane,
    type Postgres,
    type Secret,
    type Setting,
    type StorePath,
    type TelemetryStore,
} from '../topology/topology.js';
import { durationInSeconds } from './amounts.js';
import * as ast from './generated/ast.js';
import { locationOf, nameLocationOf } from './location.js';
import { localityPart, replicasPart, toPlacement } from './to-topology-common.js';

/** The management plane; every part that the file does not mention with its default. */
export function toManagementPlane(plane: ast.ManagementPlane | undefined): ManagementPlane {
    const items = plane?.items ?? [];
    const identityProvider = items.find(ast.isIdentityProvider);
    return {
        ...(plane && { at: locationOf(plane) }),
        postgres: toPostgres(items.find(ast.isPostgres)),
        telemetryStore: toTelemetryStore(items.find(ast.isTelemetryStore)),
        iamSigningKey: toSecret(items, 'iam-signing-key'),
        rootCa: toSecret(items, 'root-ca'),
        ...(identityProvider && { identityProvider: toIdentityProvider(identityProvider) }),
        gitops: toManagementGitOps(items.find(ast.isGitOps)),
    };
}

/** The central control plane. */
export function toCentralControlPlane(plane: ast.CentralControlPlane | undefined): CentralControlPlane {
    const listener = plane?.items.find((item) => item.kind);
    return {
        ...(plane && { at: locationOf(plane) }),
        listener: listener ? stated(listener.kind, locationOf(listener)) : assumed('own', 'xcp-listener'),
    };
}

function toPostgres(store: ast.Postgres | undefined): Postgres {
    return {
        kind: 'postgres',
        ...storeParts(store),
        placement: store
            ? toPlacement(store, 'external', 'postgres-placement')
            : assumed('external', 'postgres-placement'),
    };
}

function toTelemetryStore(store: ast.TelemetryStore | undefined): TelemetryStore {
    const kind = store?.kind ?? 'elasticsearch';
    const placement = store
        ? toPlacement(store, 'internal', 'telemetry-store-placement')
        : assumed('internal' as const, 'telemetry-store-placement');
    return {
        kind,
        ...storeParts(store),
        placement,
        path: store?.path ? stated(store.path, nameLocationOf(store, 'path')) : unsaidPath(kind, placement.value),
    };
}

function unsaidPath(kind: TelemetryStore['kind'], placement: 'internal' | 'external'): Setting<StorePath> {
    return kind === 'banyandb' && placement === 'internal'
        ? assumed('front-envoy', 'banyandb-path')
        : assumed('direct', 'telemetry-store-path');
}

function storeParts(store: ast.Postgres | ast.TelemetryStore | undefined) {
    return {
        ...(store && { at: locationOf(store) }),
        ...localityPart(store?.place),
        backup: toBackup(store?.items ?? []),
        ...replicasPart(store?.items ?? []),
    };
}

function toSecret(items: readonly ast.ManagementPlaneItem[], kind: ast.Secret['kind']): Secret {
    const secret = items.filter(ast.isSecret).find((item) => item.kind === kind);
    return { ...(secret && { at: locationOf(secret) }), backup: toBackup(secret?.items ?? []) };
}

function toBackup(items: readonly AstNode[]): Setting<Backup> {
    const item = items.find((candidate) => ast.isBackup(candidate) || ast.isNoBackup(candidate));
    if (ast.isNoBackup(item)) {
        return stated({ kind: 'none' }, locationOf(item));
    }
    if (!ast.isBackup(item)) {
        return assumed({ kind: 'unknown' }, 'backup-unknown');
    }
    const every = durationInSeconds(item.every);
    return stated({ kind: 'kept', ...(every && { every }), ...localityPart(item.place) }, locationOf(item));
}

function toIdentityProvider(node: ast.IdentityProvider): IdentityProvider {
    return { at: locationOf(node), placement: toPlacement(node, 'external', 'placement'), ...localityPart(node.place) };
}

function toManagementGitOps(item: ast.GitOps | undefined): Setting<boolean> {
    return item ? stated(item.mode !== 'off', locationOf(item)) : assumed(false, 'management-gitops-off');
}
