import { describe, expect, test } from 'vitest';
import { promised, withPlacesAssumed } from './judged.js';

const estate = `topology acme
region us { zones a, b }
region eu
management cluster mgmt in us { management plane { postgres external in eu { backup every 1h in us } } }
workload cluster east in us/a { gateway ingress, east-west gw { labels wave canary } }
workload cluster west in eu { gateway ingress, east-west }
service shop on east, west { labels tier gold  exposed "shop.example.com" { gslb ttl 30s }  failover east-west }
service batch on east
`;

async function said(objective: string, today = '2026-11-28'): Promise<string[]> {
    const found = await promised(`${estate}${objective}\n`, { today });
    return found.map((each) => each.replace(/^\d+ /, ''));
}

describe('an objective is kept, or broken by the smallest failure', () => {
    test.each([
        ['every host survives any failure', undefined],
        ['every service with tier gold survives any region failure for 7d', undefined],
        ['every host survives any gateway failure with wave canary', undefined],
        ['shop.example.com recovers within 2m from any failure', undefined],
        ['shop.example.com recovers within 10s from any cluster failure', /away for .* which is longer than 10 s/],
        [
            'shop survives any 2 cluster failures',
            /the failures of east and west together: nobody who uses it is served/,
        ],
        ['batch survives any failure', /^objective-broken error: batch does not survive the failure of /],
        ['batch partly survives region eu', undefined],
        ['batch partly survives region us', /the failure of region us: nobody/],
        ['management operations survive any cluster failure', /the failure of mgmt: they are lost/],
        [
            'metrics collection survives any cluster failure',
            /metrics collection does not survive .*: it is (lost|limited)/,
        ],
        ['west partly survives any failure in us', undefined],
        ['postgres loses at most 1h from any region failure', undefined],
        [
            'postgres loses at most 30m from any region failure',
            /up to 1 h of Postgres are lost, which is more than 30 min/,
        ],
        [
            'management operations recover within 2h from any region failure',
            /^objective-not-judged warning: Cannot be judged/,
        ],
        ['postgres loses at most 1h from any 2 failures', /only single failures are tried/],
        ['shop survives any 3 failures', /at most two failures at a time are tried/],
        ['elasticsearch loses at most 1h', /does not say whether Elasticsearch is backed up/],
        [
            'every service with tier silver survives any failure',
            /^nothing-to-judge info: Nothing in this estate is meant/,
        ],
        ['shop survives any failure with tier silver', /^nothing-to-judge info: Nothing in this estate can fail/],
    ])('%s', async (sentence, says) => {
        const found = await said(`objective ${sentence}`);
        if (says === undefined) expect(found).toEqual([]);
        else expect(found).toEqual([expect.stringMatching(says)]);
    });

    test.each([
        [
            'any workload cluster',
            'shop does not survive the failure of c: nobody who uses it is served. Because of gateway c.ingress ← the data plane of c ← c.',
        ],
        ['any gateway', 'shop does not survive the failure of gateway c.ingress: nobody who uses it is served.'],
    ])('what made it fail is told, unless that is only what failed: %s', async (failures, message) => {
        const text = `workload cluster c { gateway ingress }\nservice shop on c { exposed "a.example.com" }`;
        expect(await promised(`${text}\nobjective shop survives ${failures} failure`)).toEqual([
            `3 objective-broken error: ${message}`,
        ]);
    });

    test('what is accepted is left out, until its day', async () => {
        const text =
            'objective shop survives any 2 cluster failures { accept east, west because "so" until 2026-11-28 }';
        expect(await said(text)).toEqual([
            'accepted-failure hint: This is left out of the objective. Accepted until 2026-11-28: so',
        ]);
        expect(await said(text, '2026-11-29')).toEqual([
            expect.stringMatching(/^objective-broken error: shop does not survive/),
            'acceptance-expired warning: This was accepted until 2026-11-28, and is not any more: so',
        ]);
    });
});

describe('what is accepted in an objective', () => {
    const three = `management cluster mgmt
workload cluster c1 { gateway ingress }
workload cluster c2 { gateway ingress }
workload cluster c3 { gateway ingress }
service a on c1 { exposed "a.example.com" }
service b on c1, c2 { exposed "b.example.com" { gslb ttl 30s } }
`;
    const objective = 'objective every host survives any 2 workload cluster failures { accept';

    test('is that failure, and no other that it has a part in', async () => {
        expect(await promised(`${three}${objective} c1 because "so" }`)).toEqual([
            expect.stringMatching(/objective-broken error: b\.example\.com does not survive the failures of c1 and c2/),
            expect.stringMatching(/accepted-failure hint/),
        ]);
        const one = three.replace(/service b.*\n/, '');
        expect(await promised(`${one}${objective} c1 because "so" }`)).toEqual([
            expect.stringMatching(/accepted-failure hint/),
        ]);
    });

    test('is no choice', async () => {
        const found = await promised(`${three}${objective} any workload cluster because "so" }`);
        expect(found).toContainEqual(expect.stringMatching(/odd-choice error: What is accepted is one failure/));
    });
});

