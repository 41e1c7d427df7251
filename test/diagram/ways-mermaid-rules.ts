import { expect, test } from 'vitest';
import { waysMermaid, type WaysChart } from '../../server/diagram/ways-mermaid.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { failing } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { hostileEstate } from '../encoding/hostile.js';
import { estate } from '../fixture.js';
import { topologiesAt } from './estates.js';

/** What happens when an element fails. */
export function viewOf(topology: Topology, element: string) {
    return scenarioView(topology, failing([asElementName(element)]));
}

/** The chart of that. */
export function chartOf(topology: Topology, element: string): WaysChart | undefined {
    return waysMermaid(viewOf(topology, element));
}

/** All that a chart may consist of: boxes, groups of them, arrows between boxes that are declared, looks of states. */
export function strange({ mermaid }: WaysChart): string[] {
    const label = String.raw`"[\p{L}\p{N} .,:/@()#;-]*"`;
    const box = new RegExp(
        String.raw`^ *(n\d+)(\(\[${label}\]\)|\[\/${label}\\\]|\[\[${label}\]\]|\[\(${label}\)\]|\{\{${label}\}\}|\[${label}\])(:::\w+)?$`,
        'u',
    );
    const group = new RegExp(String.raw`^ *subgraph (n\d+)\[${label}\]$`, 'u');
    const arrow = new RegExp(String.raw`^ {4}(n\d+) (?:-->|==>|-\.-x|-\.->)(?:\|${label}\|)? (n\d+)$`, 'u');
    const declared = new Set<string>();
    let depth = 0;
    const wrong = mermaid.split('\n').filter((line) => {
        const [, id] = box.exec(line) ?? group.exec(line) ?? [];
        if (id !== undefined) declared.add(id);
        if (group.test(line)) depth++;
        if (/^ *end$/.test(line)) return --depth < 0;
        const [, from, to] = arrow.exec(line) ?? [];
        if (from !== undefined && to !== undefined) return !declared.has(from) || !declared.has(to);
        return id === undefined && !/^(flowchart TB| {4}classDef \w+ [\w:#, -]+|)$/.test(line);
    });
    return depth === 0 ? wrong : [...wrong, 'a group does not end'];
}

/** Tests what holds of the charts of every estate, of those at some paths. */
export function testChartsOf(paths: readonly string[]): void {
    test.each(paths)('are a chart of bounded size, and of nothing else, for each failure of %s', async (path) => {
        for (const topology of await topologiesAt(path)) {
            const { elements } = analysisOf(topology).graph;
            for (const { name } of elements.all.filter((_, index) => index % 5 === 0).slice(0, 25)) {
                const chart = chartOf(topology, name);
                if (!chart) continue;
                expect({ name, strange: strange(chart) }).toEqual({ name, strange: [] });
                expect(chart.mermaid.split('\n').filter((line) => / n\d+$/.test(line)).length).toBeLessThanOrEqual(40);
            }
        }
    });
}

/** Tests that no name ends the label in which it stands, of so many of the hostile names. */
export function testHostileCharts(firsts: readonly number[]): void {
    test('have names that end no label', async () => {
        for (const first of firsts) {
            const { topology } = await estate(hostileEstate(first));
            for (const { name: element } of analysisOf(topology).graph.elements.all) {
                const chart = chartOf(topology, element);
                if (chart) expect({ element, strange: strange(chart) }).toEqual({ element, strange: [] });
            }
        }
    });
}
