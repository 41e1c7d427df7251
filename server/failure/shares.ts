import type { NodeIndex } from '../engine/index.js';
import {
    membersOf,
    type EntryNodes,
    type HostNodes,
    type MemberNodes,
    type NeedNodes,
    type PassageNodes,
    type PathNodes,
    type ServingNodes,
    type Traffic,
} from './traffic-graph.js';

/** Which nodes have failed. */
export type IsDown = (node: NodeIndex) => boolean;

/** When clients leave an entry now: nobody moves them while what moves them is away. */
export function leaveNow({ leave, mover }: HostNodes, isDown: IsDown): HostNodes['leave'] {
    return mover !== undefined && isDown(mover) ? 'never' : leave;
}

/** What share of the requests is lost, from 0 to 1. */
export interface Shares {
    /** Of the clients and requests of a host. */
    readonly host: (host: HostNodes) => number;
    /** Of what one cluster calls. */
    readonly path: (path: PathNodes) => number;
}

/**
 * The shares that are lost (SEMANTICS, 3). They travel: what is lost of something that a home cannot serve without is lost
 * of its requests, at every level, up to the host; of several the largest, of `a or b` the smallest. Within a circle of
 * requirements only what is lost outside of it counts, once, for all of the circle that lose a share.
 *
 * Deaths never heal: whatever is left for another place now may have answered in part before it died, and the worst of
 * these is told. So `partOf…` asks for the largest share that is lost short of all, whether or not all is lost now.
 */
export function sharesOf(traffic: Traffic, isDown: IsDown): Shares {
    const isLimited = ({ limited }: { readonly limited: NodeIndex | undefined }) =>
        limited !== undefined && isDown(limited);
    const known = new Map<ServingNodes, number>();

    /** Lost of what one home is asked, while it serves. */
    function partOfHome(home: ServingNodes): number {
        if (!isLimited(home)) return 0;
        let part = known.get(home);
        if (part === undefined) {
            const circle = (traffic.circleOf.get(home) ?? [home]).filter(isLimited);
            const inside = new Set(circle);
            part = Math.max(...circle.flatMap(({ needs }) => needs.map((need) => partOfNeed(need, inside))));
            for (const each of circle) known.set(each, part);
        }
        return part;
    }

    /** What one does not answer, another one does: the smallest; short of all, one of them still answered. */
    function partOfNeed(answers: NeedNodes, inside: ReadonlySet<ServingNodes>): number {
        const left = answers.filter(({ lost }) => !isDown(lost));
        const parts = (paths: NeedNodes) => paths.map((path) => partOfPath(path, inside));
        return left.length > 0 ? Math.min(...parts(left)) : Math.max(...parts(answers));
    }

    /** Lost of what a cluster calls, short of all. @param inside homes of a circle, which lose nothing by each other */
    function partOfPath(path: PathNodes, inside?: ReadonlySet<ServingNodes>): number {
        if (!isLimited(path)) return 0;
        const homePart = (home: ServingNodes) => (inside?.has(home) ? 0 : partOfHome(home));
        let part = 0;
        for (const tier of path.tiers) {
            const members = membersOf(path, tier);
            part = Math.max(part, path.detects ? detected(members, homePart) : undetected(members, homePart));
            const isLeft = members.every(({ heedless, lost }) => isDown(heedless ? heedless.away : lost));
            if (!isLeft) return part;
        }
        for (const group of path.relays) {
            const ways = group.map(({ entry, lost }) => ({
                part: partOfEntry(entry, inside),
                mayBeLeft: isDown(lost),
            }));
            part = Math.max(part, path.detects ? worstMean(ways) : keptMean(ways));
            if (ways.some(({ mayBeLeft }) => !mayBeLeft)) break;
        }
        return part;
    }

    function detected(tier: readonly MemberNodes[], homePart: (home: ServingNodes) => number): number {
        return worstMean(tier.map(({ home, lost }) => ({ part: homePart(home), mayBeLeft: isDown(lost) })));
    }

    /** What goes unnoticed keeps its share and loses it; what is withdrawn is left. */
    function undetected(tier: readonly MemberNodes[], homePart: (home: ServingNodes) => number): number {
        const candidateOf = (member: MemberNodes): Candidate => ({
            part: partBehindGateways(member, homePart(member.home)),
            mayBeLeft: isDown(member.heedless!.away),
        });
        const isUnnoticed = ({ heedless }: MemberNodes) => isDown(heedless!.unnoticed);
        const unnoticed = tier.filter(isUnnoticed).map(candidateOf);
        const others = tier.filter((member) => !isUnnoticed(member)).map(candidateOf);
        const lost = unnoticed.map(() => allLost);
        if (unnoticed.length === 0 || others.some(({ mayBeLeft }) => !mayBeLeft))
            return worstMean([...lost, ...others]);
        // all is lost now; short of that, one of them still answered
        const [first, ...rest] = [...others].sort(largestFirst);
        const stillUnharmed = worstMean([...lost.slice(1), staying(unnoticed.sort(largestFirst)[0]!), ...others]);
        return first ? Math.max(stillUnharmed, worstMean([...lost, staying(first), ...rest])) : stillUnharmed;
    }

    /** Requests are spread over the gateways of a home; those to a dead one are lost where nobody notices. */
    function partBehindGateways({ gatewayNodes }: MemberNodes, part: number): number {
        const count = gatewayNodes.length;
        if (count < 2) return part;
        const dead = Math.min(gatewayNodes.filter((node) => isDown(node)).length, count - 1);
        return dead / count + (1 - dead / count) * part;
    }

    /** Refused at gateways for want of what they ask: the largest part at any of them. */
    function partOfPassages(passages: Iterable<PassageNodes>, inside?: ReadonlySet<ServingNodes>): number {
        let part = 0;
        for (const passage of passages) {
            if (isLimited(passage)) part = Math.max(part, ...passage.needs.map((need) => partOfPath(need, inside)));
        }
        return part;
    }

    /** Lost of what enters at a gateway, short of all. */
    function partOfEntry(entry: EntryNodes, inside?: ReadonlySet<ServingNodes>): number {
        if (!isLimited(entry)) return 0;
        let share = partOfPassages([entry.first.passage], inside);
        for (const tier of entry.tiers) {
            const ways = tier.map(({ target: { path, weight }, lost, passages }) => ({
                weight,
                part: Math.max(partOfPath(path, inside), partOfPassages(passages, inside)),
                mayBeLeft: isDown(lost),
            }));
            share = Math.max(share, entry.isStrict ? weightedMean(ways) : worstMean(ways));
            if (ways.some(({ mayBeLeft }) => !mayBeLeft)) break;
        }
        return share;
    }

    return {
        host(host) {
            const { entries, lost, limited } = host;
            const leave = leaveNow(host, isDown);
            if (isDown(lost)) return 1;
            if (!isDown(limited)) return 0;
            if (leave === 'dead')
                return worstMean(entries.map((entry) => ({ part: partOfEntry(entry), mayBeLeft: isDown(entry.lost) })));
            const shares = entries.map((entry) => ({
                clients: entry.clients,
                share: isDown(entry.lost) ? 1 : partOfEntry(entry),
            }));
            if (leave === 'loses' && shares.some(({ share }) => share === 0)) return 0;
            return shares.reduce((sum, { clients, share }) => sum + clients * share, 0);
        },
        path: (path) => (isDown(path.lost) ? 1 : partOfPath(path)),
    };
}

