import type { ImportedCall, ImportedExposure, ImportedHelper, ImportedHome, Said } from '../estate.js';
import type { Place } from '../place.js';
import { isOpen, isWhollyOpen } from '../reading/placeholders.js';
import { deploymentsByName } from './gateways.js';
import { destinationOf, key, matches } from './identity.js';
import type { World } from './world.js';

/** A service while it is found out about. */
export interface Service {
    readonly namespace: string;
    readonly name: string;
    readonly at: Place[];
    readonly homes: Map<string, ImportedHome>;
    /** The labels of the Service objects, by which settings choose services. */
    readonly labels: Map<string, string>[];
    readonly exposures: ImportedExposure[];
    readonly helpers: ImportedHelper[];
    readonly calls: ImportedCall[];
    failover?: Said<true> | undefined;
    outlierDetection?: Said<true> | undefined;
    owner?: Said<string> | undefined;
    partOf?: Said<string> | undefined;
}

export interface Services {
    readonly all: ReadonlyMap<string, Service>;
    /** The service of that name; makes one that no Service object has declared. */
    named(this: void, namespace: string, name: string, at: Place): Service;
    has(this: void, namespace: string, name: string): boolean;
    /** The services of the workload or account that metrics and rules name. */
    ofWorkload(this: void, namespace: string, name: string): readonly Service[];
    ofAccount(this: void, namespace: string, account: string): readonly Service[];
}

/** Namespaces of Kubernetes, Istio and TSB themselves. */
const ofSystem =
    /^(kube-.*|istio-.*|tsb|tetrate-system|xcp-.*|cert-manager|gatekeeper-system|argocd|flux-system|gitea|local-path-storage|monitoring|olm|openshift.*|metallb-system)$/;

export function isOfSystem(namespace: string): boolean {
    return ofSystem.test(namespace);
}

interface Pods {
    readonly cluster: string;
    readonly namespace: string;
    readonly labels: ReadonlyMap<string, string> | undefined;
    readonly replicas: number | undefined;
    readonly name: string;
    readonly account: string;
    readonly isVirtualMachine: boolean;
    readonly at: Place;
    readonly owner: string | undefined;
}

/** Finds the services that have objects in clusters, with their homes. */
export function servicesOf(world: World): Services {
    const all = new Map<string, Service>();
    const named = (namespace: string, name: string, at: Place): Service => {
        const id = key(namespace, name);
        const found = all.get(id) ?? {
            ...{ namespace, name, at: [], homes: new Map<string, ImportedHome>(), labels: [] },
            ...{ exposures: [], helpers: [], calls: [] },
        };
        found.at.push(at);
        all.set(id, found);
        return found;
    };
    const pods = podsOf(world);
    const podsIn = new Map<string, Pods[]>();
    const hasWorkloads = new Set<string>();
    for (const each of pods) {
        const id = key(each.cluster, each.namespace);
        const same = podsIn.get(id);
        if (same) same.push(each);
        else podsIn.set(id, [each]);
        if (!each.isVirtualMachine) hasWorkloads.add(each.cluster);
    }
    const installs = new Set(
        world.of('GatewayInstall').map(({ object: { metadata } }) => key(metadata?.namespace, metadata?.name)),
    );
    const workspacesKnown = world.of('Workspace').length > 0;
    const byWorkload = new Map<string, Set<Service>>();
    const byAccount = new Map<string, Set<Service>>();
    const ownerOfNamespace = new Map<string, string>();
    for (const { object } of world.of('Namespace')) {
        const owner = ownerIn(object.metadata?.annotations);
        if (owner !== undefined) ownerOfNamespace.set(object.metadata?.name ?? '', owner);
    }

    for (const seen of world.of('Service')) {
        const { metadata, spec } = seen.object;
        const { name = '', namespace = '' } = metadata ?? {};
        if (namespace === '' && name !== '')
            world.notes.remark('a Service without a namespace was left out (it was applied with `-n`)', seen.at);
        if (name === '' || namespace === '' || isOfSystem(namespace) || isWhollyOpen(name)) continue;
        if (installs.has(key(namespace, name)) || spec?.selector === undefined) continue;
        if (workspacesKnown && world.workspacesOf(namespace).size === 0) {
            world.notes.remark('a Service of a namespace that no workspace has was left out', seen.at);
            continue;
        }
        const clusters = world.clustersOf(seen);
        const found = clusters.flatMap((cluster) => {
            const behind = (podsIn.get(key(cluster, namespace)) ?? []).filter(({ labels }) =>
                matches(spec.selector, labels),
            );
            if (behind.length === 0 && hasWorkloads.has(cluster)) return [];
            return [{ cluster, behind }];
        });
        if (clusters.length === 0) {
            world.notes.remark('a Service was left out, since no file says in which cluster it is', seen.at);
            continue;
        }
        if (found.length === 0) {
            world.notes.remark('a Service without workloads runs nowhere', seen.at);
            continue;
        }
        const service = named(namespace, name, seen.at);
        service.labels.push(new Map(metadata?.labels));
        const owner = ownerIn(metadata?.annotations) ?? ownerOfNamespace.get(namespace);
        if (owner !== undefined && !isOpen(owner)) service.owner ??= { value: owner, at: [seen.at] };
        const partOf = metadata?.labels?.get('app.kubernetes.io/part-of');
        if (partOf !== undefined && partOf !== '' && !isOpen(partOf))
            service.partOf ??= { value: partOf, at: [seen.at] };
        for (const { cluster, behind } of found) {
            const containers = behind.filter(({ isVirtualMachine }) => !isVirtualMachine);
            const replicas = containers.reduce<number | undefined>(
                (sum, { replicas }) => (replicas === undefined ? sum : (sum ?? 0) + replicas),
                undefined,
            );
            if (containers.length > 0 && replicas === 0) {
                world.notes.remark('a Service whose workloads are scaled to 0 runs nowhere', seen.at);
                continue;
            }
            const isVirtualMachines = behind.length > 0 && containers.length === 0;
            service.homes.set(cluster, { cluster, replicas, isVirtualMachines, at: [seen.at] });
            for (const each of behind) {
                const workload = key(namespace, each.name);
                byWorkload.set(workload, (byWorkload.get(workload) ?? new Set()).add(service));
                const account = key(namespace, each.account);
                byAccount.set(account, (byAccount.get(account) ?? new Set()).add(service));
                if (each.owner !== undefined) service.owner ??= { value: each.owner, at: [each.at] };
            }
        }
    }
    addRegistered(world, named, all);
    return {
        all,
        named,
        has: (namespace, name) => all.has(key(namespace, name)),
        ofWorkload: (namespace, name) => [...(byWorkload.get(key(namespace, name)) ?? [])],
        ofAccount: (namespace, account) => [...(byAccount.get(key(namespace, account)) ?? [])],
    };
}

