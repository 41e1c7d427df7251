import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { estate } from '../fixture.js';

/** The codes of all findings, hints included, except those about the management plane. */
async function codesOf(text: string): Promise<string[]> {
    const { topology } = await estate(text);
    const codes = findingsOf(topology).map(({ code }) => code);
    return [...new Set(codes)].filter((code) => !/postgres|signing-key|telemetry|outlier/.test(code)).sort();
}

const clusters = `management cluster mgmt
    region us { zones a, b }
    workload cluster dmz { gateway tier1 front }
    workload cluster east { gateway ingress, east-west }
    workload cluster west { gateway ingress, east-west }`;

/** Each row: what is said with the name left out, and the same line with a name that means nothing. */
describe('what only follows from an unknown name is not told', () => {
    test.each([
        ['service-without-home', 'service shop', 'service shop on estt'],
        [
            'single-homed-exposed-service',
            'service shop on east { exposed "a.b" }',
            'service shop on east, wst { exposed "a.b" }',
        ],
        ['gateway-without-service', 'service shop on east', 'service shop on east, wst'],
        [
            'gateway-without-service',
            'service shop on east { exposed "a.b" via front to east }',
            'service shop on east { exposed "a.b" via front through wst.ingress to east }',
        ],
        [
            'target-is-no-home',
            'service shop on east { exposed "a.b" to east, west }',
            'service shop on east, wst { exposed "a.b" to east, west }',
        ],
        [
            'entry-gateways-without-gslb',
            'service shop on east, west { exposed "a.b" }',
            'service shop on east, west { exposed "a.b" via frnt }',
        ],
        [
            'single-entry-gateway',
            'service shop on east, west { exposed "a.b" via front }',
            'service shop on east, west { exposed "a.b" via front, frnt }',
        ],
        [
            'single-homed-exposed-service',
            'service shop on east, west { exposed "a.b" to east }',
            'service shop on east, west { exposed "a.b" to east, wst }',
        ],
        [
            'call-unreachable',
            'service shop on east { calls cart }  service cart on west { no failover }',
            'service shop on east { calls cart }  service cart on west, estt { no failover }',
        ],
        [
            'required-in-one-place',
            'service shop on east, west { no failover requires cart }  service cart on west { failover east-west }',
            'service shop on east, west { no failover requires cart }  service cart on west, estt { failover east-west }',
        ],
        ...['us, su', 'us, us/q'].map((places): [string, string, string] => {
            const text = (where: string) => `region eu  workload cluster u in us { gateway ingress }
                workload cluster e in eu { gateway ingress }
                service shop on u, e { no failover requires db }  external service db in ${where}`;
            return ['required-in-one-place', text('us'), text(places)];
        }),
        [
            'target-unreachable',
            'network { east -> west }  service shop on east, west { exposed "a.b" via front to east, west }',
            'network { dmz -> east, wst }  service shop on east, west { exposed "a.b" via front to east, west }',
        ],
        [
            'one-way-reachability',
            'network { east -> west }  service shop on east, west { failover east-west }',
            'network { east -> west; west -> est }  service shop on east, west { failover east-west }',
        ],
        [
            'failover-unreachable',
            'network { dmz -> east }  service shop on east, west { failover east-west }',
            'network { dmz -> east; east -> wst }  service shop on east, west { failover east-west }',
        ],
        [
            'virtual-machines-without-gateway',
            'service old { on east { virtual machines } }',
            'service old { on east { virtual machines via vmz } }',
        ],
        [
            'egress-gateway-without-effect',
            'workload cluster n { gateway egress } service shop on east { calls x } service cart on n external service x',
            'workload cluster n { gateway egress } service shop on east { calls x } service cart on n { calls y } external service x',
        ],
    ])('%s: %s', async (code, without, unknown) => {
        const [before, after] = [await codesOf(`${clusters} ${without}`), await codesOf(`${clusters} ${unknown}`)];
        expect(before).toContain(code);
        expect(after).not.toContain(code);
    });

    test('a zone that a backup names', async () => {
        const backup = (zone: string) => `region r { zones a, b }  workload cluster east
            management cluster mgmt { management plane { postgres external in r { backup every 1h in r${zone} } } }`;
        expect(await codesOf(backup(''))).toContain('backup-shares-fate');
        expect(await codesOf(backup('/q'))).not.toContain('backup-shares-fate');
    });
});

test('what holds whatever the name means is told all the same', async () => {
    const text = `${clusters}  service shop on mgmt, wst`;
    expect(await codesOf(text)).toContain('workload-on-management-cluster');
    const twice = `${clusters}
        service shop on east, wst { exposed "a.b" }
        service cart on west { exposed "a.b" }`;
    expect(await codesOf(twice)).toContain('host-exposed-twice');
});
