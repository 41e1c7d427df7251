import type { AstNode } from 'langium';
import {
    byDefault,
    stated,
    type Backup,
    type CentralControlPlane,
    type Copy,
    type IdentityProvider,
    type ManagementPlane,
    type Postgres,
    type Secret,
    type Setting,
    type SourceLocation,
    type StoreCopy,
    type StorePath,
    type TelemetryStore,
} from '../../topology/topology.js';
import { durationInSeconds } from '../syntax/amounts.js';
import * as ast from '../generated/ast.js';
import { allItems, firstItem } from '../syntax/items.js';
import { locationOf, nameLocationOf } from '../naming/location.js';
import { fromWhere } from './to-topology-needs.js';
import { toLocality, toPlacement, toReplicas } from './to-topology-common.js';

/** The management plane; every part that the file does not mention with its default. */
export function toManagementPlane(plane: ast.ManagementPlane | undefined): ManagementPlane {
    const items = plane?.items ?? [];
    const identityProvider = firstItem(items, 'IdentityProvider');
    return {
        at: plane && locationOf(plane),
        postgres: toPostgres(firstItem(items, 'Postgres')),
        telemetryStore: toTelemetryStore(firstItem(items, 'TelemetryStore')),
        iamSigningKey: toSecret(items, 'iam-signing-key'),
        rootCa: toSecret(items, 'root-ca'),
        identityProvider: identityProvider && toIdentityProvider(identityProvider),
        gitops: toManagementGitOps(firstItem(items, 'GitOps')),
        ...fromWhere(firstItem(items, 'GitOps')),
    };
}

/**
 * The management plane of the vendor: nothing is assumed of it, and of what it keeps nobody here knows anything. Only the
 * identity provider is the user's own.
 *
 * @param at what stands for all of it
 */
export function toHostedPlane(plane: ast.ManagementPlane | undefined, at: SourceLocation): ManagementPlane {
    const identityProvider = firstItem(plane?.items ?? [], 'IdentityProvider');
    const unknown = stated<Backup>({ kind: 'unknown' }, at);
    return {
        at: plane && locationOf(plane),
        postgres: { kind: 'postgres', placement: stated('internal', at), backup: unknown },
        telemetryStore: {
            kind: 'elasticsearch',
            placement: stated('internal', at),
            backup: unknown,
            path: stated('direct', at),
        },
        iamSigningKey: { backup: unknown },
        rootCa: { backup: unknown },
        identityProvider: identityProvider && toIdentityProvider(identityProvider),
        gitops: stated(false, at),
    };
}

/** Central of the vendor, which is one with the rest. */
export function hostedCentral(at: SourceLocation): CentralControlPlane {
    return { listener: stated('own', at) };
}

/** The central control plane. */
export function toCentralControlPlane(plane: ast.CentralControlPlane | undefined): CentralControlPlane {
    const listener = allItems(plane?.items ?? [], 'Listener').find((item) => item.kind);
    return {
        at: plane && locationOf(plane),
        listener: listener ? stated(listener.kind, locationOf(listener)) : byDefault('xcp-listener'),
    };
}

function toPostgres(store: ast.Postgres | undefined): Postgres {
    return {
        kind: 'postgres',
        ...storeParts(store),
        placement: store ? toPlacement(store, 'postgres-placement') : byDefault('postgres-placement'),
    };
}

function toTelemetryStore(store: ast.TelemetryStore | undefined): TelemetryStore {
    const kind = store?.kind ?? 'elasticsearch';
    const placement = store ? toPlacement(store, 'telemetry-store-placement') : byDefault('telemetry-store-placement');
    return {
        kind,
        ...storeParts(store),
        placement,
        path: store?.path ? stated(store.path, nameLocationOf(store, 'path')) : unsaidPath(kind, placement.value),
    };
}

function unsaidPath(kind: TelemetryStore['kind'], placement: 'internal' | 'external'): Setting<StorePath> {
    return kind === 'banyandb' && placement === 'internal'
        ? byDefault('banyandb-path')
        : byDefault('telemetry-store-path');
}

function storeParts(store: ast.Postgres | ast.TelemetryStore | undefined) {
    return {
        at: store && locationOf(store),
        // what is internal stands where the management cluster stands
        locality: store?.placement === 'internal' ? undefined : toLocality(store?.place),
        backup: toBackup(store?.items ?? []),
        replicas: toReplicas(store?.items ?? []),
        ...toStoreCopy(store?.items ?? []),
    };
}

function toSecret(items: readonly ast.ManagementPlaneItem[], kind: ast.Secret['kind']): Secret {
    const secret = allItems(items, 'Secret').find((item) => item.kind === kind);
    const life = durationInSeconds(firstItem(secret?.items ?? [], 'EndOfLife')?.ttl) || undefined;
    return {
        at: secret && locationOf(secret),
        backup: toBackup(secret?.items ?? []),
        ...(life !== undefined && { life }),
    };
}

function toBackup(items: readonly AstNode[]): Setting<Backup> {
    const item = items.find((candidate) => ast.isBackup(candidate) || ast.isNoBackup(candidate));
    if (ast.isNoBackup(item)) {
        return stated({ kind: 'none' }, locationOf(item));
    }
    if (!ast.isBackup(item)) {
        return byDefault('backup-unknown');
    }
    const every = durationInSeconds(item.every) || undefined;
    const within = durationInSeconds(item.within) || undefined;
    const kept = {
        kind: 'kept',
        every,
        locality: toLocality(item.place),
        ...(within !== undefined && { within }),
    } as const;
    return stated(kept, locationOf(item));
}

/** The copy that the block of a standby says. */
export function toCopy(items: readonly AstNode[]): { readonly copy?: Copy } {
    const item = firstItem(items, 'Copy');
    return item ? { copy: copyOf(item) } : {};
}

function toStoreCopy(items: readonly AstNode[]): { readonly copy?: StoreCopy } {
    const item = firstItem(items, 'Copy');
    if (!item) return {};
    const locality = toLocality(item.place);
    return {
        copy: {
            ...copyOf(item),
            ...(locality && { locality }),
            ...(item.place && !locality && { hasUnknownPlace: true }),
            ...(item.itself && { promotesItself: true }),
        },
    };
}

function copyOf(item: ast.Copy): Copy {
    const every = durationInSeconds(item.every) || undefined;
    const within = durationInSeconds(item.within) || undefined;
    const said = { ...(every !== undefined && { every }), ...(within !== undefined && { within }) };
    return { at: locationOf(item), ...said };
}

function toIdentityProvider(node: ast.IdentityProvider): IdentityProvider {
    const placement = toPlacement(node, 'placement');
    return { at: locationOf(node), placement, locality: toLocality(node.place) };
}

function toManagementGitOps(item: ast.GitOps | undefined): Setting<boolean> {
    return item ? stated(item.mode !== 'off', locationOf(item)) : byDefault('management-gitops-off');
}
