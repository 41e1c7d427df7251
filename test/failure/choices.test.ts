import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { explainer, type Because } from '../../server/failure/explain.js';
import { simulate } from '../../server/failure/outcome.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { wholeGraph } from '../../server/failure/build.js';
import { heldClauses } from '../../server/impact/held.js';
import { nodePhrase } from '../../server/impact/phrases.js';
import { reportOf } from '../../server/impact/report.js';
import { usedUp, harmsPhrase, eitherOf } from '../../server/impact/next.js';
import { plain } from '../../server/encoding/markdown.js';
import { asElementName } from '../../server/topology/element-name.js';
import { blastsIn } from '../../server/failure/blast-radius.js';
import { estate } from '../fixture.js';
import { problems } from '../language/tell.js';
import { promised } from '../promises/judged.js';
import { scenario, simulated } from './check.js';

/** A service on two clusters that requires something; `db` and `cache` run beside it, `sms` and `mail` stand outside. */
const text = (requires: string, { db = 'on east, west', cache = 'on east, west', more = '' } = {}) => `topology t
region us
region eu
management cluster mgmt
external service sms in us
external service mail in eu
workload cluster east in us { gateway ingress, east-west e-gw }
workload cluster west in eu { gateway ingress, east-west w-gw }
service web on east, west {
    exposed "web.example.com" via e-gw, w-gw { gslb ttl 30s }
    ${requires}
}
service db ${db}
service cache ${cache}
${more}`;

const hostWith = async (file: string, ...failures: string[]) => {
    const { hosts } = await simulated(file, failures);
    const { severity, lostShare } = hosts.find(({ host }) => host === 'web.example.com')!;
    return severity === 'limited' ? `limited ${lostShare}` : severity;
};

describe('of what a service requires with `or`', () => {
    test.each([
        ['requires db or cache', 'service:db', 'service:cache'],
        ['requires sms or mail', 'external:sms', 'external:mail'],
        ['requires db or mail', 'service:db', 'external:mail'],
        ['requires cache or db', 'service:db', 'service:cache'],
    ])('one will do: %s', async (requires, one, other) => {
        const file = text(requires);
        expect(await problems(file)).toEqual([]);
        expect(await hostWith(file, one)).toBe('unaffected');
        expect(await hostWith(file, other)).toBe('unaffected');
        expect(await hostWith(file, one, other)).toBe('total');
    });

    test('one of three', async () => {
        const file = text('requires db or sms or mail');
        expect(await hostWith(file, 'external:sms', 'service:db')).toBe('unaffected');
        expect(await hostWith(file, 'external:sms', 'external:mail', 'service:db')).toBe('total');
    });

    test('two lines are two requirements, and each of `,` is one', async () => {
        const file = text('requires db or cache\nrequires sms or mail');
        expect(await hostWith(file, 'service:db', 'external:sms')).toBe('unaffected');
        expect(await hostWith(file, 'external:mail', 'external:sms')).toBe('total');
        expect(await hostWith(text('requires sms, mail'), 'external:sms')).toBe('total');
        expect(await hostWith(text('requires sms, mail or db'), 'external:sms')).toBe('total');
    });

    test('what is required anyway has nothing in its place', async () => {
        const file = text('requires db\nrequires db or cache');
        expect(await hostWith(file, 'service:db')).toBe('total');
        expect(await problems(file)).toEqual([
            'repeated-name «db» `db` is required anyway, so that nothing stands in for it.',
        ]);
        expect(await problems(text('requires db or cache\nrequires db or sms'))).toEqual([]);
    });

    test('of a name that means nothing nobody knows whether it would do', async () => {
        expect(await hostWith(text('requires sms or nothing-of-this-name'), 'external:sms')).toBe('total');
    });

    test('each home takes what it reaches', async () => {
        const apart = text('requires db or cache', { db: 'on east', cache: 'on west' });
        expect(await hostWith(apart, 'db@east')).toBe('unaffected');
        const { services } = await simulated(apart, ['db@east']);
        const web = services.find(({ name }) => name === 'web')!;
        expect(web.homes.map(({ serves }) => serves)).toEqual([false, true]);
        expect(web.missed).toEqual([{ cluster: 'east', anyOf: ['db'] }]);
        const across = text('requires db or cache', { db: 'on east', cache: 'on west { failover east-west }' });
        expect((await simulated(across, ['db@east'])).services[0]!.lostHomes).toEqual([]);
        expect((await simulated(across, ['db@east', 'link:east/west'])).services[0]!.lostHomes).toEqual(['east']);
    });

    test('a home that reaches none of them does not serve even in health', async () => {
        const file = text('requires db or cache', { db: 'on east', cache: 'on east' });
        const web = (await simulated(file, [])).services[0]!;
        expect(web.homes.map(({ serves }) => serves)).toEqual([true, false]);
        const one = text('requires db or cache', { db: 'on east', cache: 'on east { failover east-west }' });
        expect((await simulated(one, [])).services[0]!.homes.map(({ serves }) => serves)).toEqual([true, true]);
    });

    test('egress gateways on the way count for what leaves by them', async () => {
        const more = 'workload cluster out in us { gateway egress out-gw }';
        const file = text('requires sms or mail through out.out-gw', { more }).replace(', west', '');
        expect(await hostWith(file, 'out.out-gw')).toBe('total');
        const two = text('requires sms or db through out.out-gw', { more });
        expect(await hostWith(two, 'out.out-gw')).toBe('unaffected');
    });
});

