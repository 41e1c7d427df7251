import { expect, test } from 'vitest';
import { blastsIn } from '../../server/failure/blast-radius.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import type { GraphParts } from '../../server/failure/graph.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';

const us = asElementName('region:us');

/** What is kept of the estate before is used. */
const keepingAll = (topology: Topology) => blastsIn(buildFailureGraph(topology), { leastTouched: 0, mostChanged: 1 });

/** Two services that have nothing to do with each other, each with something in another region. */
const withNeeds = (ofA: string, ofB: string) => `
    topology shop
    region us
    region eu
    external service okta in us
    external service entra in us
    management cluster mgmt in eu
    workload cluster east in eu { gateway ingress }
    workload cluster west in us
    workload cluster front-us in us { gateway tier1 front }
    network { front-us <-> east }
    service a on east { ${ofA} }
    ${ofB === '' ? '' : `service b on east { ${ofB} }`}
`;

test('what was kept of a failure is followed further where what made it worse is gone', async () => {
    const opened = await estate(withNeeds('requires okta every 10m ttl 1h', 'requires entra every 10m ttl 2h'));
    expect(keepingAll(opened.topology).worseFrom(us)).toBe(50 * 60);
    const change = async (ofA: string) => {
        const text = withNeeds(ofA, 'requires entra every 10m ttl 2h');
        return (await opened.change({ 'main.tsbtopo': text })).topology;
    };
    expect(keepingAll(await change('requires okta every 10m ttl 3h')).worseFrom(us)).toBe(110 * 60);
    expect(keepingAll(await change('')).worseFrom(us)).toBe(110 * 60);
    expect(keepingAll(await change('requires okta every 10m ttl 30m')).worseFrom(us)).toBe(20 * 60);
});

/** The service itself stays. */
const enters = (name: string) => `exposed "${name}.example.com" via front to east`;

test('whoever is left of everybody counts without those who are gone from the file', async () => {
    const opened = await estate(withNeeds(enters('a'), enters('b')));
    const workloads = (topology: Topology) => {
        const blasts = keepingAll(topology);
        blasts.worseFrom(us);
        return blasts.blastRadiusOf(us).operations.runningWorkloads;
    };
    expect(workloads(opened.topology)).toBe('total');
    const { topology } = await opened.change({ 'main.tsbtopo': withNeeds(enters('a'), '') });
    expect(workloads(topology)).toBe('total');
});

test('after an edit only the parts are followed that it changed', async () => {
    const opened = await estate(withNeeds('requires okta', 'requires entra'));
    expect(keepingAll(opened.topology).worseFrom(us)).toBeUndefined();
    const { topology } = await opened.change({ 'main.tsbtopo': withNeeds('requires okta', 'requires entra or okta') });
    expect(followedIn(topology)).toEqual([['a', 'b']]);
    const again = await opened.change({ 'main.tsbtopo': withNeeds('no failover', 'requires entra') });
    keepingAll(again.topology).worseFrom(us);
    const last = await opened.change({ 'main.tsbtopo': withNeeds('', 'requires entra') });
    expect(followedIn(last.topology)).toEqual([['a']]);
    expect(followedIn(last.topology)).toEqual([[]]);
    const other = await opened.change({ 'main.tsbtopo': withNeeds('no failover', 'requires entra') });
    // half of all parts are too many
    expect(followedIn(other.topology, 0.25)).toEqual([]);
});

/** The services of the parts that are followed by themselves, each time. */
function followedIn(topology: Topology, mostChanged = 1): string[][] {
    const graph = buildFailureGraph(topology);
    const { parts } = graph;
    const followed: string[][] = [];
    const among: GraphParts['among'] = (some) => {
        followed.push(some.flatMap(({ services }) => services));
        return parts!.among(some);
    };
    blastsIn({ ...graph, parts: { ...parts!, among } }, { leastTouched: 0, mostChanged }).worseFrom(us);
    return followed;
}
