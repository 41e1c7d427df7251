import type { NodeIndex } from '../engine/index.js';
import type { Parts } from '../topology/neighbourhood.js';
import type { Topology } from '../topology/topology.js';
import type { FailureGraph } from './graph.js';
import type { NeighbourhoodGraph } from './neighbourhood-graph.js';
import type { ByServiceName, HostNodes, PassageNodes, Traffic } from './traffic-graph.js';
import type { WorldGraph } from './world-graph.js';

/** The part that has a service, and what each node stands for. */
type Found = Pick<FailureGraph, 'nodes'> & { readonly partOf: (service: string) => NeighbourhoodGraph | undefined };

/** The ways of all parts: of each service its part is asked, and what there is of all of them is listed once somebody asks. */
export function trafficOfParts(
    topology: Topology,
    { serviceAt }: Parts,
    world: WorldGraph,
    graphs: readonly NeighbourhoodGraph[],
    { nodes, partOf }: Found,
): Traffic {
    const ofServices = <T>(of: (traffic: Traffic) => ByServiceName<T>): ByServiceName<T> => {
        const get = (service: string) => {
            const part = partOf(service);
            return part && of(part.traffic).get(service);
        };
        return inOrder(topology, get);
    };
    const hostsOf = ofServices(({ hostsOf }) => hostsOf);
    let hosts: readonly HostNodes[] | undefined;
    let passages: readonly PassageNodes[] | undefined;
    const allPassages = () => {
        const all = new Map<unknown, PassageNodes>();
        for (const { traffic } of graphs) for (const each of traffic.passages) all.set(each.gateway, each);
        return [...all.values()];
    };
    return {
        routes: { ...world.routes, topology, service: (name) => topology.services[serviceAt.get(name) ?? -1] },
        get hosts() {
            return (hosts ??= [...hostsOf.values()].flat());
        },
        hostsOf,
        serving: ofServices(({ serving }) => serving),
        calls: ofServices(({ calls }) => calls),
        callers: ofServices(({ callers }) => callers),
        get passages() {
            return (passages ??= allPassages());
        },
        paths(from, callee) {
            if (callee.kind === 'service') return partOf(callee.name)?.traffic.paths(from, callee) ?? [];
            // whoever calls something outside is in one neighbourhood with all others who do
            return graphs.flatMap(({ traffic }) => traffic.paths(from, callee));
        },
        required: (from, service) => partOf(service)?.traffic.required(from, service),
        circleOf: new Map(graphs.flatMap(({ traffic }) => [...traffic.circleOf])),
        *withdrawals({ order, down }, isKnown) {
            const byPiece = new Map<number, NodeIndex[]>();
            for (const node of order) {
                const piece = nodes.pieceOf(node);
                const known = byPiece.get(piece);
                if (known) known.push(node);
                else byPiece.set(piece, [node]);
            }
            for (const piece of [...byPiece.keys()].sort((a, b) => a - b)) {
                // the piece of the world comes first
                const graph = graphs[piece - 1];
                if (graph) yield* graph.traffic.withdrawals({ order: byPiece.get(piece)!, down }, isKnown);
            }
        },
    };
}

/** Goes through what is known of services in the order of the estate. */
function inOrder<T>({ services }: Topology, get: (service: string) => T | undefined): ByServiceName<T> {
    function* entries(): Generator<readonly [string, T]> {
        for (const { shortName } of services) {
            const known = get(shortName);
            if (known !== undefined) yield [shortName, known];
        }
    }
    return {
        get,
        *keys() {
            for (const [service] of entries()) yield service;
        },
        *values() {
            for (const [, known] of entries()) yield known;
        },
        [Symbol.iterator]: entries,
    };
}
