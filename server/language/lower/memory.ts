import type { Cluster, DeclaredNeed, Network, Service } from '../../topology/topology.js';
import { sameItems } from '../../topology/unchanged.js';
import type * as ast from '../generated/ast.js';

/**
 * What was built of the declarations of an estate. It holds as long as the names of the estate stay the same. The plain data
 * has places in it: what stands elsewhere now is built anew.
 */
export class Memory {
    readonly services = remembering<ast.Service, Service>();
    readonly network = rememberingAll<ast.Network, Network>();
    /** Of the declarations of a file, which are another list after each edit of it. */
    private readonly files = new WeakMap<readonly ast.Declaration[], readonly Service[]>();
    private readonly underDefaults = rememberingAll<ast.WorkloadDefaults, OfClusters>();
    private areNamesDistinct?: boolean;

    /** What was built of clusters under the same defaults. */
    ofClusters(defaults: readonly ast.WorkloadDefaults[]): OfClusters {
        return this.underDefaults(defaults, () => ({
            workload: remembering<ast.WorkloadCluster, Cluster>(),
            needs: remembering<ast.Cluster, readonly DeclaredNeed[]>(),
        }));
    }

    servicesOfFile(declarations: readonly ast.Declaration[], build: () => readonly Service[]): readonly Service[] {
        const services = this.files.get(declarations) ?? build();
        this.files.set(declarations, services);
        return services;
    }

    /** Of services with the same name the first one. */
    distinct(services: Service[], firstOfEach: (services: Service[]) => Service[]): Service[] {
        if (this.areNamesDistinct) return services;
        const distinct = firstOfEach(services);
        this.areNamesDistinct = distinct.length === services.length;
        return distinct;
    }
}

interface OfClusters {
    readonly workload: Remembering<ast.WorkloadCluster, Cluster>;
    readonly needs: Remembering<ast.Cluster, readonly DeclaredNeed[]>;
}

/** What was built of a node, as long as that stands on the same line. */
type Remembering<N, T> = (node: N, build: () => T) => T;

function remembering<N extends ast.Declaration, T>(): Remembering<N, T> {
    const known = new WeakMap<N, { readonly line: number; readonly built: T }>();
    return (node, build) => {
        const line = lineOf(node);
        const last = known.get(node);
        if (last?.line === line) return last.built;
        const built = build();
        known.set(node, { line, built });
        return built;
    };
}

/** What was built last of all declarations of a kind. */
function rememberingAll<N extends ast.Declaration, T>(): Remembering<readonly N[], T> {
    let last: { readonly nodes: readonly N[]; readonly lines: readonly number[]; readonly built: T } | undefined;
    return (nodes, build) => {
        const lines = nodes.map(lineOf);
        if (last && sameItems(last.nodes, nodes) && sameItems(last.lines, lines)) return last.built;
        const built = build();
        last = { nodes, lines, built };
        return built;
    };
}

function lineOf({ $cstNode }: ast.Declaration): number {
    return $cstNode?.range.start.line ?? 0;
}
