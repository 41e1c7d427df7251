import {
    assumed,
    stated,
    type Callee,
    type Exposure,
    type ExternalService,
    type GatewayRef,
    type Helper,
    type Home,
    type Service,
    type Setting,
    type Target,
} from '../topology/topology.js';
import type { DefaultId } from '../knowledge/defaults.js';
import { durationInSeconds, wholeNumber } from './amounts.js';
import type { EstateNames } from './estate-names.js';
import * as ast from './generated/ast.js';
import { locationOf, nameLocationOf } from './location.js';
import { clusterOfGateway, defaultNamespace, nameOfGateway, qualifiedName } from './names.js';
import { meaningOf } from './scope-provider.js';
import { localityPart, ownership, replicasPart } from './to-topology-common.js';

/** A service with its homes, hosts and calls. */
export function toService(service: ast.Service, names: EstateNames): Service {
    const { items } = service;
    const namespace = toNamespace(service);
    const failover = items.find(ast.isFailover);
    const outlierDetection = items.find(ast.isOutlierDetection);
    const authorization = items.find(ast.isExternalAuthorization);
    const rateLimit = items.find(ast.isRateLimit);
    return {
        ...ownership(service),
        namespace,
        name: service.name,
        shortName: shortNameOf(service, names),
        homes: toHomes(service, namespace),
        exposures: items.filter(ast.isExposure).filter(hasHost).map(toExposure),
        calls: toCallees(items.filter(ast.isCalls), names),
        requires: toCallees(items.filter(ast.isRequires), names),
        eastWestFailover: failover
            ? stated(!failover.off, locationOf(failover))
            : assumed(false, 'east-west-failover-off'),
        outlierDetection: outlierDetection
            ? stated(!outlierDetection.off, locationOf(outlierDetection))
            : assumed(true, 'outlier-detection-on'),
        ...(authorization && {
            externalAuthorization: toHelper(authorization, 'closed', 'external-authorization-closed', names),
        }),
        ...(rateLimit && { rateLimit: toHelper(rateLimit, 'open', 'rate-limit-open', names) }),
    };
}

/** Something outside the mesh. */
export function toExternalService(service: ast.ExternalService): ExternalService {
    return { ...ownership(service), name: service.name, ...localityPart(service.place) };
}

/** The bare name where it is unique among all that can be called, `namespace/name` elsewhere. */
export function shortNameOf(service: ast.Service, names: EstateNames): string {
    return meaningOf(names.callables.get(service.name)) ? service.name : qualifiedName(service);
}

function toNamespace(service: ast.Service): Setting<string> {
    if (service.namespace) {
        return stated(service.namespace, nameLocationOf(service, 'namespace'));
    }
    const item = service.items.find(ast.isNamespace);
    return item?.name ? stated(item.name, nameLocationOf(item)) : assumed(defaultNamespace, 'namespace');
}

function toHomes(service: ast.Service, namespace: Setting<string>): Home[] {
    const homes = new Map<string, Home>();
    for (const list of [service.on, ...service.items.filter(ast.isHomes)]) {
        for (const home of list?.homes ?? []) {
            const cluster = home.cluster?.ref?.name;
            if (list && cluster && !homes.has(cluster)) {
                homes.set(cluster, toHome(home, cluster, list, namespace));
            }
        }
    }
    return [...homes.values()];
}

function toHome(home: ast.Home, cluster: string, { items }: ast.Homes, namespace: Setting<string>): Home {
    const own = items.find(ast.isNamespace);
    const virtual = items.find(ast.isVirtualMachines);
    const gateway = toGatewayRefs(virtual?.gateway ? [virtual.gateway] : [])[0];
    return {
        cluster,
        at: locationOf(home),
        namespace: own?.name ? stated(own.name, nameLocationOf(own)) : namespace,
        ...replicasPart(items),
        ...(virtual && { virtualMachines: { ...(gateway && { gateway }), at: locationOf(virtual) } }),
    };
}

function hasHost(exposure: ast.Exposure): boolean {
    return Boolean(exposure.host);
}

function toExposure(exposure: ast.Exposure): Exposure {
    const gslb = exposure.items.find(ast.isGslb);
    const ttl = durationInSeconds(gslb?.ttl);
    return {
        host: exposure.host,
        at: locationOf(exposure),
        hostAt: nameLocationOf(exposure, 'host'),
        via: toGatewayRefs(exposure.via),
        to: toTargets(exposure.to),
        ...(gslb && { gslbTtl: ttl === undefined ? assumed(30, 'gslb-ttl') : stated(ttl, locationOf(gslb)) }),
    };
}

function toGatewayRefs(references: readonly ast.GatewayReference[]): GatewayRef[] {
    const refs = new Map<string, GatewayRef>();
    for (const reference of references) {
        const gateway = reference.gateway?.ref;
        const cluster = gateway && clusterOfGateway(gateway)?.name;
        const name = gateway && nameOfGateway(gateway);
        if (cluster && name) {
            const key = JSON.stringify([cluster, name]);
            refs.set(key, refs.get(key) ?? { cluster, gateway: name, at: locationOf(reference) });
        }
    }
    return [...refs.values()];
}

function toTargets(targets: readonly ast.Target[]): Target[] {
    const byCluster = new Map<string, Target>();
    for (const target of targets) {
        const cluster = target.cluster?.ref?.name;
        if (cluster && !byCluster.has(cluster)) {
            const weight = wholeNumber(target.weight);
            byCluster.set(cluster, { cluster, ...(weight !== undefined && { weight }), at: locationOf(target) });
        }
    }
    return [...byCluster.values()];
}

function toCallees(items: readonly (ast.Calls | ast.Requires)[], names: EstateNames): Callee[] {
    const callees = new Map<string, Callee>();
    for (const reference of items.flatMap((item) => item.callees)) {
        const callee = toCallee(reference, names);
        const key = callee && `${callee.kind} ${callee.name}`;
        if (callee && key && !callees.has(key)) {
            callees.set(key, callee);
        }
    }
    return [...callees.values()];
}

function toCallee(reference: ast.ServiceReference, names: EstateNames): Callee | undefined {
    const callee = reference.service?.ref;
    if (!callee) {
        return undefined;
    }
    return ast.isService(callee)
        ? { kind: 'service', name: shortNameOf(callee, names), at: locationOf(reference) }
        : { kind: 'external-service', name: callee.name, at: locationOf(reference) };
}

function toHelper(
    helper: ast.ExternalAuthorization | ast.RateLimit,
    unsaid: 'open' | 'closed',
    defaultId: DefaultId,
    names: EstateNames,
): Helper {
    const by = helper.by && toCallee(helper.by, names);
    return {
        at: locationOf(helper),
        ...(by && { by }),
        fails: helper.fails ? stated(helper.fails, nameLocationOf(helper, 'fails')) : assumed(unsaid, defaultId),
    };
}
