import { describe, expect, test } from 'vitest';
import { waysMermaid } from '../../server/diagram/ways-mermaid.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { estate } from '../fixture.js';
import { chartOf, testChartsOf, testHostileCharts, viewOf } from './ways-mermaid-rules.js';
import { example } from './estates.js';

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

    testChartsOf(['examples/acme', 'examples/dmz-tier1.tsbtopo']);
    testHostileCharts([0]);
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
