import { describe, expect, test } from 'vitest';
import { promised, withPlacesAssumed } from './judged.js';

const estate = `topology acme
region us { zones a, b }
region eu
management cluster mgmt in us
workload cluster east in us/a { gateway ingress, east-west gw }
workload cluster west in eu { gateway ingress, east-west }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s }  failover east-west  calls pay }
service pay on east, west { failover east-west }
service batch on east
`;

/** What is said of a scenario with these lines, without the place. */
async function said(lines: string): Promise<string[]> {
    const found = await promised(`${estate}scenario "x" {\n${lines}\n}\n`);
    return found.map((each) => each.replace(/^\d+ /, ''));
}

describe('an expectation', () => {
    test.each([
        ['fail east\nexpect shop.example.com unaffected', 'fail west, east\nexpect shop.example.com unaffected'],
        ['fail east, west\nexpect shop.example.com lost', 'fail east\nexpect shop.example.com lost'],
        ['fail west\nexpect shop.example.com not lost', 'fail west, east\nexpect shop.example.com not lost'],
        ['fail east\nexpect batch lost', 'fail west\nexpect batch lost'],
        ['fail east\nexpect pay unaffected', 'fail east, west\nexpect pay unaffected'],
        ['fail mgmt\nexpect management operations lost', 'fail east\nexpect management operations lost'],
        [
            'fail east.istiod\nexpect local cluster operations of east limited',
            'expect local cluster operations of east limited',
        ],
        ['fail region us\nexpect east lost', 'fail region eu\nexpect east lost'],
        ['fail region us\nexpect east.gw not unaffected', 'expect east.gw not unaffected'],
        ['fail link east/mgmt\nexpect east queued', 'fail link west/mgmt\nexpect east queued'],
        ['expect east, west live', 'fail link east/mgmt\nexpect east, west live'],
        ['fail management plane\nexpect east frozen', 'expect east frozen'],
        [
            'fail link east/mgmt\nat 1m fail west\nat 2m expect east stale',
            'fail link east/mgmt\nat 1m fail mgmt\nat 2m expect east stale',
        ],
        ['fail east\nat 2m expect shop.example.com unaffected', 'fail east\nat 5s expect shop.example.com unaffected'],
        [
            'fail east, west for 1h\nat 1h expect shop.example.com unaffected',
            'fail east, west for 1h\nat 59m expect shop.example.com unaffected',
        ],
        [
            'at 14:05 fail east\nat 13:05 expect batch lost',
            'at 14:05 fail east\nat 15:05 recover east\nat 15:05 expect batch lost',
        ],
        ['fail any gateway\nexpect every host unaffected', 'fail any 2 gateway failures\nexpect every host unaffected'],
        ['fail every gateway in eu\nexpect every host unaffected', 'fail every gateway\nexpect every host unaffected'],
        [
            'fail any workload cluster, mgmt\nexpect pay not lost',
            'fail any workload cluster, any cluster\nexpect pay not lost',
        ],
        ['fail mgmt\nexpect east frozen', 'fail east\nat 1h recover east\nexpect east live'],
        ['fail east.istiod\nexpect deployments on east impossible', 'fail west\nexpect deployments on east impossible'],
        ['fail mgmt\nexpect deployments, restarts possible', 'fail east.istiod\nexpect deployments on east possible'],
        ['fail mgmt\nexpect logins not possible', 'fail west.istiod\nexpect logins, dashboards not possible'],
        ['fail mgmt\nexpect pushes on east impossible', 'expect pushes on east impossible'],
        [
            'fail east.istiod for 1h\nat 1h expect scaling on east possible',
            'fail east.istiod for 1h\nat 59m expect scaling on east possible',
        ],
        ['fail mgmt\nat 5m deploy shop, batch', 'fail east\nat 5m deploy shop'],
        ['fail west.istiod for 1h\nat 1h deploy shop', 'fail west.istiod for 1h\nat 30m deploy shop'],
        ['fail west.istiod\nat 5m scale shop on east to 5', 'fail east.istiod\nat 5m scale shop on east to 5'],
        ['at 5m deploy east.gw\nat 6m fail east', 'at 5m fail east\nat 6m deploy east.gw'],
        [
            'fail mgmt for 1h\nat 30m fail mgmt for 2h\nat 90m expect management operations lost',
            'fail mgmt for 1h\nat 90m expect management operations lost',
        ],
        [
            'fail mgmt\nat 1h recover mgmt\nat 2h fail mgmt for 1h\nat 3h expect management operations unaffected',
            'fail mgmt\nat 2h fail mgmt for 1h\nat 3h expect management operations unaffected',
        ],
        [
            'fail every component in east\nexpect shop.example.com not lost',
            'fail every component in east\nexpect shop.example.com lost',
        ],
        [
            'fail west.istiod\ndeploy every workload cluster in us',
            'fail east.istiod\ndeploy every workload cluster in us',
        ],
    ])('%s', async (kept, broken) => {
        expect(await said(kept)).toEqual([]);
        const found = await said(broken);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatch(/^expectation-failed error: Expected: .*\. Found: /);
    });

    test('tells what was expected, what was found, since when, and why', async () => {
        expect(await said('at 10m fail east\nexpect batch unaffected')).toEqual([
            'expectation-failed error: Expected: batch unaffected. Found: lost, from 10 min on. Because of batch on east ← east.',
        ]);
        expect(await said('fail any cluster\nexpect batch unaffected')).toEqual([
            'expectation-failed error: Expected: batch unaffected. Found: lost where east is chosen. Because of batch on east ← east.',
        ]);
    });

    test('of what people do tells what is refused, and why', async () => {
        expect(await said('at 10m fail east.istiod\nat 20m deploy shop')).toEqual([
            'expectation-failed error: Expected: deployments of service shop on east possible after 20 min. Found: impossible, from 10 min on. Because of istiod of east.',
        ]);
    });

    test('of what cannot be so, or of nothing, says that', async () => {
        expect(await said('expect deployments on east lost')).toEqual([
            'odd-expectation error: deployments on east cannot be `lost`: what people do is `possible` or `impossible`.',
        ]);
        expect(await said('expect shop possible')).toEqual([
            'odd-expectation error: shop cannot be `possible`: that is said of what people do, as of `deployments`, `scaling`, `rollbacks`, `restarts`, `pushes`, `logins` and `dashboards`.',
        ]);
        expect(await said('expect deployments on eats possible')).toEqual([
            'unknown-thing error: Nothing here is called `deployments on eats`. Did you mean `deployments on east`?',
        ]);
        for (const things of ['region us', 'shop, region us', 'region us, shop', 'postgres'])
            expect(await said(`deploy ${things}`)).toEqual([
                'nothing-to-judge info: Nothing of this estate starts with it: services, gateways and what runs in a cluster are deployed and scaled, so there is nothing to judge.',
            ]);
        expect(await said('expect shop.example.com live')).toEqual([
            'odd-expectation error: shop.example.com cannot be `live`: only clusters are served with configuration.',
        ]);
        expect(await said('expect every host with tier gold unaffected')).toEqual([
            'nothing-to-judge info: Nothing in this estate is meant by it, so there is nothing to judge.',
        ]);
        const idle =
            'nothing-to-judge info: Nothing in this estate can fail in that way, so there is nothing to judge.';
        for (const things of ['any external service', 'any 5 cluster', 'every gateway with wave canary'])
            expect(await said(`fail ${things}\nexpect shop.example.com unaffected`)).toEqual([idle]);
        expect(await said('fail east, any external service\nexpect batch unaffected')).toEqual([idle]);
        expect(await said('fail east, every external service\nexpect batch unaffected')).toEqual([
            idle,
            expect.stringMatching(/^expectation-failed/),
        ]);
        expect(await said('fail eats')).toEqual([
            'unknown-thing error: Nothing here is called `eats`. Did you mean `east`?',
        ]);
    });
});

