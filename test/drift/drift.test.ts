import { Cancellation } from 'langium';
import { describe, expect, test } from 'vitest';
import { isIgnored } from '../../server/drift/drift.js';
import { problemsIn } from '../../server/estate/problem.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { surroundingsIn } from '../../server/fixes/surroundings.js';
import { VerifiedFixes } from '../../server/fixes/verified.js';
import { sealed } from '../../server/import/writing/seal.js';
import { after } from '../fixes/fixes.js';
import { files } from '../import/estate-files.js';
import { importFiles } from '../import/imported.js';
import { compared, scratch } from './drift.js';

const { text } = importFiles(files, { name: 'retail' });

/** Another text at a place of the file: what a hand, or time, has changed since. */
const changedText = (...changes: readonly (readonly [string, string])[]) =>
    changes.reduce((before, [from, to]) => {
        const now = before.replace(from, () => to);
        if (now === before) throw new Error(`${from} is not in the text.`);
        return now;
    }, text);

test('what was just written differs in nothing', async () => {
    expect((await compared(files, text)).lines).toEqual([]);
    expect((await compared(files, importFiles(files, { withSources: true }).text)).lines).toEqual([]);
});

/** What is changed in the file, and what is told then. */
const rows: readonly (readonly [changes: readonly (readonly [string, string])[], told: readonly string[]])[] = [
    [
        [['token ttl 24h', 'token ttl 2h']],
        [
            '~ workload cluster dmz: token ttl 2h → token ttl 24h',
            '~ workload cluster east: token ttl 2h → token ttl 24h',
            '~ workload cluster west: token ttl 2h → token ttl 24h',
        ],
    ],
    [
        [['        token ttl 24h\n', '']],
        [
            '~ workload cluster dmz: token ttl 1h (assumed) → token ttl 24h',
            '~ workload cluster east: token ttl 1h (assumed) → token ttl 24h',
            '~ workload cluster west: token ttl 1h (assumed) → token ttl 24h',
        ],
    ],
    [
        [['cluster west in us-west/a', 'cluster west in us-east']],
        ['~ workload cluster west: in us-east → in us-west/a'],
    ],
    [[['postgres external', 'postgres internal']], ['~ management cluster hub: postgres internal → postgres external']],
    [
        [['via front-envoy', 'direct']],
        ['~ management cluster hub: elasticsearch internal direct → elasticsearch internal via front-envoy'],
    ],
    [
        [['gateway tier1 front { replicas 3 }', 'gateway tier1 front { replicas 2 }']],
        ['~ gateway dmz.front: replicas 2 → replicas 3'],
    ],
    [
        [
            ['gateway ingress, east-west shop-gw {', 'gateway ingress shop-gw {'],
            ['    failover east-west\n', ''],
        ],
        [
            '~ gateway east.shop-gw: gateway ingress → gateway ingress, east-west',
            '+ service shop/cart: failover east-west',
        ],
    ],
    [[['gateway tier1 front', 'gateway tier1 old\n    gateway tier1 front']], ['- gateway dmz.old']],
    [[['\nworkload cluster west', '\nworkload cluster north\nworkload cluster west']], ['- workload cluster north']],
    [[['dmz -> east, west', 'dmz -> east']], ['+ network: dmz -> west']],
    [[['dmz -> east, west', 'dmz <-> east, west']], ['- network: east -> dmz', '- network: west -> dmz']],
    [
        [['    on east, west { replicas 2 }\n', '    on east { replicas 2 }\n']],
        ['+ service shop/cart: on west { replicas 2 }'],
    ],
    [
        [['    on east { replicas 4 }\n', '    on east { replicas 3 }\n']],
        ['~ service shop/web: on east { replicas 3 } → on east { replicas 4 }'],
    ],
    [[['    on east { replicas 1 }\n', '    on east, west { replicas 1 }\n']], ['- service shop/limits: on west']],
    [[['service shop/limits', 'service shop/gone on east\nservice shop/limits']], ['- service shop/gone']],
    [
        [
            ['weight 80', 'weight 70'],
            ['weight 20', 'weight 30'],
        ],
        [
            '~ service shop/web: exposed "shop.example.com" via dmz.front to east weight 70, west weight 30 → exposed "shop.example.com" via dmz.front to east weight 80, west weight 20',
        ],
    ],
    [
        [
            [
                'exposed "shop.example.com"',
                'exposed "old.example.com" via dmz.front to east\n    exposed "shop.example.com"',
            ],
        ],
        ['- service shop/web: exposed "old.example.com"'],
    ],
    [
        [['fails open', 'fails closed']],
        ['~ gateway east.shop-gw: rate limit by shop/limits fails closed → rate limit by shop/limits fails open'],
    ],
    [[['    failover east-west\n', '    failover east-west\n    outlier detection\n']], []],
    [[['exposed "shop', 'owner "team"\n    requires shop/cart\n    exposed "shop']], []],
    [[[' for tsb 1.12', ' for tsb 1.11']], ['~ topology retail: for tsb 1.11 → for tsb 1.12']],
];

