import type { NodeIndex, Propagation } from '../engine/index.js';
import type { Callee, Exposure, Gateway, Target } from '../topology/topology.js';
import type { Routes } from './routes.js';

/**
 * The nodes of all request paths (R8), for those who ask more of them than whether they hold.
 *
 * `lost` nodes fail when no request gets through, `limited` nodes when a share of the requests is lost. A `limited` node
 * does not ask whether the whole is lost as well, so that more failures never make it better.
 */
export interface Traffic {
    readonly routes: Routes;
    /** Exposed hosts that are served in health. */
    readonly hosts: readonly HostNodes[];
    /** The same by service. */
    readonly hostsOf: ByServiceName<readonly HostNodes[]>;
    /** Of each service, by its short name, the homes in order of declaration. */
    readonly serving: ByServiceName<readonly ServingNodes[]>;
    /** Of each service, whom its homes call, as far as there is a path in health. */
    readonly calls: ByServiceName<readonly CallNodes[]>;
    /** Gateways on the way of a host, or of a call. */
    readonly passages: readonly PassageNodes[];
    /** Of each service, who uses it: calls it, requires it, or asks it as a helper. */
    readonly callers: ByServiceName<readonly CallerNodes[]>;
    /** The paths that somebody uses, one for each choice of gateways by which calls leave; none where there is none in health. */
    readonly paths: (from: string, callee: Pick<Callee, 'kind' | 'name'>) => readonly PathNodes[];
    /**
     * What anything but a running service requires of a service, from the cluster in which it stands, or from nowhere; undefined
     * where there is no way even in health, or nobody asks from there.
     */
    readonly required: (from: string | undefined, service: string) => RequiredNodes | undefined;
    /** Of homes that need each other in a circle: all of them. */
    readonly circleOf: ReadonlyMap<ServingNodes, readonly ServingNodes[]>;
    /**
     * Of homes whose instances are among what has failed: whether callers are told that, and that they are back.
     *
     * @param isKnown whether a withdrawal need not be told again, by its node `unheard`
     */
    readonly withdrawals: (
        failed: Pick<Propagation, 'order' | 'down'>,
        isKnown: (unheard: NodeIndex) => boolean,
    ) => Iterable<Withdrawal>;
}

/** Whether something that is required is there. */
export interface RequiredNodes {
    readonly lost: NodeIndex;
    /** A share of it is lost; undefined where that cannot be. */
    readonly limited: NodeIndex | undefined;
}

/** Whether somebody is there to use a service: who is dead is not, and neither is who does not find it by name. */
export function isUser({ instances, resolver }: CallerNodes, isDown: (node: NodeIndex) => boolean): boolean {
    return !isDown(instances) && (resolver === undefined || !isDown(resolver));
}

/** Something of each service, by its short name; of all of them in the order of the estate. */
export interface ByServiceName<T> extends Iterable<readonly [string, T]> {
    get(service: string): T | undefined;
    keys(): Iterable<string>;
    values(): Iterable<T>;
}

/** One home of a service. */
export interface ServingNodes {
    readonly service: string;
    readonly cluster: string;
    readonly instances: NodeIndex;
    /** Fails with the instances, and with whatever the service cannot serve without. */
    readonly serves: NodeIndex;
    /** Fails with what it cannot serve without, whatever becomes of the instances; undefined where it needs nothing. */
    readonly starved: NodeIndex | undefined;
    /** A share of what it cannot serve without is lost; undefined where that cannot be. */
    readonly limited: NodeIndex | undefined;
    /** Whom it cannot serve without, as far as there is a path in health: of each list one will do. */
    readonly needs: readonly NeedNodes[];
    /** False for a home that cannot serve even while nothing fails: it is nobody's spare. */
    readonly servesInHealth: boolean;
    /** By which requests from other clusters enter. */
    readonly entrances: readonly Gateway[];
    /** Of the same gateways, in the same order. */
    readonly entranceNodes: readonly NodeIndex[];
    /** The clocks of its certificates: when one has run out, the instances are up, and nobody can talk to them. */
    readonly certificates: readonly NodeIndex[];
}

