import { mermaidText } from '../encoding/diagrams.js';
import { boxesIn, partsOf, type Box, type Layer } from './box.js';
import { stateWords, type State } from './mark.js';
import type { Caption } from './caption.js';
import type { Drawing } from './drawing.js';

/** Words stand for signs, so that colour alone says nothing. */
const colours: Readonly<Record<State, string>> = {
    failed: 'fill:#f9e9e8,stroke:#b3261e,stroke-width:3px,color:#2b2b2b',
    gone: 'fill:#f9e9e8,stroke:#b3261e,stroke-dasharray:4 3,color:#676767',
    total: 'fill:#f9e9e8,stroke:#b3261e,stroke-width:2px,color:#2b2b2b',
    limited: 'fill:#f4eddf,stroke:#8a5a00,stroke-width:2px,color:#2b2b2b',
    failover: 'fill:#e8f3ea,stroke:#1a7f37,color:#2b2b2b',
    operators: 'stroke:#7b4bb3',
    spare: 'stroke:#676767,stroke-dasharray:2 2',
    held: 'stroke:#1a7f37',
};

/** What a flowchart is written from: it needs no places. */
export type Unplaced = Pick<Drawing, 'scene' | 'overlay' | 'layers' | 'spares'> & {
    readonly caption: Pick<Caption, 'failure'>;
};

/** The picture as a flowchart of Mermaid: without places and zones, which Mermaid decides, and with the same states. */
export function mermaidOf({ scene, overlay, layers, spares, caption }: Unplaced): string {
    const ids = new Map<string, string>();
    const idOf = (box: string) => {
        const known = ids.get(box) ?? `n${ids.size}`;
        ids.set(box, known);
        return known;
    };
    const node = (box: Box): string => {
        const mark = overlay.boxes.get(box.id);
        const says = [mark?.text, mark?.inside?.text].filter((text) => text !== undefined && text !== '').join('; ');
        const fares = says || (mark?.state ? stateWords[mark.state] : '');
        const text = mermaidText(fares === '' ? box.name : `${box.name}: ${fares}`);
        const [open, close] = shapes[box.kind] ?? ['[', ']'];
        return `${idOf(box.id)}${open}"${text}"${close}${mark?.state ? `:::${mark.state}` : ''}`;
    };
    const lines = ['flowchart TB', ...scene.hosts.map((host) => `    ${node(host)}`)];
    for (const { id, region, cards } of scene.columns) {
        const indent = region ? '        ' : '    ';
        if (region)
            lines.push(
                `    subgraph ${idOf(region.id)}["${mermaidText(`region ${region.name}${fares(overlay.boxes.get(region.id)?.text)}`)}"]`,
            );
        for (const card of cards) {
            const parts = partsOf(card).slice(1);
            const isOpen = parts.length > 0;
            lines.push(
                isOpen
                    ? `${indent}subgraph ${idOf(card.id)}["${mermaidText(`${card.name}${fares(overlay.boxes.get(card.id)?.text)}`)}"]`
                    : indent + node(card),
            );
            for (const part of parts) lines.push(`${indent}    ${node(part)}`);
            if (isOpen) lines.push(`${indent}end`);
        }
        if (region) lines.push('    end');
        if (id === '' && cards.length === 0) continue;
    }
    const arrow = (from: string, to: string, line: string, text = '') =>
        lines.push(`    ${idOf(from)} ${line}${text === '' ? '' : `|"${mermaidText(text)}"|`} ${idOf(to)}`);
    for (const { id, from, to, weight } of layers.has('traffic') ? scene.ways : []) {
        const state = overlay.ways.get(id) ?? 'flow';
        const label = weight === undefined ? '' : `weight ${weight}`;
        if (state === 'flow') arrow(from, to, '-->', label);
        else if (state === 'takes-over') arrow(from, to, '==>', 'takes over');
        else if (state === 'cut' || state === 'idle') arrow(from, to, '-.-x', state === 'cut' ? 'cut' : '');
        else if (spares && state === 'spare') arrow(from, to, '-.->', 'spare');
    }
    for (const { id, layer, from, to } of scene.branches) {
        if (!layers.has(layer satisfies Layer)) continue;
        const state = overlay.branches.get(id) ?? 'flow';
        arrow(from, to, state === 'flow' ? '-.->' : '-.-x', state === 'held' ? `${layer}, held back` : layer);
    }
    const used = [...new Set(boxesIn(scene).flatMap(({ id }) => overlay.boxes.get(id)?.state ?? []))];
    const title = caption.failure
        ? `%% ${caption.failure.title}: ${caption.failure.headline}`.replace(/[{}]/g, '')
        : '';
    return `${[...lines, ...used.map((state) => `    classDef ${state} ${colours[state]}`), ...(title === '' ? [] : [title])].join('\n')}\n`;
}

function fares(text: string | undefined): string {
    return text === undefined || text === '' ? '' : `: ${text}`;
}

const shapes: Partial<Readonly<Record<Box['kind'], readonly [string, string]>>> = {
    host: ['([', '])'],
    store: ['[(', ')]'],
    plane: ['{{', '}}'],
    gateway: ['[/', '\\]'],
    'external-service': ['[[', ']]'],
};
