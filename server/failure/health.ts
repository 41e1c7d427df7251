import { instancesName } from '../topology/element-name.js';
import type { Callee, Home } from '../topology/topology.js';
import { egressOf, hardNeeds, possibleHomes, type Routes } from './routes.js';

/** Whether a home serves while nothing fails. */
export type ServesInHealth = (service: string, cluster: string) => boolean;

/** What one home cannot serve without, and how many homes are left that could answer it. */
interface Need {
    readonly home: string;
    readonly from: string;
    readonly callee: Callee;
    left: number;
}

/**
 * Which homes serve while nothing fails. A home that has no way to something that it cannot serve without does not, and
 * neither does one whose ways all lead to such homes: it is no spare and answers nobody. Homes that only need each other
 * do serve (the least fixpoint of being broken).
 */
export function homesInHealth(routes: Routes): ServesInHealth {
    const broken = new Set<string>();
    const waiting: string[] = [];
    const needs: Need[] = [];
    const servedBy = new Map<string, Need[]>();
    const breakHome = (home: string) => {
        if (broken.has(home)) return;
        broken.add(home);
        waiting.push(home);
    };
    for (const service of routes.topology.services) {
        for (const callee of hardNeeds(service)) {
            for (const { cluster } of service.homes) {
                const home = keyOf(service.shortName, cluster);
                const answering = homesThatAnswer(routes, cluster, callee);
                if (answering === undefined) continue;
                needs.push({ home, from: cluster, callee, left: answering.length });
                if (answering.length === 0) breakHome(home);
            }
        }
    }
    // who answers whom is as long as callers times homes, and nobody asks while all homes serve
    for (const need of waiting.length > 0 ? needs : []) {
        for (const { cluster } of homesThatAnswer(routes, need.from, need.callee) ?? []) {
            const other = keyOf(need.callee.name, cluster);
            const known = servedBy.get(other);
            if (known) known.push(need);
            else servedBy.set(other, [need]);
        }
    }
    for (const home of waiting) {
        for (const need of servedBy.get(home) ?? []) if (--need.left === 0) breakHome(need.home);
    }
    return (service, cluster) => !broken.has(keyOf(service, cluster));
}

/** The homes to which there is a way; undefined for what is outside the mesh and there. */
function homesThatAnswer(routes: Routes, from: string, callee: Callee): readonly Home[] | undefined {
    const { kind, name } = callee;
    if (kind === 'external-service') return routes.external(name) && egressOf(routes, from, callee) ? undefined : [];
    const service = routes.service(name);
    return service ? possibleHomes(routes, from, service) : [];
}

function keyOf(service: string, cluster: string): string {
    return instancesName(service, cluster);
}
