import type { Callee, GatewayName } from '../estate.js';
import { compareTexts, type Place } from '../place.js';
import { sumOf, type Sample } from '../reading/sample.js';
import type { Gateways } from './gateways.js';
import { gatewayName } from './hosts.js';
import { destinationOf, inLine, key, meantBy, parentsOf, selectedBy } from './identity.js';
import type { Service, Services } from './services.js';
import type { World } from './world.js';

/**
 * Asks who calls whom. Rules of security say who may, which is no call; so these stay questions, but for what was seen in
 * metrics.
 */
export function askForCalls(
    world: World,
    services: Services,
    externals: ReadonlySet<string>,
    gateways: Gateways,
): void {
    const seen = observed(world, services, externals, egressOf(world, services, gateways));
    const ask = (caller: Service, callee: Callee, why: string, at: Place) => {
        const isItself = caller.namespace === callee.namespace && caller.name === callee.name;
        const name = [callee.namespace ?? [], callee.name].flat().map(inLine).join('/');
        if (isItself || seen.has(key(caller.namespace, caller.name, callee.namespace, callee.name))) return;
        world.notes.ask({
            about: { kind: 'service', namespace: caller.namespace, name: caller.name },
            asked: `calls ${name}`,
            why,
            answers: [`calls ${name}`, `requires ${name}`],
            at: [at],
        });
    };
    for (const { object, at } of world.of('ServiceSecuritySetting')) {
        const destination = destinationOf(object.spec?.service ?? '', services.has);
        if (destination.kind !== 'service' || !services.has(destination.namespace, destination.name)) continue;
        for (const account of object.spec?.settings?.authorization?.serviceAccounts ?? [])
            for (const caller of callersBy(services, account)) ask(caller, destination, 'a rule says that it may', at);
    }
    const groups = new Map<string, Service[]>();
    for (const { object, api } of world.of('Group')) {
        const { tenant, workspace, name } = parentsOf(object.metadata);
        const namespaces = new Set(selectedBy(object.spec?.namespaceSelector?.names).map(({ namespace }) => namespace));
        const inIt = [...services.all.values()].filter(({ namespace }) => namespaces.has(namespace));
        if (api === 'security') groups.set(key(tenant, workspace, name), inIt);
    }
    for (const { object } of world.of('Workspace')) {
        const { tenant, name } = parentsOf(object.metadata);
        const namespaces = new Set(selectedBy(object.spec?.namespaceSelector?.names).map(({ namespace }) => namespace));
        groups.set(
            key(tenant, name, ''),
            [...services.all.values()].filter(({ namespace }) => namespaces.has(namespace)),
        );
    }
    const membersOf = (fqn: string | undefined) => {
        const { tenant, workspace, group } = meantBy(fqn ?? '');
        return groups.get(key(tenant, workspace, group)) ?? [];
    };
    for (const { object, at } of world.of('SecuritySetting'))
        for (const { from, to, line } of object.spec?.authorization?.rules?.allow ?? []) {
            const [callers, callees] = [membersOf(from?.fqn), membersOf(to?.fqn)];
            // of larger groups a rule says nothing about single services
            if (callers.length !== 1 || callees.length !== 1) continue;
            const place = line === undefined || at.line === undefined ? at : { ...at, line };
            ask(callers[0]!, callees[0]!, 'a rule between their groups says that it may', place);
        }
    for (const { object, at } of world.of('Workload')) {
        const { namespace = '', name = '', annotations } = object.metadata ?? {};
        const text = annotations?.get('app.openshift.io/connects-to') ?? '';
        if (text === '') continue;
        for (const callee of [...services.all.values()].filter((service) => service.namespace === namespace))
            if (text.split(/[^\w.-]+/).includes(callee.name))
                for (const caller of services.ofWorkload(namespace, name))
                    ask(caller, callee, 'an annotation says that it connects to it', at);
    }
    for (const seen of world.of('WorkspaceSetting')) {
        const { mode, hosts } = seen.object.spec?.defaultTrafficSetting?.reachability ?? {};
        if (mode !== 'CUSTOM') continue;
        const namespaces = new Set(world.selectedFor(seen).map(({ namespace }) => namespace));
        const callers = [...services.all.values()].filter(({ namespace }) => namespaces.has(namespace));
        // of larger workspaces it says nothing about single services
        if (callers.length > 3) continue;
        for (const host of hosts ?? []) {
            const callee = destinationOf(host, services.has);
            if (callee.kind !== 'service' || !services.has(callee.namespace, callee.name)) continue;
            for (const caller of callers)
                ask(caller, callee, 'the reachability of its workspace says that it may', seen.at);
        }
    }
    for (const { object, at } of world.of('GatewayConfig')) {
        const rules = [
            ...(object.spec?.egressAuthorization ?? []).map(({ from, to }) => ({
                accounts: from?.serviceAccounts,
                hosts: (to ?? []).flatMap(({ host }) => host?.exact ?? []),
            })),
            ...(object.spec?.authorization ?? []).map(({ from, to }) => ({
                accounts: from?.serviceAccounts,
                hosts: to ?? [],
            })),
        ];
        for (const { accounts, hosts } of rules)
            for (const account of accounts ?? [])
                for (const caller of callersBy(services, account))
                    for (const host of hosts)
                        if (externals.has(host))
                            ask(caller, { name: host }, 'a rule of an egress gateway says that it may', at);
    }
}

