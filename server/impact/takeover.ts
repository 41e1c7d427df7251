import type { NodeIndex } from '../engine/index.js';
import { agentSecrets, figures } from '../knowledge/clocks.js';
import { code } from '../encoding/markdown.js';
import { blastsIn } from '../failure/blast-radius.js';
import type { StandIn } from '../failure/graph.js';
import { isAlive, stateOf, type Outcome, type WhyRefused } from '../failure/outcome.js';
import { refusalOf } from '../failure/promotion.js';
import { bareName, isStoreName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { carriesWorkloads } from '../topology/topology.js';
import { isAtLeast } from '../knowledge/versions.js';
import { capitalized, listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase } from './phrases.js';
import { dataOf, isStoreCopy, refusalReason, twoPrimaries } from './promotion.js';
import type { RecoveryStep } from './recovery-step.js';

/** What stands by for something of which something is down, and whether it could be promoted in that moment. */
export interface Takeover {
    readonly standIn: StandIn;
    /** Undefined: it could. */
    readonly refused?: WhyRefused;
}

/**
 * What could be promoted, or is wanted and cannot: stores first. Without a copy of a store that another one makes needless, as
 * a standby does that has the data itself.
 */
export function takeoversIn(outcome: Outcome): Takeover[] {
    const { graph, state, propagation } = outcome;
    const isDown = (node: NodeIndex) => propagation.down[node] === 1;
    const wanted = graph.standIns
        .filter((each) => !state.promoted.includes(each) && isHarmed(outcome, each))
        .map((standIn): Takeover => {
            const refused = refusalOf(graph, standIn.element, standIn, undefined, isDown);
            return { standIn, ...(refused && { refused }) };
        });
    const able = wanted.filter(({ refused }) => !refused).map(({ standIn }) => standIn);
    const isNeeded = ({ standIn }: Takeover) =>
        !able.some((other) => !isStoreCopy(other) && doesWhat(outcome, other, standIn.original));
    return [
        ...wanted.filter((each) => isStoreCopy(each.standIn) && isNeeded(each)),
        ...wanted.filter(({ standIn }) => !isStoreCopy(standIn)),
    ];
}

/** Whether something would do what another thing does. */
function doesWhat({ graph }: Outcome, { freed }: StandIn, { name }: Element): boolean {
    return freed.some((node) => {
        const found = graph.nodes.at(node);
        return found.kind === 'role' && found.of.name === name;
    });
}

/** Whether anything suffers from what would be replaced. */
function isHarmed(outcome: Outcome, standIn: StandIn): boolean {
    const { original } = standIn;
    if (isStoreCopy(standIn)) return !isAlive(outcome, original.name) && !isReplaced(outcome, original);
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

/** What would be promoted now, and whether that makes a restoration needless. */
export function isTakenOver(outcome: Outcome): (element: Element) => boolean {
    const able = takeoversIn(outcome).filter(({ refused }) => !refused);
    return ({ name, kind }) =>
        able.some(({ standIn }) =>
            isStoreCopy(standIn)
                ? name === standIn.original.name
                : kind === 'management-cluster' || kind === 'management-plane',
        );
}

/** How to promote what can be, in order: of a management cluster as in the guide. Empty where nothing can be promoted. */
export function takeoverSteps(outcome: Outcome): RecoveryStep[] {
    return takeoversIn(outcome).flatMap(({ standIn, refused }) => {
        if (refused) return [];
        return isStoreCopy(standIn) ? stepsOfStore(standIn) : stepsOfStandby(outcome, standIn);
    });
}

function stepBy(by: RecoveryStep['by'], source: RecoveryStep['source'], confidence: RecoveryStep['confidence']) {
    return (text: string, more: Partial<RecoveryStep> = {}): RecoveryStep => ({
        ...{ text, by, atHand: [], source, confidence },
        ...more,
    });
}

/** That databases are moved like this is no fact about TSB. */
function stepsOfStore(standIn: StandIn): RecoveryStep[] {
    const { element, original, copy, byItself } = standIn;
    const [to, from] = [elementPhrase(element), elementPhrase(original)];
    const within = copy?.within;
    if (byItself) {
        const step = stepBy('itself', 'design', 'inferred');
        const when = within === undefined ? 'The file does not say when.' : `At the latest after ${duration(within)}.`;
        return [
            step(`${capitalized(to)} promotes itself. ${when} ${dataOf(standIn)}`, { element }),
            stepBy(
                'person',
                'design',
                'inferred',
            )(
                `Keep ${from} from coming back before it has been made the copy of ${to}: it knows nothing of the promotion.`,
            ),
        ];
    }
    const step = stepBy('person', 'design', 'inferred');
    return [
        step(`Stop ${from}, where it can be reached: what it takes from now on is lost.`),
        step(`Promote ${to}: from then on it is the store. ${dataOf(standIn)}`, {
            element,
            ...(within !== undefined && { takes: `${duration(within)}, as the file says` }),
            atHand: [`? the same users and passwords in ${to}`, '? a name of the store that can be moved'],
        }),
        step(
            `Move the name by which the management plane knows the store to ${to}, or say the new one in ${code('ManagementPlane')}.`,
        ),
        step(
            `Nothing goes back by itself: make ${from} the copy of ${to}, and promote it like this when it has its data.`,
        ),
    ];
}

/** The steps of the guide. */
function stepsOfStandby(outcome: Outcome, standIn: StandIn): RecoveryStep[] {
    const { element, original, copy } = standIn;
    const [to, from] = [elementPhrase(element), elementPhrase(original)];
    const clusters = outcome.graph.topology.clusters.filter(carriesWorkloads).map(({ name }) => name);
    const living = clusters.filter((name) => isAlive(outcome, name));
    const step = (text: string, source: RecoveryStep['source'], more: Partial<RecoveryStep> = {}): RecoveryStep =>
        stepBy('person', source, 'certain')(text, more);
    const within = copy?.within;
    return [
        step(
            `Stop ${code('tsb')} and ${code('iam')} of ${from}, where they can be reached: its UI and API stop with them, and nothing is written there that would be lost.`,
            'active-standby',
        ),
        step(`Promote ${to}: from then on it does what ${from} did. ${dataOf(standIn)}`, 'active-standby', {
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

/** Why what stands by is of no help, as sentences; empty where it is, or nothing stands by. Markdown. */
export function takeoversRefused(outcome: Outcome): string[] {
    return takeoversIn(outcome).flatMap(({ standIn: { element }, refused }) => {
        if (!refused) return [];
        const reason = refusalReason({ at: 0, element, why: refused }, outcome);
        return [`${capitalized(elementPhrase(element))} stands by, and cannot be promoted: ${reason}.`];
    });
}

/** What of a store is lost where something takes over, or has taken over; undefined where nothing does. Markdown. */
export function lostWithTakeover(outcome: Outcome, store: Element): string | undefined {
    const able = takeoversIn(outcome).flatMap(({ standIn, refused }) => (refused ? [] : [standIn]));
    const has = (standIn: StandIn) =>
        isStoreCopy(standIn) ? standIn.original.name === store.name : doesWhat(outcome, standIn, store);
    const found = [...outcome.state.promoted, ...able].find((standIn) => standIn.copy && has(standIn));
    return found && dataOf(found);
}

/** What becomes of the side that was replaced, and of two that take themselves for one. */
export function replacedSteps({ state: { promoted, divided } }: Outcome): RecoveryStep[] {
    const replaced = promoted.filter((standIn) => !divided.includes(standIn));
    return [...divided.map(stepOfTwo), ...replaced.map(stepOfReplaced)];
}

function stepOfTwo(standIn: StandIn): RecoveryStep {
    const [one, other] = [elementPhrase(standIn.original), elementPhrase(standIn.element)];
    return stepBy(
        'person',
        'design',
        'inferred',
    )(
        `${twoPrimaries(standIn)} Stop one of them, keep what only that one has, and promote the other: ${one} or ${other}.`,
        {
            element: standIn.original,
        },
    );
}

function stepOfReplaced(standIn: StandIn): RecoveryStep {
    const [from, to] = [elementPhrase(standIn.original), elementPhrase(standIn.element)];
    const takesNoPart = `Once ${from} is available again it takes no part: ${to} does what it did.`;
    return isStoreCopy(standIn)
        ? stepBy(
              'person',
              'design',
              'inferred',
          )(`${takesNoPart} Keep it stopped, and make it the copy of ${to}: it knows nothing of the promotion.`, {
              element: standIn.original,
          })
        : stepBy(
              'itself',
              'active-standby',
              'certain',
          )(`${takesNoPart} Keep its tsb and iam stopped, and make it the standby of ${to}.`, {
              element: standIn.original,
          });
}

/** What waits for its promotion: for whom, with which data, how soon, and why not. Markdown sentences. */
export function standingBy(standIn: StandIn, { graph }: Outcome): string[] {
    const { element, original, lacks, copy } = standIn;
    const [to, from] = [elementPhrase(element), elementPhrase(original)];
    const within = copy?.within;
    return [
        ...(standIn.byItself
            ? byItselfSentences(standIn)
            : [
                  `${to} takes no part until somebody promotes it; then it does what ${from} does, which takes no part any more.`,
              ]),
        dataOf(standIn),
        ...(standIn.byItself ? [] : [promotionTime(within, standIn.reconnection !== undefined)]),
        ...lacks.map(
            (says) =>
                `It cannot take over: ${refusalReason({ at: 0, element, why: { kind: 'lacks', says } }, { graph })}.`,
        ),
    ];
}

function promotionTime(within: number | undefined, isReconnected: boolean): string {
    if (within === undefined) return 'How long a promotion takes, the file does not say.';
    const connected = isReconnected
        ? `, and clusters are connected within ${duration(figures.reconnection[1])} after it`
        : '';
    return `A promotion takes ${duration(within)}, as the file says${connected}.`;
}

function byItselfSentences({ element, original, copy }: StandIn): string[] {
    const [to, from] = [elementPhrase(element), elementPhrase(original)];
    const when =
        copy?.within === undefined
            ? 'in a time that the file does not say: nothing is taken to get better by it'
            : `within ${duration(copy.within)}, as the file says`;
    return [
        `${to} takes no part until it has lost sight of ${from}; then it promotes itself, ${when}.`,
        `If ${from} is there again then, or was there all the time, both take themselves for the store, until somebody decides.`,
    ];
}

/** What a side does once the other was promoted, or it was: plain text; undefined for all else. */
export function sideText({ state }: Outcome, { name }: Element): string | undefined {
    const asOne = state.divided.find(({ element, original }) => element.name === name || original.name === name);
    if (asOne) {
        const other = asOne.element.name === name ? asOne.original : asOne.element;
        return `may be one of two: ${bareName(other.name)} takes changes, too`;
    }
    const asNew = state.promoted.find(({ element }) => element.name === name);
    if (asNew) return `promoted: does what ${bareName(asNew.original.name)} did`;
    const asOld = state.promoted.find(({ original }) => original.name === name);
    return asOld && `takes no part: ${bareName(asOld.element.name)} does what it did`;
}
