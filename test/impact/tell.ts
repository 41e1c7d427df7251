import { factsOf } from '../../server/impact/facts.js';
import { operationStories } from '../../server/impact/operations.js';
import { plain } from '../../server/encoding/markdown.js';
import { forEachOperation, type Operation } from '../../server/knowledge/operations.js';
import type { Topology } from '../../server/topology/topology.js';
import { simulated } from '../failure/check.js';

/** What is said of each operation when these elements fail (separated by blanks): all sentences as one plain text. */
export async function told(topology: Topology | string, failures: string): Promise<Record<Operation, string>> {
    const stories = operationStories(factsOf(await simulated(topology, failures.split(' '))));
    return forEachOperation((operation) => plain(stories[operation].sentences.join(' ')));
}

/** An estate of these workload clusters; `more` is added at its end. */
export function estateOf(clusters: string, more = ''): string {
    const declared = clusters.split(' ').map((name) => `workload cluster ${name}`);
    return ['topology demo', 'management cluster mgmt', ...declared, more].join('\n');
}

/** An estate of two workload clusters with a service in both; `plane` and `central` fill the management cluster. */
export function twoClusters(plane = '', central = '', more = ''): string {
    return `topology demo
management cluster mgmt {
    management plane { ${plane} }
    central control plane { ${central} }
}
workload cluster east
workload cluster west
service shop on east, west
${more}`;
}
