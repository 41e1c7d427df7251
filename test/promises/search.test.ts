import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { search } from '../../server/promises/search.js';
import { watchOf } from '../../server/promises/watch.js';
import { findElement } from '../../server/topology/element-names.js';
import { estate } from '../fixture.js';

const text = `topology demo
management cluster mgmt
workload cluster east { gateway ingress, east-west  edge control plane { leaf certificate ttl 24h  certificate authority own } }
workload cluster west { gateway ingress, east-west  edge control plane { leaf certificate ttl 24h  certificate authority own } }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }
service batch on east, west
`;

async function pairFound(names: readonly string[], subject: string, lasting?: number) {
    const { topology } = await estate(text);
    const { graph } = analysisOf(topology);
    const host = graph.traffic.hosts.find(({ exposure }) => exposure.host === subject);
    const watch = watchOf(graph, host ? { kind: 'host', host, name: subject } : { kind: 'service', name: subject })!;
    const steps = search(graph, {
        watches: [watch],
        of: names.map((name) => [findElement(graph.elements, name).found!]),
        count: 2,
        allowed: 'unaffected',
        ...(lasting !== undefined && { lasting }),
        isLeftOut: () => false,
        isSpared: () => false,
    });
    for (;;) {
        const step = steps.next();
        if (step.done)
            return (
                step.value.found && {
                    names: step.value.found.failures.map(({ name }) => name),
                    at: step.value.found.at,
                }
            );
    }
}

describe('a pair is found', () => {
    test('that takes all homes of a service that nobody uses, which no gate joins', async () => {
        expect(await pairFound(['mgmt', 'east', 'west'], 'batch')).toEqual({ names: ['east', 'west'], at: 0 });
    });

    test('of which one part takes its share only once a clock has run out', async () => {
        const pair = ['west', 'east.istiod'];
        expect(await pairFound(pair, 'shop.example.com')).toBe(undefined);
        expect(await pairFound(pair, 'shop.example.com', 3_600)).toBe(undefined);
        expect(await pairFound(pair, 'shop.example.com', 2 * 86_400)).toEqual({ names: pair, at: 43_200 });
    });

    test('that takes less with it than others, wherever it stands among them', async () => {
        const gateways = ['east.ingress', 'west.ingress'];
        const clusters = ['east', 'west'];
        for (const names of [
            [...clusters, ...gateways],
            [...gateways, ...clusters],
        ])
            expect(await pairFound(names, 'shop.example.com')).toEqual({ names: gateways, at: 0 });
    });

    test('only where neither part does it alone', async () => {
        expect(await pairFound(['east', 'west'], 'shop.example.com')).toEqual({ names: ['east', 'west'], at: 0 });
        expect(await pairFound(['service:batch', 'mgmt'], 'batch')).toEqual({ names: ['service:batch'], at: 0 });
    });
});
