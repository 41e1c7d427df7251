import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { failoverAnswers, failoverMarkdown } from '../../server/impact/failover.js';
import { estate } from '../fixture.js';

/** Everything that is said of the ways of a service `shop` to fail over. */
async function saidOf(text: string): Promise<string> {
    const { topology } = await estate(text);
    const { routes } = analysisOf(topology).graph.traffic;
    const { told } = failoverAnswers(routes, routes.service('shop')!, Infinity);
    return told.flatMap(({ conditions }) => conditions.map(({ says }) => says)).join('\n');
}

const shop = (one: string, other: string) => `region us { zones a, b }
management cluster mgmt
workload cluster east${one} { gateway ingress, east-west gw }
workload cluster west${other} { gateway ingress, east-west gw }
service shop on east, west { failover east-west }`;

test.each([
    [' in us/a', ' in us/a', 'stand in the same zone'],
    [' in us/a', ' in us/b', 'do not stand in the same zone'],
    [' in us/a', '', 'do not stand in the same zone'],
])('clusters%s and%s: "%s"', async (one, other, says) => {
    expect(await saidOf(shop(one, other))).toContain(says);
});

test('where no zone is stated, none is spoken of', async () => {
    expect(await saidOf(shop(' in us', ' in us'))).not.toMatch(/zone/);
    expect(await saidOf(shop('', ''))).not.toMatch(/zone/);
});

test('a page ends after some hundred ways, and says how many it leaves out', async () => {
    const clusters = Array.from({ length: 20 }, (_, at) => `c${at}`);
    const declared = clusters.map((name) => `workload cluster ${name} { gateway east-west }`).join('\n');
    const { topology } = await estate(`management cluster mgmt
${declared}
service shop on ${clusters.join(', ')} { failover east-west }`);
    const { routes } = analysisOf(topology).graph.traffic;
    const service = routes.service('shop')!;
    const all = failoverAnswers(routes, service, Infinity);
    expect([all.told.length, all.untold]).toEqual([20 * 19, 0]);
    const first = failoverAnswers(routes, service, 30);
    expect([first.told.map(({ title }) => title), first.untold]).toEqual([
        all.told.slice(0, 30).map(({ title }) => title),
        20 * 19 - 30,
    ]);
    const page = failoverMarkdown(routes, service, () => '');
    expect(page.match(/\*\*✓ Callers on/g)).toHaveLength(200);
    expect(page).toMatch(/\n\nAnd 180 ways more\.$/);
});
