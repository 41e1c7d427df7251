import { describe, expect, test } from 'vitest';
import { isAlive, type Outcome } from '../../server/failure/outcome.js';
import { pointAt } from '../../server/failure/timeline.js';
import { actionAnswers } from '../../server/impact/actions.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { plain } from '../../server/encoding/markdown.js';
import { findingsOf } from '../../server/findings/findings.js';
import { estate as read } from '../fixture.js';
import { problems } from '../language/tell.js';
import { scenarioOf } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import { scenario, simulated } from './check.js';

/** A webhook on east and west, and what requires it. */
const estate = (parts: {
    readonly east?: string;
    readonly west?: string;
    readonly north?: string;
    readonly policy?: string;
    readonly homes?: string;
    readonly more?: string;
}) => `topology t
region us
region eu
external service okta
management cluster mgmt in eu
workload cluster east in us { gateway east-west e-ew ${parts.east ?? ''} }
workload cluster west in eu { gateway east-west w-ew ${parts.west ?? ''} }
workload cluster north in eu { ${parts.north ?? ''} }
service policy on ${parts.homes ?? 'east, west'} { ${parts.policy ?? 'failover east-west'} }
service shop on east, west, north
${parts.more ?? ''}`;

const down = (outcome: Outcome, ...names: readonly string[]) => names.filter((name) => !isAlive(outcome, name));

describe('a service that something requires at every moment', () => {
    test('is reached from the cluster in which that stands', async () => {
        const local = estate({ east: 'requires policy', policy: '' });
        expect(down(await simulated(local, ['policy@east']), 'east', 'west')).toEqual(['east']);
        expect(down(await simulated(local, ['policy@west']), 'east', 'west')).toEqual([]);
        const elsewhere = estate({ east: 'requires policy' });
        expect(down(await simulated(elsewhere, ['policy@east']), 'east')).toEqual([]);
        expect(down(await simulated(elsewhere, ['policy']), 'east', 'east.istiod', 'shop@east', 'west')).toEqual([
            'east',
            'east.istiod',
            'shop@east',
        ]);
    });

    test('is away once the way to it is cut', async () => {
        const text = estate({ north: 'requires policy' });
        expect(down(await simulated(text, ['policy@east']), 'north')).toEqual([]);
        expect(down(await simulated(text, ['policy@east', 'link:north->west']), 'north')).toEqual(['north']);
        expect(down(await simulated(text, ['policy@east', 'west.w-ew']), 'north')).toEqual(['north']);
    });

    test('is required by components, gateways, planes and stores alike', async () => {
        const text = estate({
            homes: 'east',
            more: `about east.istiod, east.e-ew, east.edge { requires policy }
                about postgres { requires policy }`,
        });
        expect(
            down(await simulated(text, ['policy']), 'east', 'east.istiod', 'east.e-ew', 'east.edge-control-plane'),
        ).toEqual(['east.istiod', 'east.e-ew', 'east.edge-control-plane']);
    });

    test('is asked wherever it answers by what stands in no cluster', async () => {
        const text = estate({ policy: '', more: 'about link north/mgmt { requires policy }' });
        expect((await simulated(text, ['policy@east'])).clusters.at(-1)!.freshness).toBe('live');
        expect((await simulated(text, ['policy'])).clusters.at(-1)!.freshness).toBe('queued');
    });

    test('is required by each cluster of a region for itself', async () => {
        const text = estate({ homes: 'east, north', policy: '', more: 'about region eu { requires policy }' });
        expect(down(await simulated(text, ['policy@north']), 'region:eu', 'north', 'west', 'east')).toEqual(['north']);
        expect(down(await simulated(text, ['policy']), 'region:eu', 'north', 'west', 'east')).toEqual([
            'region:eu',
            'north',
            'west',
        ]);
    });

    test('has to answer all of what is asked', async () => {
        const text = (detects: string) =>
            estate({
                north: 'requires policy',
                policy: `failover east-west ${detects}`,
                homes: 'west, mgmt2',
                more: `workload cluster mgmt2 in eu { gateway east-west m-ew }`,
            });
        const failed = ['link:north->west'];
        expect(down(await simulated(text(''), failed), 'north')).toEqual([]);
        expect(down(await simulated(text('no outlier detection'), failed), 'north')).toEqual(['north']);
    });

    test('is no need where there is no way even in health', async () => {
        const text = estate({ north: 'requires policy or okta', policy: '' });
        expect(down(await simulated(text, ['policy']), 'north')).toEqual([]);
        expect(down(await simulated(text, ['okta']), 'north')).toEqual(['north']);
    });

    test('has an address, whatever becomes of the DNS', async () => {
        const text = estate({ homes: 'east', more: 'about east.istiod { requires policy }' });
        expect(down(await simulated(text, ['east.dns']), 'east.istiod')).toEqual([]);
    });

    test('goes with the cluster that requires it, and that with it', async () => {
        const text = estate({ homes: 'east', east: 'requires policy' });
        expect(down(await simulated(text, []), 'east')).toEqual([]);
        const outcome = await simulated(text, ['policy']);
        expect(down(outcome, 'east', 'west')).toEqual(['east']);
    });

    test('that is back is found by whoever asks anew, though nobody tells', async () => {
        const text = estate({ homes: 'west', north: 'requires policy every 20m ttl 1h' });
        const { outcome } = await scenario(text, ['policy@west'], { duration: 2 * 3_600, at: 3 * 3_600 });
        expect(down(outcome, 'north', 'policy@west')).toEqual([]);
        const always = estate({ homes: 'west', north: 'requires policy' });
        const { outcome: later } = await scenario(always, ['policy@west'], { duration: 60, at: 3_600 });
        expect(down(later, 'north', 'policy@west')).toEqual([]);
    });

    test('is as well as without', async () => {
        const text = (says: string) => estate({ north: says });
        const servicesIn = async (says: string) =>
            (await simulated(text(says), ['policy@east'])).services.find(({ name }) => name === 'policy')!.severity;
        expect(await servicesIn('requires policy')).toBe(await servicesIn(''));
    });
});

