import type { FailureGraph } from '../failure/graph.js';
import { commonRegion } from '../topology/common-region.js';
import { clusterName, regionName, zoneName, type ElementName } from '../topology/element-name.js';
import { managementCluster, type Topology } from '../topology/topology.js';
import { branchesIn } from './branches.js';
import {
    boxesIn,
    type Box,
    type Branch,
    type Card,
    type Cell,
    type Column,
    type Detail,
    type Scene,
    type Way,
} from './box.js';
import { clusterCard, externalCard, outerStores, type Instance } from './cards.js';
import { endsIn, stretchesBetween, type EndOf } from './ends.js';
import { asUsual, foldOfRegion, isOpen, type Folds } from './folds.js';
import { withoutRegion, withoutSuffix } from './short-names.js';
import { hostId, stretchesInHealth, stretchId } from './ways.js';

/** So many are drawn one by one; more are folded, so that what is drawn can be read. */
const most = {
    openClusters: 14,
    openServices: 90,
    servicesOfCluster: 16,
    closedClusters: 30,
    cells: 60,
    hosts: 24,
    entrances: 3,
};

/** How much of an estate is drawn, where nobody asks for more or less. */
export function detailFor({ clusters, services }: Topology): Detail {
    const instances = services.reduce((sum, { homes }) => sum + homes.length, 0);
    if (clusters.length <= most.openClusters && instances <= most.openServices) return 'services';
    return clusters.length <= most.closedClusters ? 'clusters' : 'regions';
}

/**
 * What there is to draw of an estate. Linear in its size; the same text makes the same scene.
 *
 * @param asked how much is drawn by itself; otherwise what can be read in an estate of this size
 * @param folds what somebody has opened or closed beside that
 */
export function sceneOf(graph: FailureGraph, asked?: Detail, folds: Folds = asUsual): Scene {
    const { topology } = graph;
    const detail = asked ?? detailFor(topology);
    // who asks for services gets all of them
    const columns = columnsOf(topology, detail, folds, asked === undefined ? most.servicesOfCluster : Infinity);
    const { hosts: wholeHosts, hostsOf } = hostBoxes(graph);
    const hosts = detail === 'regions' ? withoutSuffix(wholeHosts) : wholeHosts;
    const bare: Scene = {
        estate: topology.name,
        detail,
        hosts,
        columns,
        ways: [],
        branches: [],
        boxesOf: new Map(),
        hostsOf,
    };
    const boxesOf = boxesOfElements(graph, bare);
    const endOf = endsIn({ ...bare, boxesOf });
    return { ...bare, boxesOf, ways: waysIn(graph, endOf), branches: branchesBetween(topology, endOf) };
}

function columnsOf(topology: Topology, detail: Detail, folds: Folds, mostServices: number): Column[] {
    const cards = new Map<string, Card[]>(topology.regions.map(({ name }) => [name, []]));
    const nowhere: Card[] = [];
    const put = (card: Card, region: string | undefined) =>
        (region === undefined ? nowhere : (cards.get(region) ?? nowhere)).push(card);
    const instances = instancesByCluster(topology);
    for (const cluster of topology.clusters) {
        const here = instances.get(cluster.name) ?? [];
        const isUsuallyOpen = detail === 'services' && here.length <= mostServices;
        put(
            clusterCard(cluster, here, isOpen(folds, clusterName(cluster.name), isUsuallyOpen)),
            cluster.locality?.region,
        );
    }
    for (const external of topology.externalServices) put(externalCard(external), commonRegion(external.places));
    const management = managementCluster(topology);
    for (const { card, region } of management ? outerStores(management) : []) put(card, region);
    // an unfinished file may declare a name twice: the first one stands
    const seen = new Set<string>();
    const isNew = ({ id }: Pick<Box, 'id'>) => !seen.has(id) && seen.add(id).size > 0;
    for (const [region, all] of cards)
        cards.set(
            region,
            all.flatMap((card) => firstOf(card, isNew)),
        );
    const others = nowhere.flatMap((card) => firstOf(card, isNew));
    const isFolded = (id: string) => !isOpen(folds, foldOfRegion(id), detail !== 'regions');
    const fold = (id: string, all: readonly Card[]) =>
        isFolded(id) ? folded(id, all).map((card) => withoutRegion(card, id)) : all;
    const regions = topology.regions
        .filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index)
        .map(({ name, nameAt: at, zones }): Column => ({
            id: name,
            region: { id: regionName(name), kind: 'region', name, detail: '', at },
            zones: zones
                .filter((zone) => isNew({ id: zoneName(name, zone.name) }))
                .map((zone) => ({
                    id: zoneName(name, zone.name),
                    kind: 'zone',
                    name: zone.name,
                    detail: '',
                    at: zone.nameAt,
                })),
            cards: fold(name, cards.get(name)!),
            isFolded: isFolded(name),
        }));
    if (others.length === 0) return regions;
    return [...regions, { id: '', zones: [], cards: fold('', others), isFolded: isFolded('') }];
}

