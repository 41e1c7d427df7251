import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

const clusters = `
    management cluster mgmt { management plane { elasticsearch internal direct } }
    workload cluster east { gateway ingress <|east-in|> }
    workload cluster west { gateway ingress west-in }`;
const plain = clusters.replace('<|east-in|>', 'east-in');

describe('ingress-to-other-cluster', () => {
    test('a target to which no tier1 gateway leads', async () => {
        const text = `${clusters}
            service shop on east, west { exposed "a.b" via east-in to east, <|west|> }`;
        expect(await said(text, 'ingress-to-other-cluster')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'a.b' do not get to 'west': 'east-in' leads to its own cluster only, since only a tier1 gateway leads to others, so 'west' never gets one. Let a tier1 gateway lead there, or take 'west' out here.`,
                at: 1,
                related: [[0, `'east-in' has not the role tier1`]],
            },
        ]);
        expect(await codesOf(text)).toEqual(['ingress-to-other-cluster']);
    });

    test('several targets at once, and nobody who is served', async () => {
        const text = `${plain}
            workload cluster dmz { gateway ingress front }
            service shop on east, west { exposed "a.b" via front to <|east, west|> }`;
        expect(await said(text, 'ingress-to-other-cluster')).toMatchObject([
            {
                severity: 'warning',
                message: `Requests for 'a.b' do not get to 'east' and 'west': 'front' leads to its own cluster only, since only a tier1 gateway leads to others, so nobody is served. Let a tier1 gateway lead there.`,
                at: 0,
            },
        ]);
        expect(await codesOf(text)).toEqual(['ingress-to-other-cluster']);
    });

    test('an entry whose own cluster is not behind `to`, beside others that serve', async () => {
        const text = `${plain}
            workload cluster dmz { gateway tier1 front }
            service shop on east, west { exposed "a.b" via front, <|west-in|> to east { gslb } }`;
        expect(await said(text, 'ingress-to-other-cluster')).toMatchObject([
            {
                message: `Requests for 'a.b' end at 'west-in': it leads to its own cluster only, since only a tier1 gateway leads to others, and 'west' is not behind \`to\`, so 'west-in' serves nobody. Give it the role \`tier1\`, or take it out here.`,
                at: 0,
            },
        ]);
    });

    test('without `to`, on a cluster from which nothing leads on', async () => {
        const text = `${plain}
            workload cluster dmz { gateway ingress front }
            service shop on east, west { exposed "a.b" via <|front|> }`;
        expect(await said(text, 'ingress-to-other-cluster')).toMatchObject([
            {
                message: `Requests for 'a.b' end at 'front': it leads to its own cluster only, since only a tier1 gateway leads to others, and 'shop' does not run on 'dmz', nor does failover lead on from there, so nobody is served. Give it the role \`tier1\`.`,
                at: 0,
            },
        ]);
        expect(await codesOf(text)).toEqual(['ingress-to-other-cluster']);
    });

    test('not where east-west failover leads on from there, without `to`', async () => {
        const text = `${plain}
            workload cluster dmz { gateway ingress front }
            workload cluster north { gateway east-west }
            service shop on east, north { exposed "a.b" via front  failover east-west }`;
        expect(await said(text, 'ingress-to-other-cluster')).toEqual([]);
    });

    test('the last gateway decides, and a gateway may be both', async () => {
        const hub = (roles: string) => `${plain}
            workload cluster dmz { gateway tier1 front }
            workload cluster hub { gateway ${roles} hub }
            service shop on east, west { exposed "a.b" via front through hub to east, west }`;
        expect(await said(hub('ingress'), 'ingress-to-other-cluster')).toHaveLength(1);
        expect(await said(hub('ingress, tier1'), 'ingress-to-other-cluster')).toEqual([]);
        expect(await said(hub('tier1'), 'ingress-to-other-cluster')).toEqual([]);
    });

    test('not of gateways that lead into their own clusters', async () => {
        const text = `${plain}
            service shop on east, west { exposed "a.b" via east-in, west-in to east, west { gslb } }`;
        expect(await codesOf(text)).toEqual([]);
        expect(await codesOf(text.replace('to east, west', ''))).toEqual([]);
    });
});

describe('transit-by-east-west', () => {
    const through = (hub: string, rest: string) => `${plain}
        workload cluster dmz { gateway tier1 front }
        workload cluster hub { gateway ${hub} <|hub|> }
        ${rest}`;

    test('a gateway that serves traffic between services only', async () => {
        const text = through(
            'east-west',
            `service shop on east, west { exposed "a.b" via front through <|hub|> to east }`,
        );
        expect(await said(text, 'transit-by-east-west')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'a.b' are refused on their way: 'hub' serves traffic between services only, and transit needs a gateway for the host at its far end (seen in a build of TSB; likely). Name a tier1 gateway behind \`through\`.`,
                at: 1,
                related: [[0, 'the transit gateway']],
            },
        ]);
        expect(await said(text, 'ingress-to-other-cluster')).toEqual([]);
    });

    test('a gateway behind which only east-west failover leads on', async () => {
        const rest = `workload cluster north { gateway east-west }
            service shop on north { exposed "a.b" via front through <|hub|>  failover east-west }`;
        const [finding] = await said(through('ingress', rest), 'transit-by-east-west');
        expect(finding?.at).toBe(1);
        expect(finding?.message).toContain(`behind 'hub' they would have to go on by east-west failover`);
    });

    test('not of transit by tier1, nor by an ingress gateway into its own cluster', async () => {
        const rest = `service shop on east, hub { exposed "a.b" via front through <|hub|>  failover east-west }`;
        expect(await said(through('tier1', rest), 'transit-by-east-west')).toEqual([]);
        expect(await said(through('ingress', rest), 'transit-by-east-west')).toEqual([]);
    });
});

test('an open way to a third cluster is none', async () => {
    const text = `${plain}
        workload cluster a  workload cluster hub { gateway east-west }  workload cluster c { gateway east-west }
        network { a -> hub; hub -> c }
        service web on a { calls api }
        service api on c { failover east-west }`;
    const [finding] = await said(text, 'call-unreachable');
    expect(finding?.message).toContain(
        "no line of the network says `a -> c`. The east-west gateway of 'hub' passes requests on to no third cluster (likely).",
    );
});

test('what a home cannot serve without is told to be so', async () => {
    const web = (how: string) => `${plain}
        service web on east, west { no failover  ${how} }
        service api on east { no failover }`;
    const broken = ' There it cannot serve, and is no spare.';
    for (const how of ['requires api', 'external authorization by api', 'rate limit by api fails closed']) {
        expect((await said(web(how), 'call-unreachable'))[0]?.message).toContain(broken);
    }
    for (const how of ['calls api', 'external authorization by api fails open', 'rate limit by api']) {
        expect((await said(web(how), 'call-unreachable'))[0]?.message).not.toContain(broken);
    }
});

test('a host of which no home has what it needs is not served', async () => {
    const text = `${plain}
        service web on east { exposed <|"a.b"|>  requires api }
        service api on west { no failover }`;
    const [finding] = await said(text, 'host-unreachable');
    expect(finding).toMatchObject({ severity: 'error', at: 0 });
    expect(finding?.message).toContain(`where it leads, 'web' does not reach what it cannot serve without`);
});