describe('somebody recovers', () => {
    test('and nobody knows when, where something runs out meanwhile', async () => {
        const text = (every: string) =>
            `${estate}external service okta\nabout shop { requires okta every ${every} }\nobjective shop.example.com recovers within 5m from okta\n`;
        expect(await promised(text('20m'))).toEqual([
            expect.stringMatching(
                /objective-not-judged warning: Cannot be judged, so it is not kept: .* takes shop\.example\.com along/,
            ),
        ]);
        expect(await promised(text('20m ttl 1h'))).toEqual([]);
    });

    const needs = `management cluster mgmt
workload cluster east { gateway ingress, east-west }
workload cluster west { gateway ingress, east-west }
service db on east, west { failover east-west }
service shop on east { requires db  exposed "s.example.com" }
`;

    test.each(['s.example.com', 'shop', 'db'])('not before what %s needs has moved', async (who) => {
        const [broken] = await promised(`${needs}objective ${who} recovers within 5s from db on east`);
        expect(broken).toMatch(/objective-broken error: .* may be away for/);
        expect(await promised(`${needs}objective ${who} recovers within 2m from db on east`)).toEqual([]);
    });

    test.each(['s.example.com', 'shop'])('of %s within what its clients need to move, and no sooner', async (who) => {
        const text = `management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { no failover  exposed "s.example.com" { gslb ttl 30s } }
`;
        const [broken] = await promised(`${text}objective ${who} recovers within 89s from shop on east`);
        expect(broken).toMatch(/may be away for 90 s with the failure of shop on east, which is longer than 89 s/);
        expect(await promised(`${text}objective ${who} recovers within 90s from shop on east`)).toEqual([]);
    });

    test('from what is named also where that is it', async () => {
        const [found] = await promised(`${needs}objective shop recovers within 5s from service shop`);
        expect(found).toMatch(/objective-not-judged/);
    });
});

describe('of whom the file does not say where it is', () => {
    const placed = (place: string) => `region us
region eu
management cluster mgmt in us { management plane { postgres ${place} } }
workload cluster east in us
external service bank
shared fate dark of region eu, east
`;
    const notJudged = (who: string): unknown =>
        expect.stringMatching(
            `objective-not-judged warning: Cannot be judged, so it is not kept: the file does not say where ${who} is`,
        );

    test.each([
        ['postgres loses at most 1h from any region failure', 'Postgres'],
        ['postgres survives any region failure', 'Postgres'],
        ['postgres survives region eu', 'Postgres'],
        ['postgres survives any failure', 'Postgres'],
        ['bank survives any region failure', 'bank'],
        ['postgres survives dark', 'Postgres'],
    ])('nobody knows whether a place takes it along: %s', async (promise, who) => {
        expect(await promised(`${placed('external')}objective ${promise}\n`)).toEqual([notJudged(who)]);
    });

    test.each([
        ['external', 'postgres survives any cluster failure'],
        ['external in eu', 'postgres survives region us'],
        ['internal', 'postgres survives region eu'],
    ])('with postgres %s it is known: %s', async (place, promise) => {
        expect(await promised(`${placed(place)}objective ${promise}\n`)).toEqual([]);
    });

    const needing = `region us
region eu
management cluster mgmt in us { management plane { postgres external in us } }
workload cluster west in eu { gateway ingress }
service shop on west { exposed "shop.example.com" }
external service bank
external service audit
about shop { requires bank }
`;
    test.each([
        ['shop survives region us', 'bank'],
        ['every host survives region us for 30d', 'bank'],
        ['every host survives any 2 cluster failures in us', undefined],
        ['shop survives any cluster failure in us', undefined],
        ['shop recovers within 1h from region us', 'bank'],
    ])('what needs it is kept, as far as anybody knows: %s', async (promise, who) => {
        const assumed: unknown = expect.stringMatching(
            `place-assumed info: The file does not say where ${who} is: 1 promise is kept only where no place that fails takes it along`,
        );
        expect(await promised(`${needing}objective ${promise}\n`, withPlacesAssumed)).toEqual(
            who === undefined ? [] : [assumed],
        );
    });

    test('a place that is accepted is accepted with whatever stands there', async () => {
        const accepting = (...places: string[]) => `objective shop survives any region failure {
    ${places.map((place) => `accept region ${place} because "rare"`).join('\n    ')}
}
`;
        const accepted: unknown = expect.stringMatching('accepted-failure hint');
        const found = async (...places: string[]) => promised(needing + accepting(...places), withPlacesAssumed);
        expect(await found('eu')).toContainEqual(expect.stringMatching('place-assumed info'));
        expect(await found('eu', 'us')).toEqual([accepted, accepted]);
    });

    test('what is broken anyway is told as broken', async () => {
        const text = `${placed('external')}workload cluster west\nobjective every workload cluster survives any region failure\n`;
        expect((await promised(text)).join()).toMatch(/^\d+ objective-broken/);
    });
});

