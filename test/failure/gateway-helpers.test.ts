import { describe, expect, test } from 'vitest';
import { codesOf, said } from '../findings/traffic-check.js';
import { fixed } from '../fixes/fixes.js';
import { problems } from '../language/tell.js';
import { hostFate as judged } from './evaluator/read.js';
import { simulated } from './check.js';

/** Two clusters behind tier1, with a helper at some gateway. */
const estate = (parts: {
    readonly front?: string;
    readonly east?: string;
    readonly west?: string;
    readonly more?: string;
}) =>
    `topology t
    management cluster mgmt
    workload cluster dmz { gateway tier1 front { ${parts.front ?? ''} } }
    workload cluster dmz2 { gateway tier1 front2 }
    workload cluster east { gateway ingress e-gw { ${parts.east ?? ''} }  gateway east-west }
    workload cluster west { gateway ingress w-gw { ${parts.west ?? ''} }  gateway east-west }
    external service opa
    service limiter on east, west
    service shop on east, west { exposed "shop.example.com" via front, front2 { gslb ttl 30s } }
    ${parts.more ?? ''}`;

const closed = 'external authorization by opa fails closed';

/** How the only host fares, by the engine; the evaluator has to agree. */
async function fate(text: string, ...failed: string[]): Promise<string> {
    const { hosts } = await simulated(text, failed);
    const [{ severity, lostShare, gapSeconds, servedFrom }] = hosts as [(typeof hosts)[number]];
    const {
        severity: itsSeverity,
        lostShare: itsShare,
        servedFrom: itsHomes,
        gapSeconds: itsGap,
    } = await judged(text, ...failed);
    expect([itsSeverity, itsShare, itsHomes, itsGap]).toEqual([severity, lostShare, servedFrom, gapSeconds]);
    return `${severity}${severity === 'limited' ? ` ${lostShare}` : ''}${gapSeconds ? `, gap ${gapSeconds.from}-${gapSeconds.to}` : ''}`;
}

describe('a helper at a gateway that fails closed', () => {
    test('takes every host behind the gateway along', async () => {
        expect(await fate(estate({ east: closed, west: closed }), 'external:opa')).toBe('total');
        const two = estate({
            east: closed,
            west: closed,
            more: 'service pay on east, west { exposed "pay.example.com" via front, front2 { gslb } }',
        });
        const { hosts, operations } = await simulated(two, ['external:opa']);
        expect(hosts.map(({ severity }) => severity)).toEqual(['total', 'total']);
        expect(operations.runningWorkloads).toBe('limited');
    });

    test('is lost at one of two gateways as that gateway would be', async () => {
        expect(await fate(estate({ east: closed }), 'external:opa')).toBe('unaffected, gap 0-60');
        // the entry itself lives, so that clients leave it once it is seen to answer nothing
        expect(await fate(estate({ front: closed }), 'external:opa')).toBe('unaffected, gap 30-90');
        expect(await fate(estate({ front: closed }).replace(' { gslb ttl 30s }', ''), 'external:opa')).toBe(
            'limited 0.5',
        );
    });

    test('that is lost in part refuses a part', async () => {
        const half = estate({
            front: 'external authorization by authz',
            more: 'service authz on east, west { failover east-west no outlier detection }',
        }).replace('via front, front2 { gslb ttl 30s }', 'via front');
        expect(await fate(half, 'east')).toBe('limited 0.5, gap 0-60');
        expect(await fate(half, 'east', 'west')).toBe('total');
    });

    test('is used by the gateway, if that is on the way of a host', async () => {
        const text = estate({ east: 'rate limit by limiter fails closed', west: 'rate limit by limiter fails closed' });
        const { services } = await simulated(text, ['limiter@east']);
        expect(services.find(({ name }) => name === 'limiter')).toMatchObject({
            severity: 'limited',
            consumers: [
                { kind: 'caller', name: 'east.e-gw', cluster: 'east', severity: 'total' },
                { kind: 'caller', name: 'west.w-gw', cluster: 'west', severity: 'unaffected' },
            ],
        });
    });

    test('that is not reached even in health makes the gateway none', async () => {
        const text = estate({ east: 'external authorization by authz', more: 'service authz on west' });
        expect(await fate(text)).toBe('unaffected');
        expect(await fate(text, 'w-gw'.replace('w-gw', 'west.w-gw'))).toBe('total');
        expect((await said(text, 'call-unreachable')).map(({ message }) => message)).toEqual([
            expect.stringMatching(
                /^'e-gw' asks 'authz' for authorization, but from 'east' .*It refuses all requests, and is no spare\./,
            ),
        ]);
    });
});

test('one that fails open lets requests pass, unchecked', async () => {
    const text = estate({ east: 'rate limit by opa fails open' });
    expect(await fate(text, 'external:opa')).toBe('unaffected');
    const { operations, effects } = await simulated(text, ['external:opa']);
    expect(operations.runningWorkloads).toBe('limited');
    expect(effects.map(({ facet }) => `${facet.flow} ${facet.scope.caller} ${facet.scope.callee}`)).toContain(
        'policy-enforced east.e-gw opa',
    );
});

test('whether it fails open or closed is assumed as of a service', async () => {
    expect(await fate(estate({ east: 'rate limit by opa', west: 'rate limit by opa' }), 'external:opa')).toBe(
        'unaffected',
    );
    const asks = 'external authorization by opa';
    expect(await fate(estate({ east: asks, west: asks }), 'external:opa')).toBe('total');
});

describe('what can be told at design time', () => {
    test('a helper of gateways in several clusters that answers from one', async () => {
        const asks = 'external authorization by authz';
        const text = estate({ east: asks, west: asks, more: 'service authz on east { failover east-west }' });
        expect((await said(text, 'helper-single-point')).map(({ message }) => message)).toEqual([
            "'e-gw' and 'w-gw' ask 'authz' (external authorization), which answers from 'east' only: when 'east' fails, requests are refused everywhere, since it fails closed. Give 'authz' a second place, or say `fails open`.",
        ]);
        expect(await fixed(text, 'helper-single-point', 'Let `authz` run on `west`, too')).toContain(
            'service authz on east, west {',
        );
    });

    test('an egress gateway by which only a helper is asked has an effect', async () => {
        const text = `management cluster mgmt
            workload cluster east { gateway ingress { ${closed} }  gateway egress out }
            workload cluster west
            external service opa
            service web on west { calls opa }`;
        expect(await codesOf(text)).not.toContain('egress-gateway-without-effect');
    });

    test('other gateways ask nobody', async () => {
        const found = await problems(
            'workload cluster a { gateway egress out { rate limit by x } }\nexternal service x',
        );
        expect(found).toEqual([
            'misplaced-item «rate» Only a tier1 or ingress gateway asks about requests: `rate limit` of one that is `egress` is not judged.',
        ]);
    });

    test('said twice, or of nobody', async () => {
        const found = await problems(
            'workload cluster a { gateway ingress { rate limit by x  rate limit by y  external authorization by z } }\nexternal service x\nexternal service y',
        );
        expect(found.map((each) => each.split(' ')[0])).toEqual(['repeated-item', 'unknown-service']);
    });
});
