/** A generated estate: texts by file name. The same numbers make the same texts, always. */
export interface GeneratedEstate {
    readonly files: ReadonlyMap<string, string>;
    /** Things with a name: clusters, gateways and services. */
    readonly nodes: number;
    /** Homes, calls, exposures and links. */
    readonly relations: number;
}

const regions = ['us-east', 'us-west', 'eu-west', 'ap-south'];

/** One cluster, with its gateway, for so many nodes. */
const nodesPerCluster = 50;

/**
 * An estate of one management cluster and as many workload clusters, gateways and services as asked for, with about 1.5
 * relations between services for each of them: homes, calls, and a host for each tenth. Clusters form a ring.
 *
 * @param files over which clusters and services are spread evenly
 */
export function generateEstate(nodes: number, files: number): GeneratedEstate {
    const clusterCount = Math.max(2, Math.floor(nodes / nodesPerCluster));
    const serviceCount = nodes - 1 - 2 * clusterCount;
    const random = randomNumbers(20_000 + nodes);
    const below = (limit: number) => Math.floor(random() * limit);
    let relations = 0;

    const clusters = Array.from({ length: clusterCount }, (_, index) => {
        const region = regions[index % regions.length]!;
        return `workload cluster c${index} in ${region}/${index % 2 === 0 ? 'a' : 'b'} {\n    gateway ingress, east-west gw${index}\n}`;
    });
    const links = Array.from({ length: clusterCount }, (_, index) => {
        relations++;
        return `    c${index} <-> c${(index + 1) % clusterCount}`;
    });
    const services = Array.from({ length: serviceCount }, (_, index) => {
        const home = below(clusterCount);
        const calls = index === 0 ? [] : Array.from({ length: index % 2 === 0 ? 2 : 1 }, () => `s${below(index)}`);
        const lines = [
            `service s${index} {`,
            `    on c${home}, c${(home + 1) % clusterCount}`,
            ...(calls.length > 0 ? [`    calls ${[...new Set(calls)].join(', ')}`] : []),
            ...(index % 10 === 0 ? [`    exposed "s${index}.example.com"`] : []),
            ...(index % 3 === 0 ? ['    failover east-west'] : []),
            '}',
        ];
        relations += 2 + calls.length + (index % 10 === 0 ? 1 : 0);
        return lines.join('\n');
    });

    const head = [
        ...regions.map((region) => `region ${region} { zones a, b }`),
        `management cluster mgmt in ${regions[0]} {\n    management plane { elasticsearch internal via front-envoy }\n}`,
        `network {\n${links.join('\n')}\n}`,
    ];
    const texts = Array.from({ length: files }, (_, index) => {
        const part = (all: readonly string[]) =>
            all.slice(Math.floor((all.length * index) / files), Math.floor((all.length * (index + 1)) / files));
        const own = [...(index === 0 ? head : []), ...part(clusters), ...part(services)];
        return [`file${index}.tsbtopo`, `topology generated\n\n${own.join('\n\n')}\n`] as const;
    });
    return { files: new Map(texts), nodes, relations };
}

/** Mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}