describe('a service that something requires to start', () => {
    test('keeps it from starting while no way leads there', async () => {
        const text = estate({ homes: 'west', north: 'requires policy to start' });
        const failed = ['policy'];
        const { timeline } = await scenario(text, failed, { restarts: ['shop@north'], at: 60 });
        expect(isAlive(pointAt(timeline, 60).outcome, 'shop@north')).toBe(false);
        const { outcome } = await scenario(text, ['link:north->west'], { restarts: ['shop@north'], at: 60 });
        expect(isAlive(outcome, 'shop@north')).toBe(false);
        const { outcome: other } = await scenario(text, ['link:north->east'], { restarts: ['shop@north'], at: 60 });
        expect(isAlive(other, 'shop@north')).toBe(true);
    });

    test('is what the DNS of a cluster waits for, and what waits for that', async () => {
        const text = estate({ homes: 'east', more: 'about east.dns { requires policy to start }' });
        const { outcome } = await scenario(text, [], { restarts: ['east'], at: 60 });
        expect(down(outcome, 'east', 'east.dns', 'policy@east')).toEqual(['east.dns', 'policy@east']);
        const other = estate({ homes: 'west', more: 'about east.dns { requires okta to start }' });
        const restarted = await scenario(other, ['okta'], { restarts: ['east'], at: 60 });
        expect(down(restarted.outcome, 'east', 'east.dns', 'shop@east')).toEqual(['east.dns', 'shop@east']);
    });

    test('whose other home is known to be down is asked where it answers', async () => {
        const text = `topology t
            management cluster mgmt { gateway east-west m-ew }
            workload cluster east { gateway east-west e-ew }
            external service other
            service cart on east, mgmt { failover east-west  no outlier detection }
            about mgmt { requires cart to start }
            about mgmt.istiod { requires cart or other to start }`;
        const { topology } = await read(text);
        const steps = [
            [0, 'fail', 'service:cart'],
            [0, 'fail', 'external:other'],
            [10, 'restart', 'mgmt.istiod'],
            [100, 'recover', 'service:cart'],
            [100, 'recover', 'external:other'],
        ] as const;
        const { outcome } = scenarioView(
            topology,
            scenarioOf(steps.map(([at, action, name]) => ({ at, action, element: asElementName(name) }))),
            { at: 600 },
        );
        expect(down(outcome, 'mgmt.istiod', 'cart@east')).toEqual([]);
    });

    test('lets nothing be deployed', async () => {
        const text = estate({ homes: 'east', east: 'requires policy to start' });
        const verdict = async (...failed: string[]) =>
            actionAnswers(await simulated(text, failed)).find(
                ({ action, cluster }) => action === 'deploy' && cluster === 'east',
            )!.verdict;
        expect(await verdict('policy')).toBe('no');
        expect(await verdict()).toBe('yes');
    });

    test('said of a region, it is so in each cluster there', async () => {
        const text = estate({ homes: 'north', policy: '', more: 'about region eu { requires policy to start }' });
        const outcome = await simulated(text, ['policy']);
        const local = outcome.clusters.map(({ name, operations }) => [name, operations.localClusterOperations]);
        expect(Object.fromEntries(local)).toMatchObject({ east: 'unaffected', west: 'unaffected', north: 'limited' });
    });

    test('said of a region, all that stands there waits for it', async () => {
        const text = `${estate({ policy: '', more: 'about region eu { requires policy to start }' })}
            external service mail in eu`;
        const { outcome } = await scenario(text, ['policy', 'mail'], { duration: 60, at: 30 });
        expect(isAlive(outcome, 'external:mail')).toBe(false);
        const restarted = await scenario(text, ['policy'], { restarts: ['mail'], at: 60 });
        expect(isAlive(restarted.outcome, 'external:mail')).toBe(false);
    });

    test('is required by another service, too', async () => {
        const text = estate({ homes: 'west', more: 'about shop { requires policy to start }' });
        const restarts = { restarts: ['shop@west'], at: 60 };
        expect(isAlive((await scenario(text, ['policy'], restarts)).outcome, 'shop@west')).toBe(false);
        expect(isAlive((await scenario(text, [], restarts)).outcome, 'shop@west')).toBe(true);
    });

    test('says in the course of time what is missing', async () => {
        const text = estate({ homes: 'west', north: 'requires policy to start' });
        const { timeline } = await scenario(text, ['policy'], { restarts: ['shop@north'], at: 60 });
        const sentences = timelineEntries(timeline).flatMap((entry) => entry.sentences.map(plain));
        expect(sentences).toContain(
            'shop on north cannot start without the way from north to policy: the file says so.',
        );
    });
});

