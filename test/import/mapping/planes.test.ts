import { expect, test } from 'vitest';
import { controlPlane, dump, importFiles, install } from '../imported.js';
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

const talksTo = (clusterName: string, host: string, more: object = {}) =>
    dump(install('ControlPlane', 'istio-system', 'c', { managementPlane: { clusterName, host }, ...more }));
const plane = dump(install('ManagementPlane', 'tsb', 'managementplane', { dataStore: { embeddedPostgres: {} } }));
const vendors = 'acme.cloud.tetrate.com';

holds('who runs the management plane', [
    [
        'control planes that talk to the vendor',
        { 'a.json': talksTo('east', vendors), 'b.json': talksTo('west', `${vendors}:443`) },
        'hosted management cluster mgmt\n',
    ],
    [
        'stores of the vendor are not written',
        { 'a.json': talksTo('east', vendors, { telemetryStore: { elastic: { host: vendors } } }) },
        'hosted management cluster mgmt\n',
    ],
    [
        'a control plane that talks elsewhere',
        { 'a.json': talksTo('east', vendors), 'b.json': talksTo('west', 'tsb.example.com') },
        '\nmanagement cluster mgmt {\n    // ? management cluster: no file says',
    ],
    [
        'a name that only ends alike',
        { 'a.json': talksTo('east', 'notcloud.tetrate.com') },
        '\nmanagement cluster mgmt {\n    // ? management cluster: no file says',
    ],
    [
        'an address that is left open',
        { 'a.yaml': talksTo('east', '$HOST') },
        '\nmanagement cluster mgmt {\n    // ? management cluster: no file says',
    ],
    [
        'a management plane that is there, whatever they talk to',
        { 'a.json': talksTo('east', vendors), 'm.json': plane },
        '\nmanagement cluster m {\n    management plane {\n        postgres internal',
    ],
    [
        'several management planes',
        { 'a.json': plane, 'b.json': plane },
        '// ? standby management cluster: 2 clusters have a management plane, and no object says which one is in charge and which stands by',
    ],
]);

test('that it is hosted is said where it was read, and in the report', () => {
    const { text, report } = importFiles({ 'a.json': talksTo('east', vendors) }, { withSources: true });
    expect(text).toMatch(/^hosted management cluster mgmt +\/\/ a\.json/m);
    expect(JSON.stringify(report)).toContain('taken to be hosted (likely)');
    expect(text).not.toContain(vendors);
    // one that is asked for in a file may be the same as one that runs
    const asked =
        'apiVersion: install.tetrate.io/v1alpha1\nkind: ManagementPlane\nmetadata: { name: p, namespace: tsb }\n';
    expect(importFiles({ 'm.json': plane, 'm.yaml': asked }).text).not.toContain('standby');
});
