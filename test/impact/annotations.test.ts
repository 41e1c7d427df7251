import { describe, expect, test } from 'vitest';
import { annotationsOf } from '../../server/impact/annotations.js';
import { factsOf } from '../../server/impact/facts.js';
import { remarker } from '../../server/impact/remarks.js';
import { estate } from '../fixture.js';
import { simulated } from '../failure/check.js';

/** What stands at the end of each line when elements fail (separated by blanks): `text of the line | state: remark`. */
async function annotated(input: string | Record<string, string>, failures: string): Promise<string[]> {
    const { topology, documents } = await estate(input);
    const lines = new Map(
        [...documents.values()].map((document) => [
            document.uri.toString(),
            document.textDocument.getText().split('\n'),
        ]),
    );
    return annotationsOf(await simulated(topology, failures.split(' '))).map(
        ({ at, state, text }) => `${lines.get(at.uri)![at.range.start.line]!.trim()} | ${state}: ${text}`,
    );
}

/** What stands at the end of the one line that begins so; empty where the line is calm. */
async function atLine(input: string, failures: string, line: string): Promise<string> {
    const found = (await annotated(input, failures)).filter((text) => text.startsWith(line));
    expect(found.length).toBeLessThan(2);
    return found[0]?.split(' | ')[1] ?? '';
}

const acme = `topology acme
region us { zones a, b, c }
management cluster mgmt in us {
    management plane {
        postgres external
        identity-provider external
        gitops
        root-ca
    }
    central control plane { listener own }
}
workload cluster east in us/a {
    edge control plane { token ttl 1h }
    data plane { gateway ingress }
}
workload cluster west {
    edge control plane { gitops sync  metrics buffer 2h }
}
workload cluster free in us
workload cluster far
service shop {
    on east, far
}
service single on east
network {
    east <-> west
}
external service stripe`;

describe('what failed, and what went with it', () => {
    test.each([
        ['east', 'workload cluster east', 'failed: failed (simulated)'],
        ['east', 'edge control plane { token', 'gone: down with east'],
        ['east', 'data plane', 'gone: down with east'],
        ['zone:us/a', 'region us', 'failed: zone us/a failed (simulated)'],
        ['zone:us/a', 'workload cluster east', 'gone: down with zone us/a'],
        ['region:us', 'region us', 'failed: failed (simulated)'],
        ['region:us', 'central control plane', 'gone: down with region us'],
        ['region:us east', 'workload cluster east', 'failed: failed (simulated)'],
        ['mgmt', 'management plane', 'gone: down with mgmt'],
        ['mgmt', 'root-ca', 'gone: out of reach with mgmt'],
        ['stripe', 'external service stripe', 'failed: failed (simulated)'],
        ['postgres', 'postgres', 'failed: failed (simulated)'],
        ['link:east/west', 'east <-> west', 'failed: failed (simulated)'],
        ['link:east->west', 'east <-> west', 'failed: link from east to west failed (simulated)'],
        ['shop@east', 'on east, far', 'failed: instances on east failed (simulated)'],
        ['east', 'on east, far', 'gone: instances on east: down with east'],
        ['zone:us/b zone:us/c', 'workload cluster free', 'gone: down with zone us/b and zone us/c'],
    ])('%s fails: %s', async (failures, line, expected) => {
        expect(await atLine(acme, failures, line)).toBe(expected);
    });

    test.each([
        ['east.istiod', 'data plane', /^failed: istiod failed \(simulated\)/],
        ['east.oap', 'edge control plane { token', /^failed: OAP of the cluster failed \(simulated\)/],
        ['far.edge', 'workload cluster far', /^failed: edge control plane failed \(simulated\) · changes queued/],
        ['link:east/mgmt', 'workload cluster east', /^failed: link to mgmt failed \(simulated\) · changes queued/],
        ['east.kubernetes-api', 'workload cluster east', /^failed: Kubernetes API failed \(simulated\).* · no kubectl/],
        ['iam', 'management plane', /^failed: iam failed \(simulated\)/],
    ])('a part without a line of its own stands at the line that implies it: %s', async (failure, line, pattern) => {
        expect(await atLine(acme, failure, line)).toMatch(pattern);
    });
});

