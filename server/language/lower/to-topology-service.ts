import type { AstNode } from 'langium';
import {
    byDefault,
    stated,
    type Callee,
    type Exposure,
    type ExternalService,
    type GatewayRef,
    type Helper,
    type Home,
    type Locality,
    type Needed,
    type Service,
    type Setting,
    type Target,
} from '../../topology/topology.js';
import { durationInSeconds, wholeNumber } from '../syntax/amounts.js';
import type { EstateNames } from '../naming/estate-names.js';
import * as ast from '../generated/ast.js';
import { allItems, firstItem, homeListsOf, hostsOf, isChoice } from '../syntax/items.js';
import { locationOf, nameLocationOf } from '../naming/location.js';
import { clusterOfGateway, nameOfGateway } from '../naming/names.js';
import { areWeightsDrawn, rolesTowards } from '../naming/leaving.js';
import { clusterOfTarget, gatewayOfTarget } from '../naming/targets.js';
import { shortNameOf } from '../naming/scope-provider.js';
import { externalsOf, isAtEveryMoment, needsIn } from './to-topology-needs.js';
import { labelsOf, ownerOf, toLocality, toReplicas } from './to-topology-common.js';

/** A service with its homes, hosts and calls. */
export function toService(service: ast.Service, names: EstateNames): Service {
    const { items } = service;
    const namespace = toNamespace(service);
    const failover = firstItem(items, 'Failover');
    const outlierDetection = firstItem(items, 'OutlierDetection');
    return {
        namespace,
        name: service.name,
        shortName: shortNameOf(service, names),
        homes: toHomes(service, namespace),
        ...(hasUnknownHomes(service) && { hasUnknownHomes: true }),
        exposures: allItems(items, 'Exposure').flatMap(toExposures),
        calls: toCallees(service, allItems(items, 'Calls'), names),
        ...toRequired(service, allItems(items, 'Requires').filter(isAtEveryMoment), names),
        ...withNeeds(service, names),
        ...(hasUnknownCallees(service) && { hasUnknownCallees: true }),
        eastWestFailover: failover ? stated(!failover.off, locationOf(failover)) : byDefault('east-west-failover-off'),
        outlierDetection: outlierDetection
            ? stated(!outlierDetection.off, locationOf(outlierDetection))
            : byDefault('outlier-detection-on'),
        ...toHelpers(items, names),
        at: locationOf(service),
        nameAt: nameLocationOf(service),
        owner: ownerOf(items),
        labels: labelsOf(items),
    };
}

function withNeeds(service: ast.Service, names: EstateNames): Pick<Service, 'needs'> {
    const itself = shortNameOf(service, names);
    const isOther = ({ kind, name }: Needed) => kind !== 'service' || name !== itself;
    const needs = needsIn(service.items, names)
        .map((need) => ({ ...need, anyOf: need.anyOf.filter(isOther) }))
        .filter(({ when, anyOf }) => when !== 'always' && anyOf.length > 0);
    return needs.length > 0 ? { needs } : {};
}

/** Something outside the mesh. */
export function toExternalService(service: ast.ExternalService): ExternalService {
    const places = distinct(service.places.map(toLocality).filter((place) => place !== undefined));
    const isUnknown =
        service.places.length > 0 && service.places.some(({ region, zone }) => !region?.ref || (zone && !zone.ref));
    return {
        name: service.name,
        places,
        ...(isUnknown && { hasUnknownPlaces: true }),
        replicas: toReplicas(service.items),
        at: locationOf(service),
        nameAt: nameLocationOf(service),
        owner: ownerOf(service.items),
        labels: labelsOf(service.items),
    };
}

/** What stands for an external service whose hosts gateways of the mesh lead to; none where it is not exposed. */
export function toOutside(service: ast.ExternalService): Service[] {
    const lines = allItems(service.items, 'Exposure').filter(({ via, inside }) => via.length > 0 && !inside);
    const exposures = lines.flatMap((line) => toExposures(line).map((exposure) => ({ ...exposure, to: [] })));
    if (exposures.length === 0) return [];
    return [
        {
            outside: true,
            namespace: byDefault('namespace'),
            name: service.name,
            shortName: service.name,
            homes: [],
            exposures,
            calls: [],
            requires: [],
            eastWestFailover: byDefault('east-west-failover-off'),
            outlierDetection: byDefault('outlier-detection-on'),
            at: locationOf(service),
            nameAt: nameLocationOf(service),
            owner: ownerOf(service.items),
            labels: labelsOf(service.items),
        },
    ];
}

function distinct(places: readonly Locality[]): Locality[] {
    return places.filter(
        ({ region, zone }, index) =>
            places.findIndex((other) => other.region === region && other.zone === zone) === index,
    );
}

function toNamespace(service: ast.Service): Setting<string> {
    if (service.namespace) {
        return stated(service.namespace, nameLocationOf(service, 'namespace'));
    }
    const item = firstItem(service.items, 'Namespace');
    return item?.name ? stated(item.name, nameLocationOf(item)) : byDefault('namespace');
}

