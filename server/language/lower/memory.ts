import type { Cluster, DeclaredNeed, Network, Service } from '../../topology/topology.js';
import { sameItems } from '../../topology/unchanged.js';
import type * as ast from '../generated/ast.js';
import { senseOf } from '../naming/sense.js';

/**
 * What was built of the declarations of an estate. It holds as long as their names mean the same, wherever edits elsewhere move
 * them: places in it are those of their declaration.
 */
export class Memory {
    readonly services = remembering<ast.Service, Service>();
    readonly network = rememberingAll<ast.Network, Network>();
    /** Of the declarations of a file, which are another list after each edit of it. */
    private readonly files = new WeakMap<object, readonly Service[]>();
    private readonly underDefaults = rememberingAll<ast.WorkloadDefaults, OfClusters>();

    /** What was built of clusters under the same defaults. */
    ofClusters(defaults: readonly ast.WorkloadDefaults[]): OfClusters {
        return this.underDefaults(defaults, () => ({
            workload: remembering<ast.WorkloadCluster, Cluster>(),
            needs: remembering<ast.Cluster, readonly DeclaredNeed[]>(),
        }));
    }

    servicesOfFile(declarations: readonly ast.Declaration[], build: () => readonly Service[]): readonly Service[] {
        const sense = senseOf(declarations);
        const services = this.files.get(sense) ?? build();
        this.files.set(sense, services);
        return services;
    }
}

interface OfClusters {
    readonly workload: Remembering<ast.WorkloadCluster, Cluster>;
    readonly needs: Remembering<ast.Cluster, readonly DeclaredNeed[]>;
}

/** What was built of a node, as long as its names mean the same. */
type Remembering<N, T> = (node: N, build: () => T) => T;

function remembering<N extends ast.Declaration, T>(): Remembering<N, T> {
    const known = new WeakMap<object, { readonly built: T }>();
    return (node, build) => {
        const sense = senseOf(node);
        const last = known.get(sense) ?? { built: build() };
        known.set(sense, last);
        return last.built;
    };
}

/** What was built last of all declarations of a kind. */
function rememberingAll<N extends ast.Declaration, T>(): Remembering<readonly N[], T> {
    let last: { readonly senses: readonly object[]; readonly built: T } | undefined;
    return (nodes, build) => {
        const senses = nodes.map(senseOf);
        if (last && sameItems(last.senses, senses)) return last.built;
        const built = build();
        last = { senses, built };
        return built;
    };
}