/** The egress gateways by which calls of a namespace leave the mesh, where its workspace says so. */
function egressOf(world: World, services: Services, gateways: Gateways): ReadonlyMap<string, readonly GatewayName[]> {
    const found = new Map<string, readonly GatewayName[]>();
    for (const seen of world.of('WorkspaceSetting')) {
        const host = seen.object.spec?.defaultTrafficSetting?.egress?.host;
        if (host === undefined) continue;
        const to = destinationOf(host, services.has);
        const chosen = [...gateways.all.values()].filter(
            ({ namespace, ownName, roles }) =>
                to.kind === 'service' && namespace === to.namespace && ownName === to.name && roles.has('egress'),
        );
        if (chosen.length === 0)
            world.notes.remark('services leave the mesh by an egress gateway that none of the files has', seen.at);
        const names = chosen
            .map((gateway) => gatewayName(gateways, gateway))
            .sort((a, b) => compareTexts(a.cluster, b.cluster) || compareTexts(a.name, b.name));
        if (names.length > 0) for (const { namespace } of world.selectedFor(seen)) found.set(namespace, names);
    }
    return found;
}

export function nameOf({ namespace, name }: Callee): string {
    return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The services of an account `ns/account`; of one that many use, as `default`, nobody. */
function callersBy(services: Services, account: string): readonly Service[] {
    const [namespace = '', name = ''] = account.replace(/^cluster:\/\/[^/]+\/ns\//, '').split(/\/(?:sa\/)?/);
    const found = services.ofAccount(namespace, name);
    return found.length <= 3 ? found : [];
}

/** Adds the calls that metrics have seen; returns them. */
function observed(
    world: World,
    services: Services,
    externals: ReadonlySet<string>,
    egress: ReadonlyMap<string, readonly GatewayName[]>,
): ReadonlySet<string> {
    const calls = new Map<string, { caller: Service; callee: Callee; requests: number[]; at: Place }>();
    for (const { samples, source } of world.reading.metrics)
        for (const { labels, value } of samples) {
            const of = (name: string) => labels.get(name) ?? '';
            const known = (text: string) => text !== '' && text !== 'unknown';
            if (!(value > 0)) continue;
            const workload = of('source_workload');
            const callers = known(workload) ? callersOf(services, of('source_workload_namespace'), workload) : [];
            const callee = calleeOf(services, externals, labels);
            const at = { source: source.name };
            if (callers.length === 0 || !callee) {
                world.notes.remark('calls seen in metrics of which one end is no service of these files', at);
                continue;
            }
            for (const caller of callers) {
                if (caller.namespace === callee.namespace && caller.name === callee.name) continue;
                const id = key(caller.namespace, caller.name, callee.namespace, callee.name);
                const before = calls.get(id)?.requests ?? [];
                before.push(value);
                calls.set(id, { caller, callee, requests: before, at });
            }
        }
    const inOrder = [...calls.values()].sort((a, b) => compareTexts(nameOf(a.callee), nameOf(b.callee)));
    for (const { caller, callee, requests, at } of inOrder) {
        const through = callee.namespace === undefined ? (egress.get(caller.namespace) ?? []) : [];
        caller.calls.push({ callee, through, requests: sumOf(requests), at });
    }
    return new Set(calls.keys());
}

/** The services behind a workload. */
export function callersOf(services: Services, namespace: string, workload: string): readonly Service[] {
    const found = services.ofWorkload(namespace, workload);
    if (found.length > 0) return found;
    const same = services.all.get(key(namespace, workload));
    return same ? [same] : [];
}

/** Who was called, by the labels of a sample. */
export function calleeOf(
    services: Services,
    externals: ReadonlySet<string>,
    labels: Sample['labels'],
): Callee | undefined {
    const of = (label: string) => labels.get(label) ?? '';
    const namespace = of('destination_service_namespace') || of('destination_workload_namespace');
    const name = of('destination_service_name') || of('destination_workload');
    const host = of('destination_service');
    if (services.has(namespace, name)) return { namespace, name };
    const destination = destinationOf(host, services.has);
    if (destination.kind === 'service' && services.has(destination.namespace, destination.name))
        return { namespace: destination.namespace, name: destination.name };
    if (externals.has(host)) return { name: host };
    return externals.has(name) ? { name } : undefined;
}
