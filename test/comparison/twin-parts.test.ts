import { expect, test } from 'vitest';
import { differencesOf } from '../../server/comparison/differences.js';
import { commonOf, createIds } from '../../server/comparison/twin-parts.js';
import { analysisOf } from '../../server/failure/analysis.js';
import type { FailureGraph, GraphPart } from '../../server/failure/graph.js';
import { estate } from '../fixture.js';

const services = `
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s }  failover east-west  outlier detection  calls stock }
service stock on east, west { no failover }
service desk { on south { virtual machines }  exposed "desk.example.com" }
`;

function estateWith(gateways: string) {
    return estate(`topology shop
region us { zones a, b }
management cluster mgmt in us/a
workload cluster east in us/a { ${gateways} }
workload cluster west in us/b { gateway ingress, east-west gw }
workload cluster south in us/b { gateway ingress, vm gw }
${services}`);
}

/** The names of the first services of the parts that are the same. */
function twinsIn(before: FailureGraph, now: FailureGraph): string[] {
    return commonOf(before, now, createIds()).twins.map(({ parts: [part] }) => part.listed[0]!.name);
}

async function both() {
    const [one, other] = [await estateWith('gateway ingress, east-west gw'), await estateWith('gateway ingress gw')];
    return [analysisOf(one.topology).graph, analysisOf(other.topology).graph] as const;
}

test('a part that does not see what has changed in the world is the same, and need not be looked at', async () => {
    const [before, now] = await both();
    expect(before.parts!.all.length).toBe(2);
    expect(twinsIn(before, now)).toEqual(['service:desk']);
    const { own, mayFareOtherwise } = differencesOf(before, now);
    const [part] = commonOf(before, now, createIds()).twins[0]!.parts;
    expect(own[0]!.graph.parts!.all).toEqual(before.parts!.all.filter((each) => each !== part));
    expect(mayFareOtherwise({ kind: 'service', service: 'desk' })).toBe(false);
    expect(mayFareOtherwise({ kind: 'service', service: 'shop' })).toBe(true);
});

test('whatever is otherwise in a part is seen', async () => {
    const [one, other] = [await estateWith('gateway ingress gw'), await estateWith('gateway ingress gw')];
    const [before, now] = [analysisOf(one.topology).graph, analysisOf(other.topology).graph];
    const all = now.parts!.all.length;
    expect(twinsIn(before, now).length).toBe(all);
    const seesIt = (changed: FailureGraph) => expect(twinsIn(before, changed).length).toBe(all - 1);
    const withPart = (change: (part: GraphPart) => Partial<GraphPart>): FailureGraph[] => {
        const parts = now.parts!;
        return parts.all.map((part) => {
            const other = { ...part, ...change(part) };
            return { ...now, parts: { ...parts, all: parts.all.map((each) => (each === part ? other : each)) } };
        });
    };
    for (let node = 0; node < now.nodes.length; node++) {
        if (now.parts!.placeAt(node) < 0) continue;
        seesIt({ ...now, thresholds: now.thresholds.with(node, 99) });
        const [first, end] = [now.inputs.offsets[node]!, now.inputs.offsets[node + 1]!];
        if (first < end) seesIt({ ...now, inputs: { ...now.inputs, targets: now.inputs.targets.with(first, node) } });
    }
    for (const changed of withPart(({ listed }) => ({ listed: listed.slice(0, -1) }))) seesIt(changed);
    for (const changed of withPart(({ ownFacets }) => ({ ownFacets: ownFacets.slice(1) }))) seesIt(changed);
    const ticking = now.parts!.all.filter(({ timers }) => timers.flat().length > 0);
    expect(ticking.length).toBe(1);
    const later = withPart(({ timers }) => ({
        timers: timers.map((each) => each.map((timer) => ({ ...timer, rise: [1, 2] }))),
    }));
    expect(later.filter((changed) => twinsIn(before, changed).length < all).length).toBe(1);
    const alone = withPart(({ traffic }) => ({ traffic: { ...traffic, hosts: [] } }));
    for (const changed of alone) seesIt(changed);
    const untold = withPart(({ traffic }) => ({ traffic: { ...traffic, withdrawals: () => [] } }));
    for (const changed of untold) seesIt(changed);
});

test('a part that hangs on something of the world that is otherwise has to be looked at', async () => {
    const [one, other] = [await estateWith('gateway ingress gw'), await estateWith('gateway ingress gw')];
    const [before, now] = [analysisOf(one.topology).graph, analysisOf(other.topology).graph];
    const { twins } = commonOf(before, now, createIds());
    for (const { parts, hangOn } of twins) {
        expect(hangOn[1].size).toBeGreaterThan(0);
        for (const node of hangOn[1]) {
            const changed = { ...now, thresholds: now.thresholds.with(node, 99) };
            const { own } = differencesOf(before, changed);
            expect((own[1]?.graph ?? now).parts!.all).toContain(parts[1]);
        }
    }
});
