import {
    type Change,
    grow,
    growKnown,
    type NodeIndex,
    type Propagation,
    shrink,
    shrinkKnown,
    withScratch,
} from '../engine/index.js';
import type { FailureGraph } from './graph.js';
import { harmJudge, type HarmIndex } from './harms.js';
import { propagationOf, sparedIn, type State } from './outcome.js';
import { harmsTold, nextFailures, together, wellInHealth, type NextFailure } from './residual.js';
import type { HostNodes } from './traffic-graph.js';
import { mayTakeMore } from './used-up.js';
import { usersOf, type Users } from './users.js';

/** What touches so many nodes is told from what it does in health, which is remembered. */
const much = 10_000;

/**
 * Those of {@link nextFailures} that take something only now: redundancy that is used up. It costs what has failed and what is
 * behind that: whoever else fails takes what he always takes, and so does everybody from those who have nothing to do with
 * what has failed, or with what fails only now.
 *
 * @param muchIs what touches more nodes than that in health is looked at once for a graph, and not for each state
 */
export function worseNow(graph: FailureGraph, state: State, muchIs = much): NextFailure[] {
    // who is spared now would lose more in health
    if (sparedIn(state).size > 0) return nextFailures(graph, state).filter(({ onlyNow }) => onlyNow.told.length > 0);
    const { harms } = harmJudge(graph);
    const found = withScratch(graph, (scratch) => {
        const now = propagationOf(graph, state, scratch);
        return withScratch(graph, (health) => {
            const takes = takingIn(graph, now, health, muchIs);
            return mayTakeMore(graph, now).flatMap((element): NextFailure[] => {
                const { taken, onlyNow } = takes(graph.nodeOfElement.get(element.name)!);
                if (onlyNow.length === 0) return [];
                const [all, only] = [harmsTold(taken, harms), harmsTold(onlyNow, harms)];
                return [{ elements: [element], harms: all, onlyNow: only }];
            });
        });
    });
    return together(graph, found);
}

/** What one more failure takes, and what of it only now; the first is left out where there is nothing of the second. */
interface Taken {
    readonly taken: readonly HarmIndex[];
    readonly onlyNow: readonly HarmIndex[];
}

const nothing: Taken = { taken: [], onlyNow: [] };

function takingIn(
    graph: FailureGraph,
    now: Propagation,
    health: Propagation,
    muchIs: number,
): (node: NodeIndex) => Taken {
    const { faresIn, takenBy, harmsTo } = harmJudge(graph);
    const touchedUsers = usersOf(graph);
    const fares = faresIn(now);
    const touched = touchedUsers(now);
    const around = withHosts(graph, touched);
    const aloneIn = largeOnesIn(graph, muchIs);
    /** Those who may fare otherwise than in health with the node alone. */
    const usersWith = (more: readonly NodeIndex[]): Users =>
        more.length === 0 ? around : withHosts(graph, touched, touchedUsers({ order: more, touched: [] }));

    /** What touches little: with it alone and with what has failed, one beside the other. */
    const little = (node: NodeIndex, alone: Change): Taken => {
        const here = grow(graph, now, node);
        const users = usersWith(here.order.filter((each) => !health.down[each]));
        const always = new Set(takenBy(alone, wellInHealth, touchedAmong(graph, alone, users)));
        const onlyNow = new Set(
            takenBy(here, fares, touchedAmong(graph, here, users)).filter((harm) => !always.has(harm)),
        );
        const taken = onlyNow.size === 0 ? [] : takenBy(here, fares);
        shrink(now, here);
        return { taken, onlyNow: taken.filter((harm) => onlyNow.has(harm)) };
    };
    /** What touches much: whoever has nothing to do with what has failed loses what he loses with it alone. */
    const large = ({ order, harmful, userHarms, harms }: Alone): Taken => {
        const down = harmful.filter((each) => !now.down[each]);
        const more = growKnown(graph, now, order);
        const users = usersWith(more);
        const among = takenBy({ down: now.down, order: [...down, ...more] }, fares, users);
        shrinkKnown(now, order, more);
        const onlyNow = among.filter((harm) => !harms.has(harm));
        if (onlyNow.length === 0) return nothing;
        const theirs = harmsTo(users);
        return { taken: [...among, ...userHarms.filter((harm) => !theirs.has(harm))], onlyNow };
    };
    return (node) => {
        const known = aloneIn.get(node);
        if (known) return large(known);
        const alone = grow(graph, health, node);
        const remembered = aloneIn.remember(node, alone);
        const taken = remembered ? large(remembered) : little(node, alone);
        shrink(health, alone);
        return taken;
    };
}

