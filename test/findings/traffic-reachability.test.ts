import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

/** An entry point, and two clusters that let requests in. */
const clusters = `
    management cluster mgmt { management plane { elasticsearch internal direct } }
    workload cluster dmz { gateway tier1 front }
    workload cluster east { gateway ingress }
    workload cluster west { gateway ingress }`;

/** Two entry points. */
const fronts = `${clusters}
    workload cluster dmz-2 { gateway tier1 front-2 }`;

describe('target-is-no-home', () => {
    test('the service does not run there', async () => {
        const text = `${clusters}
            service <|shop|> on east { exposed "shop.example.com" to east, <|west|> }`;
        expect(await said(text, 'target-is-no-home')).toEqual([
            {
                severity: 'error',
                message: `'shop' does not run on 'west', so nobody there answers. Name one of its clusters ('east'), or add 'west' to them.`,
                at: 1,
                related: [[0, `'shop' runs on 'east'`]],
            },
        ]);
    });

    test('and nothing else is told where it is the only target', async () => {
        expect(await codesOf(`${clusters}  service shop on east { exposed "a.b" to west }`)).toEqual([
            'target-is-no-home',
        ]);
    });

    test('not of a service without any home, which is told already', async () => {
        const text = `${clusters}  service shop { exposed "a.b" to west }`;
        expect(await codesOf(text)).toEqual(['service-without-home']);
    });
});

describe('host-unreachable', () => {
    test('no home has an ingress gateway', async () => {
        const text = `workload cluster <|east|>  workload cluster <|west|>
            service shop on east, west { exposed <|"shop.example.com"|> }`;
        expect(await said(text, 'host-unreachable')).toEqual([
            {
                severity: 'error',
                message: `No request for 'shop.example.com' is served, even while nothing fails: no cluster of 'shop' has an ingress gateway. Declare \`gateway ingress\` on 'east' and 'west'.`,
                at: 2,
                related: [
                    [0, `'east' has no ingress gateway`],
                    [1, `'west' has no ingress gateway`],
                ],
            },
        ]);
    });

    test('not where a closed way explains it, nor the language', async () => {
        const closed = `${clusters}  network { east -> west }
            service shop on east, west { exposed "a.b" via front }`;
        expect(await codesOf(closed)).toEqual(['target-unreachable']);
        const unknown = `${clusters}  service shop on east, west { exposed "a.b" via front through nowhere }`;
        expect(await codesOf(unknown)).toEqual([]);
        const weights = `${clusters}  service shop on east, west { exposed "a.b" to east weight 0, west weight 0 }`;
        expect(await codesOf(weights)).toEqual([]);
    });
});

