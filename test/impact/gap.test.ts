import { expect, test } from 'vitest';
import { blastRadiusOf } from '../../server/failure/blast-radius.js';
import { factsOf } from '../../server/impact/facts.js';
import { gapPhrase } from '../../server/impact/gap.js';
import { operationStories, severityPhrase } from '../../server/impact/operations.js';
import { headline } from '../../server/impact/summary.js';
import { simulated } from '../failure/check.js';

const estate = `topology t
management cluster mgmt
workload cluster dmz { gateway tier1 front }
workload cluster edge { gateway tier1 side }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
network { dmz -> east  dmz -> west  edge -> east  edge -> west }
service shop on east, west {
    exposed "shop.example.com" via front
    exposed "pay.example.com" via front, side { gslb ttl 5m }
}`;

test.each([
    [{ from: 0, to: 60 }, 'down for up to 60 s'],
    [{ from: 30, to: 30 }, 'down for 30 s'],
    [{ from: 300, to: 300 }, 'down for 5 min'],
    [{ from: 300, to: 360 }, 'down for 5–6 min'],
])('%o: %s', (gap, phrase) => {
    expect(gapPhrase(gap)).toBe(phrase);
});

test('a host that is out for a gap is unaffected, and the gap is told wherever the mark is', async () => {
    const outcome = await simulated(estate, ['link:dmz->east']);
    const facts = factsOf(outcome);
    expect(outcome.operations.runningWorkloads).toBe('unaffected');
    expect(severityPhrase('runningWorkloads', outcome)).toBe('unaffected, down for up to 60 s');
    expect(severityPhrase('metricsCollection', outcome)).toBe('unaffected');
    expect(headline(blastRadiusOf(outcome))).toBe('2 hosts fail over, down for up to 60 s');
    expect(operationStories(facts).runningWorkloads.sentences[0]).toBe(
        '`shop.example.com` fails over to `west`, down for up to 60 s.',
    );
});

test('beside a graver mark the gap stands at the host', async () => {
    const outcome = await simulated(estate, ['dmz.front']);
    expect(severityPhrase('runningWorkloads', outcome)).toBe('limited');
    expect(headline(blastRadiusOf(outcome))).toMatch(
        /^shop\.example\.com down · pay\.example\.com fails over, down for /,
    );
});
