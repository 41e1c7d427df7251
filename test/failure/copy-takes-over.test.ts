import { describe, expect, test } from 'vitest';
import { promised } from '../promises/judged.js';

// What the copy of a store does, second by second. The results were worked out by hand from "Copies of stores" in
// docs/model.md before any of them was run. An expectation that names no time of its own holds at the last time named.

interface Parts {
    readonly postgres?: string;
    readonly telemetry?: string;
    readonly place?: string;
    readonly more?: string;
}

const estate = ({
    postgres = '',
    telemetry = 'elasticsearch external direct',
    place = 'external in us/a',
    more = '',
}: Parts) =>
    `topology t
    region us { zones a, b }  region eu { zones x, y }  region hq
    external service vault  external service reg
    management cluster mgmt in hq {
        management plane { postgres ${place} { ${postgres} }  ${telemetry} }
    }
    workload cluster east in hq
    ${more}`;

/** Whether the lines of a scenario, two spaces between them, all come true. */
async function holds(parts: Parts, lines: string): Promise<readonly string[]> {
    const found = await promised(`${estate(parts)}\nscenario "s" {\n${lines.replaceAll('  ', '\n')}\n}`);
    return found.map((each) => each.replace(/^\d+ /, ''));
}

type Row = readonly [lines: string, broken?: RegExp];

function examine(parts: Parts, rows: readonly Row[]): void {
    test.each(rows.map(([lines, broken]) => [lines, broken] as const))('%s', async (lines, broken) => {
        const found = await holds(parts, lines);
        expect(found).toEqual(broken ? [expect.stringMatching(broken)] : []);
    });
}

const all = 'management operations';
const refused = /expectation-failed.*promotion of .* possible/;
const unmet = /expectation-failed/;

describe('promoted by hand', () => {
    examine({ postgres: 'copy every 15m in eu promoted within 10m' }, [
        [`fail postgres  at 9h expect ${all} lost`],
        [`fail postgres.copy  at 1h expect ${all} unaffected`],
        [`fail postgres  at 10m promote postgres.copy  at 10m expect ${all} unaffected`],
        [`fail region us  at 10m promote postgres.copy  at 10m expect ${all} unaffected`],
        [`fail us/a  at 10m promote postgres.copy  at 11m expect pushes, logins possible`],
        [`fail postgres  at 9m expect pushes impossible  at 10m promote postgres.copy  at 11m expect pushes possible`],
        [`fail postgres  at 10m promote postgres.copy  at 1h recover postgres  at 2h expect ${all} unaffected`],
        [`fail postgres for 1h  at 10m promote postgres.copy  at 2h fail postgres  at 3h expect ${all} unaffected`],
        [`fail postgres for 1h  at 10m promote postgres.copy  at 2h fail postgres.copy  at 3h expect ${all} lost`],
        [`at 1m promote postgres.copy  at 2m fail postgres  at 3m expect ${all} unaffected`],
        [`at 1m promote postgres.copy  at 2m fail region eu for 1h  at 1h expect ${all} lost`],
        [`at 1m promote postgres.copy  at 2m fail region eu for 1h  at 2h expect ${all} unaffected`],
        [`fail eu/x  fail postgres  at 5m promote postgres.copy  at 6m expect ${all} unaffected`],
        [
            `fail postgres for 1h  at 10m promote postgres.copy  at 2h promote postgres  at 3h fail postgres.copy  at 4h expect ${all} unaffected`,
        ],
        [
            `fail postgres for 1h  at 10m promote postgres.copy  at 2h promote postgres  at 3h fail postgres  at 4h expect ${all} lost`,
        ],
        [`fail region eu for 1h  at 2h expect ${all} unaffected`],
        [`fail postgres  at 10m promote postgres.copy  at 20m promote postgres`, refused],
        [`fail postgres, postgres.copy  at 10m promote postgres.copy`, refused],
        [`fail postgres, region eu  at 10m promote postgres.copy`, refused],
        [`fail postgres, eu/x, eu/y  at 10m promote postgres.copy`, refused],
        [
            `fail postgres, postgres.copy  at 5m recover postgres.copy  at 10m promote postgres.copy  at 11m expect ${all} unaffected`,
        ],
    ]);
});

describe('what starts meanwhile starts with the copy', () => {
    examine({ postgres: 'copy every 15m in eu promoted within 10m' }, [
        [`fail postgres  at 1m restart mgmt.management-plane.iam  at 20m expect ${all} lost`],
        [`fail postgres  at 1m restart iam  at 10m promote postgres.copy  at 11m expect ${all} unaffected`],
        [`at 1m promote postgres.copy  at 2m fail postgres  at 3m restart iam  at 4m expect ${all} unaffected`],
        [`at 1m promote postgres.copy  at 2m fail postgres.copy for 1h  at 3m restart iam  at 4m expect ${all} lost`],
        [
            `at 1m promote postgres.copy  at 2m fail postgres.copy for 1h  at 3m restart iam  at 2h expect ${all} unaffected`,
        ],
    ]);
});

