import { jointKey } from '../topology/joint-key.js';
import { gatewayName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Callee, Service } from '../topology/topology.js';
import { nearestFirst, type CallPaths } from './call-paths.js';
import { ruleReason, type Construction } from './construction.js';
import { gatesOf, type Input } from './gates.js';
import type { HostWays } from './host-ways.js';
import { relaying } from './relays.js';
import { wayKey, type Routes } from './routes.js';
import { membersOf, type EntryNodes, type PathNodes, type RelayNodes } from './traffic-graph.js';

const isMember = ruleReason('R8', 'it is one of the places that can answer');
const crossesLink = ruleReason('R8', 'requests cross the network between the clusters');
const passesGateway = ruleReason('R8', 'requests pass this gateway');
const shareThere = ruleReason('R8', 'a share of what is sent there is lost');
const keepsGoing = ruleReason('R8', 'without outlier detection requests keep going there');
const goesOn = ruleReason('R8', 'requests go there only once all nearer places are gone');

/**
 * R8: the paths of calls, those by gateways among them. What the gateways lead to is made as for a host, each once however
 * many call; helpers of gateways, and what is behind a gateway, are reached without relays.
 */
export function relayedCalls(
    construction: Construction,
    routes: Routes,
    { path, add }: Pick<CallPaths, 'path' | 'add'>,
    entriesOf: HostWays['entries'],
): CallPaths['path'] {
    const { builder, linkNode, input } = construction;
    const { anyOf, allOf } = gatesOf(construction);
    const known = new Map<string, PathNodes | undefined>();

    function call(from: string, callee: Callee): PathNodes | undefined {
        const service = callee.kind === 'service' ? routes.service(callee.name) : undefined;
        const exposure = service && relaying(routes, from, callee, service);
        if (!service || !exposure) return path(from, callee);
        const key = jointKey(from, wayKey(callee));
        if (!known.has(key)) {
            const made = relayed(from, callee, service, entriesOf(service, exposure));
            known.set(key, made);
            if (made) add(made);
        }
        return known.get(key);
    }

    function relayed(
        from: string,
        callee: Callee,
        service: Service,
        entries: readonly EntryNodes[],
    ): PathNodes | undefined {
        const { name } = callee;
        const detects = service.outlierDetection.value;
        const local = service.homes.some(({ cluster }) => cluster === from) ? path(from, callee) : undefined;
        const groups = nearestGroups(routes, from, entries)
            .slice(0, detects ? undefined : 1)
            .map((group) => group.map((entry) => relayNodes(from, name, entry)));
        if (groups.length === 0) return local && { ...local, callee };
        const own = local?.tiers.flatMap((tier) => membersOf(local, tier)) ?? [];
        const losses = [...own.map(({ lost }) => lost), ...groups.flat().map(({ lost }) => lost)];
        const lost = builder.node({ kind: 'route', route: { kind: 'path', from, callee: name } }, losses.length);
        for (const node of losses) input(lost, node, isMember);
        const limited = sharesLost(from, name, [
            ...(own.length > 0
                ? [
                      {
                          gone: own.map((each) => each.lost),
                          shares: own.map((each): Input => [each.home.limited, shareThere]),
                      },
                  ]
                : []),
            ...groups.map((group) => ({
                gone: group.map((relay) => relay.lost),
                shares: group.flatMap((relay): Input[] => [
                    [relay.entry.limited, shareThere],
                    ...(!detects && group.length > 1 ? [[relay.lost, keepsGoing] as const] : []),
                ]),
            })),
        ]);
        return { from, callee, tiers: local?.tiers ?? [], relays: groups, egress: [], detects, lost, limited };
    }

    function relayNodes(from: string, callee: string, entry: EntryNodes): RelayNodes {
        const { gateway } = entry.first;
        const hop = { kind: 'hop', service: callee, from, to: gatewayName(gateway) } as const;
        const lost = anyOf(hop, [
            [gateway.cluster === from ? undefined : linkNode(from, gateway.cluster), crossesLink],
            [entry.lost, passesGateway],
        ])!;
        return { entry, lost };
    }

    /** Of what is sent to the nearest that live: farther ones count once all nearer ones are gone. */
    function sharesLost(
        from: string,
        callee: string,
        groups: readonly { readonly gone: readonly NodeIndex[]; readonly shares: readonly Input[] }[],
    ): NodeIndex | undefined {
        let before: NodeIndex[] = [];
        const inputs: Input[] = [];
        for (const { gone, shares } of groups) {
            const share = anyOf({ kind: 'path-share', from, callee }, shares);
            if (share !== undefined)
                inputs.push([allOf({ kind: 'farther', from, callee }, [...before, share], goesOn), shareThere]);
            before = [...before, ...gone];
        }
        return anyOf({ kind: 'path-share', from, callee }, inputs);
    }

    return call;
}

/** Gateways in the own cluster first, then those of its region, then all others; where the network leads to none of them, none. */
function nearestGroups(routes: Routes, from: string, entries: readonly EntryNodes[]): EntryNodes[][] {
    const clusterOf = ({ first }: EntryNodes) => first.gateway.cluster;
    const reached = entries.filter((entry) => routes.isOpen(from, clusterOf(entry)));
    const own = reached.filter((entry) => clusterOf(entry) === from);
    const others = reached.filter((entry) => clusterOf(entry) !== from);
    return [own, ...nearestFirst(routes, from, others, clusterOf)].filter((group) => group.length > 0);
}
