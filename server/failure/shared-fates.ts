import type { NodeIndex } from '../engine/index.js';
import { fateName, isLinkName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { elementsMeant, type Estate } from '../topology/things.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';

const shares = ruleReason('R1', 'the file says that they share one fate');

/**
 * R1: what fails together. A link that is not listed becomes an element by it.
 *
 * @param among all elements that a name may mean; only those that are made here get edges
 */
export function addSharedFates(construction: Construction, among: Estate = construction): void {
    const { topology, elements, elementNode, input } = construction;
    if (topology.sharedFates.length === 0) return;
    const own = new Set(elements.listed.map(({ name }) => name));
    const isWhole = among === construction;
    for (const { name, members } of topology.sharedFates) {
        const fate = elementNode(fateName(name));
        for (const thing of members) {
            const meant = elementsMeant(among, thing);
            for (const element of 'written' in meant ? [] : meant) {
                if (!own.has(element.name) && !(isWhole && isLinkName(element.name))) continue;
                for (const node of nodesOf(construction, element)) input(node, fate, shares);
            }
        }
    }
}

/** The node of an element; of a link that is not listed those of its directions, which are made here. */
export function nodesOf({ elementNode, linkNode }: Construction, { name, kind, ends }: Element): NodeIndex[] {
    const node = elementNode(name);
    if (node !== undefined || !ends) return node === undefined ? [] : [node];
    const { from, to } = ends;
    const directions = kind === 'link' ? [linkNode(from, to), linkNode(to, from)] : [linkNode(from, to)];
    return directions.filter((each) => each !== undefined);
}