describe('what the store requires', () => {
    examine({ postgres: 'copy every 15m in eu promoted within 10m  requires vault' }, [
        [`fail vault  at 1m expect ${all} lost`],
        [`fail postgres, vault  at 10m promote postgres.copy  at 11m expect ${all} lost`],
        [`fail postgres, vault  at 10m promote postgres.copy  at 20m recover vault  at 21m expect ${all} unaffected`],
        [`fail postgres  at 10m promote postgres.copy  at 20m fail vault  at 21m expect ${all} lost`],
    ]);
    examine({ postgres: 'copy every 15m in eu promoted within 10m  requires vault every 30m ttl 2h' }, [
        [`fail vault  at 89m expect ${all} unaffected`],
        [`fail vault  at 91m expect ${all} unaffected`, unmet],
        [`fail postgres, vault  at 10m promote postgres.copy  at 11m expect ${all} unaffected`, unmet],
        [`fail postgres, vault  at 10m promote postgres.copy  at 20m recover vault  at 21m expect ${all} unaffected`],
        [`fail postgres  at 10m promote postgres.copy  at 20m fail vault  at 109m expect ${all} unaffected`],
        [`fail postgres  at 10m promote postgres.copy  at 20m fail vault  at 111m expect ${all} unaffected`, unmet],
        [`fail postgres  at 10m promote postgres.copy  at 20m fail vault  at 141m expect ${all} lost`],
    ]);
    examine({ postgres: 'copy every 15m in eu promoted within 10m  requires reg to start' }, [
        [`fail postgres, reg  at 10m promote postgres.copy`, refused],
        [`fail postgres, reg  at 10m recover reg  at 10m promote postgres.copy  at 11m expect ${all} unaffected`],
        [`fail postgres  at 10m promote postgres.copy  at 20m fail reg  at 21m expect ${all} unaffected`],
        [`fail postgres for 1h  at 10m promote postgres.copy  at 2h fail reg  at 3h promote postgres`, refused],
    ]);
    examine({ postgres: 'copy every 15m in eu promotes itself within 2m  requires reg to start' }, [
        [`fail postgres, reg  at 1h expect ${all} lost`],
        [`fail postgres, reg for 1h  at 61m expect ${all} unaffected`, unmet],
    ]);
});

