import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import type { Step } from '../../server/failure/run.js';
import { timelineOf, type Timeline } from '../../server/failure/timeline.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { plain } from '../../server/encoding/markdown.js';
import { asElementName } from '../../server/topology/element-name.js';
import { scenario } from '../failure/check.js';
import { estate } from '../fixture.js';

const estateOf = (edge = '') => `topology events
management cluster mgmt
workload cluster east { gateway ingress gw  edge control plane { ${edge} } }
workload cluster west { gateway ingress gw }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }`;

const lines = (timeline: Timeline) =>
    timelineEntries(timeline).map(
        ({ at, certain, sentences }) => `${at}${certain ? '' : '?'} ${plain(sentences.join(' '))}`,
    );

/** Each entry as a line: the time in seconds, a question mark where it is not certain, its sentences. */
async function events(failures: string, text: string, options: Parameters<typeof scenario>[2] = {}): Promise<string[]> {
    return lines((await scenario(text, failures.split(' '), options)).timeline);
}

describe('nothing happens to the dead', () => {
    test.each([
        ['a cluster', 'east', 'metrics buffer 2h', /tokens|certificates|buffer|stored metrics/],
        ['a cluster that is cut off, too', 'east link:east/mgmt', 'metrics buffer 2h', /buffer|tokens/],
        ['the buffer of an OAP that is down', 'east.edge link:east/mgmt', 'metrics buffer 2h', /buffer/],
        ['what a store held that is down', 'elasticsearch', '', /stored metrics/],
        ['certificates that nobody shows any more', 'east.data-plane shop@east', '', /certificates/],
        ['the certificates of a door that is down', 'mgmt', 'token ttl 1y', /TSB certificates/],
    ])('no event: %s', async (_, failures, edge, dead) => {
        const later = (await events(failures, estateOf(edge))).slice(1);
        expect(later.filter((line) => dead.test(line) && !/tokens of west have/.test(line))).toEqual([]);
    });

    test('the living are told without them', async () => {
        const found = await events('mgmt east', estateOf());
        expect(found).toContainEqual(expect.stringMatching(/^3600 The agent tokens of west have run out/));
    });

    test('what ran out meanwhile is renewed on return', async () => {
        const found = await events('east', estateOf(), { duration: 2 * 3600 });
        expect(found.filter((line) => /tokens/.test(line))).toEqual([
            expect.stringMatching(
                /^7200\? east is available again\. The agent tokens of east have run out meanwhile: .* The agent tokens of east are renewed within 15 min/,
            ),
            expect.stringMatching(/^8100 By now the agent tokens of east are renewed/),
        ]);
    });

    test('what is missed only after the return is told then', async () => {
        const { graph } = analysisOf((await estate(estateOf())).topology);
        const step = (at: number, action: Step['action'], element: string): Step => {
            return { at, action, element: asElementName(element) };
        };
        const steps = [step(0, 'fail', 'east'), step(0, 'fail', 'link:east/mgmt'), step(7200, 'recover', 'east')];
        const found = lines(timelineOf(graph, steps)).filter((line) => /tokens/.test(line));
        expect(found).toEqual([
            expect.stringMatching(/^7200 east is available again\. The agent tokens of east have run out meanwhile/),
        ]);
    });
});

describe('what is certain', () => {
    const machines = `management cluster mgmt
        workload cluster hub { gateway vm machines }
        workload cluster e2 { gateway ingress }
        service legacy { on e2 { virtual machines via hub.machines } }`;

    test.each(['e2', 'e2.istiod'])('a range is a range, whatever took istiod away: %s', async (failure) => {
        const found = (await events(failure, machines)).filter((line) => /machine certificates/.test(line));
        expect(found).toEqual([
            expect.stringMatching(
                /^43200\? .*From now on the machine certificates of legacy on e2 may run out, all of them by 1 d/,
            ),
            expect.stringMatching(/^86400 .*By now the machine certificates of legacy on e2 have run out/),
        ]);
    });

    test('a step, while something else may have run out', async () => {
        const found = await events('east.istiod', estateOf(), { restarts: ['west.gw'], at: 50_000 });
        expect(found).toContainEqual(expect.stringMatching(/^50000 .*gateway west\.gw restarts/i));
    });

    test('what follows from a range has its own range', async () => {
        expect(await events('mgmt.mp.operator', estateOf())).toContainEqual(
            expect.stringMatching(/^2595600\? .*agent tokens of east and west may run out, all of them by 90 d 1 h/),
        );
    });

    test('clients that follow what may have run out only may have failed over', async () => {
        expect(await events('east.istiod', estateOf())).toContainEqual(
            '43230? By now the clients of shop.example.com may have failed over to west.',
        );
    });

    test('no end is told where it is repaired before', async () => {
        const found = await events('east.istiod', estateOf(), { duration: 50_000 });
        expect(found[1]).toMatch(/^43200\? From now on the workload certificates of east may run out: nobody accepts/);
    });
});

test('who misses a change of endpoints is told so', async () => {
    const found = await events('link:west/mgmt east.istiod', estateOf());
    expect(found.filter((line) => /west does not hear of it, and is stale from now on/.test(line))).toEqual([
        expect.stringMatching(/^43200\? From now on the workload certificates of east may run out/),
    ]);
});
