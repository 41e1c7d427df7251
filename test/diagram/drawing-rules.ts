import { describe, expect, test } from 'vitest';
import { fileStyle } from '../../server/diagram/palette.js';
import { pictureOf, type PictureOptions } from '../../server/diagram/picture.js';
import { svgOf } from '../../server/diagram/svg.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { failing } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { topologiesAt } from './estates.js';

/** The picture of an estate, with these failures. */
export function draw(topology: Topology, failures: readonly string[] = [], options: PictureOptions = {}) {
    const { graph } = analysisOf(topology, failures.map(asElementName));
    return pictureOf(graph, {
        ...(failures.length > 0 && { view: scenarioView(topology, failing(failures.map(asElementName))) }),
        style: fileStyle('auto'),
        ...options,
    });
}

/** The tags of an XML text, opened and closed in order; an error where they are not. */
export function unbalanced(xml: string): string[] {
    const open: string[] = [];
    const text = xml.replace(/<style>.*?<\/style>/s, '');
    for (const [tag, closes, name = '', attributes = '', isEmpty] of text.matchAll(
        /<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    )) {
        if (closes && open.pop() !== name) return [`${tag} closes nothing`];
        if (!closes && !isEmpty) open.push(name);
        const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, each]) => each);
        if (new Set(names).size < names.length) return [`${tag} says something twice`];
    }
    const left = text.replace(/<\/?[\w:]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '');
    return [...open.map((name) => `${name} stays open`), ...(/[<>]/.test(left) ? ['there is a stray sign'] : [])];
}

/** Tests that pictures can be read, and hold nothing from elsewhere, of the estates at some paths. */
export function testDrawingsOf(paths: readonly string[]): void {
    describe.each(paths)('%s', (path) => {
        test('is well-formed XML, with nothing from elsewhere, no script and no inline style', async () => {
            for (const topology of await topologiesAt(path)) {
                const { all } = analysisOf(topology).graph.elements;
                for (const failures of [[], ...all.slice(0, 2).map(({ name }) => [name])]) {
                    const svg = svgOf(draw(topology, failures));
                    expect(unbalanced(svg)).toEqual([]);
                    expect(svg).not.toMatch(/\b(href|src|on\w+|style)=|url\((?!#)|<script|@import|NaN|undefined/);
                    expect(svg).toMatch(
                        /<title id="tsbtopo-title">[^<]+<\/title>\n<desc id="tsbtopo-description">[^<]+</,
                    );
                }
            }
        });
    });
}
