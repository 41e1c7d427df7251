import type { ObjectOf } from '../kinds.js';

type Metadata = NonNullable<ObjectOf<'Namespace'>['metadata']>;

/** Where a TSB object belongs, whichever way it is written. */
export interface Parents {
    readonly tenant: string;
    readonly workspace: string;
    readonly group: string;
    readonly name: string;
}

/** From `metadata`, the annotations of GitOps, or the whole name (`organizations/acme/tenants/shop/…`). */
export function parentsOf(metadata: Metadata | undefined): Parents {
    const { annotations, fqn } = metadata ?? {};
    const annotated = (what: string) => annotations?.get(`tsb.tetrate.io/${what}`);
    // the last two say what it is itself
    const parts = (fqn ?? '').split('/').slice(0, -2);
    const inName = (what: RegExp) => namedIn(parts, what);
    const groups = ['gatewayGroup', 'trafficGroup', 'securityGroup', 'istioInternalGroup'].map(annotated);
    return {
        tenant: metadata?.tenant ?? annotated('tenant') ?? inName(/^tenants$/) ?? '',
        workspace: metadata?.workspace ?? annotated('workspace') ?? inName(/^workspaces$/) ?? '',
        group: metadata?.group ?? groups.find((group) => group !== undefined) ?? inName(/groups$/) ?? '',
        name: metadata?.name ?? '',
    };
}

/** The tenant, workspace and group that a whole name leads to: one of these itself, not something in it. */
export function meantBy(fqn: string): Omit<Parents, 'name'> {
    const parts = fqn.split('/');
    return {
        tenant: namedIn(parts, /^tenants$/) ?? '',
        workspace: namedIn(parts, /^workspaces$/) ?? '',
        group: namedIn(parts, /groups$/) ?? '',
    };
}

/** Every second part of a whole name says what the next one names. */
function namedIn(parts: readonly string[], what: RegExp): string | undefined {
    const at = parts.findIndex((part, index) => index % 2 === 0 && what.test(part));
    return at < 0 ? undefined : parts[at + 1];
}

/** One text for a path of names, whatever is in them. */
export function key(...parts: readonly (string | undefined)[]): string {
    return JSON.stringify(parts);
}

/** A name as a line of the language has it: in quotes, unless it is plain. */
export function inLine(name: string): string {
    return /^[A-Za-z_]\w*(-+\w+)*$/.test(name) ? name : inQuotes(name);
}

export function inQuotes(text: string): string {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** What a route leads to: a service of Kubernetes, or a host of somebody else. */
export type Destination =
    | { readonly kind: 'service'; readonly namespace: string; readonly name: string }
    | { readonly kind: 'host'; readonly host: string };

/**
 * Reads `ns/svc.ns.svc.cluster.local`, `svc.ns.svc.cluster.local`, `ns/svc`, `svc.ns`; anything else is a host, with the
 * namespace from which it is seen taken off.
 *
 * @param isService whether there is such a service, for `svc.ns`
 */
export function destinationOf(text: string, isService: (namespace: string, name: string) => boolean): Destination {
    const [, prefix, host = ''] = /^(?:([^/]*)\/)?(.*)$/.exec(text.trim().replace(/:\d+$/, '')) ?? [];
    const full = /^([^.]+)\.([^.]+)\.svc(?:\..*)?$/.exec(host);
    if (full) return { kind: 'service', name: full[1]!, namespace: full[2]! };
    if (!host.includes('.')) {
        if (prefix !== undefined && prefix !== '*' && host !== '')
            return { kind: 'service', namespace: prefix, name: host };
        return { kind: 'host', host };
    }
    const [name = '', namespace = '', ...more] = host.split('.');
    if (more.length === 0 && isService(namespace, name)) return { kind: 'service', namespace, name };
    return { kind: 'host', host };
}

/** What a selector of namespaces names: `c1/shop`, and `*` for any cluster. */
export interface Selected {
    readonly cluster: string;
    readonly namespace: string;
}

export function selectedBy(names: readonly string[] | undefined): Selected[] {
    return (names ?? []).flatMap((name) => {
        const [cluster, namespace] = name.split('/');
        return cluster === undefined || namespace === undefined || namespace === '' ? [] : [{ cluster, namespace }];
    });
}

/** Whether labels have all that a selector asks for; one that asks for nothing selects nothing. */
export function matches(
    selector: ReadonlyMap<string, string> | undefined,
    labels: ReadonlyMap<string, string> | undefined,
): boolean {
    if (!selector || selector.size === 0 || !labels) return false;
    return [...selector].every(([label, value]) => labels.get(label) === value);
}

/** A duration of Go as the language writes it (`8760h` is `365d`, `31536000s` is `365d`); undefined for none. */
export function durationOf(text: string): string | undefined {
    const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(h|m|s)/g)];
    if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined;
    const seconds = parts.reduce(
        (sum, [, number, unit]) => sum + Number(number) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1),
        0,
    );
    if (!Number.isSafeInteger(seconds) || seconds <= 0) return undefined;
    // days from two of them on: a life of a day is always written as 24h
    for (const [unit, size, least] of [
        ['d', 86_400, 2],
        ['h', 3600, 1],
        ['m', 60, 1],
        ['s', 1, 1],
    ] as const)
        if (seconds % size === 0 && seconds / size >= least) return `${seconds / size}${unit}`;
    return undefined;
}
