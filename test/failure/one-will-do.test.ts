import { describe, expect, test } from 'vitest';
import { heldClauses } from '../../server/impact/held.js';
import { simulated } from './check.js';
import { examine } from './told.js';

// What `requires a or b` means, estate by estate. The results were worked out by hand from docs/model.md and
// docs/language.md before any of them was simulated.

const mgmt = 'topology t\nmanagement cluster mgmt\n';
const host = 'exposed "shop.example.com"';
const down = ['running ❌', 'gravity down', 'shop.example.com ❌', 'shop ❌'] as const;

describe('both have copies, in other zones', () => {
    const copies = (b: string) => `${mgmt}
        region us { zones a, b, c }  region eu
        workload cluster east in eu { gateway ingress }
        external service a in us { replicas 2 of 3 }
        external service b in us/a, us/b { replicas ${b} of 2 }
        service shop on east { ${host} requires a or b }`;
    examine(copies('1'), [
        ['us/a', 'running ✅', 'shop ✅ on east'],
        ['us/a + us/c', 'running ✅', 'gravity spare', 'shop ✅ on east'],
        ['us/b + us/c', 'running ✅', 'shop ✅ on east'],
        ['us/a + us/b', ...down],
        ['region:us', ...down],
    ]);
    examine(copies('2'), [
        ['us/a', 'running ✅', 'gravity spare', 'shop ✅ on east'],
        ['us/c', 'running ✅', 'shop ✅ on east'],
        ['us/a + us/c', ...down],
        ['us/a + us/b', ...down],
    ]);
});

describe('both stand in several places', () => {
    examine(
        `${mgmt}
        region us { zones a, b }  region eu { zones x, y }  region asia
        workload cluster east in asia { gateway ingress }
        external service a in us, eu
        external service b in us/a
        service shop on east { ${host} requires a or b }`,
        [
            ['region:us', 'running ✅', 'shop ✅ on east'],
            ['region:us + eu/x', 'running ✅', 'shop ✅ on east'],
            ['region:eu + us/b', 'running ✅', 'shop ✅ on east'],
            ['region:eu + us/a', 'running ✅', 'shop ✅ on east'],
            ['us/a + us/b + region:eu', ...down],
        ],
    );
});

describe('a fate is shared', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster data { gateway east-west gw }
        external service a  external service b  external service cache
        service db on data { failover east-west }
        service shop on east { ${host} requires a or b  requires db or cache }
        shared fate line of a, b
        shared fate cable of cache, link east/data
        shared fate half of a, cache`,
        [
            ['line', 'gravity down', 'shop.example.com ❌', 'shop ❌'],
            ['cable', 'gravity down', 'shop.example.com ❌', 'shop ❌'],
            ['half', 'running ✅', 'gravity spare', 'shop ✅ on east'],
            ['half + b', 'shop ❌'],
            ['a + db@data', 'shop ✅ on east'],
        ],
    );
});

describe('authorization rests on one of two', () => {
    const asked = (fails: string) => `${mgmt}
        workload cluster east { gateway ingress  gateway east-west e-gw }
        workload cluster west { gateway ingress  gateway east-west w-gw }
        service redis-1 on east
        service redis-2 on west { failover east-west }
        service authz on east, west { requires redis-1 or redis-2 }
        service shop on east, west { ${host} { gslb ttl 30s } external authorization by authz fails ${fails} }`;
    examine(asked('closed'), [
        ['service:redis-1', 'running ⚠️', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west', 'authz ✅'],
        [
            'service:redis-2',
            'shop.example.com ✅ from east gap 30–90',
            'shop ✅ on east',
            'authz ⚠️ on east',
            'redis-2 ❌',
        ],
        ['service:redis-2 + link:east->west', 'shop ✅ on east', 'authz ⚠️ on east'],
        ['service:redis-1 + link:east->west', 'shop ✅ on west', 'authz ⚠️ on west'],
        ['service:redis-1 + link:west->east', 'shop ✅ on east, west', 'authz ✅ on east, west'],
        ['service:redis-1 + west.w-gw', 'shop ✅ on west'],
        ['service:redis-1 + service:redis-2', ...down, 'authz ❌ on none'],
    ]);
    examine(asked('open'), [
        ['service:redis-1 + service:redis-2', 'running ⚠️', 'shop.example.com ✅ from east, west', 'authz ❌ on none'],
    ]);
});

describe('what a gateway asks rests on one of two', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress shop-gw { external authorization by opa fails closed } }
        external service key-a  external service key-b
        service opa on east { requires key-a or key-b }
        service shop on east { ${host} }`,
        [
            ['key-a', 'running ✅', 'gravity spare', 'shop ✅ on east', 'opa ✅ on east'],
            ['key-a + key-b', 'running ❌', 'shop.example.com ❌', 'shop ❌ on east', 'opa ❌ on none'],
        ],
    );
});