describe('what lives, and loses something', () => {
    test.each([
        ['east', 'service shop', 'spare', 'runs in 1 of 2 clusters: far'],
        ['east', 'service single', 'total', 'down: no instance is left'],
        ['mp', 'management cluster', 'operators', 'no configuration changes or reads'],
        ['mp', 'workload cluster far', 'operators', 'configuration frozen'],
        ['central', 'workload cluster far', 'operators', 'changes queued · endpoints frozen'],
        ['mpc', 'workload cluster far', 'operators', 'changes queued'],
        ['elasticsearch', 'workload cluster far', 'operators', 'no metrics'],
        ['elasticsearch', 'workload cluster west', 'operators', 'metrics held back for 2 h'],
        ['elasticsearch', 'management cluster', 'operators', 'dashboards empty'],
        ['web', 'management cluster', 'operators', 'no web UI'],
        ['mp.gitops', 'management cluster', 'operators', 'nothing comes from Git'],
        ['identity-provider', 'management cluster', 'operators', 'no logins'],
        ['iam', 'workload cluster west', 'operators', 'GitOps refused'],
        ['mgmt.mp.otel-collector', 'workload cluster far', 'operators', 'no component telemetry'],
    ])('%s fails: %s is %s', async (failure, line, state, remark) => {
        const text = await atLine(acme, failure, line);
        expect(text).toMatch(new RegExp(`^${state}: `));
        expect(text).toContain(remark);
    });
});

describe('what was touched, and held', () => {
    const spread = `region us { zones a, b }
management cluster mgmt
workload cluster free in us
workload cluster dmz in us { gateway tier1 front { replicas 2 across zones a, b } }
workload cluster alone { gateway ingress }`;
    test.each([
        ['zone:us/a', 'workload cluster free', 'held: stays up thanks to zone us/b'],
        ['zone:us/b', 'workload cluster dmz', 'held: gateway dmz.front stays up thanks to zone us/a'],
        ['zone:us/b', 'workload cluster alone', ''],
        ['zone:us/a zone:us/b', 'workload cluster free', 'gone: down with zone us/a and zone us/b'],
    ])('%s fails: %s', async (failures, line, expected) => {
        expect(await atLine(spread, failures, line)).toBe(expected);
    });
});

describe('calm', () => {
    const clusters = 'management cluster mgmt\nworkload cluster a\nworkload cluster b';

    test('without a failure nothing is said', async () => {
        const { topology } = await estate(acme);
        expect(annotationsOf(await simulated(topology, []))).toEqual([]);
    });

    test('a line that is not touched stays calm', async () => {
        expect(await annotated(clusters, 'a')).toEqual(['workload cluster a | failed: failed (simulated)']);
    });

    test('each line has one remark at most, at the place of the name', async () => {
        const annotations = annotationsOf(await simulated(acme, ['region:us', 'east', 'mp']));
        const places = annotations.map(({ at }) => at.range.start.line);
        expect(new Set(places).size).toBe(places.length);
        const east = annotations.find(({ at }) => at.range.start.line === 11)!;
        expect(east.at.range).toEqual({ start: { line: 11, character: 17 }, end: { line: 11, character: 21 } });
    });

    test('a failure of much is not repeated for each part on the line', async () => {
        const line = 'workload cluster a { gateway ingress, east-west gw }';
        expect(await annotated(`management cluster mgmt\n${line}`, 'a')).toEqual([
            `${line} | failed: failed (simulated)`,
        ]);
        const zoned = `region us { zones x }\nmanagement cluster mgmt\nworkload cluster a in us/x { gateway ingress }`;
        expect(await atLine(zoned, 'zone:us/x', 'workload cluster')).toBe('gone: down with zone us/x');
    });
});

test('every file of an estate has its own remarks', async () => {
    const files = {
        'clusters.tsbtopo': 'topology t\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster west',
        'services.tsbtopo': 'topology t\nservice shop on east',
        'other.tsbtopo': 'topology other\nmanagement cluster mgmt\nworkload cluster east',
    };
    expect(await annotated(files, 'east')).toEqual([
        'workload cluster east | failed: failed (simulated)',
        'service shop on east | total: down: no instance is left',
    ]);
});