describe('a service that something requires again and again', () => {
    test('runs out while no way leads there', async () => {
        const text = estate({ homes: 'west', north: 'requires policy every 20m ttl 1h' });
        const at = async (minutes: number) =>
            down((await scenario(text, ['link:north->west'], { at: minutes * 60 })).outcome, 'north');
        expect(await at(39)).toEqual([]);
        expect(await at(61)).toEqual(['north']);
    });

    test('of a service, in each home by itself', async () => {
        const text = estate({ homes: 'west', more: 'about shop { requires policy every 20m ttl 1h }' });
        const { outcome } = await scenario(text, ['link:north->west'], { at: 3_700 });
        const { homes } = outcome.services.find(({ name }) => name === 'shop')!;
        expect(homes.filter(({ serves }) => serves).map(({ cluster }) => cluster)).toEqual(['east', 'west']);
    });
});

test('what requires a service is sound', async () => {
    const text = estate({
        east: 'requires policy, okta to start',
        more: 'about east.istiod { requires policy every 1h }',
    });
    expect(await problems(text)).toEqual([]);
});

describe('what requires a service to which no way leads', () => {
    const told = async (text: string) =>
        findingsOf((await read(text)).topology)
            .filter(({ code }) => code === 'call-unreachable')
            .map(({ message }) => message);

    test('is told, with what is missing', async () => {
        expect(await told(estate({ north: 'requires policy to start', policy: '' }))).toEqual([
            expect.stringMatching(
                /^'north' requires 'policy' to start, but from 'north' no request gets there, even while nothing fails: .*failover/,
            ),
        ]);
        expect(await told(estate({ north: 'requires policy', policy: '' }))).toEqual([
            expect.stringContaining('It is no requirement there: nothing is lost for want of it.'),
        ]);
        expect(await told(estate({ more: 'about every istiod { requires policy }', policy: '' }))).toEqual([
            expect.stringContaining("from 'north' no request"),
        ]);
        expect(await told(estate({ more: 'about shop { requires policy every 1h }', policy: '' }))).toEqual([
            expect.stringMatching(/^'shop' requires 'policy' again and again, but from 'north'/),
        ]);
    });

    test('is not told of what is reached, nor of what stands in no cluster', async () => {
        expect(await told(estate({ north: 'requires policy' }))).toEqual([]);
        expect(await told(estate({ policy: '', more: 'about link north/mgmt { requires policy }' }))).toEqual([]);
    });
});

