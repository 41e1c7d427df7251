import { describe, expect, test } from 'vitest';
import { contradictionSentence, contradictionsIn } from '../../server/impact/contradictions.js';
import { plain } from '../../server/encoding/markdown.js';
import { contradictions, type ContradictionId } from '../../server/knowledge/contradictions.js';
import { scenario, simulated } from '../failure/check.js';
import { twoClusters } from './tell.js';

const hosts = (to: string, version = '') => `topology hosts ${version}
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
        [
            'listener',
            twoClusters(),
            'mp',
            'central has a listener of its own (assumed), so edges keep it. The other is likelier: say `listener front-envoy` where it is so.'.replaceAll(
                '`',
                '',
            ),
        ],
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
        [
            'interruption',
            hosts('east, west'),
            'east',
            'shop.example.com fails over within the published time, not at once.',
        ],
        [
            'interruption',
            hosts('east weight 50, west weight 50'),
            'east',
            'shop.example.com loses a share for as long as the failure lasts.',
        ],
        [
            'component-telemetry',
            twoClusters(),
            'mp',
            'it is taken to be forwarded; where east and west scrape it by themselves, it is not lost.',
        ],
        ['service-discovery', twoClusters(), 'mp', 'for TSB 1.10 central and its streams decide.'],
        [
            'service-discovery',
            hosts('east', 'for tsb 1.12'),
            'mp',
            'for TSB 1.12 central and its streams decide, although the introduction is that of its version.',
        ],
        [
            'detection',
            hosts('east, west'),
            'east',
            'the published time is used; with few requests shop.example.com may take up to 100 s.',
        ],
        [
            'outlier-detection',
            hosts('east, west'),
            'east',
            'it is taken to be on, without which shop.example.com would not fail over; say no outlier detection where it is off.',
        ],
        [
            'weights',
            hosts('east weight 50, west weight 50'),
            'east',
            'for TSB 1.10 they are taken to be strict, so shop.example.com loses the share of what is down.',
        ],
        [
            'weights',
            hosts('east weight 50, west weight 50', 'for tsb 1.12'),
            'link:dmz->east',
            'for TSB 1.12 they are taken to be strict, so shop.example.com loses the share of what is down; with failoverPriority it may fail over instead, which is not verified.',
        ],
    ] as const)('%s: %#', async (id, text, failures, expected) => {
        expect(await here(id, text, failures)).toBe(expected);
    });

    test('a token that has run out, while its stream stands', async () => {
        const tokenIn = async (failures: string, at = 3600) => {
            const { outcome } = await scenario(twoClusters(), failures.split(' '), { at });
            return contradictionsIn(outcome).find(({ id }) => id === 'token')?.here;
        };
        expect(await tokenIn('iam')).toBe(
            'the worst is taken; as long as no stream breaks, `east` and `west` may go on.',
        );
        expect(await tokenIn('iam', 3599)).toBeUndefined();
        expect(await tokenIn('mgmt')).toBeUndefined();
        expect(await tokenIn('iam link:east/mgmt')).toContain('`west` may go on');
        expect(await tokenIn('iam link:east/mgmt')).not.toContain('`east`');
    });

    test.each(['mp', 'mgmt'])('new workloads: both hold without %s', async (failure) => {
        expect(await here('new-workloads', twoClusters(), failure)).toMatch(
            /^both hold: what a cluster has stored applies/,
        );
    });
});

describe('and nowhere else', () => {
    test.each([
        ['listener', twoClusters(), 'mgmt'],
        ['listener', twoClusters(), 'iam'],
        ['new-workloads', twoClusters(), 'central'],
        ['new-workloads', twoClusters(), 'east'],
        ['new-workloads', twoClusters(), 'link:east/mgmt'],
        ['new-workloads', twoClusters(), 'mp east west'],
        ['metrics', twoClusters(), 'front-envoy'],
        ['component-telemetry', twoClusters(), 'mp east west'],
        ['component-telemetry', twoClusters(), 'east.edge'],
        ['service-discovery', twoClusters(), 'mgmt'],
        ['interruption', hosts('east, west'), 'east.ingress'],
        ['detection', hosts('east, west'), 'shop@east'],
        ['detection', hosts('east weight 50, west weight 50'), 'east'],
        ['weights', hosts('east, west'), 'east west'],
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
