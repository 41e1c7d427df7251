import { describe, expect, test } from 'vitest';
import { harmsPhrase } from '../../server/impact/next.js';
import { plain } from '../../server/encoding/markdown.js';
import { scenario } from '../failure/check.js';

const text = `topology given
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb } }`;

const hour = 3_600;

/** What failures add to what is down already, and what of it they would not do alone. */
async function adds(given: string, failures: string, options: { restarts?: string[]; at?: number } = {}) {
    const view = await scenario(text, failures.split(' ').filter(Boolean), { given: given.split(' '), ...options });
    return { harms: plain(harmsPhrase(view.given!.harms)), together: plain(harmsPhrase(view.given!.onlyTogether)) };
}

describe('what is down already is given', () => {
    test('safe: it takes nothing more', async () => {
        expect(await adds('mgmt', 'central')).toEqual({ harms: '', together: '' });
        expect(await adds('east', 'east.istiod')).toEqual({ harms: '', together: '' });
    });

    test('not safe, with or without it', async () => {
        expect(await adds('west', 'mp')).toEqual({
            harms: 'management operations lost',
            together: '',
        });
    });

    test('not safe only together', async () => {
        expect(await adds('west', 'east.ingress')).toEqual({
            harms: 'shop.example.com down, running workloads lost',
            together: 'shop.example.com down, running workloads lost',
        });
    });

    test('a restart is harmless, unless it cannot start', async () => {
        expect(await adds('west', '', { restarts: ['east'], at: hour })).toEqual({ harms: '', together: '' });
        const { harms, together } = await adds('west east.istiod', '', { restarts: ['east.ingress'], at: hour });
        expect(harms).toBe('shop.example.com down, running workloads lost');
        expect(together).toBe(harms);
    });

    test('a restart of iam while its key is lost', async () => {
        const { together } = await adds('iam-signing-key', '', { restarts: ['iam'], at: hour });
        expect(together).toBe('metrics collection lost, local cluster operations limited');
    });

    test('what time makes of it alone is no news', async () => {
        const late = await adds('central', 'east.istiod', { at: 24 * hour });
        expect(late.harms).toContain('running workloads limited');
        expect(late.together).toBe('');
    });

    test('what is given is not what is asked about', async () => {
        const { given, timeline } = await scenario(text, ['east'], { given: ['west'] });
        expect(given!.elements.map(({ name }) => name)).toEqual(['west']);
        expect(timeline.steps.map(({ element }) => element)).toEqual(['west', 'east']);
    });
});

test('without anything given there is no such question', async () => {
    expect((await scenario(text, ['east'])).given).toBeUndefined();
});

test('a duration repairs what fails, not what is given', async () => {
    const { outcome } = await scenario(text, ['east'], { given: ['west'], duration: hour, at: 2 * hour });
    expect(outcome.clusters.filter(({ alive }) => !alive).map(({ name }) => name)).toEqual(['west']);
});