/** What only people can do in a file, since more may hang on it. */
const byHand = /role|gateway ingress → |^- network/;

describe('each difference in the words of the language', () => {
    test.each(rows)('%j', async (changes, told) => {
        const { lines, drift } = await compared(files, changedText(...changes));
        expect(lines).toEqual(told);
        for (const { at } of drift) expect(at.uri).toBe('file:///main.tsbtopo');
    });
});

describe('taken over one after the other, the file says what the estate has', () => {
    test.each(rows)('%j', async (changes, told) => {
        let written = changedText(...changes);
        for (let left = told.length + 3; left > 0; left--) {
            const fix = await firstFix(written);
            if (fix === undefined) break;
            written = fix;
        }
        const { lines, fixture } = await compared(files, written);
        expect(lines).toEqual(told.filter((line) => byHand.test(line)));
        expect(fixture.diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
    });
});

/** The text after the first take-over that there is. */
async function firstFix(written: string): Promise<string | undefined> {
    const { fixture } = await compared(files, written);
    snapshotsOf(fixture.services, scratch);
    const around = surroundingsIn(fixture.services)(fixture.document)!;
    const problems = problemsIn(fixture.document, fixture.services).filter(({ code }) => code === 'drift');
    for (const problem of problems) {
        const [fix] = await new VerifiedFixes().of(problem, around, Cancellation.CancellationToken.None);
        if (fix) return after(fixture, fix.changes) as string;
    }
    return undefined;
}

test('an estate that is not in the file at all comes in piece by piece', async () => {
    let written = 'topology retail\n\nmanagement cluster hub\n';
    for (let left = 40; left > 0; left--) written = (await firstFix(written)) ?? written;
    const { lines } = await compared(files, written);
    expect(lines.filter((line) => !byHand.test(line))).toEqual([
        '~ topology retail: for tsb 1.10 (assumed) → for tsb 1.12',
    ]);
});

test('what import has written is written anew as a whole, unless somebody has changed it', async () => {
    const fixesIn = async (written: string) => {
        const { fixture } = await compared(files, { 'retail.import.tsbtopo': written });
        snapshotsOf(fixture.services, scratch);
        const around = surroundingsIn(fixture.services)(fixture.document)!;
        const [problem] = problemsIn(fixture.document, fixture.services).filter(({ code }) => code === 'drift');
        const [fix] = await new VerifiedFixes().of(problem!, around, Cancellation.CancellationToken.None);
        return { title: fix?.title, text: fix && after(fixture, fix.changes) };
    };
    const old = sealed(changedText(['replicas 4', 'replicas 3']));
    expect(await fixesIn(old)).toEqual({
        title: 'Take over from the estate: write this file anew',
        text: sealed(text),
    });
    expect((await fixesIn(`${old}// mine\n`)).title).toBe(
        'Take over from the estate: `~ service shop/web: on east { replicas 3 } → on east { replicas 4 }`',
    );
});

test('what nobody can know from these sources is not concluded to be gone', async () => {
    const only = { 'tsb/clusters.yaml': files['tsb/clusters.yaml']! };
    const { lines } = await compared(only, text);
    expect(lines).toEqual([]);
    const more = await compared(only, `${text}\nworkload cluster north\nservice shop/mine on north\n`);
    expect(more.lines).toEqual(['- workload cluster north']);
});

test('differences are left out by their names', async () => {
    const { drift } = await compared(files, changedText(['replicas 4', 'replicas 3'], ['fails open', 'fails closed']));
    const left = (...patterns: string[]) => drift.filter((each) => !isIgnored(each, patterns)).map(({ item }) => item);
    expect(left()).toEqual(['rate limit', 'on east replicas']);
    expect(left('service */* replicas')).toEqual(['rate limit']);
    expect(left('service shop/* on * replicas')).toEqual(['rate limit']);
    expect(left('service shop/web', 'gateway *')).toEqual([]);
    expect(left('service shop/we', 'rate limit', 'service shop.web')).toEqual(['rate limit', 'on east replicas']);
});

test('calls that metrics have seen, and those that they have not', async () => {
    const prometheus = JSON.stringify({
        status: 'success',
        data: {
            result: [
                {
                    metric: {
                        source_workload: 'web',
                        source_workload_namespace: 'shop',
                        destination_service_name: 'cart',
                        destination_service_namespace: 'shop',
                    },
                    value: [1, '20000'],
                },
            ],
        },
    });
    const yaml = { ...files, 'calls.json': prometheus };
    const without = changedText(['    // ? calls shop/cart: a rule says that it may, tsb/shop.yaml:75\n', '']);
    expect((await compared(yaml, without)).lines).toEqual(['+ service shop/web: calls shop/cart']);
    const told = without.replace('exposed "shop', 'requires shop/cart\n    calls shop/limits\n    exposed "shop');
    expect((await compared(yaml, told)).lines).toEqual(['- service shop/web: calls shop/limits']);
});

/** A control plane that talks to the vendor's address: the management plane is hosted, and its name made up. */
const ofVendor = (host: string) => ({
    'east.json': JSON.stringify({
        ...{ apiVersion: 'install.tetrate.io/v1alpha1', kind: 'ControlPlane' },
        metadata: { name: 'controlplane', namespace: 'istio-system' },
        spec: { managementPlane: { clusterName: 'east', host } },
    }),
});
const vendors = 'acme.cloud.tetrate.com';
const ownPlane = {
    'mp.json': JSON.stringify({
        ...{ apiVersion: 'install.tetrate.io/v1alpha1', kind: 'ManagementPlane' },
        ...{ metadata: { name: 'managementplane', namespace: 'tsb' }, spec: {} },
    }),
};

test.each([
    ['hosted in both, by another name', ofVendor(vendors), 'hosted management cluster tetrate', []],
    ['hosted in both, by the name that import makes up', ofVendor(vendors), 'hosted management cluster mgmt', []],
    [
        'hosted, and no file says so',
        ofVendor(vendors),
        'management cluster hub { management plane { postgres internal } }',
        ['~ management cluster hub: management cluster → hosted management cluster'],
    ],
    [
        'hosted, and the cluster of that name is another one',
        ofVendor(vendors),
        'management cluster east',
        ['+ hosted management cluster mgmt', '~ management cluster east: management cluster → workload cluster'],
    ],
    [
        'hosted, and there is none in the files',
        ofVendor(vendors),
        'external service vault',
        ['+ hosted management cluster mgmt'],
    ],
    [
        'none of the vendor, and the files say so',
        { ...ofVendor('tsb.example.com'), ...ownPlane },
        'hosted management cluster mp',
        ['~ hosted management cluster mp: hosted management cluster → management cluster'],
    ],
    [
        'a workload cluster, and the files take it for hosted',
        { ...ofVendor('tsb.example.com'), ...ownPlane },
        'hosted management cluster east',
        ['+ management cluster mp', '~ hosted management cluster east: hosted management cluster → workload cluster'],
    ],
    [
        'none of the vendor, and the files call theirs otherwise',
        { ...ofVendor('tsb.example.com'), ...ownPlane },
        'hosted management cluster tetrate',
        ['+ management cluster mp', '- hosted management cluster tetrate'],
    ],
    [
        'what stands by, of which import knows nothing',
        { ...ofVendor('tsb.example.com'), ...ownPlane },
        'management cluster mp\nstandby management cluster dr',
        [],
    ],
])('who runs the management plane: %s', async (_, yaml, said, told) => {
    const east = said.includes('cluster east') ? '' : 'workload cluster east\n';
    const { lines } = await compared(yaml, `topology t\n${east}${said}\n`);
    expect([...lines].sort()).toEqual([...told].sort());
});
