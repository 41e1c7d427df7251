import type {
    ImportedCluster,
    ImportedEstate,
    ImportedExposure,
    ImportedHelper,
    ImportedHome,
    ImportedService,
} from '../estate.js';
import type { ObjectOf } from '../kinds.js';
import { compareTexts, type Place } from '../place.js';
import { isOpen, isWhollyOpen } from '../reading/placeholders.js';
import type { Reading } from '../reading/read.js';
import { askForCalls } from './callers.js';
import { annotatedExposures } from './annotated.js';
import { coveredBy } from './covered.js';
import { exposuresOf, type Exposed } from './exposures.js';
import { gatewaysOf, imported, type Gateways } from './gateways.js';
import { askForGslb } from './gslb.js';
import { placeHelpers } from './helpers.js';
import { hostsOf } from './hosts.js';
import { destinationOf, inLine, inQuotes, matches, parentsOf } from './identity.js';
import { placesOf, takeNotes } from './notes.js';
import { askWhichStandsBy, hostedBy } from './management.js';
import { controlPlanesOf, edgeOf, managementPlaneOf } from './planes.js';
import { networkOf, standingsOf } from './places.js';
import { seenShares } from './shares.js';
import { servicesOf, type Service, type Services } from './services.js';
import { worldOf, type World } from './world.js';

/** Makes an estate of what was read. @param name of the topology; else that of the organization */
export function assembled(reading: Reading, name: string | undefined): ImportedEstate {
    const notes = takeNotes();
    const world = worldOf(reading, notes);
    const externals = externalsOf(world);
    const services = servicesOf(world);
    const gateways = gatewaysOf(world);
    const hosts = hostsOf(world, gateways, services, new Set(externals.keys()));
    placeHelpers(services, hosts);
    addEastWest(world, gateways);
    const exposures = [
        ...exposuresOf(world, gateways, services, hosts),
        ...annotatedExposures(world, gateways, services),
    ];
    nameUsedClusters(world, gateways, services);
    findHomes(world, services, exposures);
    addFailover(world, services);
    addOutlierDetection(world, services);
    const placed = exposures.flatMap((exposed) => placedExposure(world, gateways, exposed));
    for (const { service, exposure } of placed) service.exposures.push(exposure);
    askForGslb(world, gateways, services);
    const asking = [...services.all.values(), ...gateways.all.values()];
    for (const { helpers } of asking)
        for (const { by, at } of helpers) if (by.namespace === undefined) addExternal(externals, by.name, at[0]);
    dropNamesakes(world, asking, services, externals);
    askForCalls(world, services, new Set(externals.keys()), gateways);
    const withShares = seenShares(world, services, new Set(externals.keys()));

    const names = [...world.named.keys()].filter((each) => each !== world.management).sort(compareTexts);
    const all = [world.management, ...names];
    const standings = standingsOf(world, all);
    const planes = controlPlanesOf(world);
    for (const plane of planes)
        if (plane.cluster === undefined)
            notes.remark(
                'a control plane whose cluster no file names; say --cluster NAME=FILE, or the value of its placeholder',
                plane.at,
            );
    const gatewaysIn = (cluster: string) =>
        [...gateways.all.values()]
            .filter((gateway) => gateway.cluster === cluster)
            .map((gateway) => imported(gateways, gateway))
            .sort((a, b) => compareTexts(a.name, b.name));
    const clusters = names.map((cluster): ImportedCluster => {
        const ofObject = world.of('Cluster').find(({ object }) => object.metadata?.name === cluster)?.object;
        return {
            name: cluster,
            at: clusterPlaces(world, cluster),
            ...standings.of(cluster),
            edge: edgeOf(world, cluster, planes),
            gateways: gatewaysIn(cluster),
            labels: [...(ofObject?.spec?.labels ?? [])]
                .filter(([, value]) => !isOpen(value))
                .sort(([a], [b]) => compareTexts(a, b)),
        };
    });
    const hosted = hostedBy(world, planes);
    askWhichStandsBy(world);
    if (hosted)
        notes.remark(
            "control planes talk to the vendor's address, so the management plane is taken to be hosted (likely); its name is made up",
            hosted.at,
        );
    else if (world.managementAt.length === 0)
        notes.ask({
            about: { kind: 'cluster', name: world.management },
            asked: 'management cluster',
            why: 'no file says which cluster has the management plane, so its name is made up',
            answers: [],
            at: [],
        });
    remarkOnWhatHasNoWords(world);
    return {
        name: name ?? organizationOf(world) ?? 'estate',
        version: versionOf(world),
        management: {
            name: world.management,
            at: [...world.managementAt, ...(hosted?.at ?? [])],
            hosted,
            ...standings.of(world.management),
            ...(!hosted && managementPlaneOf(world, planes)),
            edge: edgeOf(world, world.management, planes),
            gateways: gatewaysIn(world.management),
        },
        regions: standings.regions,
        clusters,
        network: networkOf(world, all),
        services: [...services.all.values()]
            .map(importedService)
            .sort((a, b) => compareTexts(a.namespace, b.namespace) || compareTexts(a.name, b.name)),
        externals: [...externals]
            .sort(([a], [b]) => compareTexts(a, b))
            .map(([external, at]) => ({ name: external, at: placesOf(at) })),
        questions: notes.questions().map(withShares),
        conflicts: [...notes.conflicts].sort((a, b) => compareTexts(a.about, b.about)),
        remarks: notes.remarks(),
        covered: coveredBy(world, hosted !== undefined),
    };
}

