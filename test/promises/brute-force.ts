/** Objectives by trying every single failure and every pair of them, with whole outcomes and nothing clever. */

import type { FailureGraph } from '../../server/failure/graph.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { failuresFor, timelineOf } from '../../server/failure/timeline.js';
import { actionAnswers } from '../../server/impact/actions.js';
import type { Judged } from '../../server/promises/things.js';
import type { Element } from '../../server/topology/element.js';

/** How somebody fares who is judged, by what the outcome tells of hosts, services, operations and elements. */
export function fareBy(outcome: Outcome, judged: Judged): 'unaffected' | 'limited' | 'lost' {
    switch (judged.kind) {
        case 'host':
            return fareOfHost(outcome, outcome.graph.traffic.hosts.indexOf(judged.host));
        case 'service': {
            const { consumers, homes } = outcome.services.find(({ name }) => name === judged.name)!;
            if (consumers.length === 0) {
                const serving = outcome.graph.traffic.serving.get(judged.name)!.filter((home) => home.servesInHealth);
                const isServed = homes.some(({ serves }) => serves);
                return serving.length === 0 || isServed ? 'unaffected' : 'lost';
            }
            const fares = consumers.map(({ kind, name, severity }) => {
                if (kind === 'caller') return severity === 'total' ? 'lost' : severity;
                const place = outcome.hosts.findIndex((host) => host.host === name && host.service === judged.name);
                return fareOfHost(outcome, place);
            });
            if (fares.every((fare) => fare === 'lost')) return 'lost';
            return fares.every((fare) => fare === 'unaffected') ? 'unaffected' : 'limited';
        }
        case 'operation': {
            const severity = outcome.operations[judged.operation];
            return severity === 'total' ? 'lost' : severity;
        }
        case 'element': {
            const { name } = judged.element;
            if (outcome.propagation.down[outcome.graph.nodeOfElement.get(name)!]) return 'lost';
            const cluster = outcome.clusters.find((each) => each.name === name);
            const severities = Object.values(cluster?.operations ?? {});
            return severities.every((severity) => severity === 'unaffected') ? 'unaffected' : 'limited';
        }
        case 'promotion':
            return 'unaffected';
        case 'action': {
            const answers = actionAnswers(outcome, [judged.cluster]);
            return answers.find(({ action }) => action === judged.action)!.verdict === 'no' ? 'lost' : 'unaffected';
        }
    }
}

/** Requests that are lost count; what is only called in vain does not. */
function fareOfHost({ hosts }: Outcome, place: number): 'unaffected' | 'limited' | 'lost' {
    const { severity, lostShare } = hosts[place]!;
    if (severity === 'total') return 'lost';
    return lostShare > 0 ? 'limited' : 'unaffected';
}

const ranks = { unaffected: 0, limited: 1, lost: 2 };

/** @param lasting seconds for which they last; undefined: at once only */
export function isHarmful(
    graph: FailureGraph,
    judged: Judged,
    failures: readonly Element[],
    allowed: 'unaffected' | 'limited',
    lasting?: number,
): boolean {
    const names = failures.map(({ name }) => name);
    const outcomes =
        lasting === undefined
            ? [simulate(graph, names)]
            : timelineOf(graph, failuresFor(names))
                  .points.filter(({ at }) => at <= lasting)
                  .map(({ earliest }) => earliest.outcome);
    return outcomes.some((outcome) => ranks[fareBy(outcome, judged)] > ranks[allowed]);
}

export interface Harmful {
    readonly singles: readonly Element[];
    /** Of which neither part does it alone. */
    readonly pairs: readonly (readonly [Element, Element])[];
}

/** All choices of one and of two that harm somebody, the smallest only. */
export function harmfulChoices(of: readonly Element[], isHarmed: (failures: readonly Element[]) => boolean): Harmful {
    const singles = of.filter((element) => isHarmed([element]));
    const rest = of.filter((element) => !singles.includes(element));
    const pairs = rest.flatMap((one, index) =>
        rest
            .slice(index + 1)
            .filter((other) => isHarmed([one, other]))
            .map((other) => [one, other] as const),
    );
    return { singles, pairs };
}