describe('shares', () => {
    const half = 'on north, south { failover east-west  no outlier detection }';
    const more = `region far
workload cluster north in far { gateway east-west n-gw }
workload cluster south in far { gateway east-west s-gw }`;
    const file = (requires: string) => text(requires, { db: half, cache: half, more });

    test('what one does not answer, another one does', async () => {
        expect(await hostWith(file('requires db'), 'north.n-gw')).toBe('limited 0.5');
        expect(await hostWith(file('requires db or sms'), 'north.n-gw')).toBe('unaffected');
        expect(await hostWith(file('requires db or sms'), 'north.n-gw', 'external:sms')).toBe('limited 0.5');
    });

    test('a share that all of them lose is lost', async () => {
        expect(await hostWith(file('requires db or cache'), 'north.n-gw')).toBe('limited 0.5');
        expect(await hostWith(file('requires db or cache'), 'north', 'south')).toBe('total');
    });

    test('of several shares the smallest', async () => {
        const third = half.replace('south', 'south, third');
        const clusters = `${more}\nworkload cluster third in far { gateway east-west t-gw }`;
        const uneven = (requires: string) => text(requires, { db: half, cache: third, more: clusters });
        expect(await hostWith(uneven('requires db or cache'), 'north.n-gw')).toBe(`limited ${1 / 3}`);
        expect(await hostWith(uneven('requires db, cache'), 'north.n-gw')).toBe('limited 0.5');
    });

    test('a home that lost all of them is no home that answers in part', async () => {
        const local = text('requires sms or mail\nfailover east-west', {
            more: 'service shop on east, west { exposed "shop.example.com" via e-gw, w-gw { gslb }  requires web }',
        });
        const { hosts } = await simulated(local, ['external:sms', 'external:mail']);
        expect(hosts.map(({ severity }) => severity)).toEqual(['total', 'total']);
    });

    test('in a circle lose only those who have nothing else', async () => {
        const circle = (requires: string) =>
            text(`requires ${requires}`, {
                more: `${more}\nservice stock ${half}\nservice api on east, west { requires web, stock }`,
            });
        expect(await hostWith(circle('api or sms'), 'north.n-gw')).toBe('unaffected');
        expect(await hostWith(circle('api or sms'), 'north.n-gw', 'external:sms')).toBe('limited 0.5');
        expect(await hostWith(circle('api'), 'north.n-gw')).toBe('limited 0.5');
    });
});

describe('with time', () => {
    test('to start: one of them has to be there', async () => {
        const file = text('requires sms or mail to start');
        const serves = async (...failures: string[]) => {
            const { outcome } = await scenario(file, failures, { restarts: ['web@east', 'web@west'], at: 600 });
            return outcome.hosts[0]!.severity;
        };
        expect(await serves('external:sms')).toBe('unaffected');
        expect(await serves('external:sms', 'external:mail')).toBe('total');
    });

    test('again and again: what one of them gives lasts on', async () => {
        const file = text('requires sms or mail every 10m');
        const at = async (time: number, ...failures: string[]) =>
            (await scenario(file, failures, { at: time })).outcome.hosts[0]!.severity;
        expect(await at(3_600, 'external:sms')).toBe('unaffected');
        expect(await at(3_600, 'external:sms', 'external:mail')).toBe('total');
    });
});