/** Clusters that only something in them is known of; of those that are called after a folder it is asked what they are. */
function nameUsedClusters(world: World, gateways: Gateways, services: Services): void {
    const named = world.named as Map<string, readonly Place[]>;
    const used = [
        ...[...gateways.all.values()].map(({ cluster, at }) => ({ cluster, at })),
        ...[...services.all.values()].flatMap(({ homes }) => [...homes.values()]),
    ];
    for (const { cluster, at } of used) {
        if (cluster === world.management || named.has(cluster)) continue;
        const from = world.standIns.get(cluster);
        named.set(cluster, from === undefined ? at : [{ source: from }]);
        if (from === undefined) continue;
        const what = from === at[0]?.source ? 'its file' : 'its folder';
        world.notes.ask({
            about: { kind: 'cluster', name: cluster },
            asked: 'cluster',
            why: `no file says which cluster this is, so it is called after ${what}; say --cluster NAME=${from}`,
            answers: [],
            at: [],
        });
    }
}

/** Where a cluster is declared; else where it is first named. */
function clusterPlaces(world: World, cluster: string): readonly Place[] {
    const declared = world.of('Cluster').filter(({ object }) => parentsOf(object.metadata).name === cluster);
    const planes = world
        .of('ControlPlane')
        .filter(({ object }) => object.spec?.managementPlane?.clusterName === cluster);
    const own = [...declared, ...planes].map(({ at }) => at);
    return placesOf(own.length > 0 ? own : (world.named.get(cluster) ?? []));
}

function externalsOf(world: World): Map<string, Place[]> {
    const found = new Map<string, Place[]>();
    for (const { object, at } of world.of('ServiceEntry')) {
        if (object.spec?.location === 'MESH_INTERNAL') continue;
        for (const host of object.spec?.hosts ?? []) addExternal(found, host, at);
    }
    return found;
}

function addExternal(found: Map<string, Place[]>, host: string, at: Place | undefined): void {
    if (host === '' || isWhollyOpen(host) || /\.svc(\.|$)/.test(host)) return;
    found.set(host, [...(found.get(host) ?? []), ...(at ? [at] : [])]);
}

/** The language has one name for one thing: what is outside and called like a service is left out. */
function dropNamesakes(
    world: World,
    asking: readonly { readonly helpers: ImportedHelper[] }[],
    services: Services,
    externals: Map<string, Place[]>,
): void {
    const taken = new Set([...services.all.values()].map(({ name }) => name));
    for (const [external, at] of externals) {
        if (!taken.has(external)) continue;
        externals.delete(external);
        world.notes.remark('something outside of the mesh is called like a service, and was left out', at);
        for (const { helpers } of asking) {
            const index = helpers.findIndex(({ by }) => by.namespace === undefined && by.name === external);
            if (index >= 0) helpers.splice(index, 1);
        }
    }
}

/** The gateways by which services of a workspace are reached from other clusters. */
function addEastWest(world: World, gateways: Gateways): void {
    for (const seen of world.of('WorkspaceSetting'))
        for (const { workloadSelector } of seen.object.spec?.defaultEastWestGatewaySettings ?? []) {
            const config = {
                ...{ selector: workloadSelector, selected: world.selectedFor(seen), at: seen.at },
                ...{ name: '', roles: ['east-west'] as const },
            };
            for (const gateway of gateways.selectedBy(config)) gateway.roles.add('east-west');
        }
}

