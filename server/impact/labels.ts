import { bareName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';

/** How an element is called in a list that shows its kind by an icon: `us-east`, `checkout`, `east ↔ mgmt`. */
export function elementLabel({ kind, name, ends }: Element): string {
    if (kind === 'link' && ends) return `${ends.from} ↔ ${ends.to}`;
    if (kind === 'directed-link' && ends) return `${ends.from} → ${ends.to}`;
    return bareName(name);
}

/** The same below the element that it is a part of, whose name need not be said again: `istiod` of `east.data-plane`. */
export function partLabel(part: Element, whole: Element): string {
    if (part.kind === 'instances' && part.service !== undefined && part.cluster !== undefined) {
        return whole.kind === 'service' ? `on ${part.cluster}` : part.service;
    }
    const prefixes = [`${whole.name}.`, ...(whole.cluster === undefined ? [] : [`${whole.cluster}.`])];
    const prefix = prefixes.find((each) => part.name.startsWith(each)) ?? '';
    return elementLabel(part).slice(prefix.length);
}
