import { describe } from 'vitest';
import { examine } from './told.js';

// What `requires a or b` means, estate by estate. The results were worked out by hand from docs/model.md and
// docs/language.md before any of them was simulated.

const mgmt = 'topology t\nmanagement cluster mgmt\n';
const host = 'exposed "shop.example.com"';
const down = ['running ❌', 'gravity down', 'shop.example.com ❌', 'shop ❌'] as const;

describe('each cluster has its own way out', () => {
    const ways = (gslb: string) => `${mgmt}
        workload cluster east { gateway ingress  gateway egress out }
        workload cluster west { gateway ingress }
        external service a  external service b
        service shop on east, west { ${host} ${gslb} requires a or b }`;
    examine(ways('{ gslb ttl 30s }'), [
        ['', 'running ✅', 'gravity none', 'shop ✅ on east, west'],
        ['a', 'running ✅', 'gravity spare', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west'],
        ['east.out', 'running ⚠️', 'gravity failover', 'shop.example.com ✅ from west gap 30–90', 'shop ✅ on west'],
        ['a + east.out', 'running ⚠️', 'shop.example.com ✅ from west gap 30–90', 'shop ✅ on west'],
        ['a + west', 'running ⚠️', 'shop.example.com ✅ from east gap 30–30', 'shop ✅ on east'],
        ['a + b', ...down],
        ['a + b + east.out', ...down],
    ]);
    examine(ways(''), [
        ['b', 'gravity spare', 'shop.example.com ✅ from east, west'],
        ['east.out', 'gravity degraded', 'shop.example.com ⚠️ 0.5 from west', 'shop ⚠️ on west'],
    ]);
});

describe('the network leads to one of them from one side only', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster data { gateway east-west gw }
        network { east -> data }
        external service cache
        service db on data { failover east-west }
        service shop on east, west { ${host} { gslb ttl 30s } requires db or cache }`,
        [
            ['cache', 'running ⚠️', 'shop.example.com ✅ from east gap 30–90', 'shop ✅ on east', 'db ✅ on data'],
            ['service:db', 'running ⚠️', 'gravity down', 'shop.example.com ✅ from east, west', 'db ❌'],
            ['data.gw', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west'],
            ['cache + link:data->east', 'shop ✅ on east'],
            ['cache + link:east->data', ...down, 'db ❌ on data'],
            ['cache + data.gw', ...down],
            ['cache + west', 'shop.example.com ✅ from east', 'shop ✅ on east'],
        ],
    );
});

describe('one of them would have to fail over', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress  gateway east-west w-gw }
        service p on east, west
        service q on west { failover east-west }
        service shop on east { ${host} requires p or q }`,
        [
            [
                'p@east',
                'running ⚠️',
                'shop.example.com ✅ from east',
                'shop ✅ on east',
                'p ❌ on west',
                'q ✅ on west',
            ],
            ['p@west', 'running ⚠️', 'shop ✅ on east', 'p ✅ on east'],
            ['service:q', 'running ⚠️', 'shop ✅ on east', 'q ❌ on none'],
            ['west', 'shop.example.com ✅ from east', 'shop ✅ on east'],
            ['p@east + west.w-gw', 'shop.example.com ❌', 'shop ❌'],
            ['p@east + link:east->west', 'shop.example.com ❌', 'shop ❌'],
            ['p@east + link:west->east', 'shop ✅ on east'],
            ['p@east + mgmt.central-control-plane', 'shop ✅ on east'],
            ['p@east + mgmt', 'shop ✅ on east'],
            ['p@east + q@west', 'shop ❌ on none'],
        ],
    );
});

describe('one of them has no way even in health', () => {
    const near = `${mgmt}
        region us { zones a, b }
        workload cluster east in us/a { gateway ingress }
        workload cluster near in us/a { gateway east-west gw }
        external service p
        service q on near { failover east-west }
        service shop on east { ${host} requires p or q }`;
    examine(near, [
        ['', 'running ✅', 'shop ✅ on east'],
        ['p', 'running ⚠️', 'gravity down', 'shop.example.com ❌', 'shop ❌ on none', 'q ✅ on near'],
        ['service:q', 'shop.example.com ✅ from east', 'shop ✅ on east'],
        ['near', 'shop.example.com ✅ from east', 'shop ✅ on east'],
    ]);
});

