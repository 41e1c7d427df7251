import { describe } from 'vitest';
import { examine } from './told.js';

// What `requires a or b` means, estate by estate. The results were worked out by hand from docs/model.md and
// docs/language.md before any of them was simulated.

const mgmt = 'topology t\nmanagement cluster mgmt\n';
const host = 'exposed "shop.example.com"';
const down = ['running ❌', 'gravity down', 'shop.example.com ❌', 'shop ❌'] as const;

describe('both rest on the same', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway east-west w-gw }
        external service db
        service x on east { requires db }
        service y on west { failover east-west  requires db }
        service shop on east { ${host} requires x or y }`,
        [
            ['db', ...down, 'x ❌', 'y ❌'],
            ['service:x', 'running ⚠️', 'shop.example.com ✅ from east', 'shop ✅ on east', 'x ❌', 'y ✅ on west'],
            ['west.w-gw', 'shop.example.com ✅ from east', 'shop ✅ on east'],
            ['service:x + west.w-gw', ...down],
            ['service:x + db', ...down],
        ],
    );
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        external service a  external service b  external service c
        service x on east { requires a or b }
        service y on east { requires b or c }
        service shop on east { ${host} requires x or y }`,
        [
            ['a', 'running ✅', 'gravity spare'],
            ['b', 'running ✅', 'gravity spare'],
            ['a + c', 'running ✅', 'gravity spare', 'x ✅ on east', 'y ✅ on east'],
            ['a + b', 'running ⚠️', 'x ❌ on none', 'y ✅ on east', 'shop ✅ on east'],
            ['b + c', 'running ⚠️', 'x ✅ on east', 'y ❌ on none', 'shop ✅ on east'],
            ['a + b + service:y', ...down],
            ['a + b + c', ...down],
        ],
    );
});

describe('one of them loses a share', () => {
    const shares = (requires: string) => `${mgmt}
        region us  region eu
        workload cluster east in us { gateway ingress }
        workload cluster west in eu { gateway east-west w-gw }
        workload cluster south in eu { gateway east-west s-gw }
        workload cluster north in eu { gateway east-west n-gw }
        external service y
        service x on west, south { failover east-west  no outlier detection }
        service z on west, south, north { failover east-west  no outlier detection }
        service shop on east { ${host} ${requires} }`;
    examine(shares('requires x or y'), [
        ['west', 'shop.example.com ✅ from east', 'shop ✅ on east', 'x ⚠️'],
        ['y', 'running ✅', 'gravity spare', 'shop ✅ on east'],
        ['west + y', 'shop.example.com ⚠️ 0.5 from east', 'shop ⚠️ on east'],
        ['west + south', 'shop.example.com ✅ from east', 'x ❌'],
        ['west + south + y', 'shop.example.com ❌', 'shop ❌'],
    ]);
    examine(shares('requires x or z'), [
        ['west', 'shop.example.com ⚠️ 0.33 from east', 'shop ⚠️ on east'],
        ['west + south', 'shop.example.com ⚠️ 0.67 from east'],
        ['west + service:z', 'shop.example.com ⚠️ 0.5 from east'],
        ['north', 'shop.example.com ✅ from east', 'z ⚠️'],
        ['north + south', 'shop.example.com ⚠️ 0.5 from east'],
        ['west + south + north', 'shop.example.com ❌'],
    ]);
    examine(shares('requires x or y  requires z'), [
        ['west', 'shop.example.com ⚠️ 0.33 from east'],
        ['west + y', 'shop.example.com ⚠️ 0.5 from east'],
    ]);
});

