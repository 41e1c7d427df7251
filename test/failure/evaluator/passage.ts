/** What becomes of requests that arrive at a gateway, on their way from there to the homes of a service. */

import type { Gateway } from '../../../server/topology/topology.js';
import { choose, distinct, type Choice, type Option } from './choice.js';
import type { Chain, Entry, EntryTarget } from './entries.js';

/** What one has to know at a moment to follow the requests. */
export interface Moment {
    /** The gateway is up, and lets requests pass. */
    passes(gateway: Gateway): boolean;
    /** The largest share that it refuses. */
    refusedBy(gateway: Gateway): number;
    linkUp(from: string, to: string): boolean;
    /** How requests fare that an ingress gateway of this cluster sends on. */
    homesFrom(cluster: string): Choice;
}

export function passage(moment: Moment, { gateway, targets, strict }: Entry): Choice {
    const options = targets.map((target) => targetOption(moment, target));
    const behind = strict ? draw(targets, options) : choose(rankedByRegion(targets, options), true);
    const refused = moment.refusedBy(gateway);
    const lossBefore = Math.max(behind.lossBefore, refused);
    return moment.passes(gateway)
        ? { ...behind, loss: Math.max(behind.loss, refused), lossBefore }
        : { gone: true, loss: 1, lossBefore, moved: false, servedFrom: [] };
}

/** Whether all gateways and links behind an entry gateway hold. */
export function isOpen(moment: Pick<Moment, 'passes' | 'linkUp'>, { gateways, links }: Chain): boolean {
    return gateways.every((gateway) => moment.passes(gateway)) && links.every(([from, to]) => moment.linkUp(from, to));
}

/** Nothing in a list of targets is withdrawn; but tier1 and transit gateways detect what answers nothing. */
function targetOption(moment: Moment, { cluster, chains }: EntryTarget): Option {
    const open = chains.filter((chain) => isOpen(moment, chain)).length;
    const behind = moment.homesFrom(cluster);
    return {
        standing: open > 0 && !behind.gone ? 'alive' : 'broken',
        // whatever a request may meet on its way counts, the largest share of all
        loss: Math.max(
            behind.lossBefore,
            ...chains.flatMap(({ gateways }) => gateways.map((gateway) => moment.refusedBy(gateway))),
        ),
        mayBeWithdrawn: false,
        moved: open < chains.length || behind.moved,
        servedFrom: behind.servedFrom,
    };
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
        lossBefore: gone ? worstWithOneAlive(targets, options, total) : loss,
        moved: alive.some(({ moved }) => moved),
        servedFrom: distinct(alive.flatMap(({ servedFrom }) => servedFrom)),
    };
}

/** Before the last of the targets died, it alone answered. */
function worstWithOneAlive(targets: readonly EntryTarget[], options: readonly Option[], total: number): number {
    const losses = options.map(({ loss }, at) => 1 - (targets[at]!.weight / total) * (1 - loss));
    return Math.max(0, ...losses.filter((loss) => loss < 1));
}