describe('a risk that is accepted', () => {
    const codes = /^(single-homed-exposed-service|acceptance)/;
    const text = (where: 'block' | 'top' | 'elsewhere') => `management cluster mgmt
workload cluster east { gateway ingress }
service a on east { exposed "a.example.com" ${where === 'block' ? 'accept single-homed-exposed-service because "so" until 2026-11-28' : ''} }
service b on east { ${where === 'elsewhere' ? 'accept single-homed-exposed-service because "so"' : ''} }
${where === 'top' ? 'accept single-homed-exposed-service because "so"' : ''}`;

    test('stays visible as a hint, in its block and at the top', async () => {
        for (const where of ['block', 'top'] as const) {
            const found = await promised(text(where), { codes });
            expect(found).toEqual([expect.stringMatching(/^3 single-homed-exposed-service hint: .* Accepted.*: so$/)]);
        }
    });

    test('of another block is not accepted, and what is not the case need not be', async () => {
        expect(await promised(text('elsewhere'), { codes })).toEqual([
            expect.stringMatching(/^3 single-homed-exposed-service (warning|info): /),
            '4 acceptance-unused hint: There is nothing to accept any more.',
        ]);
    });

    test('is as grave as before after its day, and says so', async () => {
        expect(await promised(text('block'), { codes, today: '2026-11-29' })).toEqual([
            expect.stringMatching(/^3 single-homed-exposed-service (warning|info): /),
            '3 acceptance-expired warning: This was accepted until 2026-11-28, and is not any more: so',
        ]);
    });
});

