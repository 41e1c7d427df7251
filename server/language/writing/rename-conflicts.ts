import { AstUtils, type AstNode } from 'langium';
import type { NameTable } from '../naming/estate-names.js';
import type { Estate } from '../naming/estates.js';
import * as ast from '../generated/ast.js';
import { clusterOfGateway, nameOfGateway, qualifiedName, statedNamespace } from '../naming/names.js';
import { referencesTo, type Meaning, type Occurrence } from '../navigation/occurrences.js';
import type { TsbtopoServices } from '../services.js';

/** Why a thing cannot have a name: something else has it, or the name could then mean either. Undefined: it can. */
export function whatIsInTheWay(
    meaning: Meaning,
    newName: string,
    occurrences: readonly Occurrence[],
    services: TsbtopoServices,
): string | undefined {
    const { Estates } = services.workspace;
    if (meaning.kind === 'topology') return topologyInTheWay(meaning.estate, newName, Estates.all());
    if (meaning.kind === 'namespace') return serviceInNamespace(meaning.name, newName, meaning.estate);
    const { node } = meaning;
    const names = Estates.of(AstUtils.getDocument(node).uri)?.names;
    if (!names) return undefined;
    if (ast.isRegion(node)) return taken(`A region is`, newName, names.regions.get(newName));
    if (ast.isCluster(node)) {
        return taken('A cluster is', newName, names.clusters.get(newName)) ?? targetTaken(newName, names, services);
    }
    if (ast.isZone(node)) return zoneInTheWay(node, newName);
    if (ast.isGateway(node)) return gatewayInTheWay(node, newName, occurrences, names, services);
    if (ast.isService(node)) return serviceInTheWay(node, newName, occurrences, names, services);
    return taken('A service is', newName, names.callables.get(newName));
}

function taken(what: string, name: string, candidates: readonly unknown[] | undefined): string | undefined {
    return candidates?.length ? `${what} already called \`${name}\`.` : undefined;
}

function topologyInTheWay(estate: Estate, newName: string, estates: readonly Estate[]): string | undefined {
    const key = estate.key.slice(0, -estate.name.length) + newName;
    return estates.some((other) => other.key === key)
        ? `A topology \`${newName}\` is in this folder already; the two would become one.`
        : undefined;
}

function serviceInNamespace(namespace: string, newName: string, { documents, names }: Estate): string | undefined {
    for (const { parseResult } of documents) {
        for (const service of parseResult.value.declarations.filter(ast.isService)) {
            const moved =
                statedNamespace(service) === namespace && names.qualifiedServices.get(`${newName}/${service.name}`);
            if (moved) return `The namespace \`${newName}\` has a service \`${service.name}\` already.`;
        }
    }
    return undefined;
}

function zoneInTheWay({ $container: { $container: region } }: ast.Zone, newName: string): string | undefined {
    const zones = region.items.filter(ast.isZones).flatMap((item) => item.zones);
    return taken(
        `A zone of \`${region.name}\` is`,
        newName,
        zones.filter(({ name }) => name === newName),
    );
}

type Names = Estate['names'];

function gatewayInTheWay(
    gateway: ast.Gateway,
    newName: string,
    occurrences: readonly Occurrence[],
    names: Names,
    services: TsbtopoServices,
): string | undefined {
    const cluster = clusterOfGateway(gateway)?.name ?? '';
    const inCluster = names.gatewaysInClusters.get(`${cluster}.${newName}`)?.filter(({ node }) => node !== gateway);
    if (inCluster?.length) return taken(`A gateway of \`${cluster}\` is`, newName, inCluster);
    if (names.clusters.has(newName) && occurrences.some(isBareTarget)) {
        return `A cluster is called \`${newName}\`, so that \`to ${newName}\` would mean the cluster. Write \`to ${cluster}.${nameOfGateway(gateway)}\` first.`;
    }
    const other = nodesNamed(names.gateways, newName).find((node) => node !== gateway);
    const bare = other && barelyNamed(occurrences, [other], services);
    const where = ast.isGateway(other) ? clusterOfGateway(other)?.name : undefined;
    return bare
        ? `\`${where}\` has a gateway \`${newName}\`, too, so that \`via ${newName}\` could mean either. Write \`${where}.${newName}\` and \`${cluster}.${nameOfGateway(gateway)}\` first.`
        : undefined;
}

/** A line sends requests to a gateway by its name alone; a cluster of that name would be meant then. */
function targetTaken(newName: string, names: Names, services: TsbtopoServices): string | undefined {
    const gateway = nodesNamed(names.gateways, newName).find((node) => referencesTo(node, services).some(isBareTarget));
    const cluster = ast.isGateway(gateway) ? clusterOfGateway(gateway)?.name : undefined;
    return cluster === undefined
        ? undefined
        : `\`to ${newName}\` means a gateway of \`${cluster}\`, and would then mean this cluster. Write \`to ${cluster}.${newName}\` first.`;
}

function isBareTarget({ reference }: Occurrence): boolean {
    return ast.isTarget(reference) && ast.isGateway(reference.destination?.ref);
}

function serviceInTheWay(
    service: ast.Service,
    newName: string,
    occurrences: readonly Occurrence[],
    names: Names,
    services: TsbtopoServices,
): string | undefined {
    const [namespace = ''] = qualifiedName(service).split('/');
    const same = taken(
        `A service in the namespace \`${namespace}\` is`,
        newName,
        names.qualifiedServices.get(`${namespace}/${newName}`),
    );
    const others = nodesNamed(names.callables, newName);
    if (same || others.length === 0) return same;
    const external = others.find(ast.isExternalService);
    if (external) return taken('An external service is', newName, [external]);
    return barelyNamed(occurrences, others, services)
        ? `Another namespace has a service \`${newName}\`, so that \`calls ${newName}\` could mean either. Write the namespaces first: \`${qualifiedName(service)}\`.`
        : undefined;
}

function nodesNamed(table: NameTable, name: string): AstNode[] {
    return (table.get(name) ?? []).map(({ node }) => node).filter((node) => node !== undefined);
}

/** Whether some line names one of these, or the thing with these occurrences, without its cluster or namespace. */
function barelyNamed(
    occurrences: readonly Occurrence[],
    others: readonly AstNode[],
    services: TsbtopoServices,
): boolean {
    const all = [...occurrences, ...others.flatMap((other) => referencesTo(other, services))];
    return all.some(
        (occurrence) =>
            isBareTarget(occurrence) ||
            (ast.isGatewayReference(occurrence.reference) && !occurrence.reference.cluster) ||
            (ast.isServiceReference(occurrence.reference) && !occurrence.reference.namespace),
    );
}
