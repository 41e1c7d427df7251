import type { NodeIndex } from '../engine/index.js';
import { fateName, isLinkName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';

const shares = ruleReason('R1', 'the file says that they share one fate');

/** R1: what fails together, of what is made here. A link that is not listed becomes an element by it. */
export function addSharedFates(construction: Construction): void {
    const { topology, elements, elementNode, input } = construction;
    if (topology.sharedFates.length === 0) return;
    const own = new Set(elements.listed.map(({ name }) => name));
    for (const { name, takes } of topology.sharedFates) {
        const fate = elementNode(fateName(name));
        for (const taken of takes) {
            const element = own.has(taken) ? elements.byName.get(taken) : unlisted(construction, taken);
            if (element) for (const node of nodesOf(construction, element)) input(node, fate, shares);
        }
    }
}

/** Links are between clusters, and made with them. */
function unlisted({ elements, elementNode, management }: Construction, name: ElementName): Element | undefined {
    const hasClusters = management === undefined || elements.listed.some((each) => each.name === management.name);
    if (!hasClusters || !isLinkName(name) || elementNode(name) !== undefined) return undefined;
    return elements.links.named(name);
}

/** The node of an element; of a link that is not listed those of its directions, which are made here. */
export function nodesOf({ elementNode, linkNode }: Construction, { name, kind, ends }: Element): NodeIndex[] {
    const node = elementNode(name);
    if (node !== undefined || !ends) return node === undefined ? [] : [node];
    const { from, to } = ends;
    const directions = kind === 'link' ? [linkNode(from, to), linkNode(to, from)] : [linkNode(from, to)];
    return directions.filter((each) => each !== undefined);
}
