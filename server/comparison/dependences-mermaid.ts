import { mermaidText } from '../encoding/diagrams.js';
import { elementLabel } from '../impact/labels.js';
import { componentKinds } from '../knowledge/components.js';
import type { Dependence } from './dependences.js';

/** A picture with more arrows than this is none. */
const mostArrows = 40;

/**
 * Who depends on what alone, as a flowchart of Mermaid: what several depend on is one box. Undefined where a sentence says
 * as much, or where it would be too many arrows.
 */
export function dependencesMermaid(dependences: readonly Dependence[]): string | undefined {
    const arrows = dependences.flatMap(({ subject, on }) => on.map((element) => ({ subject, element })));
    if (arrows.length < 2 || arrows.length > mostArrows) return undefined;
    const ids = new Map<string, string>();
    const boxes: string[] = [];
    const box = (key: string, text: string, [open, close]: readonly [string, string], look = ''): string => {
        const known = ids.get(key);
        if (known !== undefined) return known;
        const id = `n${ids.size}`;
        ids.set(key, id);
        boxes.push(`    ${id}${open}"${mermaidText(text)}"${close}${look}`);
        return id;
    };
    const lines = arrows.map(({ subject, element }) => {
        const [shape, name] =
            subject.kind === 'host' ? ([hostShape, subject.host] as const) : ([plainShape, subject.service] as const);
        const who = box(`${subject.kind} ${name}`, name, shape);
        const label = `${componentKinds[element.kind].title} ${elementLabel(element)}`;
        return `    ${who} -->|"alone on"| ${box(`on ${element.name}`, label, plainShape, ':::single')}`;
    });
    const look = '    classDef single fill:#f9e9e8,stroke:#b3261e,stroke-width:2px,color:#2b2b2b';
    return ['flowchart LR', ...boxes, ...lines, look].join('\n');
}

const plainShape = ['[', ']'] as const;
const hostShape = ['([', '])'] as const;
