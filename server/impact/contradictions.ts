import { isAlive, type Outcome } from '../failure/outcome.js';
import { contradictions, type ContradictionId } from '../knowledge/contradictions.js';
import type { Setting } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import { gapOf } from './gap.js';
import { listing } from './wording.js';

/** A contradiction of the published material that matters here, and how it comes out. */
export interface ContradictionHere {
    readonly id: ContradictionId;
    readonly topic: string;
    readonly readings: readonly string[];
    /** Which reading the file selects, or that both hold, as a sentence. Markdown. */
    readonly here: string;
}

/** Those that matter for an outcome, in order of the domain description. */
export function contradictionsIn(outcome: Outcome): ContradictionHere[] {
    return (Object.keys(selections) as ContradictionId[]).flatMap((id) => {
        const here = selections[id](outcome);
        const { topic, readings } = contradictions[id];
        return here === undefined ? [] : [{ id, topic, readings: readings.map(({ says }) => says), here }];
    });
}

/** "Whether …: one says …; another says …. Here: …". Markdown. */
export function contradictionSentence({ topic, readings, here }: ContradictionHere): string {
    return `${topic}: ${readings.join('; but ')}. Here: ${here}`;
}

/** What decides, where a contradiction matters; undefined where it does not. */
const selections: Readonly<Record<ContradictionId, (outcome: Outcome) => string | undefined>> = {
    'new-workloads': ({ effects }) =>
        effects.some(({ facet }) => facet.flow === 'partial-configuration')
            ? 'both hold: what a cluster has stored applies, what would have to come from central does not.'
            : undefined,
    listener: (outcome) => {
        const management = managementCluster(outcome.graph.topology);
        if (!management || !isOnlyTheDoor(outcome, management.name)) return undefined;
        const { listener } = management.central;
        return listener.value === 'own'
            ? `central has a listener of its own (${origin(listener)}), so edges keep it.`
            : `front-envoy serves the listener (${origin(listener)}), so edges lose central with it.`;
    },
    metrics: (outcome) => {
        const management = managementCluster(outcome.graph.topology);
        if (!management) return undefined;
        const hasLost = !isAlive(outcome, `${management.name}.management-plane.front-envoy`);
        if (!hasLost) return undefined;
        const { placement, path } = management.managementPlane.telemetryStore;
        const where = `${placement.value === 'internal' ? 'inside' : 'outside'} the management cluster (${origin(placement)})`;
        const how = `${path.value === 'direct' ? 'directly' : 'through front-envoy'} (${origin(path)})`;
        return `the store stands ${where} and is reached ${how}; that decides.`;
    },
    interruption: ({ hosts }) => {
        const moving = hosts.filter((host) => host.severity === 'unaffected' && gapOf(host) !== null);
        const losing = hosts.filter(({ severity, lostShare }) => severity === 'limited' && lostShare > 0);
        if (moving.length + losing.length === 0) return undefined;
        const names = (of: typeof hosts) => listing(of.map(({ host }) => host));
        return [
            ...(moving.length > 0 ? [`${names(moving)} moves within the published time, not at once`] : []),
            ...(losing.length > 0 ? [`${names(losing)} loses a share for as long as the failure lasts`] : []),
        ]
            .join('; ')
            .concat('.');
    },
};

/** The front door is gone, and central is not. */
function isOnlyTheDoor(outcome: Outcome, management: string): boolean {
    return (
        !isAlive(outcome, `${management}.management-plane.front-envoy`) &&
        isAlive(outcome, `${management}.central-control-plane`)
    );
}

function origin({ origin: { kind } }: Setting<unknown>): string {
    return kind === 'assumed' ? 'assumed' : 'as the file says';
}