/** A card without what has been drawn already. */
function firstOf(card: Card, isNew: (box: Pick<Box, 'id'>) => boolean): Card[] {
    return isNew(card) ? [{ ...card, doors: card.doors.filter(isNew), chips: card.chips.filter(isNew) }] : [];
}

function instancesByCluster({ services }: Topology): Map<string, Instance[]> {
    const instances = new Map<string, Instance[]>();
    for (const service of services) {
        for (const home of service.homes) {
            const known = instances.get(home.cluster);
            if (known) known.push({ service, home });
            else instances.set(home.cluster, [{ service, home }]);
        }
    }
    return instances;
}

/** The workload clusters of a region as one box, and its entrances where they are many. */
function folded(region: string, cards: readonly Card[]): Card[] {
    const clusters = cards.filter(({ kind, band }) => kind === 'cluster' && band === 'workloads');
    const entrances = cards.filter(({ band }) => band === 'entrance');
    const together = [
        ...(entrances.length > most.entrances ? [groupOf(`entrances:${region}`, entrances)] : entrances),
        ...(clusters.length > 1 ? [groupOf(foldOfRegion(region), clusters)] : clusters),
    ];
    const others = cards.filter((card) => !clusters.includes(card) && !entrances.includes(card));
    return [...together, ...others];
}

function groupOf(id: string, cards: readonly Card[]): Card {
    const { band } = cards[0]!;
    return {
        id,
        kind: 'clusters',
        name: `${cards.length} ${band === 'entrance' ? 'entrances' : 'clusters'}`,
        detail: '',
        band,
        doors: [],
        chips: [],
        clusters: cards.map((card) => card.id),
        cells: (cards.length > most.cells ? [] : cards).map(({ id, name, detail, at, zone }): Cell => ({
            id,
            kind: 'cell',
            name,
            detail,
            ...(at && { at }),
            ...(zone !== undefined && { zone }),
        })),
        counted: cards.flatMap(({ counted, chips }) => [...counted, ...chips.map(({ name }) => name)]),
    };
}

