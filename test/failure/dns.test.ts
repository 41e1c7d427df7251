import { describe, expect, test } from 'vitest';
import { returnOrder } from '../../server/failure/return-order.js';
import { scenarioOf } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { marks } from '../../server/impact/summary.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { plain } from '../../server/encoding/markdown.js';
import { isAlive } from '../../server/failure/outcome.js';
import { marksOf, scenario, simulated } from './check.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { promised } from '../promises/judged.js';
import { told } from '../impact/tell.js';

/** What a cluster loses with its DNS: docs/model.md, "Names inside a cluster". */
const names = (shop: string, more = '') => `topology names
management cluster mgmt { management plane { elasticsearch internal direct } }
workload cluster east { gateway ingress, east-west east-gw  gateway egress out }
workload cluster west { gateway ingress, east-west west-gw }
network { east <-> west }
external service stripe
service shop on east { ${shop}  exposed "shop.example.com" }
service cart on east, west { failover east-west }
${more}`;

/** How a host, and a service if one is named, fare: "shop.example.com total, shop total". */
async function fares(text: string, ...failures: string[]): Promise<string> {
    const { hosts, services } = await simulated(text, failures);
    return [
        ...hosts.map(({ host, severity }) => `${host} ${severity}`),
        ...services.map(({ name, severity }) => `${name} ${severity}`),
    ].join(', ');
}

const well = 'shop.example.com unaffected, shop unaffected, cart unaffected';

describe('an application asks for a name before it calls', () => {
    test.each([
        ['requires cart', 'shop.example.com total, shop total, cart unaffected'],
        ['calls cart', 'shop.example.com limited, shop limited, cart unaffected'],
        ['requires stripe', 'shop.example.com total, shop total, cart unaffected'],
        ['calls stripe through east.out', 'shop.example.com limited, shop limited, cart unaffected'],
        ['requires cart or stripe', 'shop.example.com total, shop total, cart unaffected'],
        ['', well],
    ])('%s', async (shop, expected) => {
        expect(await fares(names(shop), 'east.dns')).toBe(expected);
    });

    test('and asks the DNS of its own cluster only', async () => {
        expect(await fares(names('requires cart'), 'west.dns')).toBe(well);
        expect(await fares(names('requires cart'), 'mgmt.dns')).toBe(well);
    });

    test('what it requires takes the DNS along, and one of several is enough', async () => {
        const about = 'external service a\nexternal service b\nabout east.dns { requires a or b }';
        expect(await fares(names('requires cart', about), 'a')).toBe(well);
        expect(await fares(names('requires cart', about), 'a', 'b')).toContain('shop.example.com total');
    });

    test('machines ask elsewhere', async () => {
        const machines = names('requires cart').replace('on east {', 'on east { on east { virtual machines } ');
        const text = machines.replace('service shop on east { on east', 'service shop { on east');
        expect(await fares(text, 'east.dns')).toBe(well);
    });

    test('a helper is asked by a proxy, which has its address', async () => {
        const helped = names('external authorization by cart fails closed');
        expect(await fares(helped, 'east.dns')).toBe(well);
        const atGateway = names('').replace('east-gw', 'east-gw { external authorization by cart fails closed }');
        expect(await fares(atGateway, 'east.dns')).toBe(well);
    });

    test.each([
        [
            'calls cart  external authorization by cart fails closed',
            'shop.example.com limited, shop limited, cart unaffected',
        ],
        [
            'requires cart  external authorization by cart fails closed',
            'shop.example.com total, shop total, cart unaffected',
        ],
        [
            'requires cart or stripe  rate limit by cart fails closed',
            'shop.example.com total, shop total, cart unaffected',
        ],
        ['calls cart  rate limit by cart fails open', 'shop.example.com limited, shop limited, cart unaffected'],
    ])('one that is called, too, is asked all the same: %s', async (shop, expected) => {
        expect(await fares(names(shop), 'east.dns')).toBe(expected);
    });

    test('what nobody names may call anybody', async () => {
        const unnamed = 'topology t\nmanagement cluster mgmt\nworkload cluster a\nworkload cluster b';
        expect((await told(unnamed, 'a.dns')).runningWorkloads).toContain('Workloads on a are unavailable.');
        expect(await marksOf(unnamed, ['a.dns'])).toMatch(/^⚠️/);
    });
});

describe('a cluster that dies takes its DNS along', () => {
    /** Only web uses api: who does not find it asks nothing of it, as one that is dead. */
    const used = `topology used
management cluster mgmt
workload cluster east { gateway ingress, east-west east-gw }
workload cluster west
network { east <-> west }
service api on east { failover east-west }
service web on west { requires api }`;

    test('and nothing else follows from that', async () => {
        expect(await marksOf(used, ['west'])).toBe('⚠️ ⚠️ ⚠️ ✅');
        expect(await marksOf(used, ['west.dns'])).toBe('⚠️ ⚠️ ⚠️ ✅');
        const { services } = await simulated(used, ['west.dns']);
        expect(services.map(({ name, severity }) => `${name} ${severity}`)).toEqual(['api unaffected', 'web total']);
        expect((await simulated(used, ['west'])).services[0]?.severity).toBe('unaffected');
        expect(isAlive(await simulated(used, ['west']), 'west.dns')).toBe(false);
    });

    test('and it loses no less than its DNS alone: who does not find anybody is as one that is dead', async () => {
        expect(await marksOf(used, ['west.dns', 'west'])).toBe('⚠️ ⚠️ ⚠️ ✅');
        expect(await marksOf(used, ['west.dns', 'east.east-gw'])).toBe('❌ ⚠️ ⚠️ ✅');
    });
});

