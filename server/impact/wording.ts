import { code } from '../encoding/markdown.js';
import { componentKinds } from '../knowledge/components.js';
import type { Table } from '../knowledge/table.js';
import type { Confidence } from '../knowledge/sources.js';
import { clocks, type ClockId } from '../knowledge/clocks.js';
import type { Facet, GraphNode, Route, Scope } from '../failure/graph.js';
import { flows } from '../knowledge/flows.js';
import type { Element } from '../topology/element.js';

export { code, plain } from '../encoding/markdown.js';

/** "`a`", "`a` and `b`", "`a`, `b` and 3 more". */
export function listing(names: readonly string[], most = 3): string {
    return enumerated(names.map(code), { most });
}

/** "x", "x and y", "x, y and 3 more": any phrases, where `listing` takes names. */
export function enumerated(
    items: readonly string[],
    { last = 'and', most = 3 }: { readonly last?: 'and' | 'or'; readonly most?: number } = {},
): string {
    const shown = items.length > most && !tellsAll ? items.slice(0, most - 1) : items;
    const rest = items.length - shown.length;
    const all = rest > 0 ? [...shown, `${rest} more`] : shown;
    return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`;
}

/** Whether enumerations tell every name, rather than count the rest. */
let tellsAll = false;

/**
 * Texts for somebody who works through them, such as a runbook: no enumeration in them ends with "and 3 more", wherever its
 * sentence comes from.
 */
export function withAllNames<T>(tell: () => T): T {
    const before = tellsAll;
    tellsAll = true;
    try {
        return tell();
    } finally {
        tellsAll = before;
    }
}

/** "1 cluster", "2 clusters". */
export function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** "is" or "are", "loses" or "lose": the form of a verb that goes with so many. */
export function verb(number: number, one: string, several: string): string {
    return number === 1 ? one : several;
}

/** A sentence with its gaps filled: `{name}` with what stands for it, whatever that is. */
export function filled(template: string, gaps: Table<string>): string {
    return template.replace(/\{(\w+)\}/g, (gap, name: string) => gaps.get(name) ?? gap);
}

/** The first letter large. Leaves a name in backticks as it is. */
export function capitalized(sentence: string): string {
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/**
 * Seconds as a person writes them: "60 s", "1 h 30 min"; published figures up to two minutes stay in seconds.
 *
 * @param most how many units are written; what is smaller is left out
 */
export function duration(seconds: number, most = 2): string {
    if (seconds <= 120) return `${seconds} s`;
    const units = [
        ['d', 86_400],
        ['h', 3_600],
        ['min', 60],
        ['s', 1],
    ] as const;
    const parts: string[] = [];
    let rest = seconds;
    for (const [unit, size] of units) {
        const amount = Math.floor(rest / size);
        if (amount > 0) parts.push(`${amount} ${unit}`);
        rest -= amount * size;
    }
    return parts.slice(0, most).join(' ');
}

/** A time of a scenario, exact to the second: "at once", "60 s", "1 d 12 h 15 min". */
export function momentLabel(seconds: number): string {
    return seconds === 0 ? 'at once' : duration(seconds, 4);
}

/** How an element is called in a sentence: "the edge control plane of `east`", "`front-envoy`", "`east`". */
export function elementPhrase(element: Element): string {
    const { title } = componentKinds[element.kind];
    switch (element.kind) {
        case 'region':
        case 'zone':
            return `${title} ${code(element.name.replace(/^(region|zone):/, ''))}`;
        case 'management-cluster':
        case 'workload-cluster':
            return code(element.name);
        case 'kubernetes-api':
        case 'edge-control-plane':
        case 'data-plane':
        case 'xcp-edge':
        case 'edge-operator':
            return `the ${title} of ${code(element.cluster ?? '')}`;
        case 'istiod':
            return `${code(title)} of ${code(element.cluster ?? '')}`;
        case 'edge-oap':
            return `the OAP of ${code(element.cluster ?? '')}`;
        case 'edge-otel-collector':
            return `the otel-collector of ${code(element.cluster ?? '')}`;
        case 'edge-gitops':
            return `the GitOps agent of ${code(element.cluster ?? '')}`;
        case 'gateway':
            return `gateway ${code(element.name)}`;
        case 'link':
            return `the link between ${code(element.ends?.from ?? '')} and ${code(element.ends?.to ?? '')}`;
        case 'directed-link':
            return `the link from ${code(element.ends?.from ?? '')} to ${code(element.ends?.to ?? '')}`;
        case 'instances':
            return element.service === undefined
                ? `the workloads of ${code(element.cluster ?? '')}`
                : `${code(element.service)} on ${code(element.cluster ?? '')}`;
        case 'service':
            return `service ${code(element.service ?? element.name)}`;
        case 'external-service':
            return code(element.name.replace(/^external:/, ''));
        case 'front-envoy':
        case 'iam':
        case 'mpc':
        case 'teamsync':
            return code(title);
        case 'postgres':
        case 'elasticsearch':
        case 'banyandb':
            return title;
        default:
            return `the ${title}`;
    }
}

/** How a facet is called: "application metrics of `east`", "changes of TSB configuration". */
export function facetPhrase({ flow, scope }: Pick<Facet, 'flow' | 'scope'>): string {
    if (scope.host !== undefined) return code(scope.host);
    if (flow === 'machine-configuration') {
        return `configuration of the virtual machines of ${code(scope.caller ?? '')} on ${code(scope.cluster ?? '')}`;
    }
    if (scope.caller !== undefined && scope.callee !== undefined) {
        const caller = `${code(scope.caller)} on ${code(scope.cluster ?? '')}`;
        return flow === 'policy-enforced'
            ? `what ${code(scope.callee)} decides for ${caller}`
            : `calls of ${caller} to ${code(scope.callee)}`;
    }
    if (scope.service !== undefined) return `instances of ${code(scope.service)} on ${code(scope.cluster ?? '')}`;
    if (scope.instances !== undefined) return `the workloads of ${code(scope.cluster ?? '')}`;
    const { title } = flows[flow];
    return scope.cluster === undefined ? title : `${title} of ${code(scope.cluster)}`;
}

/** How any node of the graph is called in a chain of causes. */
export function nodePhrase(node: GraphNode): string {
    switch (node.kind) {
        case 'element':
            return elementPhrase(node.element);
        case 'redundancy':
            return `the zones of ${elementPhrase(node.of)}`;
        case 'flow':
        case 'limited-flow':
            return facetPhrase(node);
        case 'route':
            return routePhrase(node.route);
        case 'clock':
            return clockPhrase(node.clock, node.scope);
        case 'verdict':
            return 'the operation';
    }
}

/** What a clock renews: "the agent tokens of `east`". */
export function clockPhrase(clock: ClockId, { cluster, caller }: Scope): string {
    const { renews } = clocks[clock];
    const whose = caller === undefined ? '' : ` of ${code(caller)}`;
    return cluster === undefined ? `the ${renews}` : `the ${renews}${whose}${whose ? ' on' : ' of'} ${code(cluster)}`;
}

/** What is not read in a primary source is labelled so, wherever it is told. Markdown. */
export function label(confidence: Confidence): string {
    return confidence === 'certain' ? '' : ` *(${confidence})*`;
}

function routePhrase(route: Route): string {
    switch (route.kind) {
        case 'needs':
            return `what ${code(route.service)} cannot serve without on ${code(route.cluster)}`;
        case 'needs-share':
            return `a share of what ${code(route.service)} cannot serve without on ${code(route.cluster)}`;
        case 'path':
            return `the way from ${code(route.from)} to ${code(route.callee)}`;
        case 'path-share':
            return `a share of the requests from ${code(route.from)} to ${code(route.callee)}`;
        case 'nearest':
            return `${code(route.callee)} where ${code(route.from)} looks for it first`;
        case 'farther':
            return `${code(route.callee)} where ${code(route.from)} looks for it then`;
        case 'remote':
            return `the way from ${code(route.from)} to ${code(route.service)} on ${code(route.home)}`;
        case 'unnoticed':
            return `${code(route.service)} on ${code(route.home)}, unnoticed by ${code(route.from)}`;
        case 'away':
            return `${code(route.service)} on ${code(route.home)}, as far as ${code(route.from)} knows`;
        case 'withdrawal':
            return `what tells ${code(route.from)} of instances on ${code(route.to)}`;
        case 'gateways':
            return `the ${route.role} gateways of ${code(route.cluster)}`;
        case 'call':
            return `calls of ${code(route.caller)} on ${code(route.cluster)} to ${code(route.callee)}`;
        case 'host':
            return code(route.host);
        case 'host-share':
            return `a share of the requests to ${code(route.host)}`;
        case 'entry':
            return `the way into ${code(route.service)} through gateway ${code(route.gateway)}`;
        case 'entry-share':
            return `a share of the requests to ${code(route.service)} through gateway ${code(route.gateway)}`;
        case 'behind': {
            const behind = `behind gateway ${code(route.gateway)}`;
            return route.to === undefined ? `everything ${behind}` : `every way to ${code(route.to)} ${behind}`;
        }
        case 'hop':
            return `the hop from ${code(route.from)} to gateway ${code(route.to)}`;
        case 'target':
            return `the way from ${code(route.from)} to ${code(route.to)}`;
        case 'users':
            return `whoever uses ${code(route.service)}`;
        case 'everybody':
            return 'every host, service and workload';
    }
}
