import { figures } from '../knowledge/clocks.js';
import { membersOf, type EntryNodes, type HopNodes, type HostNodes, type PathNodes } from './traffic-graph.js';
import type { IsDown } from './shares.js';

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
        const isGatewayGone = isDown(entry.first.gatewayNode);
        gaps.push({ from: ttl, to: isGatewayGone ? ttl : ttl + detection.to });
    }
    return gaps.sort((a, b) => b.to - a.to || a.from - b.from)[0] ?? null;
}

/** Dead targets, gateways and links on the way are left once enough requests have failed. */
const detection: Gap = figures.detection;

/** With GSLB clients leave an entry that loses requests, if there is one that loses none; without, everybody stays. */
export function entriesInUse({ entries, exposure }: HostNodes, isDown: IsDown): readonly EntryNodes[] {
    const sound = entries.filter(({ lost, limited }) => !isDown(lost) && !(limited !== undefined && isDown(limited)));
    return exposure.gslbTtl && sound.length > 0 ? sound : entries;
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
