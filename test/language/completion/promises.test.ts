import { describe, expect, test } from 'vitest';
import { labels } from './complete.js';

const estate = 'region us\nmanagement cluster mgmt\nworkload cluster east\nservice shop on east\n';

describe('in a promise', () => {
    test.each([
        ['scenario "x" {\n <|>\n}', ['at', 'fail', 'recover', 'restart', 'expect']],
        ['scenario "x" { at 1h <|> }', ['fail', 'recover', 'restart', 'expect']],
        ['scenario "x" { fail <|> }', ['east', 'mgmt', 'us', 'shop', 'any', 'region', 'cluster', 'management cluster']],
        ['scenario "x" { fail any <|> }', ['cluster', 'zone', 'gateway']],
        ['scenario "x" { expect shop <|> }', ['unaffected', 'limited', 'lost', 'not']],
        ['scenario "x" { expect <|> }', ['east', 'shop', 'every', 'deployments', 'logins']],
        ['scenario "x" { expect shop, dep<|> }', ['deployments']],
        ['scenario "x" { expect logins <|> }', ['possible', 'impossible', 'not']],
        ['objective shop <|>', ['survives', 'partly', 'recovers', 'loses']],
        ['objective shop survives any cluster <|>', ['failure', 'for', 'in', 'with']],
        ['accept <|>', ['single-homed-exposed-service', 'telemetry-path-assumed']],
    ])('%s', async (text, expected) => {
        const proposed = (await labels(estate + text)).split(', ');
        expect(expected.filter((each) => !proposed.includes(each))).toEqual([]);
    });
});

const standingBy = `region us
region eu
management cluster mgmt in us { management plane { postgres external in us { copy every 15m in eu promoted within 5m } } }
standby management cluster dr in eu { copy }
workload cluster "e st" in us { gateway ingress shop-gw }
workload cluster west in us
service shop on west
`;

describe('what has no declaration of its own', () => {
    test.each([
        ['fail post<|>', 'postgres, postgres.copy'],
        ['expect root<|>', 'root-ca'],
        ['fail west.i<|>', 'istiod'],
        ['expect shop, west.<|>', expectedOf('edge-control-plane', 'istiod', 'kubernetes-api', 'data-plane')],
        ['fail "e st".<|>', expectedOf('edge-control-plane', 'istiod')],
        ['fail mgmt.<|>', expectedOf('management-plane', 'management-plane.front-envoy', 'central-control-plane')],
    ])('%s', async (line, expected) => {
        const proposed = await labels(`${standingBy}scenario "x" {\n${line}\n}\n`);
        expect(proposed).toEqual(expected);
    });

    test('only what stands by can be promoted', async () => {
        const proposed = (await labels(`${standingBy}scenario "x" {\n at 1h promote <|>\n}\n`)).split(', ');
        expect(proposed.slice(0, 1)).toEqual(['dr']);
        expect(proposed).toContain('postgres.copy');
        for (const other of ['mgmt', 'west', 'us', 'shop', 'postgres', 'root-ca'])
            expect(proposed).not.toContain(other);
    });
});

/** A list that has these, and others. */
function expectedOf(...names: string[]): unknown {
    return expect.toSatisfy((list: string) => names.every((name) => list.split(', ').includes(name)));
}
