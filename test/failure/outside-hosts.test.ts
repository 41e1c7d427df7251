import { describe, expect, test } from 'vitest';
import { codesOf, said } from '../findings/traffic-check.js';
import { labels } from '../language/completion/complete.js';
import { problems } from '../language/tell.js';
import { editor } from '../features/editor.js';
import { estate as estateOf } from '../fixture.js';
import { findElement } from '../../server/topology/element-names.js';
import { captionOf } from '../../server/diagram/caption.js';
import { simulated } from './check.js';

const estate = (soap: string, more = '') => `region us { zones a, b }  region eu
    management cluster mgmt { management plane { elasticsearch internal direct } }
    workload cluster dmz in us/a { gateway tier1 front }
    workload cluster dmz-2 in eu { gateway tier1 front-2  no workloads }
    workload cluster east in us { gateway tier1 relay  gateway ingress }
    external service soap in eu { ${soap} }
    external service route53
    service authz on dmz
    ${more}`;

const exposed = 'exposed "soap.example.com" via front, front-2';

async function host(text: string, ...failed: string[]) {
    return (await simulated(text, failed)).hosts[0]!;
}

describe('a host of an external service is lost', () => {
    test('with what it leads to', async () => {
        expect(await host(estate(exposed))).toMatchObject({ severity: 'unaffected', servedFrom: [], service: 'soap' });
        expect(await host(estate(exposed), 'external:soap')).toMatchObject({ severity: 'total', lostShare: 1 });
        expect(await host(estate(exposed), 'region:eu')).toMatchObject({ severity: 'total' });
        const { operations } = await simulated(estate(exposed), ['external:soap']);
        expect(operations.runningWorkloads).toBe('limited');
    });

    test('with the gateways that lead to it', async () => {
        expect(await host(estate(exposed), 'dmz.front')).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect(await host(estate(`${exposed} { gslb ttl 60s }`), 'dmz.front')).toMatchObject({
            severity: 'unaffected',
            gapSeconds: { from: 60, to: 60 },
        });
        expect(await host(estate(exposed), 'dmz', 'dmz-2.front-2')).toMatchObject({ severity: 'total' });
        const away = estate(`${exposed} { gslb by route53 }`);
        expect(await host(away, 'dmz.front', 'external:route53')).toMatchObject({ severity: 'limited' });
    });

    test('with transit, and with the network to it', async () => {
        const through = estate(`${exposed} through relay`);
        expect(await host(through, 'east.relay')).toMatchObject({ severity: 'total' });
        expect(await host(through, 'link:dmz->east')).toMatchObject({ severity: 'limited' });
        const closed = estate(`${exposed} through relay`, 'network { dmz -> east }');
        expect(await host(closed, 'dmz.front')).toMatchObject({ severity: 'total' });
    });

    test('with the egress gateways of the cluster from which requests leave', async () => {
        const text = estate(exposed).replace('gateway tier1 front ', 'gateway tier1 front  gateway egress ');
        expect(await host(text, 'dmz.egress')).toMatchObject({ severity: 'limited' });
        expect(await codesOf(text)).not.toContain('egress-gateway-without-effect');
        expect(await host(text, 'east.ingress')).toMatchObject({ severity: 'unaffected' });
    });

    test('with what a gateway asks about each request', async () => {
        const asking = '{ external authorization by authz }';
        const text = estate('exposed "soap.example.com" via front').replace('tier1 front ', `tier1 front ${asking} `);
        expect(await host(text, 'authz@dmz')).toMatchObject({ severity: 'total' });
    });

    test('and that alone is no service', async () => {
        const outcome = await simulated(estate(exposed), []);
        expect(outcome.services.map(({ name }) => name)).toEqual(['authz']);
        expect(outcome.graph.elements.byName.has('service:soap' as never)).toBe(false);
        expect(findElement(outcome.graph.elements, 'soap').found?.name).toBe('external:soap');
        expect(captionOf(outcome.graph.topology, { boxes: new Map(), ways: new Map() } as never).counts).toContain(
            '1 service · 1 host',
        );
    });
});

describe('it is written', () => {
    test('soundly', async () => {
        expect(await problems(`topology t ${estate(`${exposed} through relay { gslb ttl 60s }`)}`)).toEqual([]);
        expect(await problems(`topology t ${estate('exposed "a", "b" via front')}`)).toEqual([]);
        const about = estate('', `about soap { ${exposed} }  about soap.example.com { gslb ttl 90s }`);
        expect(await problems(`topology t ${about}`)).toEqual([]);
        expect(await host(about, 'dmz.front')).toMatchObject({ gapSeconds: { from: 90, to: 90 } });
    });

    test.each([
        [
            'exposed "a"',
            'misplaced-item «"a"» A host of an external service says which gateways lead to it: `via east.gw`.',
        ],
        [
            'exposed "a" via front to east',
            'misplaced-item «east» The way ends at the external service: leave `to` out.',
        ],
        [
            'exposed inside "a" via front',
            'misplaced-item «inside» Who calls an external service from the mesh does so directly, or `through` egress gateways: leave `inside` out.',
        ],
        ['exposed "a", "a" via front', 'repeated-name «"a"» `a` is already exposed.'],
        ['exposed "a" via fornt', 'unknown-gateway «fornt»'],
        ['on east', 'unknown-word «on»'],
    ])('%s', async (soap, expected) => {
        expect((await problems(`topology t ${estate(`\n${soap}\n`)}`)).join('\n')).toContain(expected);
    });

    test('with findings of its own', async () => {
        const text = estate('exposed "soap.example.com" via <|front|>');
        const codes = await codesOf(text.replace(/<\||\|>/g, ''));
        expect(codes).toContain('single-entry-gateway');
        expect(codes).not.toContain('service-without-home');
        expect(codes).not.toContain('host-unreachable');
        expect((await said(text, 'single-entry-gateway'))[0]?.at).toBe(0);
        expect(await codesOf(estate(exposed))).toContain('entry-gateways-without-gslb');
        const twice = estate(exposed, 'service s on east { exposed "soap.example.com" }');
        expect(await codesOf(twice)).toContain('host-exposed-twice');
    });

    test('with completion and hover', async () => {
        expect((await labels(`topology t ${estate('\n<|>\n')}`)).split(', ')).toContain('exposed');
        expect(await labels(`topology t ${estate('exposed "a" via <|>')}`)).toContain('front');
        const hover = await (await editor(`topology t ${estate('exposed "soap<|>.example.com" via front')}`)).hover();
        expect(hover).toContain('**host `soap.example.com`** of `soap`');
        expect(hover).toContain('soap');
        expect(hover).toContain('dmz.front');
    });

    test('and promised', async () => {
        const promise = 'objective soap.example.com survives dmz\nobjective soap.example.com survives external soap';
        const told = await estateOf(`topology t ${estate(`${exposed} { gslb ttl 60s }`, `\n${promise}\n`)}`);
        expect(told.topology.services.map(({ outside }) => outside)).toEqual([undefined, true]);
    });
});