function hostBoxes({ traffic, topology }: FailureGraph): Pick<Scene, 'hosts' | 'hostsOf'> {
    const boxes = new Map<string, Box>();
    const entriesOf = new Map<string, string[]>();
    const regionOf = new Map(topology.clusters.map(({ name, locality }) => [name, locality?.region ?? '']));
    const firstRegion = new Map<string, string>();
    for (const { exposure, entries } of traffic.hosts) {
        const gateways = entries.map(({ first }) => first.gateway);
        const known = entriesOf.get(exposure.host) ?? [];
        entriesOf.set(exposure.host, [...known, ...gateways.map(({ name }) => name)]);
        if (gateways[0]) firstRegion.set(exposure.host, regionOf.get(gateways[0].cluster) ?? '');
    }
    for (const { exposures } of topology.services) {
        for (const { host, hostAt, inside } of exposures) {
            const via = [...new Set(entriesOf.get(host))];
            const doors = `via ${via.slice(0, 2).join(', ')}${via.length > 2 ? ' …' : ''}`;
            const detail = via.length === 0 ? 'no way in' : inside ? `inside, ${doors}` : doors;
            if (!boxes.has(hostId(host)))
                boxes.set(hostId(host), {
                    id: hostId(host),
                    kind: 'host',
                    name: host,
                    detail,
                    longest: 'down for up to 60 s',
                    at: hostAt,
                });
        }
    }
    if (boxes.size <= most.hosts) {
        return {
            hosts: [...boxes.values()],
            hostsOf: new Map([...boxes.values()].map(({ id, name }) => [id, [name]])),
        };
    }
    const groups = new Map<string, string[]>();
    for (const { name } of boxes.values()) {
        const region = firstRegion.get(name) ?? '';
        groups.set(region, [...(groups.get(region) ?? []), name]);
    }
    const hosts = [...groups].map(([region, names]): Box => ({
        id: `hosts:${region}`,
        kind: 'host',
        name: names.length === 1 ? names[0]! : `${names.length} hosts`,
        detail: region === '' ? '' : `enter in ${region}`,
    }));
    return { hosts, hostsOf: new Map([...groups].map(([region, names]) => [`hosts:${region}`, names])) };
}

/** Where each element is seen: in its own box, or else in that of what it is a part of. */
function boxesOfElements({ elements }: FailureGraph, scene: Scene): Map<ElementName, readonly string[]> {
    const drawn = new Set(boxesIn(scene).map(({ id }) => id));
    const foldedInto = new Map(
        scene.columns.flatMap(({ cards }) =>
            cards.flatMap(({ id, clusters }) => clusters.map((cluster) => [cluster, id] as const)),
        ),
    );
    const found = new Map<ElementName, readonly string[]>();
    const find = (name: ElementName): readonly string[] => {
        const known = found.get(name);
        if (known) return known;
        if (drawn.has(name)) return [name];
        const fold = foldedInto.get(name);
        if (fold !== undefined) return [fold];
        const element = elements.byName.get(name);
        const inside = element?.kind === 'instances' ? element.cluster : (element?.parents[0] ?? element?.cluster);
        return inside === undefined || inside === name ? [] : find(inside as ElementName);
    };
    const ofService = new Map<string, Set<string>>();
    for (const { name, kind, service } of elements.all) {
        if (kind === 'service') continue;
        const boxes = find(name);
        found.set(name, boxes);
        if (service === undefined) continue;
        const all = ofService.get(service) ?? new Set();
        for (const box of boxes) all.add(box);
        ofService.set(service, all);
    }
    for (const { name, kind, service } of elements.all) {
        if (kind === 'service') found.set(name, [...(ofService.get(service!) ?? [])]);
    }
    return found;
}

function waysIn(graph: FailureGraph, endOf: EndOf): Way[] {
    const ways = new Map<string, Way>();
    for (const { from, to, taken, weight } of stretchesBetween(endOf, stretchesInHealth(graph).values())) {
        const id = stretchId(from, to);
        const known = ways.get(id);
        // ways of several clusters together have no weight
        if (known) ways.set(id, { id, from, to, taken: taken || known.taken });
        else ways.set(id, { id, from, to, taken, ...(weight !== undefined && { weight }) });
    }
    return [...ways.values()];
}

/** Branches of clusters that are folded together are one. */
function branchesBetween(topology: Topology, endOf: EndOf): Branch[] {
    const branches = new Map<string, Branch>();
    for (const branch of branchesIn(topology)) {
        const [from, to] = [endOf(branch.from), endOf(branch.to)];
        if (from === undefined || to === undefined || from === to) continue;
        const id = `${branch.layer}\n${from}\n${to}`;
        const clusters = [...(branches.get(id)?.clusters ?? []), ...branch.clusters];
        branches.set(id, { ...branch, id, from, to, clusters });
    }
    return [...branches.values()];
}
