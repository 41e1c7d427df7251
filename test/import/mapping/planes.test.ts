import { controlPlane, dump, install } from '../imported.js';
import { holds, type Row } from './rows.js';

const managed = (spec: object) => ({ 'm.json': dump(install('ManagementPlane', 'tsb', 'managementplane', spec)) });
const control = (spec: object) => ({ 'a.json': dump(controlPlane('east', spec)) });

const planes: readonly Row[] = [
    ['a Postgres of the demo', managed({ dataStore: { demoPostgres: {} } }), 'postgres internal'],
    ['an embedded Postgres', managed({ dataStore: { embeddedPostgres: { replicas: 2 } } }), 'postgres internal'],
    [
        'a Postgres somewhere else',
        managed({ dataStore: { postgres: { address: 'db.example.com:5432' } } }),
        'postgres external',
    ],
    [
        'a Postgres beside the plane',
        managed({ dataStore: { postgres: { address: 'pg.data.svc.cluster.local:5432' } } }),
        'postgres internal',
    ],
    ['an Elasticsearch of the demo', managed({ telemetryStore: { demoElastic: {} } }), 'elasticsearch internal'],
    [
        'an Elasticsearch somewhere else',
        managed({ telemetryStore: { elastic: { host: 'es.example.com' } } }),
        'elasticsearch external',
    ],
    ['a BanyanDB', managed({ telemetryStore: { banyandb: { host: 'b' } } }), 'banyandb'],
    ['LDAP of the demo', managed({ identityProvider: { demoLdap: {} } }), 'identity-provider internal'],
    ['OIDC', managed({ identityProvider: { oidc: { clientId: 'x' } } }), 'identity-provider external'],
    ['GitOps of the management plane', managed({ components: { gitops: { enabled: true } } }), '        gitops\n'],
    [
        'metrics by way of the management plane',
        {
            'a.json': dump(
                install('ControlPlane', 'istio-system', 'c', {
                    managementPlane: { clusterName: 'east', host: 'a.example.com' },
                    telemetryStore: { elastic: { host: 'a.example.com' } },
                }),
            ),
        },
        'elasticsearch via front-envoy',
    ],
    [
        'metrics on their own way',
        {
            'a.json': dump(
                install('ControlPlane', 'istio-system', 'c', {
                    managementPlane: { clusterName: 'east', host: 'a.example.com' },
                    telemetryStore: { elastic: { host: 'es.example.com' } },
                }),
            ),
        },
        'elasticsearch direct',
    ],
    [
        'metrics on two ways',
        {
            'a.json': dump(
                install('ControlPlane', 'istio-system', 'c', {
                    managementPlane: { clusterName: 'east', host: 'a.example.com' },
                    telemetryStore: { elastic: { host: 'es.example.com' } },
                }),
            ),
            'b.json': dump(
                install('ControlPlane', 'istio-system', 'c', {
                    managementPlane: { clusterName: 'west', host: 'a.example.com' },
                    telemetryStore: { elastic: { host: 'a.example.com' } },
                }),
            ),
        },
        '// ? elasticsearch: some clusters send metrics through front-envoy',
    ],
    ['GitOps that waits', control({ components: { gitops: { enabled: true, pushMode: 'ASYNC' } } }), 'gitops async'],
    ['GitOps that does not', control({ components: { gitops: { enabled: true } } }), 'gitops sync'],
    ['GitOps with a block and no more', control({ components: { gitops: {} } }), 'gitops off'],
    [
        'a CA of central',
        control({ components: { xcp: { centralProvidedCaCert: true } } }),
        'certificate authority central',
    ],
];

holds('planes and stores', planes);
