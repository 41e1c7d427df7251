import { linkName } from '../topology/element-name.js';
import { linksOf, type UnlistedLinks } from '../topology/links.js';
import type { SourceLocation, Topology } from '../topology/topology.js';
import type { Finding } from './finding.js';

/** Where the links between clusters are too many to be listed one by one. */
export function linkFindings(topology: Topology): Finding[] {
    return linksOf(topology).unlisted.flatMap((unlisted): Finding[] => {
        const at = unlisted.line?.at ?? topology.at ?? topology.clusters[0]?.nameAt;
        return at ? [linksUnlisted(topology, unlisted, at)] : [];
    });
}

function linksUnlisted(topology: Topology, { line, pairs }: UnlistedLinks, at: SourceLocation): Finding {
    // links to the management cluster are always listed
    const workload = new Set(topology.clusters.filter(({ kind }) => kind === 'workload').map(({ name }) => name));
    const from = (line?.from ?? [...workload]).find((name) => workload.has(name));
    const to = (line?.to ?? [...workload]).find((name) => name !== from && workload.has(name));
    const who = line ? 'This line joins' : 'All clusters reach each other, which joins';
    return {
        code: 'links-unlisted',
        severity: 'hint',
        message: `${who} ${pairs} pairs of clusters. Of their links, lists show only those that something crosses; any other fails when it is named, such as \`${linkName(from!, to!)}\`.`,
        at,
    };
}
