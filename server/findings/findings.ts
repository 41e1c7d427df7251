import { internalErrorMessage } from '../topology/internal-error.js';
import type { SourceLocation, Topology } from '../topology/topology.js';
import { callFindings } from './calls.js';
import { choiceFindings } from './choices.js';
import { dependenceFindings } from './dependence.js';
import { exposureFindings } from './exposures.js';
import { failoverFindings } from './failover.js';
import type { Finding } from './finding.js';
import { gatewayFindings } from './gateways.js';
import { linkFindings } from './links.js';
import { namedThingFindings } from './named-things.js';
import { placeFindings } from './places.js';
import { planeFindings } from './planes.js';
import { protectionFindings } from './protection.js';
import { requirementFindings } from './required.js';
import { sharedFateFindings } from './shared-fates.js';
import { standbyFindings } from './standbys.js';
import { storeCopyFindings } from './store-copies.js';
import { structureFindings } from './structure.js';
import { trafficViewOf, type TrafficView } from './traffic-view.js';

type Family<T> = (about: T) => readonly Finding[];

/** What is looked for: of the estate as it is described, and of its traffic. */
export interface FindingFamilies {
    readonly structure: readonly Family<Topology>[];
    readonly traffic: readonly Family<TrafficView>[];
}

/** All of them, in the order in which they are told. */
export const findingFamilies: FindingFamilies = {
    structure: [
        structureFindings,
        standbyFindings,
        storeCopyFindings,
        linkFindings,
        protectionFindings,
        planeFindings,
        placeFindings,
        sharedFateFindings,
        namedThingFindings,
    ],
    traffic: [
        gatewayFindings,
        exposureFindings,
        failoverFindings,
        callFindings,
        requirementFindings,
        dependenceFindings,
        choiceFindings,
    ],
};

const findings = new WeakMap<Topology, readonly Finding[]>();

/** All findings of an estate, in a stable order; computed once for each topology. */
export function findingsOf(topology: Topology): readonly Finding[] {
    let known = findings.get(topology);
    if (!known) findings.set(topology, (known = findingsIn(topology, findingFamilies)));
    return known;
}

const files = new WeakMap<readonly Finding[], ReadonlyMap<string, readonly Finding[]>>();

/** Those that stand in one file. */
export function findingsInFile(topology: Topology, uri: string): readonly Finding[] {
    const all = findingsOf(topology);
    const known = files.get(all) ?? byFile(all);
    files.set(all, known);
    return known.get(uri) ?? [];
}

function byFile(all: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
    const found = new Map<string, Finding[]>();
    for (const finding of all) {
        const known = found.get(finding.at.uri);
        if (known) known.push(finding);
        else found.set(finding.at.uri, [finding]);
    }
    return found;
}

/** The findings of some families. One that fails is a mistake of this tool: it costs one message, and the others go on. */
export function findingsIn(topology: Topology, { structure, traffic }: FindingFamilies): Finding[] {
    const found: Finding[] = [];
    const attempt = (find: () => void) => {
        try {
            find();
        } catch (error) {
            if (!found.some(({ code }) => code === 'internal-error')) found.push(failure(topology, error));
        }
    };
    for (const family of structure) attempt(() => found.push(...family(topology)));
    attempt(() => {
        const view = trafficViewOf(topology);
        for (const family of traffic) attempt(() => found.push(...family(view)));
    });
    return found;
}

function failure(topology: Topology, error: unknown): Finding {
    const message = internalErrorMessage('looking for risks', error);
    return { code: 'internal-error', severity: 'error', message, at: beginningOf(topology), error };
}

function beginningOf({ at, files: [uri = ''] }: Topology): SourceLocation {
    const start = { line: 0, character: 0 };
    return at ?? { uri, range: { start, end: start } };
}
