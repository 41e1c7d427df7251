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
