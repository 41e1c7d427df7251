import { controlPlane, dump, install, running } from '../imported.js';
import {
    tsb,
    cluster,
    workspace,
    group,
    config,
    object,
    east,
    estate,
    ingress,
    tsbOf,
    setting,
    holds,
    type Row,
} from './rows.js';

const services: readonly Row[] = [
    [
        'a Service with workloads behind it',
        estate,
        'service shop/web {\n    on east { replicas 3 }\n    on west { replicas 2 }\n}\n',
    ],
    [
        'the least that an autoscaler keeps',
        {
            'east.json': dump(
                ...east,
                object('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop', 'web', {
                    minReplicas: 6,
                    scaleTargetRef: { kind: 'Deployment', name: 'web' },
                }),
            ),
        },
        'on east { replicas 6 }',
    ],
    [
        'what the management plane has registered',
        {
            'a.json': dump(
                cluster('east', {
                    namespaces: [
                        {
                            name: 'shop',
                            services: [{ hostname: 'web.shop.svc.cluster.local', numKubernetesEndpoints: 4 }],
                        },
                    ],
                }),
                cluster('west', {
                    namespaces: [
                        { name: 'shop', services: [{ hostname: 'web.shop.svc.cluster.local', numVmEndpoints: 1 }] },
                    ],
                }),
            ),
        },
        'service shop/web {\n    on east { replicas 4 }\n    on west { virtual machines }\n}\n',
    ],
    [
        'homes that a selector names',
        { 'a.json': dump(workspace('east/shop', 'west/shop'), group('g', ['east/shop', 'west/shop']), ingress) },
        'service shop/web on east, west {\n    exposed "shop.example.com"\n}\n',
    ],
    [
        'homes that nobody names',
        {
            'east.json': dump(controlPlane('east'), install('IngressGateway', 'shop', 'shop-gw')),
            'west.json': dump(controlPlane('west')),
            ...tsbOf(ingress),
        },
        'service shop/web on east {\n    exposed "shop.example.com"\n    // ? on: these have a gateway that leads there; as far as these files go, any cluster may have the namespace\n}\n',
    ],
    [
        'east-west failover of a whole workspace',
        {
            ...estate,
            ...tsbOf(
                ingress,
                setting({
                    defaultEastWestGatewaySettings: [
                        { workloadSelector: { namespace: 'shop', labels: { app: 'shop-gw' } } },
                    ],
                }),
            ),
        },
        'failover east-west\n',
    ],
    [
        'the gateway by which others come in',
        {
            ...estate,
            ...tsbOf(
                ingress,
                setting({
                    defaultEastWestGatewaySettings: [
                        { workloadSelector: { namespace: 'shop', labels: { app: 'shop-gw' } } },
                    ],
                }),
            ),
        },
        'gateway ingress, east-west shop-gw\n',
    ],
    [
        'east-west failover by labels',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            ...tsbOf(
                setting({
                    defaultEastWestGatewaySettings: [{ exposedServices: [{ serviceLabels: { app: 'cart' } }] }],
                }),
            ),
        },
        'service shop/cart {\n    on east { replicas 2 }\n    failover east-west\n}\n\nservice shop/web {\n    on east { replicas 3 }\n}\n',
    ],
    [
        'a namespace that is there for all',
        {
            'east.json': dump(...east, {
                apiVersion: 'v1',
                kind: 'Namespace',
                metadata: { name: 'shop', annotations: { 'traffic.tetrate.io/global': 'true' } },
            }),
        },
        'failover east-west',
    ],
    [
        'outlier detection of a DestinationRule',
        {
            'east.json': dump(
                ...east,
                object('networking.istio.io/v1', 'DestinationRule', 'shop', 'web', {
                    host: 'web.shop.svc.cluster.local',
                    trafficPolicy: { outlierDetection: {} },
                }),
            ),
        },
        'outlier detection',
    ],
    [
        'outlier detection of a workspace',
        {
            ...estate,
            ...tsbOf(setting({ defaultTrafficSetting: { resilience: { circuitBreakerSensitivity: 'MEDIUM' } } })),
        },
        'outlier detection',
    ],
    [
        'virtual machines',
        {
            'east.json': dump(
                controlPlane('east'),
                running('shop', 'web')[0]!,
                object('networking.istio.io/v1', 'WorkloadGroup', 'shop', 'web', {
                    metadata: { labels: { app: 'web' } },
                }),
            ),
        },
        'on east { virtual machines }',
    ],
    [
        'something outside of the mesh',
        {
            'east.json': dump(
                ...east,
                object('networking.istio.io/v1', 'ServiceEntry', 'shop', 'x', {
                    hosts: ['api.example.com'],
                    location: 'MESH_EXTERNAL',
                }),
            ),
        },
        'external service "api.example.com"',
    ],
    [
        'the owner of a service',
        {
            'east.json': dump(
                {
                    ...running('shop', 'web')[0],
                    metadata: { name: 'web', namespace: 'shop', annotations: { owner: 'team web' } },
                },
                running('shop', 'web')[1]!,
                controlPlane('east'),
            ),
        },
        'owner "team web"',
    ],
    [
        'the owner of its namespace',
        {
            'east.json': dump(...east, {
                apiVersion: 'v1',
                kind: 'Namespace',
                metadata: { name: 'shop', annotations: { 'backstage.io/owner': 'team shop' } },
            }),
        },
        'owner "team shop"',
    ],
    [
        'who may call, by the accounts of a rule',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            ...tsbOf(
                tsb(
                    'ServiceSecuritySetting',
                    { tenant: 't', workspace: 'w', name: 'x' },
                    {
                        service: 'shop/cart.shop.svc.cluster.local',
                        settings: { authorization: { serviceAccounts: ['shop/web'] } },
                    },
                    'security',
                ),
            ),
        },
        '// ? calls shop/cart: a rule says that it may, tsb.json ServiceSecuritySetting x\n',
    ],
    [
        'who may call, by rules between groups',
        {
            'east.json': dump(...east, ...running('pay', 'ledger')),
            'tsb.json': dump(
                workspace('*/shop', '*/pay'),
                group('a', ['*/shop'], 'security'),
                group('b', ['*/pay'], 'security'),
                tsb(
                    'SecuritySetting',
                    { tenant: 't', workspace: 'w', name: 'x' },
                    {
                        authorization: {
                            rules: {
                                allow: [
                                    {
                                        from: { fqn: 'organizations/acme/tenants/t/workspaces/w/securitygroups/a' },
                                        to: { fqn: 'organizations/acme/tenants/t/workspaces/w/securitygroups/b' },
                                    },
                                ],
                            },
                        },
                    },
                    'security',
                ),
            ),
        },
        '// ? calls pay/ledger: a rule between their groups says that it may',
    ],
    [
        'who connects to whom, by an annotation',
        {
            'east.json': dump(controlPlane('east'), ...running('shop', 'cart'), running('shop', 'web')[0]!, {
                ...running('shop', 'web')[1],
                metadata: {
                    name: 'web',
                    namespace: 'shop',
                    annotations: { 'app.openshift.io/connects-to': '["cart"]' },
                },
            }),
        },
        '// ? calls shop/cart: an annotation says that it connects to it',
    ],
    [
        'who may leave the mesh',
        {
            'east.json': dump(
                ...east,
                install('EgressGateway', 'out', 'out'),
                object('networking.istio.io/v1', 'ServiceEntry', 'out', 'x', { hosts: ['api.example.com'] }),
            ),
            ...tsbOf(
                config('EgressGateway', 'out', 'out', {
                    authorization: [{ from: { serviceAccounts: ['shop/web'] }, to: ['api.example.com'] }],
                }),
            ),
        },
        '// ? calls "api.example.com": a rule of an egress gateway says that it may',
    ],
];

holds('services', services);