test('all of them, and all parts of another name, are spoken of by the last part', async () => {
    const fate = names('requires cart', 'shared fate image of every dns');
    expect(await marksOf(fate, ['fate:image'])).toBe('⚠️ ⚠️ ❌ ❌');
    const told = await promised(
        names('requires cart', 'objective shop survives any dns failure\nobjective shop survives any oap failure'),
    );
    expect(told.join('\n')).toMatch(/any dns failure|the DNS of/i);
    expect(told.join('\n')).not.toMatch(/oap/i);
});

test('the cluster comes back before its DNS, and that before what starts with it', async () => {
    const { graph } = await simulated(names('requires cart'), []);
    const down = ['mgmt.kubernetes-api', 'mgmt.dns', 'mgmt'].map((name) =>
        graph.elements.byName.get(asElementName(name))!,
    );
    const order = returnOrder(graph, down).flatMap(({ elements }) => elements.map(({ name }) => name));
    expect(order[0]).toBe('mgmt');
});

test('a user who does not find it is none: who is left is, and running workloads are lost with all of them', async () => {
    const text = `topology t
management cluster mgmt
workload cluster east { gateway ingress, east-west east-gw }
workload cluster west
workload cluster south
network { east <-> west  east <-> south }
service api on east { failover east-west }
service web on west, south { requires api }`;
    const { services } = await simulated(text, ['west.dns']);
    expect(services.map(({ name, severity }) => `${name} ${severity}`)).toEqual(['api unaffected', 'web limited']);
    expect(services[0]!.consumers.map(({ cluster }) => cluster)).toEqual(['south']);
    const both = await simulated(text, ['west.dns', 'link:east/south']);
    expect(both.services.map(({ name, severity }) => `${name} ${severity}`)).toEqual(['api total', 'web total']);
    expect(both.operations.runningWorkloads).toBe('total');
});

describe('what starts, and what is asked for again', () => {
    test('no pod starts without it, and it starts with the Kubernetes API alone', async () => {
        const { timeline } = await scenario(names(''), ['east.dns'], { restarts: ['cart@east'], at: 0 });
        expect(timeline.points.at(-1)!.earliest.state.starting).not.toEqual([]);
        const back = await scenario(names(''), ['east.kubernetes-api'], { restarts: ['east.dns'], at: 0 });
        expect(back.timeline.points.at(-1)!.earliest.state.starting).not.toEqual([]);
    });

    test('tokens and certificates run out', async () => {
        const { timeline } = await scenario(names(''), ['east.dns']);
        const lines = timelineEntries(timeline).map(({ at, sentences }) => `${at} ${plain(sentences.join(' '))}`);
        expect(lines.some((line) => /^3600 The agent tokens of east have run out/.test(line))).toBe(true);
        expect(lines.some((line) => /workload certificates of east have run out/.test(line))).toBe(true);
    });

    test('and the pods that are missing say what for', async () => {
        expect((await told(names(''), 'east.dns')).localClusterOperations).toContain(
            'No new pod starts on east without the DNS of the cluster (inferred); running pods stay.',
        );
        const registry = names('', 'external service registry').replace(
            'gateway egress out',
            'requires registry to start',
        );
        expect((await told(registry, 'registry')).localClusterOperations).toContain(
            'No new pod starts on east without registry',
        );
        expect((await told(registry, 'registry')).localClusterOperations).not.toContain('webhooks');
        expect((await told(registry, 'east.istiod')).localClusterOperations).toContain('webhooks do not answer');
    });
});

describe('marks', () => {
    test.each([
        ['of a workload cluster', '', 'east.dns', '✅ ⚠️ ⚠️ ✅'],
        ['of the management cluster', '', 'mgmt.dns', '✅ ✅ ✅ ❌'],
        [
            'with GitOps',
            'defaults for workload clusters { edge control plane { gitops sync } }',
            'mgmt.dns',
            '✅ ⚠️ ✅ ❌',
        ],
    ])('%s', async (_, more, failure, marks) => {
        expect(await marksOf(names('', more), [failure])).toBe(marks);
    });

    test('of a cluster beside a management plane of the vendor', async () => {
        const text = `topology v
hosted management cluster vendor { management plane { identity-provider external } }
workload cluster east
service web on vendor`;
        expect(await marksOf(text, ['vendor.dns'])).toMatch(/✅$/);
    });

    test('of the old side no more once a standby is promoted, logins among what they tell', async () => {
        const { topology } = await estate(`topology s
region us
region eu
management cluster mgmt in us { management plane {
    postgres internal { backup every 1h in eu }  identity-provider external
    root-ca { backup in eu }  iam-signing-key { backup in eu }
} }
standby management cluster dr in eu { copy every 15m }
workload cluster east in us
workload cluster west in eu`);
        const outcomeAt = (at: number) =>
            scenarioView(
                topology,
                scenarioOf([
                    { at: 0, action: 'fail', element: asElementName('mgmt.dns') },
                    { at: 600, action: 'promote', element: asElementName('dr') },
                ]),
                { at },
            ).outcome;
        const lost = (at: number) => outcomeAt(at).effects.map(({ facet }) => facet.flow);
        expect(lost(0)).toEqual(expect.arrayContaining(['write', 'dashboards', 'logins']));
        expect(lost(1_200)).not.toContain('logins');
        expect(marks(outcomeAt(1_200).operations)).toBe('✅ ✅ ✅ ✅');
    });
});
