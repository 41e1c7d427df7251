import { AstUtils, CstUtils, isLeafCstNode, type LangiumDocument, type LeafCstNode, type MaybePromise } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import type { Hover, HoverParams, Position, Range } from 'vscode-languageserver';
import { commandLink, text } from '../encoding/markdown.js';
import { momentPhrase } from '../words/times.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { blastRadiusOf } from '../failure/blast-radius.js';
import { failoverAnswers } from '../impact/failover.js';
import { failureMarkdown } from '../impact/hover.js';
import { additionGlance, additionOf } from '../impact/next.js';
import { placeAt } from '../language/naming/location.js';
import type { TsbtopoServices } from '../language/services.js';
import type { ElementArgument } from '../protocol/arguments.js';
import { clientCommands } from '../protocol/client.js';
import { simulationCommands } from '../protocol/simulation.js';
import type { Simulations } from '../simulation/simulations.js';
import { annotationsOf } from '../impact/annotations.js';
import { glance } from '../impact/summary.js';
import type { Element } from '../topology/element.js';
import type { ClientSettings } from './client.js';
import { placesOf } from './places.js';
import { saidMarkdown } from './said-of.js';
import { WordHover } from './word-hover.js';

/** How many ways of failing over a hover lists before it only counts them. */
const mostFailoverLines = 4;

/**
 * On a name: what the failure of that element does. On any other word: what it means, see {@link WordHover}.
 */
export class TsbtopoHoverProvider implements HoverProvider {
    private readonly words: WordHover;

    constructor(
        private readonly services: TsbtopoServices,
        private readonly simulations: Simulations,
        private readonly client: ClientSettings,
    ) {
        this.words = new WordHover(services, simulations);
    }

    getHoverContent(document: LangiumDocument, { position }: HoverParams): MaybePromise<Hover | undefined> {
        const leaf = leafAt(document, position);
        if (!leaf) return undefined;
        const uri = document.uri.toString();
        const element = this.elementNamedBy(leaf, document);
        const meaning = element ? this.elementMarkdown(element, uri) : this.words.markdownOf(leaf);
        const markdown = [saidMarkdown(leaf, this.services), meaning].filter((each) => each !== undefined).join('\n\n');
        return markdown ? { contents: { kind: 'markdown', value: markdown }, range: leaf.range } : undefined;
    }

    /** The element that is named at a place. */
    elementAt(document: LangiumDocument, position: Position): Element | undefined {
        const leaf = leafAt(document, position);
        return leaf && this.elementNamedBy(leaf, document);
    }

    /** The element that a name means: what a reference refers to, or what the name declares. */
    private elementNamedBy({ astNode, range }: LeafCstNode, document: LangiumDocument): Element | undefined {
        const estate = snapshotsOf(this.services).of(document.uri.toString());
        if (!estate) return undefined;
        const places = placesOf(estate);
        for (const { reference } of AstUtils.streamReferences(astNode)) {
            if (
                'ref' in reference &&
                reference.ref &&
                reference.$refNode &&
                isWithin(range, reference.$refNode.range)
            ) {
                return places.declaredBy(reference.ref);
            }
        }
        return places.declaredAt(placeAt(document, range));
    }

    /** What the failure of an element does, and what it does beside those of the running scenario. */
    elementMarkdown(element: Element, uri: string): string | undefined {
        const estate = snapshotsOf(this.services).of(uri);
        const outcome = estate?.outcomeOf(element.name);
        if (!estate || !outcome) return undefined;
        const failed = this.simulations.failuresOf(estate.key).includes(element.name);
        const simulation = this.simulations.simulationOf(estate.key, estate.topology);
        const line =
            simulation && annotationsOf(simulation.outcome, simulation.at).find(({ at }) => isSameLine(at, element.at));
        const addition = simulation && additionOf(simulation.outcome, element.name);
        const now = simulation
            ? [
                  `**Simulation${simulation.at > 0 ? ` ${momentPhrase(simulation.at, simulation.began)}` : ''}** ${text(glance(blastRadiusOf(simulation.outcome)))}\n\n**This line** ${text(line?.text ?? 'not touched')}`,
                  ...(addition ? [`**If it fails now, too** ${text(additionGlance(addition))}`] : []),
                  '---',
              ]
            : [];
        const markdown = failureMarkdown(element, outcome, {
            links: this.client.hasCommands ? commandLinks(element, uri, failed) : undefined,
            more: failoverSection(estate, element),
            beside: simulation !== undefined,
        });
        return [...now, markdown].join('\n\n');
    }
}

/** The word at a place. */
function leafAt({ parseResult, textDocument }: LangiumDocument, position: Position): LeafCstNode | undefined {
    const root = parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, textDocument.offsetAt(position));
    return leaf && !leaf.hidden && isLeafCstNode(leaf) ? leaf : undefined;
}

function isSameLine(a: Element['at'], b: Element['at']): boolean {
    return a.uri === b.uri && a.range.start.line === b.range.start.line;
}

function isWithin(inner: Range, outer: Range): boolean {
    return (
        inner.start.line === outer.start.line &&
        inner.start.character >= outer.start.character &&
        inner.end.character <= outer.end.character
    );
}

function commandLinks(element: Element, uri: string, failed: boolean): string {
    const argument: ElementArgument = { uri, element: element.name };
    const link = (title: string, command: string) => commandLink(title, command, argument);
    return [
        failed ? link('Recover', simulationCommands.recover) : link('Simulate', simulationCommands.fail),
        link('Simulate a component…', clientCommands.simulatePart),
        element.kind === 'service'
            ? link('Why would it not fail over?', clientCommands.explainFailover)
            : link('What can I still do?', clientCommands.whatCanIStillDo),
        link('What would hurt next?', clientCommands.whatWouldHurtNext),
        ...(failed ? [] : [link('May I take it down now?', clientCommands.mayITakeDown)]),
        link('Show it in the picture', clientCommands.showPicture),
    ].join(' · ');
}

/** Of a service with several homes: each way to fail over, and the first condition that is not met. */
function failoverSection({ routes }: Snapshot, element: Element): string[] {
    const service = element.kind === 'service' && element.service !== undefined && routes.service(element.service);
    if (!service) return [];
    const { told, untold } = failoverAnswers(routes, service, mostFailoverLines);
    const lines = told.map(({ title, works, conditions }) => {
        const unmet = conditions.filter(({ met }) => !met).map(({ says }) => says);
        return works ? `- ✓ ${title}` : `- ✗ ${title}: not as things stand, as ${unmet.slice(0, 2).join('; ')}`;
    });
    if (untold > 0) lines.push(`- and ${untold} more`);
    return lines.length > 0 ? [`**Failover**\n${lines.join('\n')}`] : [];
}
