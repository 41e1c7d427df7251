import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { weigher } from '../../server/failure/gravity.js';
import { findElement } from '../../server/topology/element-names.js';
import { estate } from '../fixture.js';

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
service reports on east`;

test.each([
    ['mp', 'total', 'an operation is lost'],
    ['shop', 'total', 'a host is lost, while other workloads run on'],
    ['east', 'limited', 'a service is lost, and no host'],
    ['reports', 'limited', 'a service without a host'],
    ['dmz-a.front-a', 'redundancy', 'the other entry takes over'],
    ['mgmt.management-plane.mpc', 'redundancy', 'changes wait'],
    ['east.edge.operator', 'nothing', ''],
    ['mgmt.management-plane.teamsync', 'nothing', ''],
])('%s: %s %s', async (name, gravity) => {
    const { topology } = await estate(text);
    const analysis = analysisOf(topology);
    const { graph } = analysis;
    const weigh = weigher(graph);
    const element = findElement(graph.elements, name).found!;
    weigh(graph.elements.all[0]!); // one does not leave anything behind for the next
    expect(weigh(element)).toEqual({ gravity, operations: analysis.marksOf(element.name) });
});
