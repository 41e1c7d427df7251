import type { LinkingError } from 'langium';
import { similarNames } from '../../topology/similar-names.js';
import { didYouMean } from '../syntax/did-you-mean.js';
import type { EstateNames, NameTable } from './estate-names.js';
import * as ast from '../generated/ast.js';
import { clusterOfGateway, nameOfGateway, qualifiedName } from './names.js';
import { regionOfZones } from './scope-provider.js';
import type { NameWriter } from './written-names.js';

/** What is wrong with a reference, in the user's words. */
export interface ReferenceProblem {
    readonly code:
        | 'unknown-cluster'
        | 'unknown-region'
        | 'unknown-zone'
        | 'unknown-gateway'
        | 'unknown-service'
        | 'ambiguous-name';
    readonly message: string;
    /** What could stand there instead, as it is written. */
    readonly suggestions: readonly string[];
}

/** What is known where a reference stands. */
export interface ReferenceContext {
    readonly names: Names;
    readonly write: NameWriter;
    /** False where so much is wrong already that searching for similar names would take too long. */
    readonly suggest: boolean;
}

/** Finds the words for a reference that means nothing; undefined where the cause has a message of its own. */
export function describeReference({ info }: LinkingError, context: ReferenceContext): ReferenceProblem | undefined {
    const { container, property, reference } = info;
    const name = reference.$refText;
    const { names } = context;
    switch (property) {
        case 'region':
            return unknown('region', name, names.regions, context);
        case 'zone':
        case 'zones':
            return describeZone(name, container, context);
        case 'gateway':
            return describeGateway(name, clusterBeforeGateway(container), context);
        case 'destination':
            return describeDestination(name, container, context);
        case 'service':
            return ast.isServiceReference(container) ? describeService(name, container, context) : undefined;
        default:
            return unknown('cluster', name, names.clusters, context);
    }
}

type Names = Omit<EstateNames, 'forget'>;

type Kind = 'cluster' | 'region' | 'zone' | 'gateway' | 'service';

const nameRules: Readonly<Record<Kind, string>> = {
    cluster: 'ClusterName',
    region: 'RegionName',
    zone: 'ZoneName',
    gateway: 'GatewayReferenceName',
    service: 'ServiceName',
};

function unknown(
    kind: Kind,
    name: string,
    table: NameTable,
    { names, write, suggest }: ReferenceContext,
    message = `There is no ${kind} \`${name}\`.`,
): ReferenceProblem {
    const code = `unknown-${kind}` as const;
    const suggestions = suggest ? similarNames(name, table.keys()).map((each) => write(each, nameRules[kind])) : [];
    const other = suggestions.length === 0 && whatElseIs(name, names);
    return {
        code,
        message: other ? `\`${name}\` is ${other}, not a ${kind}.` : message + didYouMean(suggestions),
        suggestions,
    };
}

function whatElseIs(name: string, names: Names): string | undefined {
    if (names.callables.has(name)) {
        return ast.isExternalService(names.callables.get(name)?.[0]?.node) ? 'an external service' : 'a service';
    }
    return names.clusters.has(name)
        ? 'a cluster'
        : names.regions.has(name)
          ? 'a region'
          : names.gateways.has(name)
            ? 'a gateway'
            : undefined;
}

function describeZone(
    name: string,
    container: LinkingError['info']['container'],
    context: ReferenceContext,
): ReferenceProblem | undefined {
    const region = regionOfZones(container, context.names);
    if (!region) {
        // `us-east/a` with an unknown region, or replicas of something that stands nowhere
        return ast.isPlace(container)
            ? undefined
            : {
                  code: 'unknown-zone',
                  message: `There is no zone \`${name}\`: no region is known here.`,
                  suggestions: [],
              };
    }
    const zones = region.items.filter(ast.isZones).flatMap((item) => item.zones.map((zone) => zone.name));
    const table = new Map(zones.map((zone) => [zone, []]));
    const message =
        zones.length > 0
            ? `\`${name}\` is no zone of \`${region.name}\`.`
            : `The region \`${region.name}\` has no zones: list them in its block, \`zones ${name}\`.`;
    return unknown('zone', name, table, { ...context, names: nothing }, message);
}

