import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { pointAt } from '../../server/failure/timeline.js';
import { isAlive } from '../../server/failure/outcome.js';
import { actionAnswers } from '../../server/impact/actions.js';
import { marks } from '../../server/impact/summary.js';
import { aboutProblems } from '../../server/estate/abouts.js';
import { problemsIn } from '../../server/estate/problem.js';
import { problems } from '../language/tell.js';
import { promised } from '../promises/judged.js';
import { estate as read } from '../fixture.js';
import { scenario, simulated } from './check.js';

const hour = 3_600;

/** Two clusters, with what they, their parts and their service say. */
const estate = (parts: {
    readonly east?: string;
    readonly gateway?: string;
    readonly defaults?: string;
    readonly plane?: string;
    readonly service?: string;
    readonly gslb?: string;
    readonly more?: string;
}) => `topology t
region us
region eu
external service registry in us
external service issuer
external service spare-issuer
management cluster mgmt in eu { management plane { ${parts.plane ?? ''} } }
defaults for workload clusters { ${parts.defaults ?? ''} }
workload cluster east in us { ${parts.east ?? ''} gateway ingress e-gw { ${parts.gateway ?? ''} } }
workload cluster west in eu { gateway ingress w-gw }
service shop on east, west {
    exposed "shop.example.com" via e-gw, w-gw { gslb ${parts.gslb ?? ''} ttl 30s }
    ${parts.service ?? ''}
}
${parts.more ?? ''}`;

const hostAt = async (text: string, failures: readonly string[], at: number) => {
    const { outcome } = await scenario(text, failures, { at });
    const { severity, lostShare } = outcome.hosts[0]!;
    return severity === 'limited' ? `limited ${lostShare}` : severity;
};
const host = (text: string, ...failures: string[]) => hostAt(text, failures, 0);

describe('what something requires at every moment', () => {
    test('takes it along, and what is part of it', async () => {
        const gateway = estate({ gateway: 'requires issuer' });
        const { propagation, graph } = await simulated(gateway, ['external:issuer']);
        expect(propagation.down[graph.nodeOfElement.get('east.e-gw' as never)!]).toBe(1);
        const cluster = await simulated(estate({ east: 'requires issuer' }), ['external:issuer']);
        expect(isAlive(cluster, 'east')).toBe(false);
        expect(isAlive(cluster, 'east.istiod')).toBe(false);
        const plane = await simulated(estate({ plane: 'requires issuer' }), ['external:issuer']);
        expect(plane.operations.managementOperations).toBe('total');
        const store = await simulated(estate({ plane: 'postgres external { requires issuer }' }), ['issuer']);
        expect(isAlive(store, 'store:postgres')).toBe(false);
    });

    test('of two with `or` one will do; of two lines none', async () => {
        const either = estate({ east: 'requires issuer or spare-issuer' });
        expect(isAlive(await simulated(either, ['issuer']), 'east')).toBe(true);
        expect(isAlive(await simulated(either, ['issuer', 'spare-issuer']), 'east')).toBe(false);
        const both = estate({ east: 'requires issuer, spare-issuer' });
        expect(isAlive(await simulated(both, ['issuer']), 'east')).toBe(false);
    });

    test('goes with the place in which it stands', async () => {
        const outcome = await simulated(estate({ plane: 'requires registry' }), ['region:us']);
        expect(outcome.operations.managementOperations).toBe('total');
    });

    test('can be said in an about', async () => {
        const text = estate({ more: 'about east.e-gw, postgres { requires issuer }' });
        const outcome = await simulated(text, ['issuer']);
        expect([isAlive(outcome, 'east.e-gw'), isAlive(outcome, 'store:postgres')]).toEqual([false, false]);
    });
});