describe('through relays', () => {
    const relays = (archive: string) => `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster edge-1 { gateway tier1 relay-a }
        workload cluster edge-2 { gateway tier1 relay-b }
        service ledger on west
        service archive on east, west { ${archive} }
        service shop on east { ${host} to east  requires ledger or archive through relay-a, relay-b }`;
    examine(relays(''), [
        ['relay-a', 'shop ✅ on east', 'ledger ✅'],
        ['relay-a + relay-b', 'shop.example.com ✅ from east', 'shop ✅ on east', 'ledger ❌ on west'],
        ['relay-a + relay-b + archive@east', 'shop.example.com ❌', 'shop ❌'],
        ['service:ledger + archive@east', 'shop.example.com ❌', 'shop ❌'],
        ['service:ledger', 'shop ✅ on east'],
    ]);
    examine(relays('failover east-west'), [
        ['service:ledger + archive@east', 'shop.example.com ✅ from east', 'shop ✅ on east'],
        ['service:ledger + archive@east + west.ingress', 'shop.example.com ❌', 'shop ❌'],
        ['service:ledger + archive@east + relay-a', 'shop ✅ on east'],
    ]);
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster edge-1 { gateway tier1 relay-a }
        external service cache
        service ledger on west { exposed inside "ledger.pay" via relay-a to west }
        service shop on east { ${host} requires ledger or cache }`,
        [
            ['relay-a', 'shop.example.com ✅ from east', 'shop ✅ on east', 'ledger ❌ on west'],
            ['cache', 'running ✅', 'gravity spare', 'shop ✅ on east'],
            ['cache + relay-a', 'shop.example.com ❌', 'shop ❌'],
            ['cache + west.ingress', 'shop.example.com ❌', 'shop ❌'],
            ['cache + link:edge-1->west', 'shop.example.com ❌', 'shop ❌'],
        ],
    );
});

describe('through named egress gateways', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress  gateway egress e-out }
        workload cluster west { gateway ingress  gateway egress w-out }
        external service a  external service b
        service shop on east, west { ${host} { gslb ttl 30s } requires a or b through e-out, w-out }`,
        [
            ['e-out', 'running ✅', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west'],
            ['e-out + a', 'shop ✅ on east, west'],
            ['e-out + link:west->east', 'shop ✅ on east, west'],
            ['e-out + link:east->west', 'shop ✅ on west', 'shop.example.com ✅ from west gap 30–90'],
            ['e-out + w-out', ...down],
        ],
    );
});