function describeGateway(name: string, before: CstBefore, context: ReferenceContext): ReferenceProblem | undefined {
    const { names, write } = context;
    if (!before) {
        const full = gatewaysCalled(name, names);
        return full.length > 0 ? ambiguous(name, full) : unknown('gateway', name, names.gateways, context);
    }
    const cluster = before.ref?.name;
    if (!cluster) {
        return undefined;
    }
    const port = /^(.+):[0-9]+$/.exec(name)?.[1];
    if (port !== undefined && names.gatewaysInClusters.has(`${cluster}.${port}`)) {
        const message = `\`${cluster}.${name}\` names a gateway, without a port: \`${cluster}.${port}\`.`;
        return { code: 'unknown-gateway', message, suggestions: [write(port, nameRules.gateway)] };
    }
    const prefix = `${cluster}.`;
    const there = [...names.gatewaysInClusters.keys()].filter((each) => each.startsWith(prefix));
    const table = new Map(there.map((each) => [each.slice(prefix.length), []]));
    const problem = unknown(
        'gateway',
        name,
        table,
        { ...context, names: nothing },
        `\`${cluster}\` has no gateway \`${name}\`.`,
    );
    const only = there.length === 1 && problem.suggestions.length === 0 ? there[0]!.slice(prefix.length) : undefined;
    return only
        ? { ...problem, message: problem.message + didYouMean([only]), suggestions: [write(only, nameRules.gateway)] }
        : problem;
}

/** `cluster.gateways` of that name, as they are called in full. */
function gatewaysCalled(name: string, names: Names): string[] {
    const candidates = (names.gateways.get(name) ?? []).map(({ node }) => node).filter(ast.isGateway);
    return candidates.map((gateway) => `${clusterOfGateway(gateway)?.name}.${nameOfGateway(gateway)}`);
}

type CstBefore = ast.GatewayReference['cluster'] | ast.Target['destination'];

/** The cluster before the dot; undefined where a gateway goes by its own name. */
function clusterBeforeGateway(container: LinkingError['info']['container']): CstBefore {
    if (ast.isTarget(container)) return container.destination;
    return ast.isGatewayReference(container) ? container.cluster : undefined;
}

/** A cluster, or a gateway by its own name. */
function describeDestination(
    name: string,
    container: LinkingError['info']['container'],
    context: ReferenceContext,
): ReferenceProblem | undefined {
    const { names } = context;
    const full = ast.isTarget(container) && container.gateway ? [] : gatewaysCalled(name, names);
    if (full.length > 0) return ambiguous(name, full);
    const both = new Map([...names.clusters, ...names.gateways]);
    const table = ast.isTarget(container) && container.gateway ? names.clusters : both;
    const what = table === both && full.length === 0 ? `There is no cluster or gateway \`${name}\`.` : undefined;
    return unknown('cluster', name, table, context, what);
}

function describeService(
    name: string,
    container: ast.ServiceReference,
    context: ReferenceContext,
): ReferenceProblem | undefined {
    const { names, write } = context;
    const candidates = (names.callables.get(name) ?? []).map(({ node }) => node);
    const full = candidates.filter(ast.isService).map((service) => qualifiedName(service));
    if (candidates.some(ast.isExternalService) && full.length > 0) {
        // the external service has an error of its own
        return undefined;
    }
    if (!container.namespace) {
        return full.length > 0 ? ambiguous(name, full) : unknown('service', name, names.callables, context);
    }
    const message = `There is no service \`${name}\` in the namespace \`${container.namespace}\`.`;
    if (full.length > 0) {
        // the message names the whole service; what can be put in place of the name alone is nothing
        return { code: 'unknown-service', message: message + didYouMean(full), suggestions: [] };
    }
    const prefix = `${container.namespace}/`;
    const there = [...names.qualifiedServices.keys()].filter((each) => each.startsWith(prefix));
    const table = new Map(there.map((each) => [write(each.slice(prefix.length), nameRules.service), []]));
    return unknown('service', name, table, context, message);
}

function ambiguous(name: string, full: readonly string[]): ReferenceProblem {
    const listed = full.slice(0, 3).map((each) => `\`${each}\``);
    return {
        code: 'ambiguous-name',
        message: `\`${name}\` can mean ${listed.join(' or ')}: say which.`,
        suggestions: full.slice(0, 3),
    };
}

const empty: NameTable = new Map();
const nothing: Names = {
    regions: empty,
    clusters: empty,
    gateways: empty,
    gatewaysInClusters: empty,
    callables: empty,
    qualifiedServices: empty,
};
