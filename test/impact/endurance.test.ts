import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { enduranceOf } from '../../server/failure/endurance.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';

/** A gateway asks a helper in another cluster, whose identity runs out without its control plane. */
const text = `topology t
management cluster mgmt
workload cluster edge { gateway tier1, east-west edge-gw { external authorization by checks fails open } }
workload cluster east { gateway ingress, east-west east-gw }
network { edge <-> east }
service shop on east { exposed "shop.example.com" via edge-gw }
service checks on east { failover east-west }`;

/** What gets worse with time once these have failed. */
async function worseningsOf(...failures: string[]): Promise<string[]> {
    const { topology } = await estate(text);
    return enduranceOf(buildFailureGraph(topology), failures.map(asElementName)).worsenings.map(({ of }) => {
        if (of.kind === 'cluster') return `${of.operation} of ${of.cluster}`;
        return of.kind === 'facet' ? `${of.facet.flow} of ${of.facet.scope.caller}` : of.kind;
    });
}

test('a policy is enforced no longer once who decides has no identity', async () => {
    const worse = await worseningsOf('east.istiod');
    expect(worse.join('\n')).toContain('policy-enforced of edge.edge-gw');
    expect(worse).toContain('runningWorkloads of edge');
});

test('nothing gets worse in a cluster that is dead', async () => {
    const worse = await worseningsOf('east.istiod', 'edge');
    expect(worse).not.toContain('policy-enforced of edge.edge-gw');
    expect(worse).not.toContain('runningWorkloads of edge');
    expect(worse).toContain('runningWorkloads of east');
});
