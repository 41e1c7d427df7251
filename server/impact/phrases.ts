import { bareName, partName } from '../topology/element-name.js';
import { code } from '../encoding/markdown.js';
import { componentKinds } from '../knowledge/components.js';
import type { Confidence } from '../knowledge/sources.js';
import { clocks, type ClockId } from '../knowledge/clocks.js';
import type { Facet, GraphNode, Route, Scope } from '../failure/graph.js';
import { flows } from '../knowledge/flows.js';
import type { Element } from '../topology/element.js';
import { enumerated, oneOf } from '../words/english.js';

/** How an element is called in a sentence: "the edge control plane of `east`", "`front-envoy`", "`east`". */
export function elementPhrase(element: Element): string {
    const { title } = componentKinds[element.kind];
    switch (element.kind) {
        case 'region':
        case 'zone':
            return `${title} ${code(bareName(element.name))}`;
        case 'management-cluster':
        case 'hosted-management-cluster':
        case 'standby-management-cluster':
        case 'workload-cluster':
            return code(element.name);
        case 'kubernetes-api':
        case 'edge-control-plane':
        case 'data-plane':
        case 'xcp-edge':
        case 'edge-operator':
            return `the ${title} of ${code(element.cluster ?? '')}`;
        case 'cluster-dns':
            return `the DNS of ${code(element.cluster ?? '')}`;
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
        case 'store-copy':
            return code(bareName(element.name));
        case 'shared-fate':
            return `the shared fate ${code(bareName(element.name))}`;
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
            return node.anyOf
                ? `${oneOf(node.anyOf.map(code))} for ${elementPhrase(node.of)}`
                : `the ${node.of.places ? 'places' : 'zones'} of ${elementPhrase(node.of)}`;
        case 'role':
            return elementPhrase(node.of);
        case 'promotion':
            return `the promotion of ${elementPhrase(node.of)}`;
        case 'reconnection':
            return `the way to ${elementPhrase(node.of)}`;
        case 'two-primaries':
            return `two primaries of ${elementPhrase(node.of)}`;
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
export function clockPhrase(clock: ClockId, { cluster, caller, required, element }: Scope): string {
    const { renews } = clocks[clock];
    if (required !== undefined) {
        const who = caller === undefined ? code(element ?? '') : `${code(caller)} on ${code(cluster ?? '')}`;
        return `what ${who} got last from ${oneOf(required.map(code))}`;
    }
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
        case 'either-share':
            return `a share of ${oneOf(route.anyOf.map(code))} for ${code(route.service)} on ${code(route.cluster)}`;
        case 'path':
            return `the way from ${code(route.from)} to ${code(route.callee)}`;
        case 'path-by-name':
            return `the way from ${code(route.from)} to ${code(route.callee)}, which is looked up by name`;
        case 'path-share':
            return `a share of the requests from ${code(route.from)} to ${code(route.callee)}`;
        case 'anywhere':
            return `${code(route.callee)} wherever it runs`;
        case 'required': {
            const from = route.from === undefined ? '' : ` from ${code(route.from)}`;
            return `all that is asked of ${code(route.callee)}${from}`;
        }
        case 'leaving':
            return `every way by which ${code(route.from)} leaves for ${code(route.callee)}`;
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
            return route.named
                ? enumerated(route.named.map((name) => code(partName(route.cluster, name))))
                : `the ${route.role} gateways of ${code(route.cluster)}`;
        case 'passage':
            return `what gateway ${code(route.gateway)} lets pass`;
        case 'passage-share':
            return `a share of what gateway ${code(route.gateway)} lets pass`;
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