/** The paths to what stands in for each other: mostly one. */
export type NeedNodes = readonly PathNodes[];

export interface CallNodes {
    readonly cluster: string;
    readonly path: PathNodes;
    /** Needed for part of the answers only (`calls`), so that its loss limits the caller. */
    readonly isPartial: boolean;
    /** Fails with the path, and with the home that calls; undefined where that does not serve even in health, or another one would do. */
    readonly lost: NodeIndex | undefined;
}

export interface CallerNodes {
    /** The short name of a service, or the name of a gateway. */
    readonly service: string;
    readonly cluster: string;
    /** The instances of the service there, or the gateway. */
    readonly instances: NodeIndex;
    /** By which it looks up the name of whom it uses; undefined where it uses it without, too. */
    readonly resolver?: NodeIndex;
    /** Whether the name is found or not: who finds nobody asks nothing of anybody. */
    readonly path: PathNodes;
}

/** The way from a cluster to a service, or to something outside the mesh. */
export interface PathNodes {
    readonly from: string;
    readonly callee: Callee;
    /** The same way for those who need not look its end up in the DNS of their cluster; undefined where nobody does. */
    readonly withoutName?: PathNodes;
    /** The homes that can answer directly: those of a tier together, the next tier when none of them is left. Empty for external services. */
    readonly tiers: readonly TierNodes[];
    /** The gateways by which calls get to homes elsewhere once no tier is left: those of a group together, the next group then. */
    readonly relays: readonly (readonly RelayNodes[])[];
    /** Through which calls to an external service leave; empty where they leave directly. */
    readonly egress: readonly Gateway[];
    /** Whoever goes that way finds what is back, whether anybody tells or not. */
    readonly asksAnew?: true;
    /** Whether the caller notices by itself that nothing answers; otherwise it keeps to what is not withdrawn. */
    readonly detects: boolean;
    readonly lost: NodeIndex;
    readonly limited: NodeIndex | undefined;
}

/** A gateway by which calls inside the mesh leave a cluster. */
export interface RelayNodes {
    readonly entry: EntryNodes;
    /** Fails with the network to the gateway, and with that and all behind it. */
    readonly lost: NodeIndex;
}

/**
 * Homes that answer together what one cluster calls. There are as many as clusters that call times homes, so that each is
 * a place in a list: the nodes of the home at place `n` are `n` after those that are named here.
 */
export interface TierNodes {
    readonly homes: readonly ServingNodes[];
    /** No request gets there, or it does not serve. */
    readonly lost: NodeIndex;
    /** Of a caller that detects nothing. */
    readonly heedless: HeedlessNodes | undefined;
}

/** What decides whether a caller goes on sending requests to a home that does not answer. */
export interface HeedlessNodes {
    /** Its instances are gone, or back without the knowledge of the caller. */
    readonly away: NodeIndex;
    /** It is gone, and the caller goes on sending requests there. */
    readonly unnoticed: NodeIndex;
}

/** A home that can answer what one cluster calls, by itself. */
export interface MemberNodes {
    readonly home: ServingNodes;
    readonly isLocal: boolean;
    readonly lost: NodeIndex;
    readonly heedless: HeedlessNodes | undefined;
    /** The east-west gateways of a home elsewhere. */
    readonly gateways: readonly Gateway[];
    /** Of the same gateways, in the same order. */
    readonly gatewayNodes: readonly NodeIndex[];
}

/** The homes of a tier, one by one. */
export function membersOf({ from }: Pick<PathNodes, 'from'>, { homes, lost, heedless }: TierNodes): MemberNodes[] {
    return homes.map((home, place) => {
        const isLocal = home.cluster === from;
        return {
            home,
            isLocal,
            lost: lost + place,
            heedless: heedless && { away: heedless.away + place, unnoticed: heedless.unnoticed + place },
            gateways: isLocal ? [] : home.entrances,
            gatewayNodes: isLocal ? [] : home.entranceNodes,
        };
    });
}

