/** How hosts fare: what each entry gateway loses, who moves, and for how long nobody answers. */

import { choose, distinct, type Choice, type Option } from './choice.js';
import { linkUp } from './components.js';
import type { Chain, Entry, EntryTarget, Host } from './entries.js';
import type { Gap } from './result.js';
import type { Serving } from './serving.js';

/** What becomes of the requests to a host. */
export interface HostFate {
    readonly gone: boolean;
    readonly loss: number;
    /** Clusters, sorted. */
    readonly servedFrom: readonly string[];
    readonly gap: Gap | null;
}

/** Of an entry gateway, with what is behind it. */
interface EntryFate extends Choice {
    readonly entry: Entry;
    readonly up: boolean;
}

/** Until outlier detection has noticed, and requests go elsewhere. */
const detection: Gap = { from: 0, to: 60 };

export function hostFate(serving: Serving, host: Host): HostFate {
    const fates = host.entries.map((entry) => entryFate(serving, host, entry));
    const whole = fates.filter(({ loss }) => loss === 0);
    // clients leave what loses requests, if they find something that loses none
    const moves = host.ttl !== undefined && whole.length > 0;
    const used = moves ? whole : fates.filter(({ gone }) => !gone);
    const gone = used.length === 0;
    const loss = moves ? 0 : fates.reduce((sum, fate) => sum + fate.entry.share * fate.loss, 0);
    return {
        gone,
        loss: gone ? 1 : rounded(loss),
        servedFrom: distinct(used.flatMap(({ servedFrom }) => servedFrom)),
        gap: gone ? null : longest(gapsOf(host.ttl, fates, used)),
    };
}

function gapsOf(ttl: number | undefined, fates: readonly EntryFate[], used: readonly EntryFate[]): Gap[] {
    const within = used.some(({ moved }) => moved) ? [detection] : [];
    if (ttl === undefined || used.some(({ loss }) => loss > 0)) {
        return within;
    }
    const left = fates.filter((fate) => !used.includes(fate));
    return [...within, ...left.map(({ up }) => (up ? { from: ttl, to: ttl + detection.to } : { from: ttl, to: ttl }))];
}

function longest(gaps: readonly Gap[]): Gap | null {
    return [...gaps].sort((one, other) => other.to - one.to || one.from - other.from)[0] ?? null;
}

/** Without what adding up fractions leaves behind. */
function rounded(share: number): number {
    return Math.round(share * 1e9) / 1e9;
}

function entryFate(serving: Serving, host: Host, entry: Entry): EntryFate {
    const up = serving.leads(entry.gateway);
    const passes = serving.passes(entry.gateway);
    const refused = serving.refusedBy(entry.gateway);
    const options = entry.targets.map((target) => targetOption(serving, host, target));
    const behind = entry.strict ? draw(entry.targets, options) : choose(rankedByRegion(entry.targets, options), true);
    if (!passes) return { entry, up, ...behind, gone: true, loss: 1, moved: false, servedFrom: [] };
    return {
        entry,
        up,
        ...behind,
        loss: Math.max(behind.loss, refused),
        lossBefore: Math.max(behind.lossBefore, refused),
    };
}

/** Nothing in a list of targets is withdrawn; but tier1 and transit gateways detect what answers nothing. */
function targetOption(serving: Serving, { service }: Host, { cluster, chains }: EntryTarget): Option {
    const open = chains.filter((chain) => isOpen(serving, chain)).length;
    const behind = serving.reachService(cluster, service);
    return {
        standing: open > 0 && !behind.gone ? 'alive' : 'broken',
        // whatever a request may meet on its way counts, the largest share of all
        loss: Math.max(
            behind.lossBefore,
            ...chains.flatMap(({ gateways }) => gateways.map((gateway) => serving.refusedBy(gateway))),
        ),
        mayBeWithdrawn: false,
        moved: open < chains.length || behind.moved,
        servedFrom: behind.servedFrom,
    };
}

function isOpen(serving: Serving, { gateways, links }: Chain): boolean {
    return (
        gateways.every((gateway) => serving.passes(gateway)) &&
        links.every(([from, to]) => linkUp(serving.world, from, to))
    );
}

function rankedByRegion(targets: readonly EntryTarget[], options: readonly Option[]): Option[][] {
    const near = options.filter((_, at) => targets[at]!.near);
    const far = options.filter((_, at) => !targets[at]!.near);
    return [near, far].filter((rank) => rank.length > 0);
}

/** Each target keeps its weight, dead or alive. */
function draw(targets: readonly EntryTarget[], options: readonly Option[]): Choice {
    const alive = options.filter(({ standing }) => standing === 'alive');
    const gone = alive.length === 0;
    const total = targets.reduce((sum, { weight }) => sum + weight, 0);
    const loss = options.reduce(
        (sum, { standing, loss: lost }, at) => sum + (targets[at]!.weight / total) * (standing === 'alive' ? lost : 1),
        0,
    );
    return {
        gone,
        loss: gone ? 1 : loss,
        lossBefore: loss,
        moved: alive.some(({ moved }) => moved),
        servedFrom: distinct(alive.flatMap(({ servedFrom }) => servedFrom)),
    };
}