describe('what is restored from a backup', () => {
    const estateWith = (backup: string, more = '') => `region us
region eu
region ap
management cluster mgmt in eu {
    management plane {
        postgres external in us { ${backup} ${more} }
        elasticsearch external in eu direct
        identity-provider external in eu
    }
}
external service vault in us
external service keys in eu
workload cluster west in eu
`;
    const unjudged =
        /takes management operations along, and how long it takes to restore that cannot be told from the file/;

    const alone =
        /may be away for 2 h with the failure of region us, which is longer than 1 h 59 min: the restoration of Postgres takes 2 h\.( |$)/;

    test.each([
        ['backup every 1h in eu restored within 2h', 'recover within 2h from postgres', undefined],
        ['backup every 1h in eu restored within 2h', 'recover within 2h from region us', undefined],
        ['backup every 1h in eu restored within 2h', 'recover within 119m from region us', alone],
        ['backup in eu restored within 2h', 'recover within 2h from any failure in us', undefined],
        // its own place, its backup's place, or nobody knows where that is
        ['backup every 1h in us restored within 2h', 'recover within 2h from region us', unjudged],
        ['backup every 1h restored within 2h', 'recover within 2h from postgres', unjudged],
        ['backup every 1h in eu', 'recover within 2h from region us', unjudged],
        // more than the store is lost
        ['backup every 1h in us restored within 2h', 'recover within 2h from region eu', unjudged],
    ] as const)('%s: management operations %s', async (backup, promise, says) => {
        const found = await promised(`${estateWith(backup)}objective management operations ${promise}\n`);
        expect(found).toEqual(says === undefined ? [] : [expect.stringMatching(says)]);
    });

    test.each([
        ['requires vault', 'region us', unjudged],
        ['requires vault to start', 'region us', unjudged],
        ['requires keys', 'region us', undefined],
        ['requires keys to start', 'region us', undefined],
        ['requires vault every 1h', 'region us', unjudged],
        ['replicas 2 across zones a, b', 'region us', undefined],
    ] as const)('it needs what it %s', async (need, failure, says) => {
        const estate = estateWith('backup every 1h in eu restored within 2h', need);
        const text = estate.replace('region us\n', 'region us { zones a, b }\n');
        const found = await promised(`${text}objective management operations recover within 2h from ${failure}\n`);
        expect(found).toEqual(says === undefined ? [] : [expect.stringMatching(says)]);
    });

    test.each([
        ['backup in ap restored within 2h', 'zone ap/a', undefined],
        ['backup in ap restored within 2h', 'both', unjudged],
        ['backup in ap/b restored within 2h', 'zone ap/a', undefined],
        ['backup in one restored within 2h', 'zone one/a', unjudged],
    ] as const)('a backup is lost as all else that stands there: %s, %s', async (backup, failure, says) => {
        const place = failure === 'zone one/a' ? 'one/a' : 'ap/a';
        const text = `region ap { zones a, b, c }
region one { zones a }
region eu
management cluster mgmt in eu {
    management plane {
        postgres external in ${place} { ${backup} }
        elasticsearch external in eu direct
        identity-provider external in eu
    }
}
shared fate both of zone ap/a, zone ap/b
objective management operations recover within 2h from ${failure}
objective postgres loses at most 1h from ${failure}
`;
        const found = await promised(text.replace('backup in', 'backup every 1h in'));
        expect(found.filter((each) => each.includes('recover') || unjudged.test(each))).toEqual(
            says === undefined ? [] : [expect.stringMatching(says)],
        );
        expect(found.filter((each) => each.includes('everything in Postgres is lost')).length).toBe(
            says === undefined ? 0 : 1,
        );
    });

    test('what it asked for again and again a new one has not got before', async () => {
        const estate = estateWith('backup every 1h in eu restored within 2h', 'requires vault every 10m ttl 1d');
        const found = await promised(`${estate}objective management operations recover within 2h from region us\n`);
        expect(found).toEqual([expect.stringMatching(unjudged)]);
    });

    test('beside a copy that promotes itself there may be two', async () => {
        const estate = estateWith('backup in eu restored within 2h', 'copy in eu promotes itself');
        const found = await promised(`${estate}objective management operations recover within 2h from postgres\n`);
        expect(found).toEqual([expect.stringMatching(unjudged)]);
    });

    test('what a secret has signed is not good again with it', async () => {
        const estate = estateWith('').replace(
            'elasticsearch',
            'root-ca { ttl 1y backup in ap restored within 2h }\n        elasticsearch',
        );
        const found = await promised(`${estate}objective metrics collection recovers within 3h from root-ca\n`);
        expect(found).toEqual([expect.stringMatching(/objective-not-judged/)]);
    });

    test('one that cannot be restored keeps no other one from it', async () => {
        const estate = estateWith('backup in ap restored within 2h', 'requires vault to start').replace(
            'elasticsearch external in eu direct',
            'elasticsearch external in us direct { backup in ap restored within 1h }',
        );
        const told = (promise: string) => promised(`${estate}objective ${promise} from region us\n`);
        expect(await told('metrics collection recovers within 1h')).toEqual([]);
        expect(await told('metrics collection recovers within 59m')).toEqual([
            expect.stringMatching(/away for 60 min|away for 1 h/),
        ]);
        expect(await told('management operations recover within 9h')).toEqual([expect.stringMatching(unjudged)]);
    });

    test('of several that are restored, what takes the longest is named', async () => {
        const estate = estateWith('backup in eu restored within 2h').replace(
            'elasticsearch external in eu direct',
            'elasticsearch external in us direct { backup in eu restored within 3h }',
        );
        const found = await promised(`${estate}objective metrics collection recovers within 1h from region us\n`);
        expect(found).toEqual([
            expect.stringMatching(/: the restoration of Elasticsearch takes 3 h, the longest of what is restored\./),
        ]);
    });

    test('what has run out before it is back is got anew', async () => {
        const metrics = (backup: string) =>
            estateWith('')
                .replace('elasticsearch external in eu direct', `elasticsearch external in us direct { ${backup} }`)
                .replace('west in eu', 'west in eu { edge control plane { metrics buffer 1h } }');
        const told = (restored: string, within: string) =>
            promised(
                `${metrics(`backup in eu restored within ${restored}`)}objective metrics collection recovers within ${within} from elasticsearch\n`,
            );
        expect(await told('30m', '30m')).toEqual([]);
        expect(await told('2h', '3h')).toEqual([]);
        expect(await told('2h', '1h')).toEqual([expect.stringMatching(/may be away for 2 h/)]);
    });
});