describe('promotes itself', () => {
    const itself = { postgres: 'copy every 15m in eu promotes itself within 2m' };
    examine(itself, [
        [`fail postgres  at 0m expect ${all} lost`],
        [`fail postgres  at 1m59s expect ${all} unaffected`, unmet],
        [`fail postgres  at 2m expect ${all} unaffected`],
        [`fail postgres  at 10h expect ${all} unaffected`],
        [`fail region us  at 2m expect ${all} unaffected`],
        [`fail postgres, postgres.copy  at 1h expect ${all} lost`],
        [`fail postgres  fail postgres.copy for 1m  at 2m59s expect ${all} unaffected`, unmet],
        [`fail postgres  fail postgres.copy for 1m  at 3m expect ${all} unaffected`],
        [`fail postgres, postgres.copy  at 30m recover postgres.copy  at 32m expect ${all} unaffected`],
        [`fail postgres  at 1m fail postgres.copy  at 10m expect ${all} lost`],
        [`fail postgres  at 1m fail postgres.copy  at 1h recover postgres  at 2h expect ${all} unaffected`, unmet],
        [`fail postgres  at 5m fail postgres.copy  at 6m expect ${all} lost`],
    ]);
    describe('and there may be two', () => {
        examine(itself, [
            [`fail region us, region eu for 1h  at 2h expect ${all} limited`],
            [`fail postgres for 1h  at 30m promote postgres.copy  at 2h expect ${all} unaffected`],
            [`fail postgres for 1h  at 30m promote postgres`, refused],
            [`fail postgres for 1h  at 2h fail region eu for 1h  at 4h expect ${all} limited`],
            [`fail postgres for 1h  at 2h promote postgres.copy  at 3h fail postgres  at 4h expect ${all} unaffected`],
            [`fail postgres for 1h  at 2h promote postgres  at 3h fail postgres.copy  at 4h expect ${all} unaffected`],
            [`restart postgres  at 1h expect ${all} not lost`],
            [`fail postgres  at 1m fail postgres.copy  at 1h recover postgres  at 2h expect ${all} lost`],
            [
                `fail postgres  at 1m fail postgres.copy  at 1h recover postgres  at 2h promote postgres  at 3h expect ${all} unaffected`,
            ],
            [`fail postgres for 1h  at 1m fail postgres.copy for 3h  at 4h expect ${all} limited`],
            [`fail postgres.copy  at 1m fail postgres for 1h  at 2h expect ${all} unaffected`],
            [`fail postgres for 1h  at 30m expect ${all} unaffected`],
            [`fail postgres for 1h  at 2h expect ${all} limited`],
            [`fail region us for 1h  at 2h expect ${all} limited`],
            [`fail us/a for 1h  at 2d expect ${all} limited`],
            // at the earliest it has taken over after a second
            [`fail postgres for 1m  at 5m expect ${all} limited`],
            [`fail postgres for 1h  at 90m promote postgres.copy  at 2h expect ${all} unaffected`],
            [`fail postgres for 1h  at 90m promote postgres  at 2h expect ${all} unaffected`],
            [
                `fail postgres for 1h  at 90m promote postgres.copy  at 2h fail postgres for 1h  at 4h expect ${all} unaffected`,
            ],
            [
                `fail postgres for 1h  at 90m promote postgres  at 2h fail postgres  at 121m expect ${all} unaffected`,
                unmet,
            ],
            [`fail postgres for 1h  at 90m promote postgres  at 2h fail postgres  at 122m expect ${all} unaffected`],
            [`fail postgres for 1h  at 90m promote postgres  at 2h fail postgres for 1h  at 4h expect ${all} limited`],
            // what is lost by itself is dead, what is lost with its place may be cut off
            [`fail postgres.copy for 1h  at 2h expect ${all} unaffected`],
            [`fail region eu for 1h  at 30m expect ${all} unaffected`],
            [`fail region eu for 1h  at 2h expect ${all} limited`],
            [`fail eu/x, eu/y for 1h  at 2h expect ${all} limited`],
            [`fail eu/x for 1h  at 2h expect ${all} unaffected`],
            [`fail region eu for 1h  at 90m promote postgres  at 2h expect ${all} unaffected`],
            [`fail region eu for 1h  at 90m promote postgres.copy  at 2h expect ${all} unaffected`],
            // by hand there are no two
            [`at 1m promote postgres.copy  at 2m fail postgres for 1h  at 2h expect ${all} unaffected`],
            [`at 1m promote postgres.copy  at 2m fail region eu for 1h  at 1h expect ${all} lost`],
            [`at 1m promote postgres.copy  at 2m fail region eu for 1h  at 2h expect ${all} unaffected`],
            [`at 1m promote postgres.copy  at 2m fail region us for 1h  at 2h expect ${all} unaffected`],
        ]);
        examine(
            {
                ...itself,
                more: `shared fate line of postgres.copy, link east/mgmt
                shared fate image of postgres, postgres.copy
                shared fate rack of postgres, link east/mgmt`,
            },
            [
                [`fail line for 1h  at 2h expect ${all} limited`],
                [`fail image for 1h  at 30m expect ${all} lost`],
                [`fail image for 1h  at 2h expect ${all} unaffected`],
                [`fail rack for 1h  at 30m expect ${all} unaffected`],
                [`fail rack for 1h  at 2h expect ${all} limited`],
            ],
        );
        examine({ postgres: 'copy every 15m in us/b promotes itself within 2m' }, [
            [`fail us/b for 1h  at 2h expect ${all} limited`],
            [`fail us/a for 1h  at 30m expect ${all} unaffected`],
            [`fail region us for 1h  at 30m expect ${all} lost`],
            [`fail region us for 1h  at 2h expect ${all} unaffected`],
        ]);
        examine({ postgres: 'copy every 15m in eu promotes itself within 2m  requires vault' }, [
            [`fail vault for 1h  at 30m expect ${all} lost`],
            [`fail vault for 1h  at 2h expect ${all} limited`],
        ]);
        examine({ postgres: 'copy in eu promotes itself' }, [
            [`fail postgres  at 1d expect ${all} lost`],
            [`fail postgres for 1m  at 1h expect ${all} limited`],
            [`fail region eu for 1m  at 1h expect ${all} limited`],
        ]);
        examine({ place: 'internal', postgres: 'copy every 15m in eu promotes itself within 2m' }, [
            [`fail mgmt for 1h  at 30m expect ${all} lost`],
            [`fail mgmt for 1h  at 3h expect ${all} limited`],
            [`fail management plane for 1h  at 3h expect ${all} unaffected`],
            [`fail postgres  at 3m expect ${all} unaffected`],
        ]);
    });
});