describe('what is required to start where it runs itself', () => {
    const told = async (text: string) =>
        findingsOf((await read(text)).topology)
            .filter(({ code }) => code === 'never-starts-again')
            .map(({ message }) => message);

    test('never starts again by itself', async () => {
        const text = estate({ homes: 'east', east: 'requires policy to start' });
        expect(await told(text)).toEqual([
            expect.stringMatching(/^'policy' is required where it runs itself, on 'east': once its instances/),
        ]);
        const { outcome } = await scenario(text, ['policy'], { duration: 60, at: 3_600 });
        expect(isAlive(outcome, 'policy@east')).toBe(false);
    });

    test('nor what is required there at every moment', async () => {
        const text = estate({ homes: 'east', east: 'requires policy' });
        expect(await told(text)).toEqual([expect.stringContaining("on 'east'")]);
        const { outcome } = await scenario(text, ['east'], { duration: 60, at: 3_600 });
        expect(down(outcome, 'east', 'policy@east')).toEqual(['east', 'policy@east']);
    });

    test('in several clusters, of which each waits for it', async () => {
        const everywhere = estate({ more: 'about every workload cluster { requires policy to start }' });
        expect(await told(everywhere)).toEqual([expect.stringContaining("on 'east' and 'west'")]);
        expect(await told(estate({ east: 'requires policy to start' }))).toEqual([]);
        expect(
            await told(estate({ more: 'about every workload cluster { requires policy or okta to start }' })),
        ).toEqual([]);
    });
});

test('that a service asks itself says nothing, wherever it is said', async () => {
    const text = estate({
        policy: 'calls policy  requires policy, okta  requires policy to start',
        more: 'about policy { requires policy every 1h }',
    });
    const policy = (await read(text)).topology.services.find(({ shortName }) => shortName === 'policy')!;
    expect([policy.calls, policy.requires.map(({ name }) => name), policy.needs]).toEqual([[], ['okta'], undefined]);
});

test('what a service requires to start only is told, once', async () => {
    const told = async (policy: string) =>
        findingsOf((await read(estate({ more: `about shop { ${policy} }` }))).topology)
            .filter(({ code }) => code === 'needed-to-start-only')
            .map(({ severity, message }) => `${severity} ${message}`);
    expect(await told('requires policy, okta to start')).toEqual([
        expect.stringMatching(/^hint 'shop' needs 'policy' to start only: what runs goes on without it/),
    ]);
    expect(await told('requires policy to start  calls policy')).toEqual([]);
    expect(await told('requires policy to start  requires policy or okta')).toEqual([]);
    expect(await told('requires policy every 1h')).toEqual([]);
});
