import type { AstNode, Reference, ValidationAcceptor } from 'langium';
import { wholeNumber } from '../syntax/amounts.js';
import * as ast from '../generated/ast.js';
import { homeListsOf } from '../syntax/items.js';
import { nameOfGateway } from '../naming/names.js';
import { clusterOfTarget, gatewayOfTarget } from '../naming/targets.js';
import { report } from './check.js';

/** Lists that name something twice, and references to what cannot serve there. */
export const referenceChecks = {
    Service: (service: ast.Service, accept: ValidationAcceptor) => {
        checkHomes(service, accept);
        checkHosts(service, accept);
    },
    Homes: checkZonesOfHomes,
    Replicas: (replicas: ast.Replicas, accept: ValidationAcceptor) =>
        checkDistinct(
            replicas.zones.map((reference, index) => ({ node: replicas, property: 'zones', index, reference })),
            accept,
        ),
    VirtualMachines: ({ gateway }: ast.VirtualMachines, accept: ValidationAcceptor) =>
        checkRole(gateway, ['vm'], 'virtual machines', accept),
    Exposure: (exposure: ast.Exposure, accept: ValidationAcceptor) => {
        exposure.via.forEach((gateway) => checkRole(gateway, ['tier1', 'ingress'], 'clients outside', accept));
        exposure.through
            .flatMap((hop) => hop.gateways)
            .forEach((gateway) => checkRole(gateway, ['tier1', 'ingress', 'east-west'], 'other gateways', accept));
        checkDistinct(
            exposure.via.map((node) => ({ node, property: 'gateway', reference: node.gateway })),
            accept,
        );
        exposure.to.forEach((target) => checkTarget(target, accept));
        checkWeights(exposure, accept);
    },
    Transit: ({ gateways }: ast.Transit, accept: ValidationAcceptor) =>
        checkDistinct(
            gateways.map((node) => ({ node, property: 'gateway', reference: node.gateway })),
            accept,
        ),
    Calls: checkCallees,
    Requires: checkCallees,
    Link: (link: ast.Link, accept: ValidationAcceptor) => {
        checkDistinct(
            link.from.map((reference, index) => ({ node: link, property: 'from', index, reference })),
            accept,
        );
        checkDistinct(
            link.to.map((reference, index) => ({ node: link, property: 'to', index, reference })),
            accept,
        );
        const from = new Set(link.from.map(({ ref }) => ref));
        link.to.forEach((reference, index) => {
            if (reference.ref && from.has(reference.ref)) {
                const message = `\`${reference.ref.name}\` reaches itself anyway.`;
                report(accept, link, 'link-to-itself', message, { severity: 'warning', property: 'to', index });
            }
        });
    },
};

interface Named {
    readonly node: AstNode;
    readonly property: string;
    readonly index?: number;
    readonly reference: Reference;
}

/** Warns of everything that a list names a second time. */
function checkDistinct(list: readonly Named[], accept: ValidationAcceptor): void {
    const seen = new Set<AstNode>();
    for (const { node, property, index, reference } of list) {
        const target = reference?.ref;
        if (target && seen.has(target)) {
            const message = `\`${reference.$refText}\` is already listed.`;
            const place = { property, ...(index !== undefined && { index }) };
            report(accept, node, 'repeated-name', message, { severity: 'warning', ...place });
        } else if (target) {
            seen.add(target);
        }
    }
}

function checkHomes(service: ast.Service, accept: ValidationAcceptor): void {
    const seen = new Map<ast.Cluster, ast.Home>();
    for (const home of homeListsOf(service).flatMap((list) => list.homes)) {
        const cluster = home.cluster?.ref;
        const first = cluster && seen.get(cluster);
        if (first) {
            const message = `\`${cluster.name}\` is already one of the clusters of \`${service.name}\`.`;
            const related = { node: first, message: 'The first time.' };
            report(accept, home, 'repeated-name', message, { property: 'cluster', related });
        } else if (cluster) {
            seen.set(cluster, home);
        }
    }
}

function checkHosts(service: ast.Service, accept: ValidationAcceptor): void {
    const seen = new Map<string, ast.Exposure>();
    for (const exposure of service.items.filter(ast.isExposure)) {
        const first = seen.get(exposure.host);
        if (first) {
            const related = { node: first, message: 'The first time.' };
            const message = `\`${exposure.host}\` is already exposed.`;
            report(accept, exposure, 'repeated-item', message, { property: 'host', related });
        } else if (exposure.host) {
            seen.set(exposure.host, exposure);
        }
    }
}

function checkZonesOfHomes(homes: ast.Homes, accept: ValidationAcceptor): void {
    const replicas = homes.items.filter(ast.isReplicas).find((item) => item.zones.length > 0);
    const regions = new Set(homes.homes.map((home) => home.cluster?.ref?.place?.region?.ref));
    if (replicas && regions.size > 1) {
        const message =
            'These clusters stand in different regions, so that they have no zones in common. Say `on` for each.';
        report(accept, replicas, 'unknown-zone', message, { property: 'zones' });
    }
}