describe('what has no declaration of its own', () => {
    const about = (says: string) => estate({ more: says });

    test('can require something, too: components, links, every one of a kind', async () => {
        const down = async (says: string, ...names: string[]) => {
            const outcome = await simulated(about(says), ['issuer']);
            return names.filter((name) => !isAlive(outcome, name));
        };
        const istiods = ['east.istiod', 'west.istiod'];
        expect(await down('about east.istiod { requires issuer }', ...istiods)).toEqual(['east.istiod']);
        expect(await down('about every istiod { requires issuer }', ...istiods)).toEqual(istiods);
        expect(await down('about every gateway in us { requires issuer }', 'east.e-gw', 'west.w-gw')).toEqual([
            'east.e-gw',
        ]);
        expect(
            await problems(about('about every istiod, every kubernetes-api, every gateway in us { requires issuer }')),
        ).toEqual([]);
        const cut = await simulated(about('about link east/mgmt { requires issuer }'), ['issuer']);
        expect(cut.clusters.find(({ name }) => name === 'east')!.freshness).toBe('queued');
    });

    test('does not start without it', async () => {
        const text = about('about east.istiod { requires issuer to start }');
        const { timeline } = await scenario(text, ['issuer'], { restarts: ['east.istiod'], at: 60 });
        expect(isAlive(pointAt(timeline, 60).outcome, 'east.istiod')).toBe(false);
    });

    test('what does not fit is told, thing by thing', async () => {
        const told = async (says: string) => {
            const { services, documents } = await read(about(says));
            return aboutProblems(services.workspace.Estates.of([...documents.values()][0]!.uri)!).map(
                ({ code, message }) => `${code} ${message}`,
            );
        };
        expect(await told('about iam-signing-key { ttl 1y }')).toEqual([
            expect.stringMatching(/^misplaced-item .*ttl/),
        ]);
        expect(await told('about mgmt { no workloads }')).toEqual([
            expect.stringMatching(/^misplaced-item .*no workloads/),
        ]);
        expect(await told('about every service { requires issuer }')).toEqual([
            'later-version There are services among `every service`: each says by itself what it requires.',
        ]);
        expect(await told('about shop on east { requires issuer }')).toEqual([
            'misplaced-item What a service requires is said of it, wherever it runs: `about shop`.',
        ]);
        expect(await problems(about('service cart on east\nabout shop, east { requires cart }'))).toEqual([]);
    });

    test('is told where it means nothing', async () => {
        const told = async (says: string) =>
            findingsOf((await read(about(says))).topology)
                .filter(({ code }) => code === 'unknown-thing' || code === 'nothing-to-judge')
                .map(({ code, message }) => `${code} ${message}`);
        expect(await told('about every gateway with image old { requires issuer }')).toEqual([
            'nothing-to-judge Nothing in this estate is meant by it, so nothing requires it.',
        ]);
        expect(await told('about every istiod { requires issuer }')).toEqual([]);
    });
});

describe('what something requires to start', () => {
    const text = estate({ defaults: 'requires registry to start' });

    test('harms nothing that runs, and lets no pod start', async () => {
        const outcome = await simulated(text, ['registry']);
        expect(marks(outcome.operations)).toBe('✅ ⚠️ ✅ ✅');
        const verdicts = actionAnswers(outcome).filter(({ action }) => action === 'deploy');
        expect(verdicts.map(({ cluster, verdict }) => [cluster, verdict])).toEqual([
            ['east', 'no'],
            ['west', 'no'],
        ]);
    });

    test('keeps what restarts down until it is back', async () => {
        const upAt = async (at: number) => {
            const { timeline } = await scenario(text, ['registry'], {
                restarts: ['east.istiod'],
                at: 60,
                duration: hour,
            });
            return isAlive(pointAt(timeline, at).outcome, 'east.istiod');
        };
        expect([await upAt(59), await upAt(60), await upAt(hour - 1), await upAt(hour)]).toEqual([
            true,
            false,
            false,
            true,
        ]);
        const either = estate({ east: 'requires registry or issuer to start' });
        const { timeline } = await scenario(either, ['registry'], { restarts: ['east.istiod'], at: 60 });
        expect(isAlive(pointAt(timeline, 60).outcome, 'east.istiod')).toBe(true);
    });

    test('of a service is asked before it is deployed', async () => {
        const said = async (scenario: string) =>
            (await promised(`${estate({ service: 'requires issuer to start' })}\nscenario "x" {\n${scenario}\n}`)).map(
                (each) => each.replace(/^\d+ /, ''),
            );
        expect(await said('fail registry\nat 1h deploy shop')).toEqual([]);
        expect(await said('fail issuer for 1h\nat 1h deploy shop')).toEqual([]);
        expect(await said('fail issuer\nat 1h deploy shop')).toEqual([
            'expectation-failed error: Expected: deployments of service shop on east possible after 60 min. Found: impossible. Because of issuer.'.replace(
                '60 min',
                '1 h',
            ),
        ]);
        expect(await said('fail issuer\nat 1h scale shop on west to 5')).toEqual([
            expect.stringMatching(/deployments|scaling of shop on west possible/),
        ]);
    });

    test('of a service holds for its instances', async () => {
        const shop = estate({ service: 'requires issuer to start' });
        const { timeline } = await scenario(shop, ['issuer'], { restarts: ['shop@east'], at: 60 });
        expect(isAlive(pointAt(timeline, 60).outcome, 'shop@east')).toBe(false);
        expect(isAlive(pointAt(timeline, 0).outcome, 'shop@east')).toBe(true);
    });
});