describe('the telemetry store', () => {
    const metrics = 'metrics collection';
    examine({ telemetry: 'elasticsearch external in us direct { copy every 1m in eu promotes itself within 2m }' }, [
        [`fail elasticsearch  at 1m expect ${metrics} unaffected`, unmet],
        [`fail elasticsearch  at 2m expect ${metrics}, ${all} unaffected`],
        [`fail elasticsearch  at 3m expect dashboards possible`],
        [`fail elasticsearch for 1h  at 2h expect ${metrics} limited`],
        [`fail elasticsearch for 1h  at 2h expect ${all} unaffected`],
        [`fail elasticsearch for 1h  at 90m promote elasticsearch  at 2h expect ${metrics} unaffected`],
        [`fail mgmt, elasticsearch  at 3m expect metrics collection of east limited`],
    ]);
    examine({ telemetry: 'elasticsearch external in us via front-envoy { copy every 1m in eu promoted within 2m }' }, [
        [`fail elasticsearch  at 2m promote elasticsearch.copy  at 2m expect ${metrics} unaffected`],
        [`fail elasticsearch, front-envoy  at 2m promote elasticsearch.copy  at 2m expect ${metrics} lost`],
        [`fail elasticsearch, link east -> mgmt  at 2m promote elasticsearch.copy  at 2m expect ${metrics} lost`],
    ]);
    examine({ telemetry: 'elasticsearch internal direct { copy every 1m in eu promoted within 2m }' }, [
        [`fail elasticsearch  at 2m promote elasticsearch.copy  at 2m expect ${metrics} unaffected`],
        [`fail elasticsearch, link east/mgmt  at 2m promote elasticsearch.copy  at 3m expect ${metrics} lost`],
        [`fail mgmt  at 2m promote elasticsearch.copy  at 3m expect ${metrics} lost`],
        [`fail mgmt for 1h  at 2m promote elasticsearch.copy  at 2h expect ${metrics} unaffected`],
        [`fail management plane  at 2m promote elasticsearch.copy  at 3m expect ${metrics} limited`],
    ]);
    examine({ telemetry: 'banyandb external in us direct { copy every 1m in eu promoted within 2m }' }, [
        [`fail banyandb  at 2m promote banyandb.copy  at 2m expect ${metrics} unaffected`],
    ]);
});

describe('a standby management cluster', () => {
    const shared = {
        postgres: 'copy every 15m in eu promoted within 10m',
        more: 'standby management cluster dr in eu',
    };
    examine(shared, [
        [`fail postgres  at 5m promote dr`, refused],
        [`fail postgres  at 5m promote postgres.copy  at 10m promote dr  at 12m expect ${all} unaffected`],
        [`fail mgmt  at 5m promote dr  at 10m fail postgres  at 11m expect ${all} lost`],
        [
            `fail mgmt  at 5m promote dr  at 10m fail postgres  at 15m promote postgres.copy  at 20m expect ${all} unaffected`,
        ],
        // what is promoted in the same second does not help yet, in whatever order it is said
        [`fail mgmt, postgres  at 5m promote dr, postgres.copy`, refused],
        [`fail mgmt, postgres  at 5m promote postgres.copy, dr`, refused],
        [`fail mgmt, postgres  at 5m promote postgres.copy  at 301s promote dr  at 10m expect ${all} unaffected`],
    ]);
    examine({ ...shared, more: 'standby management cluster dr in eu { copy every 1h }' }, [
        [`fail mgmt  at 5m promote dr  at 10m fail postgres, postgres.copy  at 11m expect ${all} unaffected`],
        [`fail postgres  at 5m promote dr  at 10m expect ${all} unaffected`],
    ]);
});