/** Everything that may stand behind a Service: workloads, and virtual machines. */
function podsOf(world: World): Pods[] {
    const deployments = deploymentsByName(world);
    const found: Pods[] = [];
    for (const seen of world.of('Workload')) {
        const { metadata, spec } = seen.object;
        const { name = '', namespace } = metadata ?? {};
        if (namespace === undefined) {
            world.notes.remark(
                `a ${seen.called} without a namespace was left out (it was applied with \`-n\`)`,
                seen.at,
            );
            continue;
        }
        for (const cluster of world.clustersOf(seen)) {
            const { replicas } = deployments.get(key(cluster, namespace, name)) ?? {};
            const labels = spec?.template?.metadata?.labels;
            const account = spec?.template?.spec?.serviceAccountName ?? 'default';
            const owner = ownerIn(metadata?.annotations);
            found.push({
                cluster,
                namespace,
                labels,
                replicas,
                name,
                account,
                isVirtualMachine: false,
                at: seen.at,
                owner,
            });
        }
    }
    for (const kind of ['WorkloadGroup', 'WorkloadEntry'] as const)
        for (const seen of world.of(kind)) {
            const { metadata } = seen.object;
            const labels =
                seen.kind === 'WorkloadGroup' ? seen.object.spec?.metadata?.labels : seen.object.spec?.labels;
            for (const cluster of world.clustersOf(seen))
                found.push({
                    ...{ cluster, namespace: metadata?.namespace ?? '', labels, replicas: undefined, account: '' },
                    ...{ name: metadata?.name ?? '', isVirtualMachine: true, at: seen.at, owner: undefined },
                });
        }
    return found;
}

function ownerIn(annotations: ReadonlyMap<string, string> | undefined): string | undefined {
    return annotations?.get('owner') ?? annotations?.get('backstage.io/owner');
}

/** Services as the management plane has them from its clusters, where there are no objects of the cluster itself. */
function addRegistered(world: World, named: Services['named'], all: ReadonlyMap<string, Service>): void {
    const seenItself = new Set([...all.values()].flatMap(({ homes }) => [...homes.keys()]));
    for (const { object, at } of world.of('Cluster')) {
        const cluster = object.metadata?.name ?? '';
        if (cluster === '' || isWhollyOpen(cluster) || seenItself.has(cluster)) continue;
        for (const { name: inNamespace = '', services } of object.spec?.namespaces ?? [])
            for (const registered of services ?? []) {
                const { numKubernetesEndpoints: pods = 0, numVmEndpoints: machines = 0 } = registered;
                if (registered.meshExternal === true || pods + machines === 0 || isOfSystem(inNamespace)) continue;
                if (world.of('Workspace').length > 0 && world.workspacesOf(inNamespace).size === 0) continue;
                const text = registered.kubernetesServiceFqdn ?? registered.hostname ?? '';
                const destination = destinationOf(text, () => true);
                if (destination.kind !== 'service') continue;
                const place = registered.line === undefined ? at : { ...at, line: registered.line };
                const service = named(destination.namespace, destination.name, place);
                service.homes.set(cluster, {
                    cluster,
                    replicas: pods > 0 ? pods : undefined,
                    isVirtualMachines: pods === 0,
                    at: [place],
                });
            }
    }
}
