import { promotionsSoFar } from '../impact/promotion.js';
import { isAlive } from '../failure/outcome.js';
import { verdictSigns, type ActionAnswer } from '../impact/actions.js';
import { answerTo, isOperation } from '../impact/maintenance.js';
import { harmsPhrase } from '../impact/next.js';
import { asksForMore, failuresIn, headingOf, type Given, type ScenarioView } from '../impact/scenario.js';
import { plain } from '../encoding/markdown.js';
import { elementPhrase } from '../impact/phrases.js';
import { capitalized, enumerated, verb } from '../words/english.js';
import { momentLabel } from '../words/times.js';
import { actions, type ActionId } from '../knowledge/actions.js';
import type { Element } from '../topology/element.js';
import { colours, gravityColours } from './colours.js';

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
        ...whatIsBack(view),
        ...(view.given && asksForMore(view) ? [givenText(view.given)] : []),
        ...changes.flatMap(({ action, service, answers }) =>
            block(`${actions[action].title}: ${service}`, answers.map(answerText)),
        ),
    ];
}

/** What failed or restarted, and is up at the time that is looked at: why nobody notices it any more. */
function whatIsBack(view: ScenarioView): string[] {
    const { outcome, duration: lasted, at, began } = view;
    const backOf = (elements: readonly Element[], why: (names: string, are: string) => string) => {
        const back = elements.filter(({ name }) => isAlive(outcome, name));
        if (back.length === 0) return [];
        return [plain(why(enumerated(back.map(elementPhrase)), verb(back.length, 'is', 'are')))];
    };
    const { byName } = outcome.graph.elements;
    const restarted = [...new Set(view.restarts.map(({ element }) => element))].map((name) => byName.get(name)!);
    return [
        ...(lasted === undefined || lasted > at
            ? []
            : backOf(
                  failuresIn(view),
                  (names, are) =>
                      `${capitalized(names)} ${are} back since ${momentLabel(lasted, began)}; --at 0s shows the failure.`,
              )),
        ...promotionsSoFar(view).map(plain),
        ...backOf(restarted, (names, are) => `${capitalized(names)} ${are} up again after the restart.`),
    ];
}

/** The same answer as that of the editor to "May I take this down now?", and whether it depends on what is down already. */
function givenText(given: Given): string {
    const { gravity, verdict, reason } = answerTo(given, true);
    const answer = `${gravityColours[gravity](`${verdict}.`)} ${plain(reason)}`;
    const operations = given.harms.filter(isOperation);
    const also = gravity === 'down' && operations.length > 0 ? [`Also: ${harmsPhrase(operations)}.`] : [];
    return [answer, ...[...also, ...dependence(given)].map((line) => `   ${plain(line)}`)].join('\n');
}

function dependence({ elements, harms, onlyTogether }: Given): string[] {
    if (harms.length === 0) return [];
    if (onlyTogether.length === 0) return ['It would do the same with all else up.'];
    const names = enumerated(elements.map(elementPhrase));
    const because = `only because ${names} ${verb(elements.length, 'is', 'are')} down already`;
    if (onlyTogether.length === harms.length) return [`${capitalized(because)}.`];
    return [`Of that ${because}: ${harmsPhrase(onlyTogether)}.`];
}

function answerText({ cluster, verdict, says, because }: ActionAnswer): string {
    const why = because ? ` (${because})` : '';
    return `${verdictSigns[verdict]} on ${cluster}${says.length > 0 ? `: ${says.join('; ')}${why}` : ''}`;
}

/** A title with lines below it; nothing where there are none. Markdown lines. */
export function block(title: string, lines: readonly string[]): string[] {
    return lines.length > 0 ? [[colours.bold(title), ...lines.map((line) => `   ${plain(line)}`)].join('\n')] : [];
}
