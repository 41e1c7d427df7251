const svgSpace = 'http://www.w3.org/2000/svg';

/** The element of the page with an id. */
export function byId<E extends Element = HTMLElement>(id: string): E {
    return document.getElementById(id) as unknown as E;
}

/**
 * Pieces of SVG as nodes, each in a group of its own. The server has encoded what users wrote in them, and the policy of
 * the page lets no script of them run.
 */
export function groupsOf(markups: readonly string[]): SVGGElement[] {
    return nodesOf(markups.map((markup) => `<g>${markup}</g>`).join('')) as SVGGElement[];
}

/** The elements of a piece of SVG. */
export function nodesOf(markup: string): Element[] {
    const { documentElement } = new DOMParser().parseFromString(
        `<g xmlns="${svgSpace}">${markup}</g>`,
        'image/svg+xml',
    );
    return [...documentElement.children].map((node) => document.importNode(node, true));
}

/** A small picture by itself, such as a sign of the legend. */
export function signIn(markup: string): SVGSVGElement {
    const svg = document.createElementNS(svgSpace, 'svg');
    svg.setAttribute('class', 'tsbtopo-picture');
    svg.setAttribute('width', '24');
    svg.setAttribute('height', '18');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(...groupsOf([markup]));
    return svg;
}

export function svgElement(name: string, attributes: Readonly<Record<'class', string>> & object): SVGElement {
    const element = document.createElementNS(svgSpace, name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
    return element;
}

export function element<K extends keyof HTMLElementTagNameMap>(
    name: K,
    look: string,
    ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[K] {
    const made = document.createElement(name);
    if (look !== '') made.className = look;
    made.append(...content);
    return made;
}