function toHomes(service: ast.Service, namespace: Setting<string>): Home[] {
    const homes: Home[] = [];
    const seen = new Set<ast.Cluster>();
    for (const list of homeListsOf(service)) {
        for (const home of list.homes) {
            const cluster = home.cluster?.ref;
            if (cluster && !seen.has(cluster)) {
                seen.add(cluster);
                homes.push(toHome(home, cluster.name, list, namespace));
            }
        }
    }
    return homes;
}

function hasUnknownHomes(service: ast.Service): boolean {
    return homeListsOf(service).some(({ homes }) => homes.length === 0 || homes.some(({ cluster }) => !cluster?.ref));
}

function hasUnknownCallees({ items }: ast.Service): boolean {
    const lists = [...allItems(items, 'Calls'), ...allItems(items, 'Requires')];
    if (lists.some(({ through, callees }) => through.some((gateway) => !leadsToOneOf(callees, gateway)))) return true;
    const callees = lists.flatMap((item) => item.callees);
    return callees.some((reference) => !reference.service?.ref) || hasUnknownHelpers(items);
}

function toHome(home: ast.Home, cluster: string, { items }: ast.Homes, namespace: Setting<string>): Home {
    const own = firstItem(items, 'Namespace');
    const virtual = firstItem(items, 'VirtualMachines');
    const gateway = toGatewayRefs(virtual?.gateway ? [virtual.gateway] : [])[0];
    return {
        cluster,
        at: locationOf(home),
        namespace: own?.name ? stated(own.name, nameLocationOf(own)) : namespace,
        replicas: toReplicas(items),
        virtualMachines: virtual && {
            gateway,
            ...(virtual.gateway && !gateway && { hasUnknownGateway: true }),
            at: locationOf(virtual),
        },
    };
}

/** One for each name; those of a line differ in nothing else. */
function toExposures(exposure: ast.Exposure): Exposure[] {
    const [first, ...more] = hostsOf(exposure);
    if (!first) return [];
    const said = toExposure(exposure, first);
    return [
        { ...said, ...(more.length > 0 && { aliases: more.map(({ host }) => host) }) },
        ...more.map((alias) => ({
            ...said,
            host: alias.host,
            hostAt: nameLocationOf(alias, 'host'),
            aliasOf: first.host,
        })),
    ];
}

function toExposure(exposure: ast.Exposure, named: ast.Exposure | ast.Alias): Exposure {
    const gslb = firstItem(exposure.items, 'Gslb');
    const ttl = durationInSeconds(gslb?.ttl);
    const [gslbBy] = gslb?.by && !exposure.inside ? externalsOf(gslb.by) : [];
    return {
        host: named.host,
        ...(exposure.inside && { inside: true }),
        at: locationOf(exposure),
        hostAt: nameLocationOf(named, 'host'),
        via: toGatewayRefs(exposure.via),
        through: exposure.through.map((hop) => toGatewayRefs(hop.gateways)),
        to: toTargets(exposure.to, { isWeighted: !exposure.inside || areWeightsDrawn(exposure) }),
        ...(hasUnknownNames(exposure) && { hasUnknownNames: true }),
        gslbTtl: exposure.inside
            ? undefined
            : gslb && (ttl === undefined ? byDefault('gslb-ttl') : stated(ttl, locationOf(gslb))),
        ...(gslbBy !== undefined && { gslbBy }),
    };
}

function hasUnknownNames({ via, through, to }: ast.Exposure): boolean {
    const gateways = [...via, ...through.flatMap((hop) => hop.gateways)];
    return gateways.some(({ gateway }) => !gateway?.ref) || to.some((target) => !isKnown(target));
}

function toGatewayRefs(references: readonly ast.GatewayReference[]): GatewayRef[] {
    const refs: GatewayRef[] = [];
    const seen = new Set<ast.Gateway>();
    for (const reference of references) {
        const gateway = reference.gateway?.ref;
        const cluster = gateway && clusterOfGateway(gateway)?.name;
        const name = gateway && nameOfGateway(gateway);
        if (cluster && name && !seen.has(gateway)) {
            seen.add(gateway);
            refs.push({ cluster, gateway: name, at: locationOf(reference) });
        }
    }
    return refs;
}

/** Gateways of one cluster are one target, unless each has a weight of its own. */
function toTargets(targets: readonly ast.Target[], { isWeighted }: { readonly isWeighted: boolean }): Target[] {
    const found: Target[] = [];
    for (const target of targets) {
        const told = isKnown(target) && toTarget(target);
        if (!told) continue;
        const next = isWeighted ? told : { ...told, weight: undefined };
        const same = found.findIndex((each) => areOne(each, next));
        if (same === -1) found.push(next);
        else found[same] = withGateways(found[same]!, next.gateways);
    }
    return found;
}

function toTarget(target: ast.Target): Target | undefined {
    const cluster = clusterOfTarget(target);
    const gateway = gatewayOfTarget(target);
    const name = gateway && nameOfGateway(gateway);
    return (
        cluster && {
            cluster: cluster.name,
            ...(name !== undefined && { gateways: [name] }),
            weight: wholeNumber(target.weight),
            at: locationOf(target),
        }
    );
}

