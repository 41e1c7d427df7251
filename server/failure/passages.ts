import { gatewayName } from '../topology/element-name.js';
import type { Gateway } from '../topology/topology.js';
import type { CallPaths } from './call-paths.js';
import { ruleReason, type Construction } from './construction.js';
import { gatesOf, type Input } from './gates.js';
import { helpersThatFail } from './routes.js';
import type { PassageNodes } from './traffic-graph.js';

const isIt = ruleReason('R8', 'requests pass this gateway');
const refuses = ruleReason('R8', 'the gateway refuses what it cannot ask about');
const shareOfHelper = ruleReason('R8', 'a share of what the gateway asks is lost');

/**
 * R8: gateways with what they ask about each request, each made once however many ways lead through it. Undefined for one
 * that refuses everything even in health: it is on no way.
 */
export function passages(
    construction: Construction,
    { path }: Pick<CallPaths, 'path'>,
): (gateway: Gateway) => PassageNodes | undefined {
    const { elementNode } = construction;
    const { anyOf } = gatesOf(construction);
    const known = new Map<Gateway, PassageNodes | undefined>();

    function made(gateway: Gateway): PassageNodes | undefined {
        const name = gatewayName(gateway);
        const gatewayNode = elementNode(name)!;
        const needs = helpersThatFail(gateway, 'closed').map((helper) => path(gateway.cluster, helper));
        const reached = needs.filter((need) => need !== undefined);
        if (reached.length < needs.length) return undefined;
        const lost = anyOf({ kind: 'passage', gateway: name }, [
            [gatewayNode, isIt],
            ...reached.map((need): Input => [need.lost, refuses]),
        ])!;
        const limited = anyOf(
            { kind: 'passage-share', gateway: name },
            reached.map((need): Input => [need.limited, shareOfHelper]),
        );
        return { gateway, gatewayNode, lost, limited, needs: reached };
    }

    return (gateway) => {
        if (!known.has(gateway)) known.set(gateway, made(gateway));
        return known.get(gateway);
    };
}
