import type { NodeIndex } from '../engine/index.js';
import { graphOfParts } from '../failure/graph-of-parts.js';
import type { FailureGraph } from '../failure/graph.js';
import { linkName, type ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import { coursesIn, coursesOf, type Courses } from './courses.js';
import type { differencesOf, Differences } from './differences.js';
import { lookingAt, type Common, type inCommon } from './in-common.js';

/** Two states of an estate, in as much of them as may go otherwise. */
export interface BothStates {
    readonly before: Courses;
    readonly now: Courses;
    readonly differences: Differences;
}

/** What is not looked at, since it is the same in both. */
export interface Sparing {
    /** Neighbourhoods of which not even a graph is needed. */
    readonly inCommon: typeof inCommon;
    /** What of two graphs need not be compared. */
    readonly differencesOf: typeof differencesOf;
}

/** The graphs of both, with what is different in them. */
export function bothStates(before: Topology, now: Topology, sparing: Sparing): BothStates {
    return withoutCommon(before, now, sparing.inCommon(before, now), sparing) ?? withAll(before, now, sparing);
}

/** Links that only one of the two lists are elements of both, where both have them. */
function withAll(earlier: Topology, later: Topology, { differencesOf }: Sparing): BothStates {
    const [one, other] = [coursesIn(earlier), coursesIn(later)];
    const [inOne, inOther] = [missingIn(one.graph, other.graph), missingIn(other.graph, one.graph)];
    const before = inOne.length > 0 ? coursesIn(earlier, inOne) : one;
    const now = inOther.length > 0 ? coursesIn(later, inOther) : other;
    return { before, now, differences: differencesOf(before.graph, now.graph) };
}

/** Nothing is built of what both have in common, but where it looks at what may fail otherwise; undefined where that cannot be. */
function withoutCommon(
    before: Topology,
    now: Topology,
    common: readonly Common[],
    sparing: Sparing,
): BothStates | undefined {
    if (common.length === 0) return undefined;
    const [firsts, seconds] = [common.map(([each]) => each), common.map(([, each]) => each)];
    const one = graphOfParts(before, new Set(firsts));
    const other = graphOfParts(now, new Set(seconds));
    // all links of both are elements, since no part shares any that are made on the way
    if (!one || !other) return undefined;
    const differences = sparing.differencesOf(one, other);
    if (isHostTold(common, differences)) return undefined;
    const [atOne, atOther] = [ofWorld(one, differences.above[0]), ofWorld(other, differences.above[1])];
    const looking = new Set([...lookingAt(firsts, atOne, one), ...lookingAt(seconds, atOther, other)]);
    const apart = common.filter((pair) => !pair.some((each) => looking.has(each)));
    if (apart.length < common.length) return withoutCommon(before, now, apart, sparing);
    return { before: coursesOf(one), now: coursesOf(other), differences };
}

/** Two services may say the same host, of which the worse fare is told: it would be looked at in what is left out, too. */
function isHostTold(common: readonly Common[], { mayFareOtherwise }: Differences): boolean {
    return common.some(([, { services }]) =>
        services.some(({ shortName: service, exposures }) =>
            exposures.some(({ host }) => mayFareOtherwise({ kind: 'host', host, service })),
        ),
    );
}

function ofWorld({ parts }: FailureGraph, above: Uint8Array): NodeIndex[] {
    const nodes: NodeIndex[] = [];
    for (let node = 0; node < above.length; node++) if (above[node] && parts!.placeAt(node) < 0) nodes.push(node);
    return nodes;
}

/** Links of another graph that are no elements of this one, although it has them. */
function missingIn(graph: FailureGraph, other: FailureGraph): ElementName[] {
    const { byName, links } = graph.elements;
    return other.elements.all
        .filter(({ ends, name }) => ends !== undefined && !byName.has(name))
        .flatMap(({ name, ends }) => {
            const there = links.named(name) ?? links.named(linkName(ends!.to, ends!.from));
            return there ? [there.name] : [];
        });
}