function checkRole(
    reference: ast.GatewayReference | undefined,
    roles: readonly ast.GatewayRole[],
    whom: string,
    accept: ValidationAcceptor,
): void {
    if (reference) checkRoleOf(reference.gateway?.ref, reference, 'gateway', { roles, whom }, accept);
}

function checkRoleOf(
    gateway: ast.Gateway | undefined,
    node: AstNode,
    property: string,
    { roles, whom }: { readonly roles: readonly ast.GatewayRole[]; readonly whom: string },
    accept: ValidationAcceptor,
): void {
    if (gateway && !gateway.roles.some((role) => roles.includes(role))) {
        const message = `\`${nameOfGateway(gateway)}\` does not serve ${whom}: it is no ${roles.join(' and no ')} gateway.`;
        const related = { node: gateway, message: 'Its declaration.' };
        report(accept, node, 'wrong-gateway', message, { property, related });
    }
}

/** A target that an earlier one covers, and a gateway that lets nobody into its cluster. */
function checkTarget(target: ast.Target, accept: ValidationAcceptor): void {
    const cluster = clusterOfTarget(target);
    const gateway = gatewayOfTarget(target);
    const { to } = target.$container;
    const property = target.gateway ? 'gateway' : 'destination';
    checkRoleOf(gateway, target, property, { roles: ['ingress'], whom: 'requests into its cluster' }, accept);
    const isCovered = to.slice(0, to.indexOf(target)).some((earlier) => {
        const known = gatewayOfTarget(earlier);
        return clusterOfTarget(earlier) === cluster && (!known || !gateway || known === gateway);
    });
    if (cluster && isCovered) {
        const message = `\`${gateway ? `${cluster.name}.${nameOfGateway(gateway)}` : cluster.name}\` is already listed.`;
        report(accept, target, 'repeated-name', message, { severity: 'warning', property });
    }
}

function checkWeights({ to }: ast.Exposure, accept: ValidationAcceptor): void {
    const weighted = to.filter((target) => target.weight !== undefined);
    if (weighted.length > 0 && weighted.length < to.length) {
        for (const target of to.filter((each) => each.weight === undefined)) {
            const message = 'Either every target has a weight, or none has.';
            report(accept, target, 'odd-weights', message, { property: 'destination' });
        }
    } else if (weighted.length > 0 && weighted.every((target) => wholeNumber(target.weight) === 0)) {
        report(accept, weighted[0]!, 'odd-weights', 'With these weights no target gets a request.', {
            property: 'weight',
        });
    } else if (weighted.length > 0) {
        checkSum(weighted, accept);
    }
}

/** Who writes smaller weights means a ratio, such as 2 to 1. */
const leastPercentage = 10;

/** Weights are read as shares of whatever they add up to; most people mean per cent. */
function checkSum(targets: readonly ast.Target[], accept: ValidationAcceptor): void {
    const weights = targets.map(({ weight }) => wholeNumber(weight) ?? NaN);
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const last = targets.at(-1);
    if (!last || Number.isNaN(sum) || sum === 100 || Math.max(...weights) < leastPercentage) return;
    const message = `These weights add up to ${sum}, not to 100. They are read as shares of ${sum}.`;
    report(accept, last, 'odd-weights', message, { severity: 'info', property: 'weight' });
}

function checkCallees(item: ast.Calls | ast.Requires, accept: ValidationAcceptor): void {
    const service = item.$container;
    const items: (ast.Calls | ast.Requires)[] = ast.isCalls(item)
        ? service.items.filter(ast.isCalls)
        : service.items.filter(ast.isRequires);
    if (items[0] === item) {
        const callees = items.flatMap((each) => each.callees);
        checkDistinct(
            callees.map((node) => ({ node, property: 'service', reference: node.service })),
            accept,
        );
    }
    item.through.forEach((gateway) => checkRole(gateway, ['egress'], 'calls that leave the mesh', accept));
    checkDistinct(
        item.through.map((node) => ({ node, property: 'gateway', reference: node.gateway })),
        accept,
    );
    for (const callee of item.callees) {
        if (item.through.length > 0 && ast.isService(callee.service?.ref)) {
            const message = `\`${callee.service.ref.name}\` runs in the mesh: only calls that leave it go \`through\` egress gateways. Give it a line of its own.`;
            report(accept, callee, 'misplaced-item', message, { property: 'service' });
        }
        if (callee.service?.ref === service) {
            const message = `\`${service.name}\` ${ast.isCalls(item) ? 'calls' : 'requires'} itself.`;
            report(accept, callee, 'call-to-itself', message, { severity: 'warning', property: 'service' });
        }
    }
}
