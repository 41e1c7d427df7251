import type { FlowId } from './flows.js';

/** Something that people do with a cluster on any day, and want to know whether they still can (day-2 actions). */
export interface Action {
    readonly title: string;
    /** The same in a list of several: "deploy, scale". */
    readonly short: string;
    /** What a promise calls it: `expect deployments on east possible`. One word may stand for several of its kind. */
    readonly noun: string;
    /** The first of these that exists decides: while it is lost, the action is refused. */
    readonly needs: readonly FlowId[];
    /** What is lost and lets the action go on, with a reservation. */
    readonly caveats: readonly { readonly flow: FlowId; readonly says: string }[];
    /** Only where the cluster pushes so. */
    readonly gitops?: 'sync' | 'async';
    /** What follows where it is refused; where the cluster is down, or its Kubernetes API, that is all there is to say. */
    readonly refused: string;
}

/** What is said of everything that is done in a cluster, while that is down altogether. */
export const refusedByDownCluster = 'down: nothing can be done there until it is back';

/** The same while its Kubernetes API is down, and kubectl with it. */
export const refusedByDownApi = 'the Kubernetes API does not answer';

export type ActionId = keyof typeof actions;

const newPodCaveats = [
    { flow: 'partial-configuration', says: 'may run partially configured' },
    { flow: 'endpoint-sync', says: 'other clusters do not hear of it' },
] as const;

/**
 * The actions of the design's table. Sources are those of the flows that decide them: a pod needs the Kubernetes API and
 * istiod's webhooks to start, a change of TSB configuration needs the way to the API server.
 */
export const actions = {
    deploy: {
        title: 'Deploy a new version',
        short: 'deploy',
        noun: 'deployments',
        needs: ['starting-pods'],
        caveats: newPodCaveats,
        refused: 'no pod starts',
    },
    scale: {
        title: 'Scale out',
        short: 'scale',
        noun: 'scaling',
        needs: ['starting-pods'],
        caveats: newPodCaveats,
        refused: 'no pod starts; fewer is possible',
    },
    'roll-back': {
        title: 'Roll back a deployment',
        short: 'roll back',
        noun: 'rollbacks',
        needs: ['starting-pods'],
        caveats: newPodCaveats,
        refused: 'the old version cannot start either',
    },
    'restart-pod': {
        title: 'Restart a pod',
        short: 'restart a pod',
        noun: 'restarts',
        needs: ['starting-pods'],
        caveats: [{ flow: 'partial-configuration', says: 'may come back partially configured' }],
        refused: 'a pod that stops does not come back',
    },
    'push-api': {
        title: 'Change TSB configuration by UI, API or tctl',
        short: 'change TSB configuration',
        noun: 'pushes',
        needs: ['write'],
        caveats: [{ flow: 'delivery', says: 'stored, and delivered later' }],
        refused: 'nothing can be written',
    },
    'push-gitops-sync': {
        title: 'Change TSB configuration by GitOps (sync)',
        short: 'push by GitOps (sync)',
        noun: 'pushes',
        needs: ['gitops-sync'],
        caveats: [{ flow: 'delivery', says: 'accepted, and delivered later' }],
        gitops: 'sync',
        refused: 'kubectl apply of TSB objects is refused',
    },
    'push-gitops-async': {
        title: 'Change TSB configuration by GitOps (async)',
        short: 'push by GitOps (async)',
        noun: 'pushes',
        needs: ['gitops-async'],
        caveats: [
            { flow: 'gitops-push', says: 'accepted by the cluster, and pushed to the management plane later' },
            { flow: 'delivery', says: 'delivered later' },
        ],
        gitops: 'async',
        refused: refusedByDownApi,
    },
    'push-git': {
        title: 'Change TSB configuration by GitOps of the management plane',
        short: 'push from Git',
        noun: 'pushes',
        needs: ['management-gitops-channel'],
        caveats: [{ flow: 'delivery', says: 'stored, and delivered later' }],
        refused: 'Git keeps the change until the management plane takes it',
    },
    'log-in': {
        title: 'Log in to the management plane',
        short: 'log in',
        noun: 'logins',
        needs: ['logins', 'read'],
        caveats: [],
        refused: 'nobody can log in',
    },
    dashboards: {
        title: 'See dashboards',
        short: 'see dashboards',
        noun: 'dashboards',
        needs: ['dashboards'],
        caveats: [{ flow: 'application-metrics', says: 'without new metrics' }],
        refused: 'dashboards stay empty',
    },
} as const satisfies Record<string, Action>;

export const actionIds = Object.keys(actions) as ActionId[];

/** All words for actions in promises, in the order of the table. */
export const actionNouns: readonly string[] = [...new Set(actionIds.map((id) => actions[id].noun))];
