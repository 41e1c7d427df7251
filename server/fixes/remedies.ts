import type { Remedy } from '../findings/finding.js';
import * as ast from '../language/generated/ast.js';
import { clusterOfGateway } from '../language/naming/names.js';
import { gatewaysOf } from '../language/naming/declared.js';
import type { GatewayRole } from '../topology/topology.js';
import { clusterNamed } from './declare.js';
import { withRole } from './families/items.js';
import type { Change } from '../estate/change.js';
import type { Fix, Fixer, Surroundings } from './fix.js';
import { titleOfWays, withWays } from './network.js';
import { withFailover } from './services.js';
import { all, fix } from './words.js';
import { nodeOf, withItem } from './write.js';

/** What a finding itself knows to mend it; gateways are declared, or else given to one that stands there already. */
export const remedied: Fixer = function* ({ finding }, around) {
    const remedy = finding?.remedy ?? [];
    if (remedy.length === 0) return;
    yield written(remedy, around, declaring(remedy));
    if (remedy.some((step) => step.do === 'declare-gateway')) yield written(remedy, around, extending);
};

/** How a cluster comes by a gateway: what gets the role, and the changes. */
type GatewayWriter = (cluster: ast.Cluster, role: GatewayRole) => { title: string; changes: Change[] } | undefined;

function written(remedy: readonly Remedy[], around: Surroundings, gateway: GatewayWriter): Fix | undefined {
    const steps = [...new Map(remedy.map((step) => [JSON.stringify(step), step])).values()];
    const ways = steps.flatMap((step) => (step.do === 'open' ? [step.way] : []));
    const titles = new Set<string>();
    const changes: Change[][] = [];
    for (const step of steps) {
        if (step.do === 'fail-over') {
            const service = nodeOf(around, step.service, ast.isService);
            if (!service) return undefined;
            titles.add(`Expose \`${service.name}\` through east-west gateways`);
            changes.push(withFailover(service));
        } else if (step.do === 'give-role') {
            const node = nodeOf(around, step.gateway, ast.isGateway);
            if (!node) return undefined;
            titles.add(
                `Give ${all(steps.flatMap((each) => givenRole(each, step.role, around)))} the role \`${step.role}\``,
            );
            changes.push(withRole(node, step.role));
        } else if (step.do === 'declare-gateway') {
            const cluster = clusterNamed(around, step.cluster);
            const change = cluster && gateway(cluster, step.role);
            if (!change) return undefined;
            titles.add(change.title);
            changes.push(change.changes);
        }
    }
    if (ways.length > 0) {
        titles.add(titleOfWays(ways));
        changes.push(withWays(around, ways));
    }
    return fix(
        [...titles].map((title, index) => (index === 0 ? title : uncapitalized(title))).join(', and '),
        ...changes,
    );
}

function uncapitalized(text: string): string {
    return text.charAt(0).toLowerCase() + text.slice(1);
}

function declaring(remedy: readonly Remedy[]): GatewayWriter {
    return (cluster, role) => {
        const clusters = remedy.flatMap((step) =>
            step.do === 'declare-gateway' && step.role === role ? step.cluster : [],
        );
        const title = `Declare ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role} gateway on ${all([...new Set(clusters)])}`;
        return { title, changes: withItem(cluster, `gateway ${role}`) };
    };
}

/** One gateway often serves several roles. */
function extending(cluster: ast.Cluster, role: GatewayRole): ReturnType<GatewayWriter> {
    const gateway = gatewaysOf(cluster).find(({ roles }) => roles.includes('ingress') || roles.includes('east-west'));
    return gateway && { title: `Give \`${titleOf(gateway)}\` the role \`${role}\``, changes: withRole(gateway, role) };
}

/** The gateways that get a role, each by its name. */
function givenRole(step: Remedy, role: GatewayRole, around: Surroundings): string[] {
    const gateway =
        step.do === 'give-role' && step.role === role ? nodeOf(around, step.gateway, ast.isGateway) : undefined;
    return gateway ? [titleOf(gateway)] : [];
}

function titleOf(gateway: ast.Gateway): string {
    return gateway.name ?? `${clusterOfGateway(gateway)?.name}.${gateway.roles[0]}`;
}
