import { describe, expect, test } from 'vitest';
import { waysMermaid, type WaysChart } from '../../server/diagram/ways-mermaid.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { failing } from '../../server/failure/scenario.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { hostileEstate, hostile } from '../encoding/hostile.js';
import { estate } from '../fixture.js';
import { shareOf } from '../share.js';
import { example, paths, topologiesAt } from './estates.js';

function viewOf(topology: Topology, element: string) {
    return scenarioView(topology, failing([asElementName(element)]));
}

function chartOf(topology: Topology, element: string): WaysChart | undefined {
    return waysMermaid(viewOf(topology, element));
}

/** All that a chart may consist of: boxes, groups of them, arrows between boxes that are declared, looks of states. */
function strange({ mermaid }: WaysChart): string[] {
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

describe('the ways of those who notice', () => {
    test('are cut where the failure is, and lead on where something takes over', async () => {
        const { mermaid, leftOut } = chartOf(await example('acme'), 'west.west-gw')!;
        const idOf = (text: string) => new RegExp(`(n\\d+)\\W*"${text}`).exec(mermaid)?.[1];
        const [us, eu, east, west] = ['front-us', 'front-eu', 'east-gw', 'west-gw: failed'].map(idOf);
        expect(mermaid).toContain(`${us} -.-x|"cut"| ${west}`);
        expect(mermaid).toContain(`${eu} ==>|"takes over"| ${east}`);
        expect(mermaid).toContain(`${us} --> ${east}`);
        // nobody who has nothing to do with it
        expect(idOf('ledger.example.com')).toBeUndefined();
        expect(idOf('customer-db')).toBeUndefined();
        expect(leftOut).toBe(0);
    });

    test('stand beside all that a failed region took along', async () => {
        const { mermaid } = chartOf(await example('acme'), 'region:us-east')!;
        expect(mermaid).toContain('subgraph n2["region us-east: failed"]');
        for (const gone of ['mgmt: down', 'dmz-us: down', 'east: down']) expect(mermaid).toContain(gone);
    });

    test('are left out where nobody notices', async () => {
        expect(chartOf(await example('acme'), 'mgmt')).toBeUndefined();
        expect(runbookOf(viewOf(await example('acme'), 'mgmt'))).not.toContain('mermaid');
    });

    test('are left out, and counted, where they would be too many for one chart', async () => {
        const hosts = Array.from(
            { length: 20 },
            (_, index) => `service s${index} on east { exposed "h${index}.example.com" }`,
        );
        const text = `topology t\nworkload cluster east { gateway ingress gw }\n${hosts.join('\n')}\n`;
        const view = viewOf((await estate(text)).topology, 'east.gw');
        const chart = waysMermaid(view)!;
        const drawn = chart.mermaid.split('\n').filter((line) => line.includes('example.com')).length;
        expect(drawn + chart.leftOut).toBe(20);
    });

    test.each(shareOf(paths))(
        'are a chart of bounded size, and of nothing else, for each failure of %s',
        async (path) => {
            for (const topology of await topologiesAt(path)) {
                const { elements } = analysisOf(topology).graph;
                for (const { name } of elements.all.filter((_, index) => index % 5 === 0).slice(0, 25)) {
                    const chart = chartOf(topology, name);
                    if (!chart) continue;
                    expect({ name, strange: strange(chart) }).toEqual({ name, strange: [] });
                    expect(chart.mermaid.split('\n').filter((line) => / n\d+$/.test(line)).length).toBeLessThanOrEqual(
                        40,
                    );
                }
            }
        },
    );

    test('have names that end no label', async () => {
        for (const first of shareOf([...hostile.keys()])) {
            const { topology } = await estate(hostileEstate(first));
            for (const { name: element } of analysisOf(topology).graph.elements.all) {
                const chart = chartOf(topology, element);
                if (chart) expect({ element, strange: strange(chart) }).toEqual({ element, strange: [] });
            }
        }
    });
});

describe('the runbook', () => {
    test('has the chart where it will be drawn, before the details, and says what is left out', async () => {
        const view = viewOf(await example('acme'), 'region:us-east');
        expect(runbookOf(view)).not.toContain('```');
        const page = runbookOf(view, { ...waysMermaid(view)!, leftOut: 3 });
        expect(page).toContain('```mermaid\nflowchart TB\n');
        expect(page).toContain('The ways of 3 more who notice are left out.');
        expect(page.indexOf('## What to do now')).toBeLessThan(page.indexOf('## The ways of requests'));
        expect(page.indexOf('## The ways of requests')).toBeLessThan(page.indexOf('## Operations'));
    });
});