describe('target-unreachable', () => {
    test('one of several targets', async () => {
        const text = `${clusters}
            <|network { dmz -> east }|>
            service shop on east, west { exposed "a.b" via front to east, <|west|> }`;
        expect(await said(text, 'target-unreachable')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'a.b' do not get from 'front' to 'west': no line of the network says \`dmz -> west\`, so 'west' never gets one. Add that line, or take 'west' out here.`,
                at: 1,
                related: [[0, 'the network is declared here']],
            },
        ]);
        expect(await codesOf(text)).toEqual(['target-unreachable']);
    });

    test('the only target: then nobody is served', async () => {
        const text = `${clusters}
            <|network { }|>
            service shop on east { exposed "a.b" via front to <|east|> }`;
        expect(await said(text, 'target-unreachable')).toEqual([
            {
                severity: 'error',
                message: `Requests for 'a.b' do not get from 'front' to 'east': no line of the network says \`dmz -> east\`, so nobody is served. Add that line.`,
                at: 1,
                related: [[0, 'the network is declared here']],
            },
        ]);
    });

    test('a target without an ingress gateway, with and without entry gateways', async () => {
        const text = `${clusters}
            workload cluster <|north|>
            service shop on east, north { exposed "a.b" via front to east, <|north|> }
            service cart on east, north { exposed "b.b" to east, <|north|> }`;
        const noGateway = [[0, `'north' has no ingress gateway`]];
        expect(await said(text, 'target-unreachable')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'a.b' do not get from 'front' to 'north': 'north' has no ingress gateway, so 'north' never gets one. Declare \`gateway ingress\` on 'north', or take 'north' out here.`,
                at: 1,
                related: noGateway,
            },
            {
                severity: 'warning',
                message: `Requests for 'b.b' do not get into 'north': 'north' has no ingress gateway, so 'north' never gets one. Declare \`gateway ingress\` on 'north', or take 'north' out here.`,
                at: 2,
                related: noGateway,
            },
        ]);
    });

    test('a listed target is meant from each entry gateway', async () => {
        const text = `${fronts}
            network { dmz -> east, west; dmz-2 -> east }
            service shop on east, west { exposed "a.b" via front, front-2 to east, <|west|> { gslb } }`;
        const found = await said(text, 'target-unreachable');
        expect(found).toMatchObject([{ severity: 'warning', at: 0 }]);
        expect(found[0]?.message).toBe(
            `Requests for 'a.b' do not get from 'front-2' to 'west': no line of the network says \`dmz-2 -> west\`, so 'front-2' has one cluster less to go to. Add that line, or take 'west' out here.`,
        );
    });

    test('one that is not listed is not', async () => {
        expect(
            await codesOf(`${fronts}
                network { dmz -> east; dmz-2 -> west }
                service shop on east, west { exposed "a.b" via front, front-2 { gslb } }`),
        ).toEqual([]);
    });

    test('but a home that gets no request from anywhere is told', async () => {
        const text = `${fronts}
            network { dmz -> east; dmz-2 -> east }
            service shop on east, <|west|> { exposed "a.b" via front, front-2 { gslb } }`;
        const found = await said(text, 'target-unreachable');
        expect(found).toMatchObject([{ severity: 'warning', at: 0 }]);
        expect(found[0]?.message).toBe(
            `Requests for 'a.b' do not get from 'front' and 'front-2' to 'west': no line of the network says \`dmz -> west\` or \`dmz-2 -> west\`, so 'west' never gets one. Add such lines, or say behind \`to\` which clusters are meant.`,
        );
    });

    test('an entry gateway that leads nowhere, once for all homes', async () => {
        const text = `${fronts}
            network { dmz -> east, west }
            service shop on east, west { exposed "a.b" via front, <|front-2|> to east, west { gslb } }`;
        const found = await said(text, 'target-unreachable');
        expect(found).toMatchObject([{ severity: 'warning', at: 0 }]);
        expect(found[0]?.message).toBe(
            `Requests for 'a.b' do not get from 'front-2' to 'east' or 'west': no line of the network says \`dmz-2 -> east\` or \`dmz-2 -> west\`, so 'front-2' serves nobody. Add such lines, or take 'front-2' out here.`,
        );
        expect(await codesOf(text)).toEqual(['target-unreachable']);
    });

    test('all entry gateways, where no target is listed', async () => {
        const text = `${fronts}
            network { east <-> west }
            service shop on east, west { exposed "a.b" via <|front|>, <|front-2|> { gslb } }`;
        expect(await said(text, 'target-unreachable')).toMatchObject([
            { severity: 'error', at: 0 },
            { severity: 'error', at: 1 },
        ]);
    });

    test('a transit gateway that no entry gateway reaches; what is behind it is not told', async () => {
        const text = `${clusters}
            workload cluster hub { gateway tier1 inner }
            network { dmz -> east }
            service shop on east, west { exposed "a.b" via front through <|inner|> }`;
        const found = await said(text, 'target-unreachable');
        expect(found).toMatchObject([{ severity: 'error', at: 0 }]);
        expect(found[0]?.message).toBe(
            `Requests for 'a.b' do not get from 'front' to 'inner': no line of the network says \`dmz -> hub\`, so nobody is served. Add that line.`,
        );
    });

    test('one of several transit gateways that leads nowhere, and one that nobody reaches', async () => {
        const text = `${clusters}
            workload cluster hub-1 { gateway tier1 inner-1 }
            workload cluster hub-2 { gateway tier1 inner-2 }
            workload cluster hub-3 { gateway tier1 inner-3 }
            network { dmz -> hub-1, hub-2; hub-1 -> east, west }
            service shop on east, west { exposed "a.b" via front through inner-1, <|inner-2|>, <|inner-3|> }`;
        expect(await said(text, 'target-unreachable')).toMatchObject([{ at: 1 }, { at: 0 }]);
    });

    test('not without a network block, and not from a gateway on the same cluster', async () => {
        expect(
            await codesOf(`${fronts}  service shop on east, west { exposed "a.b" via front, front-2 { gslb } }`),
        ).toEqual([]);
        const local = `workload cluster east { gateway tier1 front  gateway ingress }
            service shop on east { exposed "a.b" via front to east }`;
        expect(await said(local, 'target-unreachable')).toEqual([]);
        const both = `workload cluster east { gateway tier1, ingress front }
            service shop on east { exposed "a.b" via front to east }`;
        expect(await said(both, 'target-unreachable')).toEqual([]);
    });

    test('a tier1 gateway enters its own cluster by an ingress gateway, too', async () => {
        const text = `workload cluster east { gateway tier1 front }
            service shop on east { exposed "a.b" via front to <|east|> }`;
        expect(await said(text, 'target-unreachable')).toMatchObject([{ severity: 'error', at: 0 }]);
    });
});

describe('one-way-reachability of a host', () => {
    test('only the way back is open', async () => {
        const text = `${clusters}
            network {
                dmz -> east
                <|west -> dmz|>
            }
            service shop on east, west { exposed "a.b" via front to east, <|west|> }`;
        expect(await said(text, 'one-way-reachability')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'a.b' do not get from 'front' to 'west': no line of the network says \`dmz -> west\`, so 'west' never gets one. Add that line, or take 'west' out here.`,
                at: 1,
                related: [[0, 'this opens `west -> dmz` only, the other direction']],
            },
        ]);
        expect(await codesOf(text)).toEqual(['one-way-reachability']);
    });

    test('from one of several entry gateways, even where no target is listed', async () => {
        const text = `${fronts}
            network {
                dmz -> east, west
                dmz-2 -> east
                <|west -> dmz-2|>
            }
            service shop on east, west { exposed "a.b" via front, <|front-2|> { gslb } }`;
        expect(await said(text, 'one-way-reachability')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'a.b' do not get from 'front-2' to 'west': no line of the network says \`dmz-2 -> west\`, so 'front-2' has one cluster less to go to. Add that line, or say behind \`to\` which clusters are meant.`,
                at: 1,
                related: [[0, 'this opens `west -> dmz-2` only, the other direction']],
            },
        ]);
    });

    test('where nobody is served it is an error: the target is unreachable', async () => {
        const text = `${clusters}
            network { <|east -> dmz|> }
            service shop on east { exposed "a.b" via front to <|east|> }`;
        expect(await said(text, 'one-way-reachability')).toEqual([]);
        expect(await said(text, 'target-unreachable')).toMatchObject([
            { severity: 'error', at: 1, related: [[0, 'this opens `east -> dmz` only, the other direction']] },
        ]);
    });
});