describe('callers are behind it', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway east-west e-gw }
        workload cluster west { gateway ingress }
        external service a  external service b
        service shop on east { failover east-west  requires a or b }
        service web on west { requires shop }
        service tail on west { calls web  exposed "tail.example.com" }`,
        [
            ['a', 'running ✅', 'gravity spare', 'web ✅', 'tail ✅'],
            ['a + b', 'running ⚠️', 'shop ❌ on none', 'web ❌ on none', 'tail ⚠️ on west', 'tail.example.com ⚠️ 0'],
            ['a + link:west->east', 'shop ❌ on east', 'web ❌ on none', 'tail ⚠️ on west'],
            ['a + link:east->west', 'running ✅', 'shop ✅ on east', 'web ✅', 'tail ✅'],
            ['a + east.e-gw', 'shop ❌ on east', 'web ❌ on none', 'tail ⚠️ on west'],
        ],
    );
});

describe('what stands in for one is what somebody else cannot do without', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        external service a  external service b
        service shop on east { ${host} requires a or b }
        service web on east { exposed "web.example.com"  requires a }
        service list on east { exposed "list.example.com"  requires a or b  calls a }`,
        [
            ['b', 'running ✅', 'gravity spare', 'shop ✅', 'web ✅', 'list ✅'],
            ['a', 'running ⚠️', 'gravity down', 'web.example.com ❌', 'web ❌ on none', 'shop ✅ on east'],
            ['a', 'shop.example.com ✅ from east', 'list ⚠️ on east', 'list.example.com ⚠️ 0 from east'],
            ['a + b', 'running ❌', 'list ❌', 'shop ❌', 'web ❌'],
        ],
    );
});

describe('two lines are two requirements', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        external service a  external service b  external service c  external service d
        service shop on east { ${host} requires a or b  requires c or d }
        service web on east { requires a or b  requires a }
        about web { requires c or d or a }`,
        [
            ['a + c', 'shop ✅ on east', 'web ❌'],
            ['a + b', 'shop ❌', 'web ❌'],
            ['c + d', 'shop ❌', 'web ✅ on east'],
            ['b + d', 'running ✅', 'gravity spare', 'shop ✅ on east', 'web ✅ on east'],
        ],
    );
});

test('what stands in twice is told once', async () => {
    const outcome = await simulated(
        `${mgmt}
        workload cluster east
        external service a  external service b  external service c
        service shop on east { requires a or b  requires a or c }`,
        ['b', 'c'],
    );
    expect(heldClauses(outcome)).toEqual(['`shop` on `east` thanks to `a`']);
});

describe('one of them refuses, or answers in part', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        external service y  external service authz  external service extra
        service x on east { external authorization by authz fails closed  calls extra }
        service shop on east { ${host} requires x or y }`,
        [
            ['authz', 'running ⚠️', 'x ❌ on none', 'shop.example.com ✅ from east', 'shop ✅ on east'],
            ['authz + y', ...down],
            ['extra', 'x ⚠️ on east', 'shop ✅ on east', 'shop.example.com ✅ from east'],
            ['extra + y', 'x ⚠️ on east', 'shop ✅ on east', 'shop.example.com ✅ from east'],
        ],
    );
});

describe('what is not a service requires one of two', () => {
    examine(
        `topology t
        external service a  external service b
        management cluster mgmt { management plane { requires a or b } }
        workload cluster east { gateway ingress in-gw { requires a or b } }
        workload cluster west { gateway ingress  requires a or b }
        service shop on east, west { ${host} { gslb ttl 30s } }`,
        [
            ['a', 'running ✅', 'gravity spare', 'shop.example.com ✅ from east, west'],
            ['b', 'running ✅', 'gravity spare'],
            ['a + b', 'running ❌', 'shop.example.com ❌', 'shop ❌ on east'],
        ],
    );
});
