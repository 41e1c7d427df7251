import { explainer, rootsOf, type Because } from '../failure/explain.js';
import type { Facet, GraphNode, Reason } from '../failure/graph.js';
import type { Effect, Outcome } from '../failure/outcome.js';
import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { Element } from '../topology/element.js';
import { arrow, causeLine } from './causes.js';
import { isListed } from './ranking.js';
import { code } from '../encoding/markdown.js';
import { clusterKinds, secrets } from '../knowledge/components.js';
import { elementPhrase, facetPhrase, nodePhrase } from './phrases.js';
import { missedPhrase } from './workloads.js';

/** All that goes back to the same: what failed, alone or together, or has run out. */
export interface RootStory {
    /** What stands at the end of every chain. Markdown phrases. */
    readonly roots: readonly string[];
    /** What went down with it: elements that a file declares. Markdown phrases. */
    readonly tookDown: readonly string[];
    /** What is kept there: secrets are not down, but out of reach. Markdown phrases. */
    readonly outOfReach: readonly string[];
    readonly losses: readonly LossGroup[];
}

/** What is lost for the same reason. */
export interface LossGroup {
    /** "kubectl of `east`, `west`". Markdown. */
    readonly what: string;
    readonly state: Effect['state'];
    /** Why, as a clause. */
    readonly because: string;
    /** What is between it and the root: "the central control plane ← `mgmt`"; may be empty. Markdown. */
    readonly by: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

/** A story while it is put together. */
interface Story {
    readonly roots: string[];
    readonly tookDown: string[];
    readonly outOfReach: string[];
    readonly losses: Map<string, Loss>;
}

/**
 * Why something is lost, once for each root: what it took down, and what cannot do without that. Losses of the same kind
 * and for the same reason stand together.
 */
export function rootStories(outcome: Outcome): RootStory[] {
    const explain = explainer(outcome);
    const endsOf = endsFinder();
    const stories = new Map<string, Story>();
    const storyOf = (because: Because) => {
        const roots = endsOf(because);
        const story = stories.get(roots.join('|')) ?? {
            roots,
            tookDown: [],
            outOfReach: [],
            losses: new Map<string, Loss>(),
        };
        stories.set(roots.join('|'), story);
        return story;
    };
    for (const { kind, name } of outcome.failures) {
        const { tookDown } = storyOf(explain(outcome.graph.nodeOfElement.get(name)!));
        if (clusterKinds.has(kind)) tookDown.push(`everything on ${code(name)}`);
    }
    for (const element of wentAlong(outcome)) {
        const because = explain(outcome.graph.nodeOfElement.get(element.name)!);
        const { tookDown, outOfReach } = storyOf(because);
        (secrets.has(element.kind) ? outOfReach : tookDown).push(elementPhrase(element));
    }
    const dead = new Set(outcome.clusters.filter(({ alive }) => !alive).map(({ name }) => name));
    for (const { facet, state, node } of outcome.effects) {
        // a cluster that is down has lost all that it has
        if (facet.rank === 'note' || dead.has(facet.scope.cluster ?? '')) continue;
        const because = explain(node);
        const reason = because.causes[0]?.reason;
        if (!reason) continue;
        const { losses } = storyOf(because);
        const starved = starvation(outcome, facet);
        const key = `${state}|${starved ?? reason.because}`;
        const loss = losses.get(key) ?? { state, reason, because, starved, facets: [], from: new Set() };
        loss.facets.push(facet);
        loss.from.add(nearestElement(because));
        losses.set(key, loss);
    }
    return [...stories.values()]
        .map(({ roots, tookDown, outOfReach, losses }) => ({
            roots,
            tookDown,
            outOfReach,
            losses: [...losses.values()].map((loss) => lossGroup(loss, roots)),
        }))
        .filter(({ tookDown, outOfReach, losses }) => tookDown.length + outOfReach.length + losses.length > 0);
}

/** What is lost for one reason. */
interface Loss {
    readonly state: Effect['state'];
    readonly reason: Reason;
    /** Why the first of it is lost. */
    readonly because: Because;
    /** What it misses, where that is why. */
    readonly starved: string | undefined;
    readonly facets: Facet[];
    /** The nearest elements that it all hangs on. */
    readonly from: Set<GraphNode>;
}

/**
 * "`checkout` cannot serve without `entitlements`", for instances that lack something, what they would call, and a host that none of its
 * instances serves for that. Of the ways of a host, each may have a cause of its own; this one holds for all of them.
 */
function starvation({ services, hosts }: Outcome, { flow, scope }: Facet): string | undefined {
    const host = hosts.find((each) => scope.host !== undefined && each.host === scope.host);
    const name = host?.service ?? (flow === 'instances-serve' ? scope.service : scope.caller);
    const service = services.find((each) => each.name === name);
    if (!service || (host && service.homes.some(({ serves }) => serves))) return undefined;
    const missed = service.missed.filter(({ cluster }) => host !== undefined || cluster === scope.cluster);
    // that a caller lacks something is no reason for not reaching just that
    if (missed.length === 0 || missed.some(({ anyOf }) => anyOf.some((callee) => callee === scope.callee)))
        return undefined;
    return `${code(service.name)} cannot serve without ${missedPhrase(missed)}`;
}

function lossGroup({ state, reason, because, starved, facets, from }: Loss, roots: readonly string[]): LossGroup {
    const steps = from.size === 1 && starved === undefined ? causeLine(because).split(arrow) : [];
    // what stands in a region went down with it, by whichever zone
    const isRegion = roots.some((root) => root.startsWith('region '));
    return {
        what: facetsPhrase(facets),
        state,
        because: starved ?? reason.because,
        by: steps.filter((step) => !roots.includes(step) && !(isRegion && step.startsWith('zone '))).join(arrow),
        source: reason.source,
        confidence: reason.confidence,
    };
}

/** The first element on the way to the root. */
function nearestElement({ causes, root }: Because): GraphNode {
    let step = causes[0]?.because;
    while (step && step.node.kind !== 'element') step = step.causes[0]?.because;
    return step?.node ?? root;
}

/** What the file declares and went down with something else; copies and directions are found with what they belong to. */
function wentAlong({ graph, failures, propagation }: Outcome): Element[] {
    const failed = new Set(failures);
    return graph.elements.listed.filter(
        (element) =>
            isListed(element) && !failed.has(element) && propagation.down[graph.nodeOfElement.get(element.name)!] === 1,
    );
}

/**
 * What was made to fail at the ends of a chain; what is no element, such as a clock, is named by the chain itself. Chains
 * share what they have in common, so that a long one is walked once.
 */
function endsFinder(): (because: Because) => string[] {
    const known = new Map<Because, string[]>();
    return (asked) => {
        const walked: Because[] = [];
        let step = asked;
        while (!known.has(step) && step.causes.length === 1) {
            walked.push(step);
            step = step.causes[0]!.because;
        }
        const ends = known.get(step) ?? namesOf(step);
        for (const each of [...walked, step]) known.set(each, ends);
        return ends;
    };
}

function namesOf(because: Because): string[] {
    const roots = rootsOf(because);
    return roots.length > 0 ? roots.map(elementPhrase) : [nodePhrase(because.root)];
}

/** "kubectl of `east`, `west`; dashboards": what is the same before a name is said once. */
function facetsPhrase(facets: readonly Facet[]): string {
    const names = new Map<string, string[]>();
    for (const phrase of facets.map(facetPhrase)) {
        const [, before = '', name = ''] = /^([^`]* of (?=`))?(.*)$/.exec(phrase) ?? [];
        names.set(before, [...(names.get(before) ?? []), name]);
    }
    return [...names].map(([before, after]) => before + after.join(', ')).join('; ');
}
