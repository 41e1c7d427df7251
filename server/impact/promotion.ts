import { code, plain, text } from '../encoding/markdown.js';
import type { StandIn } from '../failure/graph.js';
import type { Outcome, Refusal } from '../failure/outcome.js';
import { saidByFile } from '../failure/startup.js';
import type { Step } from '../failure/run.js';
import type { TimelinePoint } from '../failure/timeline.js';
import type { ElementName } from '../topology/element-name.js';
import { capitalized, enumerated } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase, nodePhrase } from './phrases.js';
import type { ScenarioView } from './scenario.js';

/** A promotion as data, for machines. */
export interface PromotionReport {
    readonly element: string;
    readonly at: number;
    /** Why it could not be, in plain text; null: it was promoted. */
    readonly refused: string | null;
}

/** What is promoted in a scenario, and whether that could be. */
export function promotionReports({ promotions, timeline }: ScenarioView): PromotionReport[] {
    const last = timeline.points.at(-1)!.earliest;
    return promotions.map(({ element, at }) => {
        const refusal = last.state.refused.find((each) => each.at === at && each.element.name === element);
        return { element, at, refused: refusal ? plain(refusalReason(refusal, last.outcome)) : null };
    });
}

/** What happens to what somebody wants to promote at a time. Markdown. */
export function promotionSentences(outcome: Outcome, names: readonly ElementName[], at: number): string[] {
    const { state, graph } = outcome;
    return names.flatMap((name) => {
        const element = graph.elements.byName.get(name)!;
        const refusal = state.refused.find((each) => each.at === at && each.element.name === name);
        if (refusal) return [`${elementPhrase(element)} is not promoted: ${refusalReason(refusal, outcome)}.`];
        const standIn = graph.standIns.find((each) => each.element.name === name || each.original.name === name);
        if (!standIn) return [];
        const [from, to] =
            standIn.element.name === name ? [standIn.original, standIn.element] : [standIn.element, standIn.original];
        return [
            `${elementPhrase(to)} is promoted: it does what ${elementPhrase(from)} did, which takes no part any more.`,
            lostWith(standIn, name),
        ];
    });
}

/** What was promoted until the time that is looked at, or could not be. Markdown sentences. */
export function promotionsSoFar({ promotions, outcome, at: now }: ScenarioView): string[] {
    const times = [...new Set(promotions.map(({ at }) => at).filter((at) => at <= now))];
    return times.flatMap((time) => {
        const names = promotions.filter(({ at }) => at === time).map(({ element }) => element);
        return promotionSentences(outcome, names, time);
    });
}

/** What has promoted itself since, of what there are two since, and of what no more; each with whether that is certain. Markdown. */
export function ownPromotions(
    before: TimelinePoint,
    { earliest: { state }, latest }: TimelinePoint,
    steps: readonly Step[],
): { readonly text: string; readonly certain: boolean }[] {
    const byHand = steps.filter(({ action }) => action === 'promote').map(({ element }) => element);
    const was = before.earliest.state;
    const changes = state.promoted
        .filter((standIn) => !was.promoted.includes(standIn) && !byHand.includes(standIn.element.name))
        .map((standIn) => {
            const [from, to] = [elementPhrase(standIn.original), elementPhrase(standIn.element)];
            return { text: `${to} has promoted itself: it does what ${from} did. ${dataOf(standIn)}`, certain: true };
        });
    const divided = state.divided
        .filter((standIn) => !was.divided.includes(standIn))
        .map((standIn) => {
            const certain = latest.state.divided.includes(standIn);
            return { text: twoPrimaries(standIn, certain), certain };
        });
    const decided = was.divided
        .filter((standIn) => !state.divided.includes(standIn))
        .map((standIn) => {
            const other = elementPhrase(state.promoted.includes(standIn) ? standIn.original : standIn.element);
            return { text: `There is one store again: what only ${other} has taken is lost.`, certain: true };
        });
    return [...changes, ...divided, ...decided];
}

/** What it means that two take themselves for a store, as a sentence. Markdown. */
export function twoPrimaries({ element, original }: StandIn, certain = false): string {
    const [one, other] = [elementPhrase(original), elementPhrase(element)];
    return `${one} and ${other} ${certain ? '' : 'may '}both take themselves for the store: each takes what the other one lacks, until somebody decides which of them it is.`;
}

/** When the edges have found their way to what was promoted. Markdown. */
export function reconnectionSentences(before: TimelinePoint, { earliest: { state } }: TimelinePoint): string[] {
    const still = new Set(state.reconnecting);
    return before.earliest.state.reconnecting
        .filter((each) => !still.has(each))
        .map((standIn) => `The edges are connected to ${elementPhrase(nowIn(standIn, state.promoted))}.`);
}

function nowIn(standIn: StandIn, promoted: readonly StandIn[]) {
    return promoted.includes(standIn) ? standIn.element : standIn.original;
}

/** Why something was not promoted, as a clause. Markdown. */
export function refusalReason({ element, why }: Refusal, { graph }: Pick<Outcome, 'graph'>): string {
    switch (why.kind) {
        case 'no-stand-in':
            return 'it stands by for nothing';
        case 'lacks':
            return withNames(
                text(why.says),
                graph.standIns.flatMap(({ element, original }) => [element.name, original.name]),
            );
        case 'down': {
            const missing = why.missing.map((node) => nodePhrase(graph.nodes.at(node)));
            if (missing.length === 1 && missing[0] === elementPhrase(element)) return 'it is down itself';
            const names = enumerated(missing, { last: 'and' });
            const are = `${names} ${missing.length > 1 ? 'are' : 'is'} down`;
            if (why.because === undefined) return are;
            return why.because === saidByFile
                ? `${are}, without which it does not start, as the file says`
                : `${are}: ${why.because}`;
        }
    }
}

/** A clause in which these names stand in quotes, as Markdown. @param says encoded already */
function withNames(says: string, [name, ...others]: readonly string[]): string {
    if (name === undefined) return says;
    const parts = says.split(text(`'${name}'`)).map((part) => withNames(part, others));
    return parts.join(code(name));
}

/** What is lost with a promotion of one or the other side, as a sentence. Markdown. */
function lostWith(standIn: StandIn, name: ElementName): string {
    const { element, original } = standIn;
    if (element.name === name) return dataOf(standIn);
    const part = isStoreCopy(standIn) ? 'copy' : 'standby';
    const [from, to] = [elementPhrase(original), elementPhrase(element)];
    return `Nothing goes back by itself: ${from} has what it had, unless it has been made the ${part} of ${to} meanwhile.`;
}

/** Whether it stands by for a store, rather than for a management cluster. */
export function isStoreCopy({ element }: StandIn): boolean {
    return element.kind === 'store-copy';
}

/** How old the data of what stands by may be, as a sentence. Markdown. */
export function dataOf(standIn: StandIn): string {
    const { element, original, copy } = standIn;
    const to = elementPhrase(element);
    if (!copy) return `${to} shares the database, so no change is lost.`;
    const isOfStore = isStoreCopy(standIn);
    const what = isOfStore && original.kind !== 'postgres' ? 'metrics and traces' : 'changes';
    const followed = isOfStore ? elementPhrase(original) : 'the active side';
    if (copy.every === undefined)
        return `${to} follows ${followed} all the time: ${what} of the last moments may be lost.`;
    const age = isOfStore ? `so old is ${to}, at most` : `so old is the copy that ${to} has, at most`;
    return `${capitalized(what)} of the last ${duration(copy.every)} may be lost: ${age}.`;
}
