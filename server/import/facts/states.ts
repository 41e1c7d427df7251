import type { Kind } from '../kinds.js';
import type { Place } from '../place.js';
import type { Reading, Seen } from '../reading/read.js';
import { key, parentsOf } from './identity.js';

/** A control plane, and the name of its cluster. */
export interface NamedPlane {
    readonly source: string;
    readonly cluster: string;
    readonly at: Place;
}

/**
 * States of Terraform that hold objects of several clusters: there a control plane says only of its own module which
 * cluster that is.
 */
export interface SharedStates {
    has(this: void, source: string): boolean;
    /** The cluster of something in such a state; undefined where nothing tells. */
    clusterOf(this: void, source: string, at: Place): string | undefined;
}

export function sharedStatesIn(reading: Reading, planes: readonly NamedPlane[]): SharedStates {
    const shared = new Set([...reading.states].flatMap(([source, { clusters }]) => (clusters > 1 ? [source] : [])));
    const bySource = new Map<string, Seen[]>();
    for (const seen of reading.seen) {
        const { name } = seen.source;
        if (seen.isDump || !reading.states.has(name)) continue;
        const others = bySource.get(name);
        if (others) others.push(seen);
        else bySource.set(name, [seen]);
    }
    for (const [source, all] of bySource) if (hasSeveral(all, planes)) shared.add(source);
    return {
        has: (source) => shared.has(source),
        clusterOf: (source, at) => {
            const inIt = planes.filter((plane) => plane.source === source);
            const plane = inIt.find((each) => each.at.object === at.object);
            if (plane) return plane.cluster;
            for (const module of modulesAround(at.object ?? '')) {
                const inModule = inIt.filter((each) => each.at.object?.startsWith(module));
                const clusters = new Set(inModule.map(({ cluster }) => cluster));
                if (clusters.size > 0) return clusters.size === 1 ? [...clusters][0] : undefined;
            }
            return undefined;
        },
    };
}

/** Objects of which one cluster has one. */
const ofClusters: ReadonlySet<Kind> = new Set<Kind>([
    'ControlPlane',
    'GatewayInstall',
    'Namespace',
    'Service',
    'Workload',
]);

/** Whether one object is there twice, or clusters are declared beside that of the control plane. */
function hasSeveral(all: readonly Seen[], planes: readonly NamedPlane[]): boolean {
    const known = new Map<string, string | undefined>();
    const named = new Set(planes.filter(({ source }) => source === all[0]?.source.name).map(({ cluster }) => cluster));
    for (const { kind, called, object, at } of all) {
        const { metadata } = object as Extract<Seen, { kind: 'Namespace' }>['object'];
        if (kind === 'Cluster') named.add(parentsOf(metadata).name);
        if (!ofClusters.has(kind)) continue;
        const id = key(called, metadata?.namespace, metadata?.name);
        if (known.has(id) && known.get(id) !== at.object) return true;
        known.set(id, at.object);
    }
    return named.size > 1;
}

/** `module.a.module.b.` and `module.a.` of `module.a.module.b.kubernetes_manifest.web`. */
function modulesAround(address: string): string[] {
    const path = /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(address)?.[0] ?? '';
    const ends = [...path.matchAll(/module\.[^.[]+(?:\[[^\]]*\])?\./g)].map(
        ({ 0: text, index }) => index + text.length,
    );
    return ends.reverse().map((end) => path.slice(0, end));
}
