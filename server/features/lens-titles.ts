import type { Command } from 'vscode-languageserver';
import { iconless } from '../encoding/labels.js';
import { analysisOf } from '../failure/analysis.js';
import { blastRadiusOf } from '../failure/blast-radius.js';
import { compareWeights } from '../failure/gravity.js';
import type { Weight } from '../failure/gravity.js';
import { additionOf, additionGlance, heaviestAddition } from '../impact/next.js';
import { glance, glanceInTime, marks, marksInWords } from '../impact/summary.js';
import { count, momentLabel } from '../impact/wording.js';
import {
    clientCommands,
    simulationCommands,
    type ElementArgument,
    type ElementsArgument,
} from '../simulation/protocol.js';
import type { Simulation } from '../simulation/simulations.js';
import type { Element } from '../topology/elements.js';
import type { Topology } from '../topology/topology.js';
import type { LensPart } from './lens-anchors.js';

/** What a title is about. */
export interface LensSubject {
    readonly uri: string;
    readonly topology: Topology;
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
export function lensCommand(part: LensPart, subject: LensSubject, words: LensWords): Command | undefined {
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
            const summary = elements.length > 1 ? summaryOfSeveral(subject) : summaryOf(subject, elements[0]);
            if (summary === undefined) return undefined;
            const title = words.withMarks ? `${summary.title} · ${summary.marks}` : summary.title;
            return {
                title: words.hasCommands ? iconless(title) : title,
                command: '',
                tooltip: summary.tooltip,
            };
        }
    }
}

interface Summary {
    readonly title: string;
    readonly marks: string;
    /** The four operations, each by its name. Plain text. */
    readonly tooltip: string;
}

function summaryOf({ topology, simulation }: LensSubject, { name }: Element): Summary | undefined {
    if (!simulation) {
        const { blasts } = analysisOf(topology);
        const radius = blasts.blastRadiusOf(name);
        return withMarksOf(radius, glanceInTime(radius, blasts.worseFrom(name)));
    }
    const { outcome, failures } = simulation;
    if (failures.includes(name))
        return withMarksOf(outcome, `${scenarioWords(simulation)}: ${glance(blastRadiusOf(outcome))}`);
    const addition = additionOf(outcome, name);
    if (!addition) return { ...withMarksOf(outcome, 'down already') };
    return withMarksOf(addition, `on top of ${scenarioWords(simulation)}: ${additionGlance(addition)}`);
}

/** Of a list: what the heaviest of these failures does. */
function summaryOfSeveral(subject: LensSubject): Summary | undefined {
    const { topology, elements, simulation } = subject;
    const failed = elements.find(({ name }) => simulation?.failures.includes(name));
    if (failed) return summaryOf(subject, failed);
    if (simulation) {
        const heaviest = heaviestAddition(simulation.outcome, elements);
        if (!heaviest) return withMarksOf(simulation.outcome, 'down already');
        const { element, addition } = heaviest;
        const words = `${additionGlance(addition)} (${element.name})`;
        return withMarksOf(addition, `on top of ${scenarioWords(simulation)}, at worst: ${words}`);
    }
    const { blasts } = analysisOf(topology);
    const weighed = elements.map(({ name }) => ({ name, weight: blasts.weightOf(name) }));
    const [{ name }] = weighed.sort((a, b) => compareWeights(a.weight, b.weight)) as [(typeof weighed)[number]];
    const radius = blasts.blastRadiusOf(name);
    return withMarksOf(radius, `at worst: ${glance(radius)} (${name})`);
}

function withMarksOf({ operations }: Pick<Weight, 'operations'>, title: string): Summary {
    return { title, marks: marks(operations), tooltip: marksInWords(operations) };
}

/** "2 failures", "1 failure after 4 h 48 min". */
function scenarioWords({ failures, at }: Simulation): string {
    return `${count(failures.length, 'failure')}${at > 0 ? ` after ${momentLabel(at)}` : ''}`;
}
