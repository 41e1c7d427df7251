import { instancesName } from '../topology/element-name.js';
import type { Callee, Gateway, Home } from '../topology/topology.js';
import { relayedHomes, relaying } from './relays.js';
import { directHomes, egressOf, hardNeeds, helpersThatFail, type Routes } from './routes.js';

/** Whether a home serves while nothing fails. */
export type ServesInHealth = (service: string, cluster: string) => boolean;

/** What one home cannot serve without, of which one will do, and how many homes are left that could answer it. */
interface Need {
    readonly home: string;
    readonly from: string;
    readonly callees: readonly Callee[];
    left: number;
}

/** A need whose requests pass gateways, which may miss something themselves. */
type RelayedNeed = Omit<Need, 'left'>;

/**
 * Which homes serve while nothing fails. A home that has no way to something that it cannot serve without does not, and
 * neither does one whose ways all lead to such homes: it is no spare and answers nobody. Homes that only need each other
 * do serve (the least fixpoint of being broken).
 */
export function homesInHealth(routes: Routes): ServesInHealth {
    const broken = new Set<string>();
    const waiting: string[] = [];
    const needs: Need[] = [];
    const relayed: RelayedNeed[] = [];
    const servedBy = new Map<string, Need[]>();
    const breakHome = (home: string) => {
        if (broken.has(home)) return;
        broken.add(home);
        waiting.push(home);
    };
    for (const service of routes.topology.services) {
        for (const callees of hardNeeds(service)) {
            for (const { cluster } of service.homes) {
                const home = keyOf(service.shortName, cluster);
                if (callees.some((callee) => isRelayed(routes, cluster, callee))) {
                    relayed.push({ home, from: cluster, callees });
                    continue;
                }
                const answering = callees.map((callee) => homesThatAnswer(routes, cluster, callee));
                if (answering.includes(undefined)) continue;
                const left = answering.reduce((sum, homes) => sum + homes!.length, 0);
                needs.push({ home, from: cluster, callees, left });
                if (left === 0) breakHome(home);
            }
        }
    }
    const isMet = ({ from, callees }: RelayedNeed) =>
        callees.some((callee) => isAnswered(routes, from, callee, broken));
    for (const need of relayed) if (!isMet(need)) breakHome(need.home);
    // who answers whom is as long as callers times homes, and nobody asks while all homes serve
    for (const need of waiting.length > 0 ? needs : []) {
        for (const callee of need.callees) {
            for (const { cluster } of homesThatAnswer(routes, need.from, callee) ?? []) {
                const other = keyOf(callee.name, cluster);
                const known = servedBy.get(other);
                if (known) known.push(need);
                else servedBy.set(other, [need]);
            }
        }
    }
    // the list grows while it is read
    for (const home of waiting) {
        for (const need of servedBy.get(home) ?? []) if (--need.left === 0) breakHome(need.home);
        for (const need of relayed) if (!broken.has(need.home) && !isMet(need)) breakHome(need.home);
    }
    return (service, cluster) => !broken.has(keyOf(service, cluster));
}

function isRelayed(routes: Routes, from: string, callee: Callee): boolean {
    const service = callee.kind === 'service' ? routes.service(callee.name) : undefined;
    return service !== undefined && relaying(routes, from, callee, service) !== undefined;
}

/** Whether a home that is not broken answers a call that may pass gateways. */
function isAnswered(routes: Routes, from: string, callee: Callee, broken: ReadonlySet<string>): boolean {
    const serves = ({ cluster }: Home) => !broken.has(keyOf(callee.name, cluster));
    if (!isRelayed(routes, from, callee)) {
        const answering = homesThatAnswer(routes, from, callee);
        return !answering || answering.some(serves);
    }
    const service = routes.service(callee.name)!;
    const own = service.homes.filter(({ cluster }) => cluster === from);
    if (own.some(serves)) return true;
    const letsPass = (gateway: Gateway) =>
        helpersThatFail(gateway, 'closed').every((helper) => {
            const answering = homesThatAnswer(routes, gateway.cluster, helper);
            return !answering || answering.some(({ cluster }) => !broken.has(keyOf(helper.name, cluster)));
        });
    return relayedHomes(routes, from, service, relaying(routes, from, callee, service)!, { letsPass }).some(serves);
}

/** The homes to which there is a way that passes no relay; undefined for what is outside the mesh and there. */
function homesThatAnswer(routes: Routes, from: string, callee: Callee): readonly Home[] | undefined {
    const { kind, name } = callee;
    if (kind === 'external-service') return routes.external(name) && egressOf(routes, from, callee) ? undefined : [];
    const service = routes.service(name);
    return service ? directHomes(routes, from, callee, service) : [];
}

function keyOf(service: string, cluster: string): string {
    return instancesName(service, cluster);
}
