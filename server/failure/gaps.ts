import { figures } from '../knowledge/clocks.js';
import {
    isUser,
    membersOf,
    type EntryNodes,
    type HopNodes,
    type HostNodes,
    type NeedNodes,
    type PathNodes,
    type ServingNodes,
    type Traffic,
} from './traffic-graph.js';
import { leaveNow, type IsDown } from './shares.js';

/** How long those who have to move get no answer: seconds, at least and at most. */
export interface Gap {
    readonly from: number;
    readonly to: number;
}

/**
 * The gap of a host whose requests take another way than in health: another entry, gateway, link or home, another gateway
 * of the same cluster included. Null where nobody moves, or where nothing is left to move to. Of several the longest.
 */
export function gapOf(host: HostNodes, isDown: IsDown): Gap | null {
    if (isDown(host.lost)) return null;
    const staying = entriesInUse(host, isDown);
    const gaps = staying.some((entry) => takesAnotherWay(entry, isDown)) ? [detection] : [];
    const ttl = host.exposure.gslbTtl?.value ?? 0;
    for (const entry of host.entries) {
        if (staying.includes(entry)) continue;
        if (host.leave === 'dead') {
            gaps.push(detection);
            continue;
        }
        const isGatewayGone = isDown(entry.first.gatewayNode);
        gaps.push({ from: ttl, to: isGatewayGone ? ttl : ttl + detection.to });
    }
    return gaps.sort((a, b) => b.to - a.to || a.from - b.from)[0] ?? null;
}

/** Dead targets, gateways and links on the way are left once enough requests have failed. */
const detection: Gap = figures.detection;

/**
 * With GSLB clients leave an entry that loses requests, if there is one that loses none; without, everybody stays, unless
 * callers inside the mesh notice that an entry answers nothing.
 */
export function entriesInUse(host: HostNodes, isDown: IsDown): readonly EntryNodes[] {
    const { entries } = host;
    const leave = leaveNow(host, isDown);
    if (leave === 'dead') return entries.filter(({ lost }) => !isDown(lost));
    const sound = entries.filter(({ lost, limited }) => !isDown(lost) && !(limited !== undefined && isDown(limited)));
    return leave === 'loses' && sound.length > 0 ? sound : entries;
}

function takesAnotherWay(entry: EntryNodes, isDown: IsDown): boolean {
    if (isDown(entry.lost)) return false;
    const usual = entry.tiers[0] ?? [];
    return usual.some(({ target, lost }) => {
        if (isDown(lost)) return !entry.isStrict;
        return movesOnTheWay(entry.first, target.key, isDown) || movesToAnotherHome(target.path, isDown);
    });
}

/** Whether one of the gateways or links towards a target that lives is left for another. */
function movesOnTheWay(
    { next, last }: HopNodes,
    target: string,
    isDown: IsDown,
    known = new Map<HopNodes, boolean>(),
): boolean {
    const leading = next.filter(({ lost }) => lost.has(target));
    return (
        last.some(({ target: { key }, ingress }) => key === target && ingress.some((each) => isDown(each.lost))) ||
        leading.some(({ lost }) => isDown(lost.get(target)!)) ||
        leading.some(({ hop }) => {
            let moves = known.get(hop);
            if (moves === undefined) known.set(hop, (moves = movesOnTheWay(hop, target, isDown, known)));
            return moves;
        })
    );
}

/** Whether requests that came to one home are answered by another now, or enter there by another gateway. */
function movesToAnotherHome(path: PathNodes, isDown: IsDown): boolean {
    const [first] = path.tiers;
    if (isDown(path.lost) || !first) return false;
    return membersOf(path, first).some(({ lost, heedless, gatewayNodes }) => {
        if (isDown(lost)) return !heedless || !isDown(heedless.unnoticed);
        return !heedless && gatewayNodes.some(isDown);
    });
}