/** Services that clusters themselves say nothing of: by what configuration says, and then it is asked. */
function findHomes(world: World, services: Services, exposures: readonly Exposed[]): void {
    for (const service of services.all.values()) {
        if (service.homes.size > 0) continue;
        const home = (cluster: string, at: Place): ImportedHome => ({ cluster, isVirtualMachines: false, at: [at] });
        const [at] = placesOf(service.at);
        if (!at) continue;
        const bySelector = world.clustersNamedFor(service.namespace);
        const byRoutes = exposures.filter((exposed) => exposed.service === service).flatMap(({ ends }) => ends);
        const clusters = bySelector.length > 0 ? bySelector : [...new Set(byRoutes)].sort(compareTexts);
        for (const cluster of clusters) service.homes.set(cluster, home(cluster, at));
        if (bySelector.length > 0) continue;
        const { namespace, name } = service;
        world.notes.ask({
            about: { kind: 'service', namespace, name },
            asked: 'on',
            why:
                clusters.length > 0
                    ? 'these have a gateway that leads there; as far as these files go, any cluster may have the namespace'
                    : 'as far as these files go, any cluster may have the namespace',
            answers: [...world.named.keys()]
                .filter((cluster) => cluster !== world.management && !clusters.includes(cluster))
                .sort(compareTexts)
                .map((cluster) => `on ${inLine(cluster)}`),
            at: [],
        });
    }
}

/** Which services other clusters reach through east-west gateways: all of a workspace, or those with some labels. */
function addFailover(world: World, services: Services): void {
    for (const seen of world.of('WorkspaceSetting')) {
        const { spec } = seen.object;
        const namespaces = new Set(world.selectedFor(seen).map(({ namespace }) => namespace));
        for (const { exposedServices, line } of spec?.defaultEastWestGatewaySettings ?? []) {
            const at = line === undefined || seen.isDump ? seen.at : { ...seen.at, line };
            const wanted = (exposedServices ?? []).map(({ serviceLabels }) => serviceLabels);
            for (const service of services.all.values()) {
                if (!namespaces.has(service.namespace)) continue;
                const isMeant =
                    wanted.length === 0 || service.labels.some((own) => wanted.some((labels) => matches(labels, own)));
                if (isMeant) service.failover = { value: true, at: placesOf([...(service.failover?.at ?? []), at]) };
                else if (service.labels.length === 0)
                    world.notes.ask({
                        about: { kind: 'service', namespace: service.namespace, name: service.name },
                        asked: 'failover east-west',
                        why: 'its workspace chooses services by their labels, and no file has those of this one',
                        answers: ['failover east-west'],
                        at: [at],
                    });
            }
        }
    }
    for (const { object, at } of world.of('Namespace'))
        if (object.metadata?.annotations?.has('traffic.tetrate.io/global'))
            for (const service of services.all.values())
                if (service.namespace === object.metadata.name) service.failover ??= { value: true, at: [at] };
}

function addOutlierDetection(world: World, services: Services): void {
    for (const { object, at } of world.of('DestinationRule')) {
        if (object.spec?.trafficPolicy?.outlierDetection !== true) continue;
        const host = object.spec.host ?? '';
        const full = host.includes('.') ? host : `${object.metadata?.namespace ?? ''}/${host}`;
        const destination = destinationOf(full, services.has);
        if (destination.kind !== 'service' || !services.has(destination.namespace, destination.name)) continue;
        services.named(destination.namespace, destination.name, at).outlierDetection ??= { value: true, at: [at] };
    }
    for (const kind of ['WorkspaceSetting', 'TrafficSetting'] as const)
        for (const seen of world.of(kind)) {
            const setting =
                seen.kind === 'WorkspaceSetting' ? seen.object.spec?.defaultTrafficSetting : seen.object.spec;
            const sensitivity = setting?.resilience?.circuitBreakerSensitivity;
            if (setting?.outlierDetection !== true && (sensitivity === undefined || sensitivity === 'UNSET')) continue;
            const namespaces = new Set(world.selectedFor(seen).map(({ namespace }) => namespace));
            for (const service of services.all.values())
                if (namespaces.has(service.namespace)) service.outlierDetection ??= { value: true, at: [seen.at] };
        }
}