describe('the broken hop of a request path is marked', () => {
    const text = `topology x
management cluster mgmt
workload cluster dmz {
    gateway tier1 front
}
workload cluster east { gateway ingress }
network {
    dmz -> east
}
service web on east {
    exposed "a.example.com" via front
}`;

    test.each([
        ['east', 'gateway tier1 front', 'total: nothing behind it answers for a.example.com'],
        ['east', 'dmz -> east', 'gone: leads nowhere: east down'],
        ['east', 'exposed', 'total: down: no request gets through'],
        ['link:dmz->east', 'dmz -> east', 'failed: link from dmz to east failed (simulated)'],
        ['front', 'gateway tier1 front', 'failed: failed (simulated)'],
        ['front', 'service web', 'total: down for everybody who uses it: its instances run, out of reach'],
        ['mgmt', 'dmz -> east', ''],
    ])('%s fails: %s', async (failure, line, expected) => {
        expect(await atLine(text, failure, line)).toBe(expected);
    });
});

describe('a line about several things', () => {
    const text = `management cluster mgmt
region us { zones a, b, c }
workload cluster dmz in us/a { gateway tier1 front  gateway tier1 side }
workload cluster e1 { gateway ingress }
workload cluster e2 { gateway ingress }
workload cluster w1 { gateway ingress }
network {
    dmz -> e1, e2, w1
    e1 <-> e2
    w1 -> dmz
}
service web on e1, e2, w1 { exposed "a.example.com" via front  exposed "b.example.com" via front }
service api on e1, w1
service one on w1 service two on w1 service three on e2`;

    test.each([
        // part of a line of the network, or all of it
        ['e1', 'dmz -> e1', 'limited: leads to e2 and w1 only: e1 down'],
        ['e1 e2', 'dmz -> e1', 'limited: leads to w1 only: e1 and e2 down'],
        ['e1 e2 w1', 'dmz -> e1', 'gone: leads nowhere: e1, e2 and w1 down'],
        ['dmz', 'dmz -> e1', 'gone: leads nowhere: dmz down'],
        ['e1', 'e1 <-> e2', 'gone: leads nowhere: e1 down'],
        ['e1', 'w1 -> dmz', ''],
        // what of it failed
        ['link:dmz/e1', 'dmz -> e1', 'failed: link between dmz and e1 failed (simulated)'],
        ['link:dmz->e1 link:dmz->w1', 'dmz -> e1', 'failed: link from dmz to e1 and w1 failed (simulated)'],
        ['e1 link:dmz->e2', 'dmz -> e1', 'failed: link from dmz to e2 failed (simulated) · leads to w1 only: e1 down'],
        ['zone:us/b zone:us/c', 'region us', 'failed: zone us/b and us/c failed (simulated)'],
        ['api@e1', 'service api', 'failed: instances on e1 failed (simulated) · runs in 1 of 2 clusters: w1'],
        // what fares alike is told together, and what another remark contains is not told
        [
            'e1',
            'service web',
            'failover: a.example.com and b.example.com: failover to e2 and w1, down for up to 60 s · runs in 2 of 3 clusters: e2 and w1',
        ],
        ['service:web', 'workload cluster dmz', 'total: nothing behind it answers for a.example.com and b.example.com'],
        ['w1', 'service one', 'total: service one and two: down, no instance is left'],
        ['dmz.front dmz.side', 'workload cluster dmz', 'failed: gateway dmz.front and dmz.side failed (simulated)'],
    ])('%s fails: %s', async (failures, line, expected) => {
        expect(await atLine(text, failures, line)).toBe(expected);
    });
});

test.each(['east0', 'shop', 'east0.ingress'])(
    'a line is looked at once, however many are on it: %s fails',
    async (failure) => {
        const readsOf = async (size: number) => {
            const clusters = Array.from(
                { length: size },
                (_, index) => `workload cluster east${index} { gateway ingress }`,
            );
            const homes = clusters.map((_, index) => `east${index}`).join(', ');
            const { topology } = await estate(`topology t ${clusters.join(' ')} service shop on ${homes}`);
            const outcome = await simulated(topology, [failure]);
            let reads = 0;
            const line = outcome.graph.elements.all.slice();
            const watched = new Proxy(line, {
                get(target, property, receiver): unknown {
                    if (typeof property === 'string' && /^\d+$/.test(property)) reads++;
                    return Reflect.get(target, property, receiver);
                },
            });
            const remarks = remarker(factsOf(outcome))(watched);
            for (const element of line) remarks(element);
            return reads / line.length;
        };
        expect(await readsOf(40)).toBeCloseTo(await readsOf(10), 0);
    },
);