test('a scenario with a line of a later version is not judged', async () => {
    expect(await said('fail east slow by 10s\nexpect batch unaffected')).toEqual([
        'later-version error: `slow` comes in a later version; what it says is not checked yet.',
    ]);
});

test('a scenario that can go in more ways than are tried is not kept', async () => {
    expect(await said('fail any 5 component\nexpect batch not unaffected')).toEqual([
        expect.stringMatching(
            /^scenario-not-judged warning: Cannot be judged, so it is not kept: .* in [\d,]+ ways\.$/,
        ),
    ]);
});

describe('of whom the file does not say where it is', () => {
    const placed = (place: string) => `region us
region eu
management cluster mgmt in us { management plane { postgres ${place} } }
workload cluster east in us
workload cluster west in eu { gateway ingress }
service shop on west { exposed "shop.example.com" }
external service bank
about shop { requires bank }
shared fate dark of region us, east
`;
    const judged = (place: string, lines: string) =>
        promised(`${placed(place)}scenario "x" {\n${lines}\n}\n`, withPlacesAssumed);
    const notJudged = (who: string): unknown =>
        expect.stringMatching(
            `scenario-not-judged warning: Cannot be judged, so it is not kept: the file does not say where ${who} is`,
        );
    const assumed = (who: string): unknown =>
        expect.stringMatching(
            `place-assumed info: The file does not say where ${who} is: 1 promise is kept only where no place that fails takes it along`,
        );

    test.each([
        ['fail us\nexpect postgres unaffected', 'Postgres'],
        ['fail us\nexpect postgres not lost', 'Postgres'],
        ['fail any region\nexpect postgres unaffected', 'Postgres'],
        ['at 1h fail eu for 1h\nat 90m expect postgres unaffected', 'Postgres'],
        ['fail eu\nexpect bank unaffected', 'bank'],
        ['fail dark\nexpect postgres unaffected', 'Postgres'],
    ])('nobody knows how it fares: %s', async (lines, who) => {
        expect(await judged('external', lines)).toEqual([notJudged(who)]);
    });

    test.each([
        ['fail eu\nexpect management operations unaffected', 'Postgres'],
        ['fail us\nexpect shop.example.com unaffected', 'bank'],
        ['fail us for 1h\nat 59m expect shop.example.com unaffected', 'bank'],
        ['fail us\nfail eu for 1h\nat 2h expect shop unaffected', 'bank'],
    ])('what needs it is kept, as far as anybody knows: %s', async (lines, who) => {
        expect(await judged('external', lines)).toEqual([assumed(who)]);
    });

    test.each([
        ['external in eu', 'fail us\nexpect postgres unaffected'],
        ['external in us', 'fail us\nexpect postgres lost'],
        ['external', 'fail east\nexpect postgres unaffected'],
        ['external', 'at 1h fail eu\nat 30m expect postgres unaffected'],
        ['external', 'fail us for 1h\nat 2h expect shop unaffected'],
        ['external', 'fail postgres\nfail us\nexpect postgres lost'],
        ['external', 'fail us\nexpect management operations lost'],
    ])('with postgres %s it is known: %s', async (place, lines) => {
        expect(await judged(place, lines)).toEqual([]);
    });

    test('what does not come true anyway is told as that', async () => {
        expect(await judged('external', 'fail us\nexpect postgres lost')).toEqual([
            expect.stringMatching(/expectation-failed/),
        ]);
    });
});