/** Whether a caller's requests take another way than in health: to another home, by another gateway or relay. */
function movesOnPath(path: PathNodes, isDown: IsDown): boolean {
    if (isDown(path.lost)) return false;
    return (
        movesToAnotherHome(path, isDown) ||
        (path.relays[0] ?? []).some(({ entry, lost }) => isDown(lost) || takesAnotherWay(entry, isDown))
    );
}

/** The gap of a host's requests, and of what answers them: see `gapBelow`. Null where nobody moves. */
export function gapOfRequests(host: HostNodes, isDown: IsDown): Gap | null {
    if (isDown(host.lost)) return null;
    const ways = host.entries.flatMap(({ tiers }) => tiers.flat()).filter(({ lost }) => !isDown(lost));
    const homes = ways.flatMap(({ target }) => homesInUse(target.path, isDown));
    const passages = new Set(ways.flatMap((way) => [...way.passages]).filter(({ lost }) => !isDown(lost)));
    const asked = [...passages].map(({ needs }) => [{ needs: needs.map((need) => [need]) }]);
    const below = [homes, ...asked].map((those) => gapBelow(those, isDown));
    return longest([gapOf(host, isDown), ...below]);
}

/** The gap of those who call a service, or are clients of its hosts, and of what answers them. Null where nobody moves. */
export function gapOfUsers({ callers, serving, hostsOf }: Traffic, service: string, isDown: IsDown): Gap | null {
    const alive = (callers.get(service) ?? []).filter((caller) => isUser(caller, isDown));
    return longest([
        ...(hostsOf.get(service) ?? []).map((host) => gapOfRequests(host, isDown)),
        alive.some(({ path }) => movesOnPath(path, isDown)) ? detection : null,
        gapBelow(
            (serving.get(service) ?? []).filter(({ serves }) => !isDown(serves)),
            isDown,
        ),
    ]);
}

/** How long those who use a host may be away at most, whatever fails and as long as anything is left for them. */
export function longestGapOf({ exposure }: HostNodes): number {
    return (exposure.gslbTtl?.value ?? 0) + detection.to;
}

/** The same of those who call a service, or are clients of its hosts. */
export function longestGapOfUsers({ hostsOf }: Traffic, service: string): number {
    return Math.max(detection.to, ...(hostsOf.get(service) ?? []).map(longestGapOf));
}

function longest(gaps: readonly (Gap | null)[]): Gap | null {
    return gaps.filter((gap) => gap !== null).sort((a, b) => b.to - a.to || a.from - b.from)[0] ?? null;
}

/**
 * The gap of answers while what they cannot do without moves: whoever requires a service that is away for a moment, or asks
 * it and refuses requests without its answer, is away for as long. Of homes that answer now, at any depth.
 */
function gapBelow(answering: readonly Pick<ServingNodes, 'needs'>[], isDown: IsDown): Gap | null {
    const seen = new Set<Pick<ServingNodes, 'needs'>>();
    const left = [...answering];
    for (let next = left.pop(); next; next = left.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        for (const answers of next.needs) {
            if (turnsToAnother(answers, isDown) || answers.some((path) => movesOnPath(path, isDown))) return detection;
            left.push(...answers.flatMap((path) => homesInUse(path, isDown)));
        }
    }
    return null;
}

/** Whether one is gone in whose place others stand: which of them was asked, nobody knows. */
function turnsToAnother(answers: NeedNodes, isDown: IsDown): boolean {
    return answers.some(({ lost }) => isDown(lost)) && answers.some(({ lost }) => !isDown(lost));
}

/** The homes that answer on a path now: those of the first tier of which one is left, or behind relays. */
function homesInUse(path: PathNodes, isDown: IsDown): ServingNodes[] {
    for (const tier of path.tiers) {
        const answering = membersOf(path, tier).filter(({ lost }) => !isDown(lost));
        if (answering.length > 0) return answering.map(({ home }) => home);
    }
    return path.relays
        .flat()
        .flatMap(({ entry, lost }) =>
            isDown(lost)
                ? []
                : entry.tiers.flat().flatMap((way) => (isDown(way.lost) ? [] : homesInUse(way.target.path, isDown))),
        );
}