describe('a circle with a way out', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        external service spare
        service shop on east { ${host} requires audit }
        service audit on east { requires shop or spare }`,
        [
            ['spare', 'running ✅', 'gravity spare', 'shop ✅ on east', 'audit ✅ on east'],
            ['service:shop', 'running ⚠️', 'shop.example.com ❌', 'shop ❌', 'audit ✅ on east'],
            ['service:audit', ...down, 'audit ❌ on none'],
            ['service:shop + spare', ...down, 'audit ❌ on none'],
            ['service:audit + spare', ...down],
        ],
    );
    examine(
        `${mgmt}
        workload cluster east
        service one on east { requires two or three }
        service two on east { requires one or three }
        service three on east { requires one or two }`,
        [
            ['service:two', 'running ⚠️', 'one ✅ on east', 'three ✅ on east', 'two ❌ on none'],
            ['service:two + service:three', 'running ❌', 'one ❌ on none'],
        ],
    );
});

describe('nothing stands in for itself', () => {
    const itself = (shop: string, more = '') => `${mgmt}
        workload cluster east { gateway ingress  gateway east-west e-gw }
        workload cluster west { gateway ingress  gateway east-west w-gw }
        external service a  external service b
        service shop on east, west { ${host} { gslb ttl 30s } failover east-west  ${shop} }
        ${more}`;
    examine(itself('requires a or shop'), [
        ['', 'running ✅', 'shop ✅ on east, west'],
        ['a', ...down],
    ]);
    examine(itself('requires shop or a or b  requires shop'), [
        ['a', 'running ✅', 'gravity spare', 'shop ✅ on east, west'],
        ['a + b', ...down],
    ]);
    examine(itself('requires a', 'about shop { requires a or shop }'), [
        ['a', ...down],
        ['b', 'running ✅', 'shop ✅ on east, west'],
    ]);
    examine(itself('', 'about shop { requires b or shop }'), [['b', ...down]]);
    examine(itself('requires a or a'), [['a', ...down]]);
});

describe('a majority in three lines', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        external service a  external service b  external service c
        service shop on east { ${host} requires a or b  requires b or c  requires a or c }`,
        [
            ['a', 'running ✅', 'gravity spare', 'shop ✅'],
            ['c', 'running ✅', 'gravity spare', 'shop ✅'],
            ['a + b', ...down],
            ['a + c', ...down],
            ['b + c', ...down],
        ],
    );
});

describe('weights decide what share one of them loses', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster south { gateway ingress }
        workload cluster edge { gateway tier1 relay }
        external service y
        service x on west, south { exposed inside "x.mesh" via relay to west weight 80, south weight 20 }
        service shop on east { ${host} to east  requires x or y  calls x }
        service web on east { exposed "web.example.com" to east  requires x or y }`,
        [
            ['x@south', 'web.example.com ✅ from east', 'web ✅ on east', 'shop ⚠️ on east', 'x ⚠️'],
            ['x@south + y', 'web.example.com ⚠️ 0.2 from east', 'web ⚠️ on east'],
            ['x@west + y', 'web.example.com ⚠️ 0.8 from east'],
            ['x@west + x@south + y', 'web.example.com ❌', 'shop.example.com ❌'],
            ['relay', 'web ✅ on east', 'shop ⚠️ on east', 'x ❌ on west, south'],
            ['y', 'running ✅', 'gravity spare', 'web ✅', 'shop ✅'],
        ],
    );
});

describe('a share travels through a circle', () => {
    const circle = (ledger: string, audit: string) => `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway east-west w-gw }
        workload cluster south { gateway east-west s-gw }
        external service y
        service x on west, south { failover east-west  no outlier detection }
        service shop on east { ${host} ${ledger} }
        service audit on east { ${audit} }`;
    examine(circle('requires audit', 'requires shop  requires x or y'), [
        ['west', 'shop.example.com ✅ from east', 'shop ✅ on east'],
        ['west + y', 'shop.example.com ⚠️ 0.5 from east', 'shop ⚠️ on east', 'audit ⚠️ on east'],
        ['west + south + y', 'running ❌', 'shop.example.com ❌', 'shop ❌'],
    ]);
    examine(circle('requires audit or x', 'requires shop or y'), [
        ['west', 'shop.example.com ✅ from east', 'shop ✅ on east', 'audit ✅ on east'],
        ['y', 'shop.example.com ✅ from east', 'audit ✅ on east'],
        ['west + y', 'shop ✅ on east', 'audit ✅ on east'],
        ['west + south + y', 'shop ✅ on east', 'audit ✅ on east'],
        ['west + service:audit', 'shop.example.com ⚠️ 0.5 from east'],
        ['west + south + service:audit', 'shop.example.com ❌'],
    ]);
});

describe('what a gateway asks loses a share', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress in-gw { rate limit by limiter fails closed } }
        workload cluster west { gateway east-west w-gw }
        workload cluster south { gateway east-west s-gw }
        external service y
        service x on west, south { failover east-west  no outlier detection }
        service limiter on east { requires x or y }
        service shop on east { ${host} }`,
        [
            ['west', 'shop.example.com ✅ from east', 'limiter ✅ on east'],
            ['y', 'running ✅', 'gravity spare', 'shop ✅'],
            ['west + y', 'shop.example.com ⚠️ 0.5 from east', 'shop ⚠️ on east', 'limiter ⚠️ on east'],
            ['west + y + south', 'shop.example.com ❌', 'shop ❌ on east'],
        ],
    );
});
