import { verdictSigns, type ActionAnswer } from '../impact/actions.js';
import { harmsPhrase } from '../impact/next.js';
import { asksForMore, headingOf, type Given, type ScenarioView } from '../impact/scenario.js';
import { plain } from '../impact/wording.js';
import { actions, type ActionId } from '../knowledge/actions.js';
import { colours } from './colours.js';

/** A service that somebody wants to change while others are down, and the answer for each of its homes. */
export interface Change {
    readonly action: ActionId;
    readonly service: string;
    readonly answers: readonly ActionAnswer[];
}

/** What is simulated, as a line. */
export function titleOf(view: ScenarioView): string {
    return `${colours.bold(plain(headingOf(view)))}${colours.dim(`  topology ${view.outcome.graph.topology.name}`)}`;
}

/** The answers to what was asked besides: what it adds to what is given, and what can be deployed or scaled. */
export function questionBlocks(view: ScenarioView, changes: readonly Change[]): string[] {
    return [
        ...(view.given && asksForMore(view) ? [givenText(view.given)] : []),
        ...changes.flatMap(({ action, service, answers }) =>
            block(`${actions[action].title}: ${service}`, answers.map(answerText)),
        ),
    ];
}

function givenText({ harms, onlyTogether }: Given): string {
    if (harms.length === 0) return colours.green('✅ It takes nothing more than is lost already.');
    const together =
        onlyTogether.length === 0
            ? 'It would do the same if all else were up.'
            : `Not if all else were up: ${plain(harmsPhrase(onlyTogether))}.`;
    const colour = onlyTogether.length > 0 ? colours.red : colours.yellow;
    return `${colour(`${onlyTogether.length > 0 ? '❌' : '⚠️'} It takes ${plain(harmsPhrase(harms))}.`)}\n   ${together}`;
}

function answerText({ cluster, verdict, says, because }: ActionAnswer): string {
    const why = because ? ` (${because})` : '';
    return `${verdictSigns[verdict]} on ${cluster}${says.length > 0 ? `: ${says.join('; ')}${why}` : ''}`;
}

/** A title with lines below it; nothing where there are none. Markdown lines. */
export function block(title: string, lines: readonly string[]): string[] {
    return lines.length > 0 ? [[colours.bold(title), ...lines.map((line) => `   ${plain(line)}`)].join('\n')] : [];
}
