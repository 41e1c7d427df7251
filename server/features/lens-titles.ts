import type { Command } from 'vscode-languageserver';
import { iconless } from '../encoding/labels.js';
import type { Snapshot } from '../estate/snapshot.js';
import { blastRadiusOf, blastsIn } from '../failure/blast-radius.js';
import { compareWeights, type Weight } from '../failure/gravity.js';
import { additionOf, additionGlance, heaviestAddition } from '../impact/next.js';
import { elementLabel } from '../impact/labels.js';
import { glance, marks, marksInWords, shortGlance, worsePhrase } from '../impact/summary.js';
import { count } from '../words/english.js';
import { momentPhrase } from '../words/times.js';
import type { ElementArgument, ElementsArgument } from '../protocol/arguments.js';
import { clientCommands } from '../protocol/client.js';
import { simulationCommands } from '../protocol/simulation.js';
import type { Simulation } from '../simulation/simulations.js';
import type { Element } from '../topology/element.js';
import type { LensPart } from './lens-anchors.js';

/** What a title is about. */
export interface LensSubject {
    readonly uri: string;
    readonly estate: Snapshot;
    /** The elements that share the line. */
    readonly elements: readonly [Element, ...Element[]];
    /** The running scenario, if one runs. */
    readonly simulation: Simulation | undefined;
}

export interface LensWords {
    /** The signs of the four operations stand in the title, too, and not only in its tooltip. */
    readonly withMarks: boolean;
    readonly hasCommands: boolean;
}

/** What a lens says and does. */
export function lensCommand(part: Exclude<LensPart, 'promise'>, subject: LensSubject, words: LensWords): Command {
    const { uri, elements, simulation } = subject;
    const failed = elements.filter(({ name }) => simulation?.failures.includes(name));
    const argument: ElementArgument = { uri, element: elements[0].name };
    switch (part) {
        case 'simulate':
            return failed.length > 0
                ? { title: '↺ Recover', command: simulationCommands.recover, arguments: [argument] }
                : { title: '▷ Simulate failure', command: simulationCommands.fail, arguments: [argument] };
        case 'components':
            return { title: 'component…', command: clientCommands.simulatePart, arguments: [argument] };
        case 'one-of': {
            const what = failed.length > 0 ? '▷ Simulate or ↺ recover' : '▷ Simulate';
            const several: ElementsArgument = { uri, elements: elements.map(({ name }) => name) };
            return {
                title: `${what} one of ${elements.length}…`,
                command: clientCommands.simulateOneOf,
                arguments: [several],
            };
        }
        case 'summary': {
            const {
                title: said,
                marks: signs,
                tooltip,
            } = elements.length > 1 ? summaryOfSeveral(subject) : summaryOf(subject, elements[0]);
            const title = words.withMarks ? `${said} · ${signs}` : said;
            return {
                title: words.hasCommands ? iconless(title) : title,
                command: '',
                tooltip,
            };
        }
    }
}

interface Summary {
    readonly title: string;
    readonly marks: string;
    /** The title whole, and the four operations, each by its name. Plain text. */
    readonly tooltip: string;
}

function summaryOf({ estate: { blasts }, simulation }: LensSubject, { name }: Element): Summary {
    if (!simulation) {
        const radius = blasts.blastRadiusOf(name);
        const inTime = worseClause(blasts.worseFrom(name));
        return summary(radius, `${shortGlance(radius)}${inTime}`, `${glance(radius)}${inTime}`);
    }
    const { outcome, failures } = simulation;
    if (failures.includes(name)) {
        const radius = blastRadiusOf(outcome);
        const scenario = scenarioWords(simulation);
        const inTime = worseClause(scenarioWorseFrom(simulation));
        return summary(
            outcome,
            `${scenario}: ${shortGlance(radius)}${inTime}`,
            `${scenario}: ${glance(radius)}${inTime}`,
        );
    }
    const addition = additionOf(outcome, name);
    if (!addition) return summary(outcome, 'down already');
    return summary(addition, `on top of ${scenarioWords(simulation)}: ${additionGlance(addition)}`);
}

function worseClause(seconds: number | undefined): string {
    return seconds === undefined ? '' : ` · ${worsePhrase(seconds)}`;
}

/** Of a scenario that is looked at when it begins, and lasts so long. */
function scenarioWorseFrom(simulation: Simulation): number | undefined {
    const { outcome, failures, restarts, at, duration = Infinity } = simulation;
    if (at > 0 || restarts.length > 0) return undefined;
    const present = failures.filter((name) => outcome.graph.elements.byName.has(name));
    const worse = blastsIn(outcome.graph).worseFrom(...present);
    return worse !== undefined && worse < duration ? worse : undefined;
}

/** Of a list: what the heaviest of these failures does. */
function summaryOfSeveral(subject: LensSubject): Summary {
    const { estate, elements, simulation } = subject;
    const failed = elements.find(({ name }) => simulation?.failures.includes(name));
    if (failed) return summaryOf(subject, failed);
    if (simulation) {
        const heaviest = heaviestAddition(simulation.outcome, elements);
        if (!heaviest) return summary(simulation.outcome, 'down already');
        const { element, addition } = heaviest;
        const scenario = scenarioWords(simulation);
        return summary(
            addition,
            `on top of ${scenario}, at worst ${elementLabel(element)}: ${additionGlance(addition)}`,
        );
    }
    const { blasts } = estate;
    const weighed = elements.map((element) => ({ element, weight: blasts.weightOf(element.name) }));
    const [{ element }] = weighed.sort((a, b) => compareWeights(a.weight, b.weight)) as [(typeof weighed)[number]];
    const radius = blasts.blastRadiusOf(element.name);
    const worst = `at worst ${elementLabel(element)}`;
    return summary(radius, `${worst}: ${shortGlance(radius)}`, `${worst}: ${glance(radius)}`);
}

function summary({ operations }: Pick<Weight, 'operations'>, title: string, whole = title): Summary {
    return { title, marks: marks(operations), tooltip: `${whole}. ${marksInWords(operations)}.` };
}

/** "2 failures", "1 failure after 4 h 48 min". */
function scenarioWords({ failures, at, began }: Simulation): string {
    return `${count(failures.length, 'failure')}${at > 0 ? ` ${momentPhrase(at, began)}` : ''}`;
}