export interface HostNodes {
    readonly exposure: Exposure;
    readonly service: string;
    readonly entries: readonly EntryNodes[];
    /** To which requests may be sent, each once, whichever gateways lead there. */
    readonly targets: readonly Target[];
    /** When clients leave an entry for another: as soon as it loses requests, only when it answers nothing, or never. */
    readonly leave: 'loses' | 'dead' | 'never';
    /** Without it nobody leaves. */
    readonly mover?: NodeIndex;
    readonly lost: NodeIndex;
    readonly limited: NodeIndex;
}

/** A gateway by which clients enter. */
export interface EntryNodes {
    readonly first: HopNodes;
    /** Its part of the clients; the parts of all entries make 1. */
    readonly clients: number;
    /** It sends each target its share, dead or not. */
    readonly isStrict: boolean;
    /** The targets that it leads to: those of a tier together, the next tier when none of them is left. */
    readonly tiers: readonly (readonly WayNodes[])[];
    readonly lost: NodeIndex;
    readonly limited: NodeIndex | undefined;
}

/** The ways from a gateway to one target. */
export interface WayNodes {
    readonly target: TargetNodes;
    /** Fails when none of the ways behind the gateway holds, or nobody answers there. */
    readonly lost: NodeIndex;
    /** The gateways that requests may pass there. */
    readonly passages: ReadonlySet<PassageNodes>;
}

/** A gateway with what it asks about each request that passes it. */
export interface PassageNodes {
    readonly gateway: Gateway;
    readonly gatewayNode: NodeIndex;
    /** Fails with the gateway, and with whatever it cannot pass requests without. */
    readonly lost: NodeIndex;
    /** A share of what it cannot pass requests without is lost; undefined where that cannot be. */
    readonly limited: NodeIndex | undefined;
    /** The ways to what it cannot pass requests without. */
    readonly needs: readonly PathNodes[];
}

/** A gateway on the way, and what it leads to: to further gateways, or to homes. */
export interface HopNodes {
    readonly gateway: Gateway;
    readonly gatewayNode: NodeIndex;
    readonly passage: PassageNodes;
    /** By the key of a target. */
    readonly ways: ReadonlyMap<string, WayNodes>;
    readonly next: readonly NextHop[];
    readonly last: readonly LastHop[];
}

/** From one gateway to the next. */
export interface NextHop {
    readonly hop: HopNodes;
    /** By the key of a target: fails with the network to the next gateway, with that, and with all behind it. */
    readonly lost: ReadonlyMap<string, NodeIndex>;
}

/** From a gateway into the cluster of a target. */
export interface LastHop {
    readonly target: TargetNodes;
    /** Where requests enter there; empty where they are there already. */
    readonly ingress: readonly PassageNodes[];
    readonly lost: NodeIndex;
}

/** A cluster to which requests are sent, as it is entered by some of its gateways. */
export interface TargetNodes {
    /** Of the targets of one exposure. */
    readonly key: string;
    readonly cluster: string;
    readonly weight: number;
    readonly path: PathNodes;
}

/**
 * Instances that go are withdrawn from the choice of a caller who is told so, and stay out of it until they are back and
 * the caller is told that, too.
 */
export interface Withdrawal {
    readonly instances: NodeIndex;
    /** With any of these the caller cannot be told: a stream, or its istiod; undefined where nobody ever tells. */
    readonly untold: readonly NodeIndex[] | undefined;
    /** With any of these something else goes unnoticed, too: the way is cut, or the instances cannot serve. */
    readonly broken: readonly NodeIndex[];
    /** Of a caller that detects nothing, which is spared what it was told before. */
    readonly unnoticed: NodeIndex | undefined;
    /** The caller finds them once they are back, whether anybody tells it or not. */
    readonly asksAnew?: true | undefined;
    /** Fails when the instances are back, and the caller does not know. One for each withdrawal. */
    readonly unheard: NodeIndex;
}
