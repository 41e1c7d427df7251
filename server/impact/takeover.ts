import { agentSecrets, figures } from '../knowledge/clocks.js';
import { code } from '../encoding/markdown.js';
import { blastsIn } from '../failure/blast-radius.js';
import type { StandIn } from '../failure/graph.js';
import { isAlive, stateOf, type Outcome, type WhyRefused } from '../failure/outcome.js';
import { refusalOf } from '../failure/promotion.js';
import { isStoreName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { carriesWorkloads, standbyCluster } from '../topology/topology.js';
import { isAtLeast } from '../knowledge/versions.js';
import { listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase } from './phrases.js';
import { dataOf, refusalReason } from './promotion.js';
import type { RecoveryStep } from './recovery-step.js';

/** What stands by for a management cluster of which something is down, and whether it could be promoted in that moment. */
export interface Takeover {
    readonly standIn: StandIn;
    /** Undefined: it could. */
    readonly refused?: WhyRefused;
}

/** Undefined where nothing stands by, it was promoted already, or nothing of the active side is down. */
export function takeoverIn(outcome: Outcome): Takeover | undefined {
    const { graph, state, propagation } = outcome;
    const standIn = graph.standIns.find((each) => !state.promoted.includes(each));
    if (!standIn || !isHarmed(outcome, standIn)) return undefined;
    const refused = refusalOf(graph, standIn.element, standIn, undefined, (node) => propagation.down[node] === 1);
    return { standIn, ...(refused && { refused }) };
}

/** Whether management operations suffer from what the standby would replace. */
function isHarmed(outcome: Outcome, { original }: StandIn): boolean {
    if (outcome.operations.managementOperations === 'unaffected') return false;
    return !isAlive(outcome, original.name) || outcome.failures.some((each) => isOf(each, original));
}

/** Whether something is what was replaced, stands in it, or is a store or secret that nobody misses since: it is no longer needed then. */
export function isReplaced({ graph, state: { promoted } }: Outcome, element: Element): boolean {
    if (promoted.length === 0) return false;
    if (promoted.some(({ original }) => isOf(element, original))) return true;
    if (!isStoreName(element.name)) return false;
    return blastsIn(graph).weightWith({ ...stateOf(graph, [element]), promoted }).gravity === 'none';
}

const ofWorkloads: ReadonlySet<Element['kind']> = new Set(['gateway', 'instances', 'data-plane', 'istiod']);

function isOf({ name, cluster, kind }: Element, original: Element): boolean {
    return name === original.name || (cluster === original.name && !ofWorkloads.has(kind));
}

/** The steps of the guide, in order. Empty where nothing can be promoted. */
export function takeoverSteps(outcome: Outcome): RecoveryStep[] {
    const takeover = takeoverIn(outcome);
    const standby = standbyCluster(outcome.graph.topology);
    if (!takeover || takeover.refused || !standby) return [];
    const { element, original } = takeover.standIn;
    const [to, from] = [elementPhrase(element), elementPhrase(original)];
    const clusters = outcome.graph.topology.clusters.filter(carriesWorkloads).map(({ name }) => name);
    const living = clusters.filter((name) => isAlive(outcome, name));
    const step = (text: string, source: RecoveryStep['source'], more: Partial<RecoveryStep> = {}): RecoveryStep => ({
        text,
        by: 'person',
        atHand: [],
        source,
        confidence: 'certain',
        ...more,
    });
    const within = standby.copy?.within;
    return [
        step(
            `Stop ${code('tsb')} and ${code('iam')} of ${from}, where they can be reached: its UI and API stop with them, and nothing is written there that would be lost.`,
            'active-standby',
        ),
        step(`Promote ${to}: from then on it does what ${from} did. ${dataOf(standby)}`, 'active-standby', {
            element,
            ...(within !== undefined && { takes: `${duration(within)}, as the file says` }),
            atHand: atHandFor(outcome, to),
        }),
        step(
            `Move the name that the control planes use, which belongs to no side, to ${to}.`,
            'active-standby-overview',
        ),
        ...(living.length === 0
            ? []
            : [
                  step(
                      `Let the edges of ${listing(living)} connect anew: restart ${code('edge')}, and if that is not enough delete ${listing(agentSecrets)}, which come back by themselves.`,
                      'active-standby-troubleshoot',
                      { takes: `about ${duration(figures.reconnection[1])}, where the signing key is the same` },
                  ),
              ]),
        step(
            `Nothing goes back by itself. If ${from} is undamaged, make it the standby of ${to}, and promote it like this when it has its data.`,
            'active-standby',
        ),
    ];
}

/** What the file does not say, and has to be true: each is to be looked after. */
function atHandFor({ graph: { topology } }: Outcome, to: string): string[] {
    const keys = isAtLeast(topology.tsbVersion.value, '1.12')
        ? 'the iam-signing-key and the tsb-iam-jwks: the kid of both'
        : 'the iam-signing-key: its kid';
    return [
        `? in ${to} ${keys} has to be that in the tokens of the control planes`,
        `? in ${to} the same root CA, Helm values and certificates, and the credentials of Postgres and of the telemetry store`,
        '? the same name of the organization: names are the keys of all that is stored',
        '? a name for the control planes that belongs to no side, and can be moved',
    ];
}

/** Why the standby is of no help, as a sentence; undefined where it is, or nothing stands by. Markdown. */
export function takeoverRefused(outcome: Outcome): string | undefined {
    const { standIn, refused } = takeoverIn(outcome) ?? {};
    if (!standIn || !refused) return undefined;
    const reason = refusalReason({ at: 0, element: standIn.element, why: refused }, outcome);
    return `${elementPhrase(standIn.element)} stands by, and cannot be promoted: ${reason}.`;
}

/** Which changes are lost where the standby takes over, or has taken over; undefined where it does not. Markdown. */
export function lostWithStandby(outcome: Outcome): string | undefined {
    const standby = standbyCluster(outcome.graph.topology);
    const takeover = takeoverIn(outcome);
    const takesOver = outcome.state.promoted.length > 0 || (takeover !== undefined && !takeover.refused);
    return standby?.copy && takesOver ? dataOf(standby) : undefined;
}

/** What becomes of the side that was replaced. */
export function replacedSteps(outcome: Outcome): RecoveryStep[] {
    return outcome.state.promoted.map(({ original, element }) => {
        const [from, to] = [elementPhrase(original), elementPhrase(element)];
        return {
            element: original,
            text: `Once ${from} is available again it takes no part: ${to} does what it did. Keep its tsb and iam stopped, and make it the standby of ${to}.`,
            by: 'itself',
            atHand: [],
            source: 'active-standby',
            confidence: 'certain',
        };
    });
}

/** What waits for its promotion: for whom, with which data, how soon, and why not. Markdown sentences. */
export function standingBy({ element, original, lacks }: StandIn, { graph }: Outcome): string[] {
    const standby = standbyCluster(graph.topology);
    if (!standby) return [];
    const [to, from] = [elementPhrase(element), elementPhrase(original)];
    const within = standby.copy?.within;
    return [
        `${to} takes no part until somebody promotes it; then it does what ${from} does, which takes no part any more.`,
        dataOf(standby),
        within === undefined
            ? 'How long a promotion takes, the file does not say.'
            : `A promotion takes ${duration(within)}, as the file says, and clusters are connected within ${duration(figures.reconnection[1])} after it.`,
        ...lacks.map(
            (says) =>
                `It cannot take over: ${refusalReason({ at: 0, element, why: { kind: 'lacks', says } }, { graph })}.`,
        ),
    ];
}

/** What a side does once the other was promoted, or it was: plain text; undefined for all else. */
export function sideText({ state }: Outcome, { name }: Element): string | undefined {
    const asNew = state.promoted.find(({ element }) => element.name === name);
    if (asNew) return `promoted: does what ${asNew.original.name} did`;
    const asOld = state.promoted.find(({ original }) => original.name === name);
    return asOld && `takes no part: ${asOld.element.name} does what it did`;
}