describe('what is told', () => {
    test('who stands in, who notices, and what would hurt next', async () => {
        const { topology } = await estate(text('requires sms or mail'));
        const { graph } = analysisOf(topology);
        const outcome = simulate(graph, [asElementName('external:sms')]);
        expect(heldClauses(outcome).map(plain)).toEqual(['web on east thanks to mail', 'web on west thanks to mail']);
        const weight = blastsIn(graph).weightWith(simulate(graph, []).state, asElementName('external:sms'));
        expect(weight.gravity).toBe('spare');
        expect(usedUp(outcome).map((next) => plain(`${eitherOf(next)}: ${harmsPhrase(next.onlyNow.told)}`))).toEqual([
            'mail: web.example.com and web down, running workloads limited',
            'region eu: web.example.com and web down',
        ]);
    });

    test('a home that misses something else is not saved', async () => {
        const outcome = await simulated(text('requires sms or mail\nrequires db'), ['external:sms', 'db@east']);
        expect(heldClauses(outcome).map(plain)).toContain('web on west thanks to mail');
        expect(heldClauses(outcome).map(plain)).not.toContain('web on east thanks to mail');
    });

    test('a chain of causes names all of them', async () => {
        const phrases = (because: Because): string[] => [
            plain(nodePhrase(because.node)),
            ...because.causes.flatMap((cause) => phrases(cause.because)),
        ];
        const outcome = await simulated(text('requires sms or mail'), ['external:sms', 'external:mail']);
        const { lost } = outcome.graph.traffic.hosts[0]!;
        expect(phrases(explainer(outcome)(lost))).toContain('sms or mail for web on east');
        const cluster = 'workload cluster east in us {';
        const other = text('').replace(cluster, `${cluster} requires sms or mail`);
        const east = await simulated(other, ['external:sms', 'external:mail']);
        const node = east.graph.nodeOfElement.get(asElementName('east'))!;
        expect(phrases(explainer(east)(node))).toContain('sms or mail for east');
    });

    test('the smallest failures that break a promise are pairs', async () => {
        const more = 'objective web.example.com survives any 2 external service failures';
        expect(await promised(text('requires sms or mail', { more }))).toEqual([
            expect.stringMatching(/objective-broken .*mail.*sms|objective-broken .*sms.*mail/),
        ]);
        const single = 'objective web.example.com survives any external service failure';
        expect(await promised(text('requires sms or mail', { more: single }))).toEqual([]);
        expect(await promised(text('requires sms, mail', { more: single }))).toHaveLength(1);
    });

    test('whoever turns to another one is away for a moment', async () => {
        const more = (within: string) => `objective web recovers within ${within} from any service failure`;
        const file = (within: string) => text('requires db or cache', { more: more(within) });
        expect(await promised(file('2m'))).toEqual([]);
        expect(await promised(file('10s'))).toHaveLength(1);
    });

    test('as JSON each of them is missed', async () => {
        const view = await scenario(text('requires sms or mail'), ['external:sms', 'external:mail']);
        expect(reportOf(view, 'worse-now').services[0]!.missed).toEqual(
            ['east', 'west'].flatMap((cluster) => ['sms', 'mail'].map((callee) => ({ cluster, callee }))),
        );
    });

    test('a graph of parts says what one in one piece says', async () => {
        const { topology } = await estate(text('requires db or cache\nrequires sms or mail'));
        const failures = ['external:sms', 'service:db'].map((name) => asElementName(name));
        const [parts, whole] = [analysisOf(topology).graph, wholeGraph(topology)].map((graph) =>
            simulate(graph, failures),
        );
        expect(parts!.hosts).toEqual(whole!.hosts);
        expect(parts!.services).toEqual(whole!.services);
    });
});

describe('what is found', () => {
    const found = async (file: string, code: string) =>
        findingsOf((await estate(file)).topology)
            .filter((each) => each.code === code)
            .map(({ message }) => message);

    test('a shared fate that takes all of them', async () => {
        const fate = 'shared fate provider of sms, mail';
        expect(await found(text('requires sms or mail', { more: fate }), 'redundancy-shares-fate')).toEqual([
            expect.stringContaining('web.example.com survives the loss of each thing'),
        ]);
        expect(await found(text('requires sms or db', { more: fate }), 'redundancy-shares-fate')).toEqual([]);
    });

    test('all of them in one place', async () => {
        const onEast = { db: 'on east { failover east-west }', cache: 'on east { failover east-west }' };
        expect(await found(text('requires db or cache', onEast), 'required-in-one-place')).toEqual([
            "'web' requires 'db' or 'cache', and all of them answer from 'east' only: when 'east' fails, it cannot serve anywhere, although it has instances elsewhere. Let one of them answer from a second place, too.",
        ]);
        expect(await found(text('requires db or sms', onEast), 'required-in-one-place')).toEqual([
            expect.stringContaining("from region 'us' only"),
        ]);
        expect(await found(text('requires db or mail', onEast), 'required-in-one-place')).toEqual([]);
        expect(await found(text('requires db or cache'), 'required-in-one-place')).toEqual([]);
    });

    test('one that is not reached, and what follows', async () => {
        const away = { db: 'on east', cache: 'on east' };
        expect(await found(text('requires db or mail', away), 'call-unreachable')).toEqual([
            expect.stringContaining("There it is no spare for 'mail'."),
        ]);
        const both = await found(text('requires db or cache', away), 'call-unreachable');
        expect(both).toHaveLength(2);
        expect(both.every((message) => message.includes('There it cannot serve, and is no spare.'))).toBe(true);
    });
});
