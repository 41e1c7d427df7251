import { code, plain, text } from '../encoding/markdown.js';
import type { StandIn } from '../failure/graph.js';
import type { Outcome, Refusal } from '../failure/outcome.js';
import { saidByFile } from '../failure/startup.js';
import type { TimelinePoint } from '../failure/timeline.js';
import type { ElementName } from '../topology/element-name.js';
import { standbyCluster, type StandbyCluster, type Topology } from '../topology/topology.js';
import { enumerated } from '../words/english.js';
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
            lostWith(graph.topology, name),
        ].filter((sentence) => sentence !== '');
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

/** What is lost with a promotion, as a sentence; empty where nothing is said to be. Markdown. */
export function lostWith(topology: Topology, name: ElementName): string {
    const standby = standbyCluster(topology);
    if (!standby) return '';
    if (standby.name !== name)
        return `Nothing goes back by itself: ${code(name)} has what it had, unless it has been made the standby of ${code(standby.name)} meanwhile.`;
    return dataOf(standby);
}

/** How old the data of a standby may be, as a sentence. Markdown. */
export function dataOf({ name, copy }: StandbyCluster): string {
    if (!copy) return `${code(name)} shares the database, so no change is lost.`;
    return copy.every === undefined
        ? `${code(name)} follows the active side all the time: changes of the last moments may be lost.`
        : `Changes of the last ${duration(copy.every)} may be lost: so old is the copy that ${code(name)} has, at most.`;
}