/** Of a cluster and a gateway in it, both listed, the gateway says more. */
function areOne(one: Target, other: Target): boolean {
    if (one.cluster !== other.cluster) return false;
    if (!one.gateways || !other.gateways || other.gateways.some((gateway) => one.gateways!.includes(gateway)))
        return true;
    return one.weight === undefined && other.weight === undefined;
}

function withGateways(target: Target, more: readonly string[] | undefined): Target {
    return more ? { ...target, gateways: [...new Set([...(target.gateways ?? []), ...more])] } : target;
}

/** A gateway that lets no requests in from outside is as good as none; a check tells. */
function isKnown(target: ast.Target): boolean {
    const gateway = gatewayOfTarget(target);
    return clusterOfTarget(target) !== undefined && (!gateway || gateway.roles.includes('ingress'));
}

/**
 * What a service requires each of, and of what it requires one; of a name that means nothing nobody knows whether it would do.
 * Nothing stands in for itself: of `requires db or shop`, said by the shop, the database alone is left.
 */
function toRequired(
    service: ast.Service,
    lines: readonly ast.Requires[],
    names: EstateNames,
): Pick<Service, 'requires' | 'requiresOneOf'> {
    const saysSo = (line: ast.Requires) => isChoice(line) && meantBy(line).size > 1;
    const choices = lines.filter(saysSo).map((line) => toCallees(service, [line], names));
    const each = toCallees(
        service,
        lines.filter((line) => !saysSo(line)),
        names,
    );
    const isIn = (callees: readonly Callee[], { kind, name }: Callee) =>
        callees.some((one) => one.kind === kind && one.name === name);
    const requires = choices
        .filter(({ length }) => length === 1)
        .flat()
        .reduce((all, one) => (isIn(all, one) ? all : [...all, one]), each);
    const requiresOneOf = choices.filter(
        (choice) => choice.length > 1 && !choice.some((callee) => isIn(requires, callee)),
    );
    return { requires, ...(requiresOneOf.length > 0 && { requiresOneOf }) };
}

/** What the names of a line mean; empty where one of them means nothing. */
function meantBy({ callees }: ast.Requires): ReadonlySet<ast.Callable> {
    const meant = callees.map(({ service }) => service?.ref);
    return new Set(meant.every((each) => each !== undefined) ? meant : []);
}

/** That a service asks itself says nothing. */
function toCallees(service: ast.Service, items: readonly (ast.Calls | ast.Requires)[], names: EstateNames): Callee[] {
    const callees: Callee[] = [];
    const seen = new Set<ast.Callable>();
    const itself = shortNameOf(service, names);
    for (const { callees: references, through: named } of items) {
        for (const reference of references) {
            const target = reference.service?.ref;
            const callee = target && !seen.has(target) && toCallee(reference, names);
            if (callee && !(callee.kind === 'service' && callee.name === itself)) {
                seen.add(target);
                const through = toGatewayRefs(named.filter((gateway) => leadsToOneOf([reference], gateway)));
                const isUnknown = named.some((gateway) => !leadsToOneOf([reference], gateway));
                callees.push({
                    ...callee,
                    ...(through.length > 0 && { through }),
                    ...(isUnknown && { hasUnknownGateways: true }),
                });
            }
        }
    }
    return callees;
}

/** Whether a gateway can be on the way to something that is called; one that cannot is as good as none, and a check tells. */
function leadsToOneOf(callees: readonly ast.ServiceReference[], { gateway }: ast.GatewayReference): boolean {
    const roles = gateway?.ref?.roles ?? [];
    return callees.some(({ service }) => rolesTowards(service?.ref).some((role) => roles.includes(role)));
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

/** The helpers that a block names. */
export function toHelpers(
    items: readonly AstNode[],
    names: EstateNames,
): Pick<Service, 'externalAuthorization' | 'rateLimit'> {
    const authorization = firstItem(items, 'ExternalAuthorization');
    const rateLimit = firstItem(items, 'RateLimit');
    return {
        externalAuthorization: authorization && toHelper(authorization, 'external-authorization-closed', names),
        rateLimit: rateLimit && toHelper(rateLimit, 'rate-limit-open', names),
    };
}

/** Whether a helper of a block has a name that means nothing (yet). */
export function hasUnknownHelpers(items: readonly AstNode[]): boolean {
    const helpers = [...allItems(items, 'ExternalAuthorization'), ...allItems(items, 'RateLimit')];
    return helpers.some(({ by }) => by !== undefined && !by.service?.ref);
}

function toHelper(
    helper: ast.ExternalAuthorization | ast.RateLimit,
    defaultId: 'external-authorization-closed' | 'rate-limit-open',
    names: EstateNames,
): Helper {
    return {
        at: locationOf(helper),
        by: helper.by && toCallee(helper.by, names),
        fails: helper.fails ? stated(helper.fails, nameLocationOf(helper, 'fails')) : byDefault(defaultId),
    };
}
