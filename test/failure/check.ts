import { buildFailureGraph } from '../../server/failure/build.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { standardModel, type Model } from '../../server/failure/construction.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { failing, withSteps } from '../../server/failure/scenario.js';
import { scenarioView, type ScenarioView } from '../../server/impact/scenario.js';
import { marks } from '../../server/impact/summary.js';
import { findElement } from '../../server/topology/element-names.js';
import type { ElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';

/** A scenario in time; elements may be named as a user would, such as `mp` or `front-envoy`. Times in seconds. */
export async function scenario(
    topology: Topology | string,
    failures: readonly string[],
    {
        given = [],
        restarts = [],
        at = 0,
        duration,
    }: { given?: string[]; restarts?: string[]; at?: number; duration?: number } = {},
): Promise<ScenarioView> {
    const read = await topologyOf(topology);
    const { graph } = analysisOf(read);
    const named = (texts: readonly string[]) => texts.map((text) => elementNamed(graph, text));
    const restarted = named(restarts).map((element) => ({ at, action: 'restart' as const, element }));
    return scenarioView(read, withSteps(failing(named(failures), duration), restarted), { given: named(given), at });
}

/** What these failures do to a topology, at the moment at which they begin. */
export async function simulated(
    topology: Topology | string,
    failures: readonly string[],
    model: Model = standardModel,
): Promise<Outcome> {
    const read = await topologyOf(topology);
    const graph = model === standardModel ? analysisOf(read).graph : buildFailureGraph(read, model);
    return simulate(
        graph,
        failures.map((text) => elementNamed(graph, text)),
    );
}

const lately = new Map<string, Promise<Topology>>();

/** The topology of a text. Tests ask about one again and again: what is found out of it is found out once. */
export async function topologyOf(topology: Topology | string): Promise<Topology> {
    if (typeof topology !== 'string') return topology;
    const read = lately.get(topology) ?? estate(topology).then((fixture) => fixture.topology);
    lately.delete(topology);
    lately.set(topology, read);
    const [oldest] = lately.keys();
    if (lately.size > 20) lately.delete(oldest!);
    return read;
}

function elementNamed(graph: FailureGraph, text: string): ElementName {
    const naming = findElement(graph.elements, text);
    if (!naming.found) throw new Error(`${text} names ${naming.candidates.length} elements`);
    return naming.found.name;
}

/** The four marks of these failures: "✅ ⚠️ ❌ ❌". */
export async function marksOf(
    topology: Topology | string,
    failures: readonly string[],
    model?: Model,
): Promise<string> {
    return marks((await simulated(topology, failures, model)).operations);
}

/** The published page's architecture, in five lines: every default is the page's own. */
export const publishedArchitecture = `
topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west`;

/** The six published scenarios and their marks: workloads, local operations, metrics, management. Source: section 0. */
export const publishedMarks: readonly (readonly [scenario: string, failure: string, marks: string])[] = [
    ['workload cluster', 'east', '⚠️ ⚠️ ⚠️ ✅'],
    ['edge control plane', 'east.edge', '✅ ⚠️ ⚠️ ✅'],
    ['connectivity to the management cluster', 'link:east/mgmt', '✅ ⚠️ ⚠️ ✅'],
    ['central control plane', 'central', '✅ ⚠️ ✅ ✅'],
    ['management plane', 'mp', '✅ ✅ ⚠️ ❌'],
    ['management cluster', 'mgmt', '✅ ⚠️ ❌ ❌'],
];

/** All six scenarios at once, one line each. */
export async function publishedTable(topology: Topology | string, model?: Model): Promise<string[]> {
    return Promise.all(publishedMarks.map(([, failure]) => marksOf(topology, [failure], model)));
}