describe('homes of the service itself take over', () => {
    const homes = (shop: string) => `${mgmt}
        workload cluster east { gateway ingress  gateway east-west e-gw }
        workload cluster west { gateway ingress  gateway east-west w-gw }
        service p on east, west
        service q on east
        service shop on east, west { ${host} failover east-west ${shop} requires p or q }`;
    examine(homes(''), [
        ['p@east', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west'],
        ['p@west', 'shop.example.com ✅ from east gap 0–60', 'shop ✅ on east'],
        ['p@east + q@east', 'shop.example.com ✅ from west gap 0–60', 'shop ✅ on west'],
        ['p@east + q@east + west.w-gw', 'shop.example.com ⚠️ 0.5 from west', 'shop ⚠️ on west'],
        ['service:p', 'shop.example.com ✅ from east', 'shop ✅ on east', 'p ❌'],
        ['service:p + service:q', ...down],
    ]);
    examine(homes('no outlier detection'), [
        ['p@east', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west'],
        ['p@east + q@east', 'shop.example.com ⚠️ 0.5 from west', 'shop ⚠️ on west'],
    ]);
});

describe('both stand behind one door', () => {
    examine(
        `${mgmt}
        region us { zones a, b }  region eu
        workload cluster east in us/a { gateway ingress }
        workload cluster west in us/b { gateway ingress  gateway east-west w-gw }
        workload cluster far in eu { gateway east-west f-gw }
        service p on west { failover east-west }
        service q on west { failover east-west }
        service r on far { failover east-west }
        service shop on east { ${host} requires p or q }
        service web on east { requires p or r }`,
        [
            ['service:p', 'shop ✅ on east', 'web ✅ on east', 'p ❌'],
            ['west.w-gw', 'shop.example.com ❌', 'shop ❌', 'web ✅ on east'],
            ['link:east->west', 'shop ❌', 'web ✅ on east'],
            ['link:west->east', 'shop ✅ on east', 'web ✅ on east'],
            ['us/b', 'shop ❌', 'web ✅ on east'],
            ['us/b + region:eu', 'running ❌', 'web ❌'],
            ['region:us', 'running ⚠️', 'shop ❌', 'web ❌', 'r ✅ on far'],
            ['west.ingress', 'shop ✅ on east'],
        ],
    );
});

describe('each home has its own choice', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster data { gateway east-west gw }
        network { west -> data }
        service x on east, west
        service y on data { failover east-west }
        service shop on east, west { ${host} { gslb ttl 30s } requires x or y }`,
        [
            ['x@east', 'shop.example.com ✅ from west gap 30–90', 'shop ✅ on west', 'x ⚠️ on west'],
            ['x@west', 'shop.example.com ✅ from east, west', 'shop ✅ on east, west'],
            ['x@west + y@data', 'shop.example.com ✅ from east gap 30–90', 'shop ✅ on east'],
            ['x@east + y@data', 'shop ✅ on west'],
            ['service:x', 'shop.example.com ✅ from west gap 30–90', 'shop ✅ on west'],
            ['service:x + link:west->data', ...down],
            ['y@data', 'running ⚠️', 'shop ✅ on east, west', 'y ❌'],
        ],
    );
});

describe('two ways to one of them', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress  gateway east-west w-gw }
        workload cluster edge { gateway tier1 relay }
        external service y
        service x on west { failover east-west }
        service z on west
        service shop on east { ${host} to east  requires x or y  requires x or z through relay }`,
        [
            ['west.w-gw', 'shop.example.com ✅ from east', 'shop ✅ on east', 'z ✅ on west'],
            ['relay', 'shop.example.com ❌', 'shop ❌', 'z ❌ on west'],
            ['service:x', 'shop ✅ on east', 'z ✅ on west', 'x ❌ on none'],
            ['service:x + y', 'shop ❌'],
            ['service:z', 'shop ✅ on east'],
            ['west.ingress', 'shop ❌'],
            ['west.w-gw + y', 'shop ❌'],
        ],
    );
});

describe('neither has a way from one home, even in health', () => {
    examine(
        `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster data { gateway east-west gw }
        network { west -> data }
        service p on data { failover east-west }
        service q on data { failover east-west }
        service shop on east, west { ${host} { gslb ttl 30s } requires p or q }`,
        [
            ['', 'running ✅', 'shop.example.com ✅ from west', 'shop ✅ on west'],
            ['west', 'shop.example.com ❌', 'shop ❌'],
            ['service:p', 'shop.example.com ✅ from west', 'shop ✅ on west'],
            ['data.gw', 'shop.example.com ❌', 'shop ❌'],
            ['east', 'shop.example.com ✅ from west', 'shop ✅ on west'],
        ],
    );
});

describe('virtual machines, and a home on the management cluster', () => {
    examine(
        `topology t
        management cluster mgmt { gateway east-west m-gw }
        workload cluster east { gateway ingress }
        workload cluster west { gateway vm v-gw  gateway east-west w-gw }
        service old { failover east-west  on west { virtual machines via v-gw } }
        service new on mgmt { failover east-west }
        service shop on east { ${host} requires old or new }`,
        [
            ['mgmt', 'shop.example.com ✅ from east', 'shop ✅ on east', 'new ❌ on none'],
            ['west', 'shop.example.com ✅ from east', 'shop ✅ on east', 'old ❌ on none'],
            ['west.w-gw', 'shop ✅ on east'],
            ['west.w-gw + mgmt', 'shop.example.com ❌', 'shop ❌'],
            ['west + m-gw', 'shop.example.com ❌', 'shop ❌'],
            ['mgmt + west', 'running ❌'],
        ],
    );
});
