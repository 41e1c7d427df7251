import { dotText } from '../encoding/diagrams.js';
import { partsOf, type Box } from './box.js';
import { stateWords } from './mark.js';
import type { Drawing } from './drawing.js';

/** The picture as a graph for Graphviz: without places, which Graphviz decides, and with the same states in words. */
export function dotOf({ scene, overlay, layers, spares, caption }: Drawing): string {
    const title = caption.failure
        ? `${caption.estate}: ${caption.failure.title}. ${caption.failure.headline}`
        : caption.estate;
    const lines = [
        `digraph ${dotText(scene.estate)} {`,
        '    rankdir=TB; compound=true; newrank=true; fontname="Helvetica"; labelloc=t;',
        `    label=${dotText(title)};`,
        '    node [shape=box, style="rounded", fontname="Helvetica", fontsize=11]; edge [fontname="Helvetica", fontsize=9];',
    ];
    const toldOf = ({ id, name }: Box): string => {
        const mark = overlay.boxes.get(id);
        const says = [mark?.text, mark?.inside?.text].filter((text) => text !== undefined && text !== '').join('; ');
        return says !== '' ? `${name}: ${says}` : mark?.state ? `${name}: ${stateWords[mark.state]}` : name;
    };
    const node = (box: Box): string => {
        const state = overlay.boxes.get(box.id)?.state;
        const look = shapes[box.kind] ?? 'shape=box';
        const fares = state === undefined ? '' : `, ${looks[state]}`;
        return `${dotText(box.id)} [label=${dotText(toldOf(box))}, ${look}${fares}];`;
    };
    // a frame cannot be the end of an edge: what leads to a cluster ends at a point in it
    const framed = new Set<string>();
    for (const host of scene.hosts) lines.push(`    ${node(host)}`);
    for (const { region, cards } of scene.columns) {
        if (region)
            lines.push(
                `    subgraph ${dotText(`cluster_${region.id}`)} {`,
                `        label=${dotText(toldOf(region))};`,
            );
        for (const card of cards) {
            const parts = partsOf(card).slice(1);
            if (parts.length === 0) {
                lines.push(`        ${node(card)}`);
                continue;
            }
            framed.add(card.id);
            lines.push(
                `        subgraph ${dotText(`cluster_${card.id}`)} {`,
                `            label=${dotText(toldOf(card))};`,
                `            ${dotText(card.id)} [shape=point, style=invis];`,
                ...parts.map((part) => `            ${node(part)}`),
                '        }',
            );
        }
        if (region) lines.push('    }');
    }
    const edge = (from: string, to: string, look: string) => {
        const head = framed.has(to) ? `, lhead=${dotText(`cluster_${to}`)}` : '';
        const tail = framed.has(from) ? `, ltail=${dotText(`cluster_${from}`)}` : '';
        lines.push(`    ${dotText(from)} -> ${dotText(to)} [${look}${head}${tail}];`);
    };
    for (const { id, from, to, weight } of layers.has('traffic') ? scene.ways : []) {
        const state = overlay.ways.get(id) ?? 'flow';
        if (state === 'lost-spare' || (state === 'spare' && !spares)) continue;
        const label = weight !== undefined && state === 'flow' ? `, label=${dotText(`weight ${weight}`)}` : '';
        edge(from, to, wayLooks[state] + label);
    }
    for (const { id, layer, from, to } of scene.branches) {
        if (!layers.has(layer)) continue;
        const state = overlay.branches.get(id) ?? 'flow';
        const label = state === 'flow' ? layer : state === 'held' ? `${layer}, held back` : `${layer}, cut`;
        edge(
            from,
            to,
            `style=dashed, constraint=false, color="${layer === 'metrics' ? '#0b7f78' : '#7b4bb3'}", label=${dotText(label)}`,
        );
    }
    return `${[...lines, '}'].join('\n')}\n`;
}

const shapes: Partial<Readonly<Record<Box['kind'], string>>> = {
    host: 'shape=box, style="rounded,bold"',
    gateway: 'shape=house',
    plane: 'shape=hexagon',
    store: 'shape=cylinder',
    'external-service': 'shape=box, style=dashed',
};

const looks = {
    failed: 'color="#b3261e", penwidth=3, fontcolor="#b3261e"',
    gone: 'color="#b3261e", fontcolor="#676767"',
    total: 'color="#b3261e", penwidth=2',
    limited: 'color="#8a5a00", penwidth=2',
    failover: 'color="#1a7f37", penwidth=2',
    operators: 'color="#7b4bb3"',
    spare: 'color="#676767"',
    held: 'color="#1a7f37"',
} as const;

const wayLooks = {
    flow: 'color="#1a6fc4"',
    'takes-over': 'color="#1a7f37", penwidth=3, label="takes over"',
    cut: 'color="#b3261e", style=dashed, arrowhead=tee, label="cut"',
    idle: 'color="#b3261e80", style=dashed, arrowhead=none',
    spare: 'color="#1a6fc4", style=dotted, label="spare"',
} as const;
