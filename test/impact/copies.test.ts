import { expect, test } from 'vitest';
import { editor } from '../features/editor.js';

const estate = (thing: string) => `region us { zones a, b, c }
region eu
management cluster mgmt in us { management plane { ${thing.startsWith('elastic') ? thing : ''} } }
workload cluster east in us
workload cluster west in us/a
workload cluster far in eu
workload cluster nowhere
${thing.startsWith('elastic') ? '' : thing}`;

const of = (replicas: string, cluster = 'east') => `service shop { on ${cluster} { <|>${replicas} } }`;

test.each([
    [of('replicas 3 of 3'), 'the loss of any one of these zones takes it along.'],
    [of('replicas 2 of 3'), 'any 1 of these zones may be lost, the loss of 2 takes it along.'],
    [
        of('replicas 2 across zones a, b'),
        'stand in `us/a` and `us/b`: any 1 of these zones may be lost, the loss of all takes it along.',
    ],
    [of('replicas 2 across zones a'), 'stand in `us/a`: the loss of it takes it along.'],
    [of('replicas 3'), 'stands in `us`, and survives the loss of any one of its zones, not of two.'],
    [of('replicas 2 of 3', 'west'), 'stands in `us/a`, and is lost with it, whatever its copies.'],
    [of('replicas 2 of 3', 'far'), 'is lost with `eu`.'],
    [of('replicas 2 of 3', 'nowhere'), 'stands in no region, and is lost with none.'],
    [
        'elasticsearch internal { <|>replicas 3 }',
        'stand in `us/a`, `us/b` and `us/c`: any 1 of these zones may be lost',
    ],
    ['elasticsearch external in us { <|>replicas 2 }', 'the loss of any one of these zones takes it along.'],
    [
        'external service db in us/a, us/b { <|>replicas 1 of 2 }',
        'Of 2 copies of `db`, spread evenly over `us/a` and `us/b`, one may be lost',
    ],
    ['external service db in us, eu { <|>replicas 2 of 2 }', 'none may be lost'],
    [
        'external service db in us/a, us/b { <|>replicas 2 }',
        '`db` stands in `us/a` and `us/b`, and is lost with all of them.',
    ],
    ['external service db in us { <|>replicas 2 of 3 }', 'any 1 of these zones may be lost'],
    ['service shop on east\nabout shop on east { <|>replicas 3 of 3 }', 'the loss of any one of these zones'],
])('a hover tells which zones may be lost: %s', async (thing, expected) => {
    expect(await (await editor(estate(thing))).hover()).toContain(expected);
});

test('of each cluster of a list', async () => {
    const hover = await (await editor(estate(of('replicas 2 of 2', 'east, west')))).hover();
    expect(hover).toContain('Copies of');
    expect(hover).toContain('on `west` stands in `us/a`');
});
