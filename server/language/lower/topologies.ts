import type { URI } from 'langium';
import { follow } from '../../topology/neighbourhoods.js';
import type { Topology } from '../../topology/topology.js';
import { sameItems, withUnchanged } from '../../topology/unchanged.js';
import { arrangementOf } from '../naming/anchors.js';
import { isSettled, type Estate, type Estates } from '../naming/estates.js';
import type { InternalErrors } from '../workspace/internal-errors.js';
import type * as ast from '../generated/ast.js';
import { Memory } from './memory.js';
import { toTopology } from './to-topology.js';

interface Built {
    /** Undefined where it could never be built. */
    readonly topology: Topology | undefined;
    /** The syntax trees from which it was built; an edit replaces the tree of the file. */
    readonly files: readonly ast.File[];
    /** On which lines they had what they declare. */
    readonly arrangements: readonly object[];
    /** What need not be built again. */
    readonly memory: Memory;
}

/**
 * The estates of the workspace as plain data. They are built when somebody asks, and kept until a file of theirs
 * changes; an edit in one estate leaves the others as they are, so that results can be kept by object identity.
 */
export class Topologies {
    /** By the identity of the estate. */
    private readonly built = new WeakMap<object, Built>();

    constructor(
        private readonly estates: () => Estates,
        private readonly errors: InternalErrors,
    ) {}

    /** Every estate, in the order of their first files. */
    all(): readonly Topology[] {
        const topologies = this.estates()
            .all()
            .map((estate) => this.topologyOf(estate));
        return topologies.filter((topology) => topology !== undefined);
    }

    /** The estate that a file belongs to; undefined for a file that the workspace does not know, or is still reading. */
    of(uri: URI | string): Topology | undefined {
        const estate = this.estates().of(uri);
        return estate && this.topologyOf(estate);
    }

    private topologyOf(estate: Estate): Topology | undefined {
        const known = this.built.get(estate.identity);
        const files = estate.documents.map((document) => document.parseResult.value);
        if (!isSettled(estate) || (known && sameItems(known.files, files))) return known?.topology;
        const arrangements = files.map(arrangementOf);
        const hasMoved = known !== undefined && !sameItems(known.arrangements, arrangements);
        const build = (): Built => {
            const memory = known?.memory ?? new Memory();
            return {
                topology: after(known?.topology, toTopology(estate, memory), hasMoved),
                files,
                arrangements,
                memory,
            };
        };
        // where the build fails, the last sound state stands until the next edit
        const last = (): Built => {
            const topology = known?.topology && (hasMoved ? { ...known.topology } : known.topology);
            return { topology, files, arrangements, memory: new Memory() };
        };
        const { uri } = estate.documents[0]!;
        const built = this.errors.guard('putting the estate together', uri.toString(), build, last);
        this.built.set(estate.identity, built);
        return built.topology;
    }
}

/** @param hasMoved where something stands is told of the whole estate, so that is another one with the same parts */
function after(before: Topology | undefined, now: Topology, hasMoved: boolean): Topology {
    if (!before) return now;
    const same = withUnchanged(before, now);
    const topology = same === before && hasMoved ? { ...before } : same;
    if (topology !== before) follow(before, topology);
    return topology;
}
