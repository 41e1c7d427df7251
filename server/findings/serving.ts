import { jointKey } from '../topology/joint-key.js';
import { relayedHomes, relaying, relaysByName } from '../failure/relays.js';
import {
    calleeKey,
    directHomes,
    hardNeeds,
    helpersThatFail,
    possibleHomes,
    wayKey,
    type Routes,
} from '../failure/routes.js';
import type { Callee, Gateway, Home, Service, Topology } from '../topology/topology.js';
import { entryOf } from './phrases.js';

/** Which homes serve while nothing fails. What does not is nobody's spare. */
export interface Serving {
    /** The homes from which a service reaches all that it cannot serve without. */
    readonly homesOf: (service: Service) => readonly Home[];
    /** The homes to which requests from a cluster get without a relay, whether they serve or not. */
    readonly ledTo: (from: string, called: Service) => readonly Home[];
    /** Those of them that serve. */
    readonly reached: (from: string, called: Service) => readonly Home[];
    /** The homes to which a call gets, by the relays that it passes where it passes some, whether they serve or not. */
    readonly calledBy: (from: string, callee: Callee, called: Service) => readonly Home[];
    /** Those of them that serve. */
    readonly answering: (from: string, callee: Callee, called: Service) => readonly Home[];
}

/** A home that is needed, or needs. */
interface HomeState {
    readonly home: Home;
    /** The needs of which this home is one of those that may answer. */
    readonly answers: NeedState[];
    isBroken: boolean;
}

/** One of those that may answer what a service needs. */
interface Answer {
    readonly callee: Callee;
    readonly answering: Service;
}

/** Something that a home cannot serve without. */
interface NeedState {
    readonly of: HomeState;
    /** How many homes can still answer it. */
    left: number;
}

/**
 * Takes out homes that miss something, and then those that needed them, until nothing changes. Services that only need
 * each other stay. What runs nowhere, or nobody knows where, has a message of its own and breaks nobody here.
 *
 * @param isOpen whether connections may be opened from one cluster to another, as far as the file is finished
 */
export function servingOf(topology: Topology, routes: Routes, isOpen: Routes['isOpen']): Serving {
    const states = new Map(
        topology.services.map((service) => [
            service,
            new Map(service.homes.map((home) => [home.cluster, fresh(home)])),
        ]),
    );
    const ways = new Map<string, readonly Home[]>();
    const ledTo = (from: string, called: Service) =>
        entryOf(ways, jointKey(from, called.shortName), () => possibleHomes(routes, from, called, isOpen));
    const called = new Map<string, readonly Home[]>();
    const calledBy = (from: string, callee: Callee, service: Service) =>
        relaysByName(routes, callee)
            ? entryOf(called, jointKey(from, wayKey(callee)), () => byRelays(from, callee, service))
            : ledTo(from, service);
    const letsPass = (gateway: Gateway) =>
        helpersThatFail(gateway, 'closed').every(({ kind, name }) => {
            const helper = kind === 'service' ? routes.service(name) : undefined;
            if (!helper || helper.homes.length === 0 || helper.hasUnknownHomes) return true;
            return ledTo(gateway.cluster, helper).length > 0;
        });
    function byRelays(from: string, callee: Callee, service: Service): readonly Home[] {
        const relay = relaying(routes, from, callee, service);
        const direct = directHomes(routes, from, callee, service, isOpen);
        if (!relay) return direct;
        return [...new Set([...direct, ...relayedHomes(routes, from, service, relay, { letsPass, isOpen })])];
    }
    const needs: { readonly need: NeedState; readonly answers: readonly Answer[] }[] = [];
    const broken: HomeState[] = [];
    for (const service of topology.services) {
        for (const callees of hardNeeds(service)) {
            const answers = callees.flatMap((callee): Answer[] =>
                knownService(routes, service, callee).map((answering) => ({ callee, answering })),
            );
            // of what stands outside, or nobody knows where, any will do
            if (answers.length < callees.length) continue;
            for (const state of states.get(service)!.values()) {
                const reached = answers.map((each) => calledBy(state.home.cluster, each.callee, each.answering).length);
                const need = { of: state, left: reached.reduce((sum, homes) => sum + homes, 0) };
                needs.push({ need, answers });
                if (need.left === 0) spoil(state, broken);
            }
        }
    }
    // who answers whom is as long as callers times homes, and nobody asks while all homes serve
    for (const { need, answers } of broken.length > 0 ? needs : []) {
        for (const { callee, answering } of answers) {
            for (const { cluster } of calledBy(need.of.home.cluster, callee, answering))
                states.get(answering)?.get(cluster)?.answers.push(need);
        }
    }
    for (let next = broken.pop(); next; next = broken.pop()) {
        for (const need of next.answers) if (--need.left === 0) spoil(need.of, broken);
    }
    const serves = (service: Service, { cluster }: Home) => !states.get(service)?.get(cluster)?.isBroken;
    return {
        homesOf: (service) => service.homes.filter((home) => serves(service, home)),
        ledTo,
        reached: (from, service) => ledTo(from, service).filter((home) => serves(service, home)),
        calledBy,
        answering: (from, callee, service) => calledBy(from, callee, service).filter((home) => serves(service, home)),
    };
}

function fresh(home: Home): HomeState {
    return { home, answers: [], isBroken: false };
}

function spoil(state: HomeState, broken: HomeState[]): void {
    if (state.isBroken) return;
    state.isBroken = true;
    broken.push(state);
}

/** The service that is meant, where it is known where it runs; none for something outside the mesh. */
function knownService(routes: Routes, asking: Service, need: Callee): Service[] {
    const service = need.kind === 'service' ? routes.service(need.name) : undefined;
    if (!service || calleeKey(need) === calleeKey({ kind: 'service', name: asking.shortName })) return [];
    return service.homes.length > 0 && !service.hasUnknownHomes ? [service] : [];
}
