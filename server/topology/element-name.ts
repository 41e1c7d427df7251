/**
 * The names by which elements are known in files, commands and JSON: each is written here, and told apart here.
 */

declare const elementName: unique symbol;

/** The name of something that can fail: `east`, `mgmt.management-plane.front-envoy`, `link:east/mgmt`, `checkout@east`. */
export type ElementName = string & { readonly [elementName]: true };

/** A text that may be the name of an element, and need not: whoever looks it up will see. */
export function asElementName(text: string): ElementName {
    return text as ElementName;
}

export function clusterName(cluster: string): ElementName {
    return asElementName(cluster);
}

/** The name of what stands in a cluster: a gateway, or a component by its place, such as `data-plane`. */
export function partName(cluster: string, ...part: readonly string[]): ElementName {
    return asElementName([cluster, ...part].join('.'));
}

/** The name of a gateway; also of one that a line refers to. */
export function gatewayName({ cluster, name }: { readonly cluster: string; readonly name: string }): ElementName {
    return partName(cluster, name);
}

export function regionName(region: string): ElementName {
    return asElementName(`region:${region}`);
}

export function zoneName(region: string, zone: string): ElementName {
    return asElementName(`zone:${region}/${zone}`);
}

/** The region, and the zone where one is said. */
export function placeNames({ region, zone }: { readonly region: string; readonly zone?: string }): ElementName[] {
    return [regionName(region), ...(zone === undefined ? [] : [zoneName(region, zone)])];
}

/** @param service its short name, or the one with its namespace */
export function serviceName(service: string): ElementName {
    return asElementName(`service:${service}`);
}

/** The name of what fails together. */
export function fateName(fate: string): ElementName {
    return asElementName(`fate:${fate}`);
}

export function externalName(external: string): ElementName {
    return asElementName(`external:${external}`);
}

/** Stands between a service and its cluster in the name of instances. */
const ofInstances = '@';

/** The name of the instances of a service in one home. */
export function instancesName(service: string, cluster: string): ElementName {
    return asElementName(`${service}${ofInstances}${cluster}`);
}

/** The name of the network between two clusters; the management cluster is named last, others in order of declaration. */
export function linkName(from: string, to: string): ElementName {
    return asElementName(`link:${from}/${to}`);
}

/** The name of what one cluster opens to another. */
export function directedLinkName(from: string, to: string): ElementName {
    return asElementName(`link:${from}->${to}`);
}

/** Whether a name is that of a link, or of a direction of one. */
export function isLinkName(name: string): boolean {
    return name.startsWith('link:');
}

/**
 * The clusters that a name of a link, with or without `link:` before it, may be about; several where names of clusters have
 * its signs in them.
 */
export function* linkEnds(
    text: string,
    isCluster: (name: string) => boolean,
): Generator<{ readonly from: string; readonly to: string; readonly isWhole: boolean }> {
    const name = text.replace(/^link:/, '');
    for (const separator of ['->', '/'] as const) {
        for (let at = name.indexOf(separator); at >= 0; at = name.indexOf(separator, at + 1)) {
            const [from, to] = [name.slice(0, at), name.slice(at + separator.length)];
            if (isCluster(from) && isCluster(to)) yield { from, to, isWhole: separator === '/' };
        }
    }
}

/** The name of a store or secret of the management plane. */
export function storeName(
    kind: 'postgres' | 'elasticsearch' | 'banyandb' | 'iam-signing-key' | 'root-ca',
): ElementName {
    return asElementName(`store:${kind}`);
}

/** The name of the copy of a store. */
export function copyName(kind: 'postgres' | 'elasticsearch' | 'banyandb'): ElementName {
    return partName(storeName(kind), 'copy');
}

/** The store of which this is the name of a copy. */
export function storeOfCopy(copy: ElementName): ElementName {
    return asElementName(copy.replace(/\.copy$/, ''));
}

/** Whether a name is that of a store or secret of the management plane, or of the copy of one. */
export function isStoreName(name: string): boolean {
    return name.startsWith('store:');
}

export const identityProviderName = asElementName('identity-provider');

/** A name with the kind before it that people may say: `region:us-east`, `cluster:east`. */
export function nameOfKind(
    kind: 'region' | 'zone' | 'cluster' | 'service' | 'external' | 'fate',
    name: string,
): ElementName {
    return asElementName(`${kind}:${name}`);
}

/** A name without the kind before it, which people leave out: `us-east` of `region:us-east`; clusters may have one, too. */
export function bareName(name: string): string {
    return name.replace(/^(region|zone|store|service|external|link|cluster|fate):/, '');
}

/** Whether a name is that of a whole service. */
export function isServiceName(name: string): boolean {
    return name.startsWith('service:');
}

/**
 * The service that a name of a service, or of its instances, is about, as long as all services have plain names; undefined
 * for any other name.
 */
export function serviceIn(name: ElementName): string | undefined {
    if (isServiceName(name)) return bareName(name);
    const end = name.indexOf(ofInstances);
    return end < 0 ? undefined : name.slice(0, end);
}

/** Whether the service is told from the names of its instances: not where its own looks like one of an element. */
export function isPlainServiceName(service: string): boolean {
    return serviceIn(instancesName(service, '')) === service;
}

/** What a cluster without any declared service runs; see SEMANTICS: otherwise running workloads would be vacuous. */
export const implicitWorkload = 'workload';