/** What a failure does in health, where it touches much. */
interface Alone {
    /** The node and all that fails with it. */
    readonly order: Int32Array;
    /** Those of them whose failure is a harm in itself. */
    readonly harmful: readonly NodeIndex[];
    /** All that it takes. */
    readonly harms: ReadonlySet<HarmIndex>;
    /** What of that it takes from users. */
    readonly userHarms: readonly HarmIndex[];
}

interface LargeOnes {
    readonly get: (node: NodeIndex) => Alone | undefined;
    /** @returns nothing where a change touches little, or where there is no more room */
    readonly remember: (node: NodeIndex, alone: Change) => Alone | undefined;
}

const known = new WeakMap<FailureGraph, Map<NodeIndex, Alone>>();

/** So many times the nodes of a graph are remembered of it, of all failures together. */
const mostRemembered = 8;

function largeOnesIn(graph: FailureGraph, muchIs: number): LargeOnes {
    const { takenBy, harmsTo, isHarm } = harmJudge(graph);
    const touchedUsers = usersOf(graph);
    const ones = known.get(graph) ?? new Map<NodeIndex, Alone>();
    known.set(graph, ones);
    let room = mostRemembered * graph.nodes.length;
    for (const { order } of ones.values()) room -= order.length;
    return {
        get: (node) => ones.get(node),
        remember(node, alone) {
            if (alone.touched.length <= muchIs || alone.order.length > room) return undefined;
            room -= alone.order.length;
            const users = touchedUsers(alone);
            const harms = takenBy(alone, wellInHealth, users);
            const theirs = harmsTo(users);
            const one: Alone = {
                order: Int32Array.from(alone.order),
                harmful: alone.order.filter(isHarm),
                harms: new Set(harms),
                userHarms: harms.filter((harm) => theirs.has(harm)),
            };
            ones.set(node, one);
            return one;
        },
    };
}

/** For so many touched nodes one user more is looked at. */
const mostTouched = 4;

/** Those of some users who may fare otherwise with a change: where much is touched, it is less to look at all of them. */
function touchedAmong(graph: FailureGraph, change: Change, among: Users): Users {
    const { hosts, services } = setsOf(among);
    if (change.touched.length > mostTouched * (hosts.size + services.size)) return among;
    const touched = usersOf(graph)(change);
    return {
        hosts: touched.hosts.filter((host) => hosts.has(host)),
        services: touched.services.filter((service) => services.has(service)),
    };
}

const sets = new WeakMap<Users, { readonly hosts: ReadonlySet<HostNodes>; readonly services: ReadonlySet<string> }>();

function setsOf(users: Users) {
    let known = sets.get(users);
    if (!known) sets.set(users, (known = { hosts: new Set(users.hosts), services: new Set(users.services) }));
    return known;
}

/** All of them, with all hosts of the services among them. */
function withHosts({ traffic }: FailureGraph, ...users: readonly Users[]): Users {
    const services = [...new Set(users.flatMap((each) => each.services))];
    const hosts = [
        ...users.flatMap((each) => each.hosts),
        ...services.flatMap((service) => traffic.hostsOf.get(service) ?? []),
    ];
    return { hosts: [...new Set(hosts)], services };
}
