import type { ImportedLink, Said } from '../estate.js';
import { compareTexts } from '../place.js';
import { isOpen } from '../reading/placeholders.js';
import { inLine } from './identity.js';
import { ranks, type Candidate } from './notes.js';
import type { World } from './world.js';

const regionLabel = 'topology.kubernetes.io/region';
const zoneLabel = 'topology.kubernetes.io/zone';

export interface Standings {
    /** The region of a cluster, and its zone if all of its nodes are in one. */
    of(this: void, cluster: string): { readonly region?: Said<string> | undefined; readonly zone?: string | undefined };
    /** Every region with the zones that are known of it. */
    readonly regions: ReadonlyMap<string, readonly string[]>;
}

/** Where clusters stand: by their nodes, by what TSB has discovered, by what is declared, in this order of trust. */
export function standingsOf(world: World, clusters: readonly string[]): Standings {
    const zones = new Map<string, Set<string>>();
    const found = new Map<string, ReturnType<Standings['of']>>();
    const regions = new Map<string, Set<string>>();
    const candidates = new Map<string, Candidate<string>[]>();
    const add = (cluster: string, candidate: Candidate<string>) =>
        void candidates.set(cluster, [...(candidates.get(cluster) ?? []), candidate]);
    for (const { object, at } of world.of('Cluster')) {
        const { locality, state } = object.spec ?? {};
        const cluster = object.metadata?.name ?? '';
        if (locality?.region !== undefined && locality.region !== '')
            add(cluster, { value: locality.region, rank: ranks.file, at });
        const discovered = state?.discoveredLocality?.region;
        if (discovered !== undefined && discovered !== '') add(cluster, { value: discovered, rank: ranks.dump, at });
    }
    const nodeRegions = new Map<string, Map<string, Candidate<string>>>();
    for (const seen of world.of('Node')) {
        const { labels } = seen.object.metadata ?? {};
        const [region, zone] = [labels?.get(regionLabel), labels?.get(zoneLabel)];
        for (const cluster of world.clustersOf(seen)) {
            if (region !== undefined) {
                const ofCluster = nodeRegions.get(cluster) ?? new Map<string, Candidate<string>>();
                ofCluster.set(region, { value: region, rank: ranks.node, at: seen.at });
                nodeRegions.set(cluster, ofCluster);
            }
            if (zone !== undefined) zones.set(cluster, (zones.get(cluster) ?? new Set()).add(zone));
        }
    }
    for (const [cluster, ofNodes] of nodeRegions) {
        const [only, ...others] = ofNodes.values();
        if (only && others.length === 0) add(cluster, only);
        else
            world.notes.remark(
                `the nodes of one cluster are in several regions, so it stands in none`,
                [...ofNodes.values()].map(({ at }) => at),
            );
    }
    for (const cluster of clusters) {
        const inSeveral = (nodeRegions.get(cluster)?.size ?? 0) > 1;
        const region = inSeveral
            ? undefined
            : world.notes.choose(`region of ${cluster}`, candidates.get(cluster) ?? []);
        const ofNodes = [...(zones.get(cluster) ?? [])].sort(compareTexts);
        if (region) {
            const known = regions.get(region.value) ?? new Set<string>();
            for (const zone of ofNodes) known.add(zone);
            regions.set(region.value, known);
        }
        found.set(cluster, { region, zone: region && ofNodes.length === 1 ? ofNodes[0] : undefined });
    }
    return {
        of: (cluster) => found.get(cluster) ?? {},
        regions: new Map(
            [...regions]
                .sort(([a], [b]) => compareTexts(a, b))
                .map(([region, known]) => [region, [...known].sort(compareTexts)]),
        ),
    };
}

/**
 * Who reaches whom: clusters of one network each other, and those of another as the organization says. Without any
 * network nothing is said of it.
 */
export function networkOf(world: World, clusters: readonly string[]): ImportedLink[] {
    const members = new Map<string, string[]>();
    const at = new Map<string, (typeof world.reading.seen)[number]['at']>();
    for (const { object, at: place } of world.of('Cluster')) {
        const network = object.spec?.network;
        const cluster = object.metadata?.name ?? '';
        if (network === undefined || network === '' || isOpen(network) || !clusters.includes(cluster)) continue;
        members.set(network, [...(members.get(network) ?? []), cluster].sort(compareTexts));
        at.set(cluster, place);
    }
    if (members.size === 0) return [];
    const links = new Map<string, ImportedLink>();
    const link = (from: string, to: string, places: ImportedLink['at']) => {
        if (from !== to) links.set(JSON.stringify([from, to]), { from, to, at: places });
    };
    for (const inIt of members.values())
        for (const from of inIt)
            for (const to of inIt)
                link(
                    from,
                    to,
                    [at.get(from), at.get(to)].flatMap((each) => each ?? []),
                );
    for (const { object, at: place } of world.of('OrganizationSetting')) {
        const { networkSettings, networkReachability } = object.spec ?? {};
        for (const [network, reached] of networkSettings?.networkReachability ?? networkReachability ?? [])
            for (const other of reached.split(',').map((name) => name.trim()))
                for (const from of members.get(network) ?? [])
                    for (const to of members.get(other) ?? []) link(from, to, [place]);
    }
    const inNone = clusters.filter((cluster) => !at.has(cluster));
    for (const cluster of inNone)
        if (cluster !== world.management)
            world.notes.ask({
                about: { kind: 'network' },
                asked: `${inLine(cluster)} <-> …`,
                why: `no file says in which network ${cluster} is`,
                answers: clusters
                    .filter((other) => other !== cluster)
                    .map((other) => `${inLine(cluster)} <-> ${inLine(other)}`),
                at: world.named.get(cluster)?.slice(0, 1) ?? [],
            });
    return [...links.values()].sort((a, b) => compareTexts(a.from, b.from) || compareTexts(a.to, b.to));
}
