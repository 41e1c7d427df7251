import { controlPlane, dump, install, running } from '../imported.js';
import { tsb, cluster, workspace, group, config, node, object, ingress, holds, type Row } from './rows.js';

const gateways: readonly Row[] = [
    [
        'an ingress gateway',
        { 'a.json': dump(controlPlane('east'), install('IngressGateway', 'n', 'gw')) },
        'gateway ingress gw\n',
    ],
    [
        'a tier1 gateway',
        { 'a.json': dump(controlPlane('east'), install('Tier1Gateway', 'n', 'gw')) },
        'gateway tier1 gw\n',
    ],
    [
        'an egress gateway',
        { 'a.json': dump(controlPlane('east'), install('EgressGateway', 'n', 'gw')) },
        'gateway egress gw\n',
    ],
    [
        'a gateway for other clusters',
        { 'a.json': dump(controlPlane('east'), install('IngressGateway', 'n', 'gw', { eastWestOnly: true })) },
        'gateway east-west gw\n',
    ],
    [
        'a Gateway by its type',
        { 'a.json': dump(controlPlane('east'), install('Gateway', 'n', 'gw', { type: 'EGRESS' })) },
        'gateway egress gw\n',
    ],
    [
        'a gateway of all kinds, by what is configured at it',
        {
            'a.json': dump(
                controlPlane('east'),
                install('Gateway', 'n', 'gw', { type: 'UNIFIED' }),
                config('Gateway', 'gw', 'n', {
                    http: [
                        {
                            hostname: 'a.example.com',
                            routing: { rules: [{ route: { clusterDestination: { clusters: [] } } }] },
                        },
                    ],
                }),
            ),
        },
        'gateway tier1 gw\n',
    ],
    [
        'the cluster that an install names',
        { 'a.json': dump(install('Gateway', 'n', 'gw', { targetCluster: 'west', type: 'EGRESS' })) },
        'workload cluster west {\n    gateway egress gw\n',
    ],
    [
        'the smaller number of replicas',
        {
            'a.json': dump(
                controlPlane('east'),
                install('IngressGateway', 'n', 'gw', {
                    kubeSpec: { deployment: { replicaCount: 4, hpaSpec: { minReplicas: 3 } } },
                }),
                ...running('n', 'gw', 5).slice(1),
            ),
        },
        'gateway ingress gw { replicas 3 }',
    ],
    [
        'replicas spread over the zones of the nodes',
        {
            'a.json': dump(
                controlPlane('east'),
                node('us', 'a'),
                node('us', 'b'),
                install('IngressGateway', 'n', 'gw'),
                object('apps/v1', 'Deployment', 'n', 'gw', {
                    replicas: 2,
                    template: {
                        metadata: { labels: { app: 'gw' } },
                        spec: {
                            topologySpreadConstraints: [
                                { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' },
                            ],
                        },
                    },
                }),
            ),
        },
        'gateway ingress gw { replicas 2 across zones a, b }',
    ],
    [
        'two gateways of one name in one cluster',
        {
            'a.json': dump(
                controlPlane('east'),
                install('IngressGateway', 'a', 'gw'),
                install('IngressGateway', 'b', 'gw'),
            ),
        },
        'gateway ingress a-gw\n    gateway ingress b-gw\n',
    ],
    [
        'a gateway that only configuration speaks of',
        { 'a.json': dump(workspace('east/shop'), group('g', ['east/shop']), ingress) },
        'workload cluster east {\n    gateway ingress shop-gw\n}',
    ],
    [
        'a gateway by the labels of its pods',
        {
            'a.json': dump(
                controlPlane('east'),
                install('Gateway', 'shop', 'gw'),
                object('apps/v1', 'Deployment', 'shop', 'gw', { template: { metadata: { labels: { role: 'door' } } } }),
                workspace('*/shop'),
                tsb(
                    'Gateway',
                    { tenant: 't', workspace: 'w', name: 'c' },
                    {
                        workloadSelector: { namespace: 'shop', labels: { role: 'door' } },
                        http: [{ hostname: 'a.example.com', trafficMode: 'EGRESS' }],
                    },
                    'gateway',
                ),
            ),
        },
        'gateway egress gw\n',
    ],
    [
        'a cluster called after a folder, with a question',
        {
            'apps/shop/gw.yaml':
                'apiVersion: install.tetrate.io/v1alpha1\nkind: IngressGateway\nmetadata: { name: gw, namespace: shop }\n',
        },
        'workload cluster shop {\n    // ? cluster: no file says which cluster this is, so it is called after its folder; say --cluster NAME=apps/shop\n    gateway ingress gw\n',
    ],
    [
        'a cluster that the user names',
        {
            'apps/gw.yaml':
                'apiVersion: install.tetrate.io/v1alpha1\nkind: IngressGateway\nmetadata: { name: gw, namespace: shop }\n',
        },
        'workload cluster east {\n    gateway ingress gw\n',
        { clusters: { 'apps/gw.yaml': 'east' } },
    ],
    [
        'a file that is called as a cluster',
        { 'east.json': dump(install('IngressGateway', 'n', 'gw')), 'tsb.json': dump(cluster('east'), cluster('west')) },
        'workload cluster east {\n    gateway ingress gw\n}\nworkload cluster west\n',
    ],
];

holds('gateways', gateways);
