import { describe, expect, test } from 'vitest';
import { contradictionSentence, contradictionsIn } from '../../server/impact/contradictions.js';
import { plain } from '../../server/impact/wording.js';
import { contradictions, type ContradictionId } from '../../server/knowledge/contradictions.js';
import { simulated } from '../failure/check.js';
import { twoClusters } from './tell.js';

const hosts = (to: string) => `topology hosts
management cluster mgmt
workload cluster dmz { gateway tier1 front }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" via front to ${to} }`;

/** How a contradiction comes out; undefined where it does not matter. */
async function here(id: ContradictionId, text: string, failures: string): Promise<string | undefined> {
    const found = contradictionsIn(await simulated(text, failures.split(' '))).find((one) => one.id === id);
    return found && plain(found.here);
}

describe('each where it matters, and as the file decides', () => {
    test.each([
        ['listener', twoClusters(), 'mp', 'central has a listener of its own (assumed), so edges keep it.'],
        [
            'listener',
            twoClusters('', 'listener own'),
            'mp',
            'central has a listener of its own (as the file says), so edges keep it.',
        ],
        [
            'listener',
            twoClusters('', 'listener front-envoy'),
            'front-envoy',
            'front-envoy serves the listener (as the file says), so edges lose central with it.',
        ],
        [
            'metrics',
            twoClusters(),
            'mp',
            'the store stands inside the management cluster (assumed) and is reached directly (assumed); that decides.',
        ],
        [
            'metrics',
            twoClusters('elasticsearch external via front-envoy'),
            'mgmt',
            'the store stands outside the management cluster (as the file says) and is reached through front-envoy (as the file says); that decides.',
        ],
        ['interruption', hosts('east, west'), 'east', 'shop.example.com moves within the published time, not at once.'],
        [
            'interruption',
            hosts('east weight 50, west weight 50'),
            'east',
            'shop.example.com loses a share for as long as the failure lasts.',
        ],
    ] as const)('%s: %#', async (id, text, failures, expected) => {
        expect(await here(id, text, failures)).toBe(expected);
    });

    test.each(['mp', 'mgmt', 'central'])('new workloads: both hold without %s', async (failure) => {
        expect(await here('new-workloads', twoClusters(), failure)).toMatch(
            /^both hold: what a cluster has stored applies/,
        );
    });
});

describe('and nowhere else', () => {
    test.each([
        ['listener', twoClusters(), 'mgmt'],
        ['listener', twoClusters(), 'iam'],
        ['metrics', twoClusters(), 'central'],
        ['metrics', twoClusters(), 'elasticsearch'],
        ['new-workloads', twoClusters(), 'east.istiod'],
        ['interruption', twoClusters(), 'east'],
        ['interruption', hosts('east, west'), 'mp'],
        ['interruption', hosts('east, west'), 'front'],
    ] as const)('%s: %#', async (id, text, failures) => {
        expect(await here(id, text, failures)).toBeUndefined();
    });
});

test('in one sentence: the topic, both readings, and how it comes out', async () => {
    const [first] = contradictionsIn(await simulated(twoClusters(), ['mp']));
    const [one, other] = contradictions['new-workloads'].readings;
    expect(contradictionSentence(first!)).toMatch(
        new RegExp(`^${contradictions['new-workloads'].topic}: ${one.says}; but ${other.says}\\. Here: both hold`),
    );
});
