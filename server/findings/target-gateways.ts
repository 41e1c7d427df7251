import { gatewayOf, ingressOf, isIngressOf, leadsElsewhere, targetsOf } from '../failure/routes.js';
import type { Exposure, Gateway, Service, Target } from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import type { Finding } from './finding.js';
import { hostTitle, names, related } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/**
 * Targets of which nothing says which of several ingress gateways has the host. The host may be known at one of them alone,
 * and then the others are no spare, although they count as such.
 */
export function unsaidGateways(view: TrafficView, service: Service, exposure: Exposure): Finding[] {
    const { routes } = view;
    const last = (exposure.through.at(-1) ?? exposure.via).flatMap((ref) => gatewayOf(routes, ref));
    return targetsOf(routes, service, exposure)
        .filter((target) => !target.gateways && isChosen(view, exposure, last, target))
        .map((target): Finding => {
            const { cluster, at } = target;
            const gateways = ingressOf(routes, target);
            const named = gateways.map(({ name }) => `\`to ${cluster}.${name}\``);
            return {
                code: 'target-gateway-unsaid',
                severity: 'hint',
                message: `Nothing says which ingress gateway of '${cluster}' (${names(gateways.map(({ name }) => name))}) has ${hostTitle(exposure)}, so that each counts as a spare of the others. Say ${enumerated(named, { last: 'or' })}, or name all that have it.`,
                at: exposure.to.length > 0 ? at : exposure.hostAt,
                ...related(gateways.map(({ name, nameAt }) => ({ at: nameAt, message: `'${name}' lets requests in` }))),
            };
        });
}

/** Whether requests enter a cluster by any of several gateways; who is at one of them already chooses none. */
function isChosen({ routes }: TrafficView, { via }: Exposure, last: readonly Gateway[], target: Target): boolean {
    if (ingressOf(routes, target).length < 2) return false;
    return via.length === 0 || last.some((gateway) => leadsElsewhere(gateway) && !isIngressOf(routes, gateway, target));
}
