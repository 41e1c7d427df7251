import type { Position } from 'vscode-languageserver-protocol';
import { randomNumbers } from './random-numbers.js';

/** A generated estate: texts by file name. The same numbers make the same texts, always. */
export interface GeneratedEstate {
    readonly files: ReadonlyMap<string, string>;
    /** Things with a name: clusters, gateways and services. */
    readonly nodes: number;
    /** Homes, calls, exposures and links. */
    readonly relations: number;
}

const regions = ['us-east', 'us-west', 'eu-west', 'ap-south'];

/** One cluster, with its gateway, for so many nodes, unless said otherwise. */
const nodesPerCluster = 50;

/**
 * A sound estate: one management cluster, and workload clusters, gateways and services, as many as asked for. Each
 * service has two homes and calls one or two others, each tenth has a host; clusters form a ring.
 *
 * @param files over which clusters and services are spread evenly
 */
export function generateEstate(nodes: number, files: number, perCluster = nodesPerCluster): GeneratedEstate {
    const clusterCount = Math.max(2, Math.floor(nodes / perCluster));
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
    const groupOf = (index: number) => Math.floor((index * clusterCount) / serviceCount);
    const firstOfGroup = (group: number) => Math.ceil((group * serviceCount) / clusterCount);
    const services = Array.from({ length: serviceCount }, (_, index) => {
        // who calls runs where its callees run, as in an estate that somebody planned
        const home = groupOf(index);
        const earlier = index - firstOfGroup(home);
        const called = Array.from({ length: index % 2 === 0 ? 2 : 1 }, () => `s${index - 1 - below(earlier)}`);
        const calls = earlier === 0 ? [] : [...new Set(called)];
        const isExposed = index % 10 === 0;
        relations += 2 + calls.length + (isExposed ? 1 : 0);
        const items = [
            ...(calls.length > 0 ? [`calls ${calls.join(', ')}`] : []),
            ...(isExposed ? [`exposed "s${index}.example.com" { gslb ttl 30s }`] : []),
            index % 3 === 0 ? 'failover east-west  outlier detection' : 'no failover',
        ];
        const service = `service s${index} on c${home}, c${(home + 1) % clusterCount}`;
        if (items.length < 2) return `${service} { ${items.join('')} }`;
        return `${service} {\n${items.map((item) => `    ${item}`).join('\n')}\n}`;
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

/** Every place where a cluster or a service is declared; a hover there shows what its failure does. */
export function declarations(text: string): Position[] {
    return text.split('\n').flatMap((line, index) => {
        const [start] = /^(workload cluster|management cluster|service) /.exec(line) ?? [];
        return start === undefined ? [] : [{ line: index, character: start.length }];
    });
}
