import { controlPlane, dump, install } from '../imported.js';
import { tsb, cluster, workspace, node, holds, type Row } from './rows.js';

const places: readonly Row[] = [
    ['a Cluster', { 'a.json': dump(cluster('east')) }, '\nworkload cluster east\n'],
    ['the cluster of a control plane', { 'a.json': dump(controlPlane('east')) }, '\nworkload cluster east\n'],
    ['a cluster that a selector names', { 'a.json': dump(workspace('east/shop')) }, '\nworkload cluster east\n'],
    [
        'the cluster with a management plane that is a cluster of the mesh',
        { 'a.json': dump(install('ManagementPlane', 'tsb', 'managementplane'), controlPlane('core')) },
        '\nmanagement cluster core\n',
    ],
    [
        'the cluster with a management plane that has no name in TSB',
        { 'dumps/hub.json': dump(install('ManagementPlane', 'tsb', 'managementplane')) },
        '\nmanagement cluster hub\n',
    ],
    [
        'the region that is declared',
        { 'a.json': dump(cluster('east', { locality: { region: 'us-east' } })) },
        '\nregion us-east\n\nmanagement cluster mgmt {\n    // ? management cluster: no file says which cluster has the management plane, so its name is made up\n}\n\nworkload cluster east in us-east\n',
    ],
    [
        'the region that TSB has discovered, before what is declared',
        {
            'a.json': dump(
                cluster('east', { locality: { region: 'old' }, state: { discoveredLocality: { region: 'us-east' } } }),
            ),
        },
        'workload cluster east in us-east\n',
    ],
    [
        'the region of the nodes, before all others',
        {
            'a.json': dump(
                cluster('east', { locality: { region: 'old' } }),
                controlPlane('east'),
                node('us-east', 'a'),
                node('us-east', 'b'),
            ),
        },
        'region us-east { zones a, b }',
    ],
    [
        'a zone in which all nodes are',
        { 'a.json': dump(controlPlane('east'), node('us-east', 'a')) },
        'workload cluster east in us-east/a\n',
    ],
    ['the life of tokens', { 'a.json': dump(cluster('east', { tokenTtl: '31536000s' })) }, 'token ttl 365d\n'],
    [
        'what all clusters have in common',
        { 'a.json': dump(cluster('east', { tokenTtl: '24h' }), cluster('west', { tokenTtl: '24h' })) },
        'defaults for workload clusters {\n    edge control plane {\n        token ttl 24h\n    }\n}\n\nworkload cluster east\nworkload cluster west\n',
    ],
    [
        'networks: both ways within one, one way as the organization says',
        {
            'a.json': dump(
                ...['east', 'west'].map((name) => cluster(name, { network: 'apps' })),
                cluster('dmz', { network: 'edge' }),
                tsb(
                    'OrganizationSetting',
                    { name: 'settings' },
                    { networkSettings: { networkReachability: { edge: 'apps, none' } } },
                ),
            ),
        },
        'network {\n    dmz -> east, west\n    east <-> west\n}',
    ],
    [
        'a cluster in no network',
        { 'a.json': dump(cluster('east', { network: 'apps' }), cluster('west', { network: 'apps' }), cluster('dmz')) },
        '    // ? dmz <-> …: no file says in which network dmz is, a.json Cluster dmz\n}',
    ],
    ['labels of a cluster', { 'a.json': dump(cluster('east', { labels: { tier: 'gold' } })) }, 'labels tier = "gold"'],
    [
        'the version',
        {
            'a.json': dump({
                ...install('ManagementPlane', 'tsb', 'managementplane'),
                status: { tsbVersion: '1.12.3' },
            }),
        },
        'topology acme for tsb 1.12\n',
    ],
];

holds('places and clusters', places);