/** An exposure as it can be written: to clusters in which its service runs, by gateways that exist. */
function placedExposure(
    world: World,
    gateways: Gateways,
    exposed: Exposed,
): { readonly service: Service; readonly exposure: ImportedExposure }[] {
    const { host, isInside, service, via, through, to, hasDoors, at } = exposed;
    const isHome = ({ cluster }: { readonly cluster: string }) => service.homes.has(cluster);
    const targets = to.filter(isHome);
    const away = to.filter((target) => !isHome(target));
    if (away.length > 0)
        world.notes.remark(
            `requests for ${host} are sent to ${[...new Set(away.map(({ cluster }) => cluster))].sort(compareTexts).join(', ')}, where its service does not run`,
            at,
        );
    const doors = hasDoors ? via : via.filter(isHome);
    if (doors.length === 0 && service.homes.size > 0) {
        const why = 'no file says in which cluster its gateway is';
        const about = { kind: 'service', namespace: service.namespace, name: service.name } as const;
        world.notes.ask({ about, asked: `exposed ${inQuotes(host)}`, why, answers: [], at });
        return [];
    }
    if (hasDoors && to.length > 0 && targets.length === 0) return [];
    const ingressAtHomes = [...gateways.all.values()].filter(
        (gateway) => isHome(gateway) && gateway.roles.has('ingress'),
    );
    const isDefault =
        !hasDoors &&
        ingressAtHomes.length === doors.length &&
        doors.every(({ cluster, name }) =>
            ingressAtHomes.some((gateway) => gateway.cluster === cluster && gateways.nameOf(gateway) === name),
        );
    const ingressIn = (cluster: string) => ingressAtHomes.filter((gateway) => gateway.cluster === cluster).length;
    const written = targets.map((target) =>
        target.gateway !== undefined && ingressIn(target.cluster) === 1 ? { ...target, gateway: undefined } : target,
    );
    return [{ service, exposure: { host, isInside, via: isDefault ? [] : doors, through, to: written, at } }];
}

function importedService(service: Service): ImportedService {
    const { namespace, name, failover, outlierDetection, owner, partOf } = service;
    return {
        ...{
            namespace,
            name,
            failover,
            outlierDetection,
            owner,
            partOf,
            helpers: service.helpers,
            calls: service.calls,
        },
        at: placesOf(service.at),
        homes: [...service.homes.values()].sort((a, b) => compareTexts(a.cluster, b.cluster)),
        exposures: [...service.exposures].sort((a, b) => compareTexts(a.host, b.host)),
    };
}

function versionOf(world: World): ImportedEstate['version'] {
    const said = [
        ...world.of('ManagementPlane').map(({ object, at }) => ({ text: object.status?.tsbVersion, at })),
        ...world.of('Cluster').map(({ object, at }) => ({ text: object.spec?.state?.tsbCpVersion, at })),
    ];
    for (const { text, at } of said) {
        const version = /^v?(\d+\.\d+)(?:\.|$|-)/.exec(text ?? '')?.[1];
        if (version !== undefined) return { value: version, at: [at] };
    }
    return undefined;
}

function organizationOf(world: World): string | undefined {
    const found = new Set<string>();
    for (const { object } of world.reading.seen) {
        const { organization, annotations, fqn } = (object as ObjectOf<'Namespace'>).metadata ?? {};
        const inName = /^organizations\/([^/]+)/.exec(fqn ?? '')?.[1];
        const own = organization ?? annotations?.get('tsb.tetrate.io/organization') ?? inName;
        if (own !== undefined && own !== '' && !isOpen(own)) found.add(own);
    }
    const [only, ...others] = found;
    return others.length === 0 ? only : undefined;
}

/** What was read, bears on failures, and has no words in the language. */
function remarkOnWhatHasNoWords(world: World): void {
    const { remark } = world.notes;
    for (const { object, at } of world.of('WorkspaceSetting')) {
        if (object.spec?.regionalFailover ?? object.spec?.failoverSettings)
            remark('the order of regions in a failover has no words', at);
    }
    for (const { object, at } of world.of('ControlPlane')) {
        if (object.spec?.components?.xcp?.isolationBoundaries) remark('isolation boundaries have no words', at);
    }
    for (const { values, at } of world.reading.values)
        if (values.spec?.components?.xcp?.isolationBoundaries) remark('isolation boundaries have no words', at);
    for (const { object, at } of world.of('ServiceRoute'))
        if ((object.spec?.subsets ?? []).length > 1)
            remark('versions of a service, and their weights, have no words', at);
}