describe('what something requires again and again', () => {
    test('runs out between its end less an interval and its end', async () => {
        const text = estate({ service: 'requires issuer every 20m ttl 1h' });
        const at = (seconds: number) => hostAt(text, ['issuer'], seconds);
        expect([await at(0), await at(2_399), await at(2_400)]).toEqual(['unaffected', 'unaffected', 'total']);
        const { timeline } = await scenario(text, ['issuer'], { at: hour });
        const latest = (seconds: number) => pointAt(timeline, seconds).latest.outcome.hosts[0]!.severity;
        expect([latest(hour - 1), latest(hour)]).toEqual(['unaffected', 'total']);
    });

    test('without a ttl may run out at once, and not in the same moment', async () => {
        const text = estate({ service: 'requires issuer every 20m' });
        expect(await hostAt(text, ['issuer'], 0)).toBe('unaffected');
        expect(await hostAt(text, ['issuer'], 1)).toBe('total');
        expect(await host(estate({ gateway: 'requires issuer every 20m' }), 'issuer')).toBe('unaffected');
        expect(await hostAt(estate({ gateway: 'requires issuer every 20m' }), ['issuer'], 1)).toBe('unaffected');
        const { timeline } = await scenario(estate({ gateway: 'requires issuer every 20m' }), ['issuer'], { at: 1 });
        expect(isAlive(pointAt(timeline, 1).outcome, 'east.e-gw')).toBe(false);
    });

    test('the root of trust takes everything that it has signed along when its life ends', async () => {
        const text = estate({ plane: 'root-ca { backup ttl 1y }' });
        expect(await hostAt(text, ['root-ca'], 0)).toBe('unaffected');
        const { outcome } = await scenario(text, ['root-ca'], { at: 8_760 * hour });
        expect(outcome.hosts[0]!.severity).toBe('total');
        expect(outcome.operations.managementOperations).toBe('total');
        expect(await hostAt(estate({ plane: 'root-ca { backup }' }), ['root-ca'], 8_760 * hour)).toBe('unaffected');
    });
});

test('clients of whom nobody can move the names stay at a gateway that is down', async () => {
    const text = estate({ gslb: 'by registry' });
    expect(await host(text, 'registry')).toBe('unaffected');
    expect(await host(text, 'east')).toBe('unaffected');
    expect(await host(text, 'region:us')).toBe('limited 0.5');
    expect(await host(estate({}), 'region:us')).toBe('unaffected');
    expect(await host(text, 'registry', 'east', 'west')).toBe('total');
});

test('nothing comes from a Git host that is away', async () => {
    const text = estate({ plane: 'gitops from issuer', defaults: 'edge control plane { gitops async from issuer }' });
    const outcome = await simulated(text, ['issuer']);
    expect(marks(outcome.operations)).toBe('✅ ⚠️ ✅ ⚠️');
    const refused = actionAnswers(outcome).filter(({ verdict }) => verdict === 'no');
    expect([...new Set(refused.map(({ action }) => action))]).toEqual(['push-gitops-async', 'push-git']);
});

test('a cluster without workloads takes none along', async () => {
    const spare = (says: string) =>
        `topology t\nmanagement cluster m\nworkload cluster a\nworkload cluster b { ${says} }`;
    expect((await simulated(spare(''), ['a'])).operations.runningWorkloads).toBe('limited');
    expect((await simulated(spare('no workloads'), ['a'])).operations.runningWorkloads).toBe('total');
});

describe('what cannot be meant', () => {
    const told = async (parts: Parameters<typeof estate>[0]) =>
        (await problems(estate(parts))).map((each) => each.replace(/\.$/, ''));

    test.each([
        [
            { gslb: 'by shop' },
            'misplaced-item «shop» DNS records are moved through an `external service`; `shop` runs in the mesh',
        ],
        [
            { plane: 'gitops from shop' },
            'misplaced-item «shop» Objects are fetched from an `external service`; `shop` runs in the mesh',
        ],
        [
            { east: 'requires issuer every 1h ttl 20m' },
            'odd-duration «20m» What is got every 1h has to be worth something for as long: `ttl` is at least `1h`',
        ],
        [
            { plane: 'iam-signing-key { ttl 1y }' },
            'misplaced-item «ttl» Only `root-ca` has an end: `iam-signing-key` is replaced',
        ],
        [
            { east: 'requires registry, issuer or spare-issuer' },
            'odd-choice «or» `,` and `or` do not mix, for nobody could tell what is meant: say two lines',
        ],
        [
            { east: 'requires issuer through e-gw' },
            'misplaced-item «e-gw» Only what a service calls at run time goes `through` gateways',
        ],
    ])('%j', async (parts, message) => {
        expect(await told(parts)).toEqual([message]);
    });

    test('nothing runs where a service does', async () => {
        const { document, services } = await read(estate({ east: 'no workloads' }));
        expect(
            problemsIn(document, services)
                .filter(({ code }) => code === 'misplaced-item')
                .map(({ message, at, related }) => [
                    message,
                    document.textDocument.getText(at.range),
                    related[0]?.message,
                ]),
        ).toEqual([['A service runs here, so there are workloads.', 'no', 'It runs here.']]);
    });

    test('words of these constructs are names elsewhere', async () => {
        const text =
            'topology t\nregion from\nmanagement cluster or\nworkload cluster start in from\nservice workloads on start { calls or2 }\nservice or2 on start';
        expect(await problems(text)).toEqual([]);
    });
});
