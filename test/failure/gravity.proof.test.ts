import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import { blastRadiusOf, blastsIn } from '../../server/failure/blast-radius.js';
import { compareWeights, type Gravity, type Weight } from '../../server/failure/gravity.js';
import { enduranceOf } from '../../server/failure/endurance.js';
import { simulate } from '../../server/failure/outcome.js';
import { forEachOperation } from '../../server/knowledge/operations.js';
import { findElement } from '../../server/topology/element-names.js';
import { estate } from '../fixture.js';
import { run } from '../../server/failure/run.js';
import { failuresFor } from '../../server/failure/timeline.js';
import { randomEstate } from './random-estate.js';
import { share } from '../share.js';

const text = `topology demo
management cluster mgmt {
    management plane { elasticsearch internal via front-envoy }
}
workload cluster dmz-a { gateway tier1 front-a }
workload cluster dmz-b { gateway tier1 front-b }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
network {
    dmz-a, dmz-b -> east, west
}
service shop {
    on east, west
    exposed "shop.example.com" via front-a, front-b { gslb ttl 30s }
}
service reports { on east  calls payments }
service payments on east
workload cluster standby
service batch on east, standby
workload cluster nameless`;

test.each([
    ['mp', 'operators', 'an operation is lost, and users notice nothing'],
    ['shop', 'down', 'a host, while other workloads run on'],
    ['east', 'down', 'a service is down, although the host is served from elsewhere'],
    ['reports', 'down', 'a service without a host'],
    ['west', 'failover', 'the host is served from east, after a gap'],
    ['dmz-a.front-a', 'failover', 'the other entry takes over'],
    ['payments', 'down', 'and with it, shop answers in part'],
    ['shop@west', 'failover', 'the instances in the other cluster take over'],
    ['mgmt.management-plane.mpc', 'operators', 'changes wait'],
    ['standby', 'operators', 'there is no kubectl, and no metrics, and the service runs elsewhere'],
    ['batch@standby', 'spare', 'nobody uses it, and it runs elsewhere'],
    ['east.edge.operator', 'none', ''],
    ['mgmt.management-plane.teamsync', 'none', ''],
    ['link:mgmt/west', 'operators', 'west is cut off from its management plane'],
    ['nameless', 'down', 'workloads that no service names'],
])('%s: %s %s', async (name, gravity) => {
    const { topology } = await estate(text);
    const analysis = analysisOf(topology);
    const { graph } = analysis;
    const { weightOf } = blastsIn(graph);
    const element = findElement(graph.elements, name).found!;
    weightOf(graph.elements.all[0]!.name); // one does not leave anything behind for the next
    expect(weightOf(element.name)).toMatchObject({ gravity, operations: analysis.marksOf(element.name) });
});

test('what calls in vain is degraded, and so is what loses a share', async () => {
    const { topology } = await estate(`topology demo
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop { on east  exposed "shop.example.com"  calls stripe }
service web { on east, west  exposed "web.example.com" }
external service stripe`);
    const { graph } = analysisOf(topology);
    const { weightOf } = blastsIn(graph);
    const gravityOf = (name: string) => weightOf(findElement(graph.elements, name).found!.name).gravity;
    expect(['stripe', 'west'].map(gravityOf)).toEqual(['degraded', 'degraded']);
});

test('what a failure touches is enough to weigh it: the same comes out of looking at everything', () => {
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const graph = buildFailureGraph(topology);
            const { weightOf, blastRadiusOf: radiusOf, worseFrom } = blastsIn(graph);
            for (const { name } of graph.elements.all) {
                const whole = blastRadiusOf(simulate(graph, [name]));
                expect([name, radiusOf(name)]).toEqual([name, whole]);
                expect(whole).toMatchObject(weightOf(name));
            }
            for (const { name } of graph.elements.all.slice(0, 10)) {
                const from = enduranceOf(graph, [name]).worsenings.map((worsening) => worsening.from);
                expect([undefined, ...from]).toContain(worseFrom(name));
            }
        }),
        { numRuns: share(300) },
    );
});

test('what changes in time is enough to know from when on it is worse: the same comes out of weighing each moment', () => {
    fc.assert(
        fc.property(randomEstate, fc.nat(), (topology, other) => {
            const graph = buildFailureGraph(topology);
            const { worseFrom } = blastsIn(graph);
            const { all } = graph.elements;
            for (const [place, { name }] of all.entries()) {
                const names = place % 3 === 0 ? [name, all[(place + other) % all.length]!.name] : [name];
                const moments = run(graph, failuresFor(names), 'earliest').map(({ at, outcome }) => ({
                    at,
                    losses: lossesOf(blastRadiusOf(outcome)),
                }));
                const worse = moments.find(({ losses }) => losses.some((n, at) => n > moments[0]!.losses[at]!));
                expect([names, worseFrom(...names)]).toEqual([names, worse?.at]);
            }
        }),
        { numRuns: share(1000) },
    );
});

function lossesOf({ extent: [down = 0, degraded = 0, , lost = 0] }: Weight): number[] {
    return [down, degraded, lost];
}

test('the heavier comes first', () => {
    const weight = (gravity: Gravity, ...extent: number[]): Weight => ({
        gravity,
        operations: forEachOperation(() => 'unaffected'),
        extent,
    });
    const sorted = [weight('down', 1, 0), weight('down', 2, 0), weight('down', 1, 3), weight('spare', 9, 9)];
    expect(sorted.sort(compareWeights).map(({ extent }) => extent)).toEqual([
        [2, 0],
        [1, 3],
        [1, 0],
        [9, 9],
    ]);
    expect(compareWeights(weight('none', 1), weight('none', 1))).toBe(0);
});
