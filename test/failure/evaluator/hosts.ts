/** How hosts fare: what each entry gateway loses, who moves, and for how long nobody answers. */

import { choose, distinct, optionOf, type Choice } from './choice.js';
import { externalNamedUp } from './components.js';
import type { Entry, Host } from './entries.js';
import { passage } from './passage.js';
import type { Gap } from './result.js';
import type { Serving } from './serving.js';
import type { World } from './world.js';

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
    const moment = serving.momentFor(host.service);
    const fates = host.entries.map((entry) => ({
        entry,
        up: serving.leads(entry.gateway),
        ...passage(moment, entry),
    }));
    return host.entriesAreLeft ? fateOfLeavers(fates) : fateOfClients(ttlNow(serving.world, host), fates);
}

/** Life of a DNS answer, while there is somebody who gives other ones. */
function ttlNow(world: World, { ttl, movedBy }: Host): number | undefined {
    return movedBy === undefined || externalNamedUp(world, movedBy) ? ttl : undefined;
}

/** Proxies of the mesh leave entries that answer nothing, and only those. */
function fateOfLeavers(fates: readonly EntryFate[]): HostFate {
    const { gone, loss, moved, servedFrom } = choose([fates.map(optionOf)], true);
    return { gone, loss: rounded(loss), servedFrom, gap: moved ? detection : null };
}

/** Clients outside ask DNS where there is `gslb`; others keep to their entry. */
function fateOfClients(ttl: number | undefined, fates: readonly EntryFate[]): HostFate {
    const whole = fates.filter(({ loss }) => loss === 0);
    // clients leave what loses requests, if they find something that loses none
    const moves = ttl !== undefined && whole.length > 0;
    const used = moves ? whole : fates.filter(({ gone }) => !gone);
    const gone = used.length === 0;
    const loss = moves ? 0 : fates.reduce((sum, fate) => sum + fate.entry.share * fate.loss, 0);
    return {
        gone,
        loss: gone ? 1 : rounded(loss),
        servedFrom: distinct(used.flatMap(({ servedFrom }) => servedFrom)),
        gap: gone ? null : longest(gapsOf(ttl, fates, used)),
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