interface Candidate {
    /** Lost of what is sent there. */
    readonly part: number;
    /** It is dead, and its requests go elsewhere; before it died they did not. */
    readonly mayBeLeft: boolean;
}

const allLost: Candidate = { part: 1, mayBeLeft: false };

function staying<C extends Candidate>(candidate: C): C {
    return { ...candidate, mayBeLeft: false };
}

function largestFirst(one: Candidate, other: Candidate): number {
    return other.part - one.part;
}

/** The largest mean over all that are left and any of those that may have been left; none is lost where there is nothing. */
function worstMean(candidates: readonly Candidate[]): number {
    const kept = candidates.filter(({ mayBeLeft }) => !mayBeLeft);
    let count = kept.length;
    let sum = kept.reduce((all, { part }) => all + part, 0);
    const leaving = candidates.filter(({ mayBeLeft }) => mayBeLeft).sort(largestFirst);
    for (const { part } of leaving) {
        if (count > 0 && part <= sum / count) break;
        sum += part;
        count++;
    }
    return count === 0 ? 0 : sum / count;
}

/** What is dead keeps its part and loses it; where all is dead, one still answered before. */
function keptMean(candidates: readonly Candidate[]): number {
    const [first, ...rest] = [...candidates].sort(largestFirst);
    if (!first) return 0;
    const isLeft = candidates.every(({ mayBeLeft }) => mayBeLeft);
    const kept = isLeft ? [staying(first), ...rest] : candidates;
    return kept.reduce((sum, { part, mayBeLeft }) => sum + (mayBeLeft ? 1 : part), 0) / kept.length;
}

type Weighted = Candidate & { readonly weight: number };

/** Weights are strict: the share of what is dead is lost; where all is dead, one of them still answered before. */
function weightedMean(ways: readonly Weighted[]): number {
    const asked = ways.filter(({ weight }) => weight > 0);
    if (asked.some(({ mayBeLeft }) => !mayBeLeft)) return strictMean(asked);
    const shares = asked.map((last) => strictMean(asked.map((way) => (way === last ? staying(way) : way))));
    return Math.max(0, ...shares);
}

function strictMean(ways: readonly Weighted[]): number {
    const all = ways.reduce((sum, { weight }) => sum + weight, 0);
    return ways.reduce((sum, { weight, part, mayBeLeft }) => sum + weight * (mayBeLeft ? 1 : part), 0) / all;
}
