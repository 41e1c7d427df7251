import type { AstNode } from 'langium';
import { table, type Table } from '../../knowledge/table.js';
import type * as ast from '../generated/ast.js';

type Types = ast.TsbtopoAstType;

/** The first item of that type in a block. Compares plain names of types, since this is asked for every service. */
export function firstItem<Type extends keyof Types>(items: readonly AstNode[], type: Type): Types[Type] | undefined;
export function firstItem(items: readonly AstNode[], type: string): AstNode | undefined {
    return items.find((item) => item.$type === type);
}

/** All items of that type in a block. */
export function allItems<Type extends keyof Types>(items: readonly AstNode[], type: Type): Types[Type][];
export function allItems(items: readonly AstNode[], type: string): AstNode[] {
    return items.filter((item) => item.$type === type);
}

const byType = new WeakMap<readonly ast.Declaration[], ReadonlyMap<string, readonly ast.Declaration[]>>();

/** The declarations of a type in lists that stay what they are, each of which is looked through once. */
export function allDeclared<Type extends ast.Declaration['$type']>(
    lists: readonly (readonly ast.Declaration[])[],
    type: Type,
): Types[Type][];
export function allDeclared(lists: readonly (readonly ast.Declaration[])[], type: string): AstNode[] {
    return lists.flatMap((list) => {
        const known = byType.get(list) ?? groupedByType(list);
        byType.set(list, known);
        return known.get(type) ?? [];
    });
}

function groupedByType(declarations: readonly ast.Declaration[]): ReadonlyMap<string, readonly ast.Declaration[]> {
    const grouped = new Map<string, ast.Declaration[]>();
    for (const each of declarations) {
        const known = grouped.get(each.$type);
        if (known) known.push(each);
        else grouped.set(each.$type, [each]);
    }
    return grouped;
}

/** The names that an exposure gives, the first of them with the exposure itself. */
export function hostsOf(exposure: ast.Exposure): (ast.Exposure | ast.Alias)[] {
    return [exposure, ...exposure.aliases].filter(({ host }) => Boolean(host));
}

/** The lists of clusters on which a service runs: the one after its name, and those in its block. */
export function homeListsOf(service: ast.Service): ast.Homes[] {
    const inside = allItems(service.items, 'Homes');
    return service.on ? [service.on, ...inside] : inside;
}

/** Whether one will do of what a line requires; where `,` and `or` are mixed nobody knows, and each counts. */
export function isChoice(line: ast.Calls | ast.Requires): boolean {
    return line.$type === 'Requires' && line.either.length > 0 && line.either.length === line.callees.length - 1;
}

/** What may be said once in a block, in the words of the language, by the type of the item. */
export const saidOnce: Table<string> = table({
    Backup: 'backup',
    CentralControlPlane: 'central control plane',
    CertificateAuthority: 'certificate authority',
    Copy: 'copy',
    DataPlane: 'data plane',
    EdgeControlPlane: 'edge control plane',
    EndOfLife: 'ttl',
    ExternalAuthorization: 'external authorization',
    Failover: 'failover',
    GitOps: 'gitops',
    Gslb: 'gslb',
    IdentityProvider: 'identity-provider',
    LeafCertificateTtl: 'leaf certificate ttl',
    Listener: 'listener',
    ManagementPlane: 'management plane',
    MetricsBuffer: 'metrics buffer',
    Namespace: 'namespace',
    NoBackup: 'backup',
    NoWorkloads: 'no workloads',
    OutlierDetection: 'outlier detection',
    Owner: 'owner',
    Postgres: 'postgres',
    RateLimit: 'rate limit',
    Replicas: 'replicas',
    TelemetryStore: 'the telemetry store',
    TokenTtl: 'token ttl',
    VirtualMachines: 'virtual machines',
});

/** What an item says that may be said once in a block; undefined for what adds up. */
export function onceOf(item: AstNode): string | undefined {
    return item.$type === 'Secret' ? (item as ast.Secret).kind : saidOnce.get(item.$type);
}

/** The stores that a cluster declares. */
export function storesOf(items: readonly ast.ClusterItem[]): (ast.Postgres | ast.TelemetryStore)[] {
    const inPlanes = allItems(items, 'ManagementPlane').flatMap((plane) => plane.items);
    return [...allItems(inPlanes, 'Postgres'), ...allItems(inPlanes, 'TelemetryStore')];
}