describe('a standby, and a copy that promotes itself', () => {
    const itself = { postgres: 'copy every 15m in eu promotes itself within 2m' };
    examine({ ...itself, more: 'standby management cluster dr in eu' }, [
        [`fail mgmt  at 5m promote dr  at 10m fail postgres  at 13m expect ${all} unaffected`],
        [`fail mgmt  at 5m promote dr  at 10m fail postgres for 1h  at 2h expect ${all} limited`],
        [`fail postgres  at 1m promote dr`, refused],
        [`fail mgmt, postgres  at 3m promote dr  at 5m expect ${all} unaffected`],
        [`fail region hq, region us  at 3m promote dr  at 5m expect ${all} unaffected`],
    ]);
    examine({ ...itself, more: 'standby management cluster dr in eu { copy every 1h }' }, [
        [`fail postgres, postgres.copy  at 5m promote dr  at 10m expect ${all} unaffected`],
    ]);
    examine({ telemetry: 'elasticsearch internal direct { copy every 1m in eu promotes itself within 2m }' }, [
        [`fail mgmt for 1h  at 30m expect metrics collection lost`],
        [`fail mgmt for 1h  at 3h expect metrics collection limited`],
        [`fail elasticsearch for 1h  at 30m expect metrics collection unaffected`],
    ]);
    examine(
        {
            telemetry: 'elasticsearch internal direct { copy every 1m in eu promoted within 2m }',
            more: 'standby management cluster dr in eu',
        },
        [
            [`fail mgmt  at 5m promote dr  at 10m expect metrics collection unaffected`],
            [
                `fail mgmt  at 5m promote dr  at 6m promote elasticsearch.copy  at 10m expect metrics collection unaffected`,
            ],
            [
                `fail mgmt  at 5m promote elasticsearch.copy  at 6m promote dr  at 10m expect metrics collection unaffected`,
            ],
            [
                `fail mgmt  at 5m promote elasticsearch.copy  at 6m promote dr  at 10m fail elasticsearch.copy  at 11m expect metrics collection unaffected`,
            ],
        ],
    );
});

describe('what is promised', () => {
    const said = async (parts: Parts, objective: string) =>
        (await promised(`${estate(parts)}\nobjective ${objective}\n`)).map((each) => each.replace(/^\d+ /, ''));
    const hand = 'copy every 15m in eu promoted within 10m';
    const itself = 'copy every 15m in eu promotes itself within 2m';
    test.each([
        [hand, 'postgres loses at most 15m from any region failure', undefined],
        // a backup of which nothing is said may be newer
        [hand, 'postgres loses at most 14m from any region failure', /objective-not-judged/],
        [`${hand}  no backup`, 'postgres loses at most 14m from any region failure', /objective-broken/],
        [hand, 'postgres loses at most 15m from any zone failure', undefined],
        ['copy in eu promoted within 10m', 'postgres loses at most 15m from region us', /objective-not-judged/],
        [`${hand}  backup every 1h in hq`, 'postgres loses at most 15m from region us', undefined],
        ['copy every 2h in eu  backup every 1h in hq', 'postgres loses at most 1h from region us', undefined],
        [
            'copy every 15m in us/b  backup every 1h in hq',
            'postgres loses at most 15m from region us',
            /objective-broken/,
        ],
        ['copy every 15m in us/b  backup every 1h in hq', 'postgres loses at most 15m from us/a', undefined],
        ['copy every 15m in us', 'postgres loses at most 15m from region us', /objective-/],
        [itself, 'postgres loses at most 15m from region us', undefined],
        [itself, 'postgres loses at most 15m from region eu', /objective-not-judged/],
        [`${itself}  no backup`, 'postgres loses at most 10m from region us', /objective-broken/],
        [hand, 'management operations recover within 10m from postgres', undefined],
        [hand, 'management operations recover within 9m from postgres', /objective-broken/],
        [hand, 'management operations recover within 10m from region us', undefined],
        [hand, 'management operations recover within 1m from region eu', undefined],
        ['copy every 15m in eu', 'management operations recover within 10d from postgres', /objective-not-judged/],
        [itself, 'management operations recover within 2m from postgres', undefined],
        [itself, 'management operations recover within 1m from postgres', /objective-broken/],
        ['copy in eu promotes itself', 'management operations recover within 9d from postgres', /objective-not-judged/],
        [`${hand}  requires reg to start`, 'management operations recover within 10m from postgres', undefined],
        [hand, 'management operations recover within 1d from mgmt', /objective-not-judged/],
        [hand, 'management operations survive postgres', /objective-broken/],
        [itself, 'management operations survive postgres', /objective-broken/],
        [itself, 'management operations survive postgres.copy', undefined],
        [itself, 'management operations recover within 2m from region eu', undefined],
        [itself, 'management operations recover within 2m from region us', undefined],
        [itself, 'management operations recover within 2m from any region failure', /objective-not-judged/],
        [
            'copy every 15m in us/b promotes itself within 2m',
            'management operations recover within 2m from region us',
            /objective-not-judged/,
        ],
        [
            'copy every 15m in us/b promotes itself within 2m',
            'management operations recover within 2m from any zone failure',
            undefined,
        ],
        [itself, 'postgres survives any zone failure', /objective-broken/],
    ])('%s: %s', async (postgres, objective, broken) => {
        expect(await said({ postgres }, objective)).toEqual(broken ? [expect.stringMatching(broken)] : []);
    });
});
