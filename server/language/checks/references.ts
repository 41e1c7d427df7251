import type { AstNode, Reference, ValidationAcceptor } from 'langium';
import { wholeNumber } from '../syntax/amounts.js';
import * as ast from '../generated/ast.js';
import { allItems, homeListsOf, hostsOf, isChoice } from '../syntax/items.js';
import { nameOfGateway } from '../naming/names.js';
import { areWeightsDrawn, rolesTowards } from '../naming/leaving.js';
import { clusterOfTarget, gatewayOfTarget } from '../naming/targets.js';
import { report } from './check.js';

/** Lists that name something twice, and references to what cannot serve there. */
export const referenceChecks = {
    Service: (service: ast.Service, accept: ValidationAcceptor) => {
        checkHomes(service, accept);
        checkHosts(service, accept);
    },
    ExternalService: (service: ast.ExternalService, accept: ValidationAcceptor) => {
        checkHosts(service, accept);
        service.items.filter(ast.isExposure).forEach((exposure) => checkOutside(exposure, accept));
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
        const clients = exposure.inside ? 'callers inside the mesh' : 'clients outside';
        exposure.via.forEach((gateway) => checkRole(gateway, ['tier1', 'ingress'], clients, accept));
        exposure.through
            .flatMap((hop) => hop.gateways)
            .forEach((gateway) => checkRole(gateway, ['tier1', 'ingress', 'east-west'], 'other gateways', accept));
        checkDistinct(
            exposure.via.map((node) => ({ node, property: 'gateway', reference: node.gateway })),
            accept,
        );
        exposure.to.forEach((target) => checkTarget(target, accept));
        checkWeights(exposure, accept);
        if (exposure.inside) checkInside(exposure, accept);
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

function checkHosts(service: ast.Service | ast.ExternalService, accept: ValidationAcceptor): void {
    const seen = new Map<string, ast.Exposure | ast.Alias>();
    for (const named of service.items.filter(ast.isExposure).flatMap(hostsOf)) {
        const first = seen.get(named.host);
        if (first) {
            const related = { node: first, message: 'The first time.' };
            const message = `\`${named.host}\` is already exposed.`;
            const isWhole = ast.isExposure(named) && named.aliases.length === 0;
            report(accept, named, isWhole ? 'repeated-item' : 'repeated-name', message, { property: 'host', related });
        } else {
            seen.set(named.host, named);
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

/** Inside the mesh nobody asks DNS which gateway to take, and nothing but a tier1 gateway draws a cluster by its weight. */
function checkInside(exposure: ast.Exposure, accept: ValidationAcceptor): void {
    for (const gslb of exposure.items.filter(ast.isGslb)) {
        const message = '`gslb` leads clients outside. Callers inside the mesh find another gateway by themselves.';
        report(accept, gslb, 'misplaced-item', message);
    }
    const weighted = exposure.to.find(({ weight }) => weight !== undefined);
    if (weighted && !areWeightsDrawn(exposure)) {
        const message =
            'Inside the mesh a tier1 gateway draws by weight, and there is none in front: name one behind `via`, or leave the weights out.';
        report(accept, weighted, 'odd-weights', message, { property: 'weight' });
    }
}

/** The way to an external service ends there, and leads through gateways, or the mesh has no part in it. */
function checkOutside(exposure: ast.Exposure, accept: ValidationAcceptor): void {
    const tell = (message: string, property: string) =>
        report(accept, exposure, 'misplaced-item', message, { property });
    if (exposure.inside) {
        const message =
            'Who calls an external service from the mesh does so directly, or `through` egress gateways: leave `inside` out.';
        tell(message, 'inside');
    } else if (exposure.to.length > 0) {
        tell('The way ends at the external service: leave `to` out.', 'to');
    } else if (exposure.via.length === 0) {
        tell('A host of an external service says which gateways lead to it: `via east.gw`.', 'host');
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
    const { $container: block, $type: type } = item;
    const items = allItems(block.items, type).filter((each) => adverbOf(each) === adverbOf(item));
    if (items[0] === item) checkDistinctCallees(items, accept);
    if (ast.isService(block) || ast.isAbout(block)) checkLeaving(item, accept);
    checkDistinct(
        item.through.map((node) => ({ node, property: 'gateway', reference: node.gateway })),
        accept,
    );
    for (const callee of item.callees) {
        const called = callee.service?.ref;
        if (called && isAbout(block, called)) {
            const message = `\`${called.name}\` ${ast.isCalls(item) ? 'calls' : 'requires'} itself.`;
            report(accept, callee, 'call-to-itself', message, { severity: 'warning', property: 'service' });
        }
    }
}

/** Each is listed once; of several lines of which one will do each may name it, unless it is required anyway. */
function checkDistinctCallees(items: readonly (ast.Calls | ast.Requires)[], accept: ValidationAcceptor): void {
    const namedIn = (lines: typeof items) =>
        lines.flatMap(({ callees }) =>
            callees.map((node) => ({ node, property: 'service', reference: node.service }) as const),
        );
    const each = namedIn(items.filter((line) => !isChoice(line)));
    checkDistinct(each, accept);
    const required = new Set(each.map(({ reference }) => reference?.ref));
    for (const line of items.filter(isChoice)) {
        const named = namedIn([line]);
        checkDistinct(named, accept);
        const [anyway] = named.filter(({ reference }) => reference?.ref && required.has(reference.ref));
        if (!anyway) continue;
        const message = `\`${anyway.reference.$refText}\` is required anyway, so that nothing stands in for it.`;
        report(accept, anyway.node, 'repeated-name', message, { severity: 'warning', property: 'service' });
    }
}

/** What is required at every moment, to start, and again and again are different things. */
function adverbOf(item: ast.Calls | ast.Requires): string {
    if (!ast.isRequires(item)) return '';
    return item.start ? 'to start' : item.every === undefined ? '' : 'every';
}

/** Whether a block is the service's own, or is about it. */
function isAbout(block: AstNode, service: ast.Callable): boolean {
    if (block === service) return true;
    return ast.isAbout(block) && block.things.some((thing) => ast.isNamedThing(thing) && thing.thing?.ref === service);
}

/** Behind `through` stand relays for what runs in the mesh, and egress gateways for what does not. */
function checkLeaving(line: ast.Calls | ast.Requires, accept: ValidationAcceptor): void {
    const { callees, through } = line;
    if (through.length === 0) return;
    const called = callees.flatMap(({ service }) => service?.ref ?? []);
    const inMesh = called.filter(ast.isService);
    const outside = called.filter(ast.isExternalService);
    const [first] = inMesh;
    if (first && outside.length > 0) {
        const node = callees.find(({ service }) => service?.ref === first)!;
        const remedy = isChoice(line)
            ? 'Leave `through` out: then each of them is reached as usual.'
            : 'Give each a line of its own.';
        const message = `\`${first.name}\` runs in the mesh, and \`${outside[0]!.name}\` outside: no gateway leads to both. ${remedy}`;
        report(accept, node, 'misplaced-item', message, { property: 'service' });
        return;
    }
    const whom = first ? 'calls inside the mesh' : 'calls that leave the mesh';
    for (const gateway of through) checkRole(gateway, rolesTowards(called[0]), whom, accept);
}
