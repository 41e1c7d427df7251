import { describe, expect, test } from 'vitest';
import { controlPlane, dump, errorsIn, importFiles, install, running } from './imported.js';
import { cluster, workspace } from './mapping/rows.js';

const secret = 'PLANTED';

const resource = (address: string, values: object, more: object = {}) => ({
    ...{ address, mode: 'managed', type: address.split('.').at(-2), name: address.split('.').at(-1) },
    ...{ provider_name: 'registry.terraform.io/x/y', schema_version: 1, values, sensitive_values: {}, ...more },
});
const manifest = (name: string, object: object, more?: object) =>
    resource(`kubernetes_manifest.${name}`, { manifest: object, object: null }, more);

const state = (resources: readonly object[], modules: readonly object[] = []) => ({
    format_version: '1.0',
    terraform_version: '1.9.8',
    values: { root_module: { resources, child_modules: modules } },
});

const objects = [controlPlane('east', { components: { gitops: { enabled: true } } }), ...running('shop', 'web')];
const textOf = (file: object, withSources = false) => importFiles({ 'tf.json': JSON.stringify(file) }, { withSources });

test('objects in a state of Terraform, in nested modules or in a plan, are the objects themselves', async () => {
    const { text } = importFiles({ 'east.json': dump(...objects) });
    expect(text).toContain('service shop/web {\n    on east { replicas 2 }');
    const manifests = objects.map((object, n) => manifest(`m${n}`, object));
    const inModules = state([], [{ address: 'module.a', child_modules: [{ resources: manifests }] }]);
    const { values, ...rest } = state(manifests);
    const plan = { ...rest, planned_values: values, prior_state: state([manifest('old', controlPlane('gone'))]) };
    for (const file of [state(manifests), inModules, plan]) {
        expect(textOf(file).text).toBe(text);
        expect(await errorsIn(textOf(file).text)).toEqual([]);
    }
    const byObject = objects.map((object, n) => resource(`kubernetes_manifest.m${n}`, { object }));
    expect(textOf(state(byObject)).text).toBe(text);
});

test('YAML in kubectl_manifest, values of helm_release, and files are read, and name their resource', () => {
    const yaml = `apiVersion: install.tetrate.io/v1alpha1
kind: ControlPlane
metadata: { name: controlplane, namespace: istio-system }
spec:
  managementPlane: { clusterName: east }
`;
    const values = `"spec":
  "managementPlane":
    "clusterName": "west"
  "components":
    "gitops":
      "enabled": true
`;
    const { text, report } = textOf(
        state([
            resource('kubectl_manifest.cp', { yaml_body: yaml }),
            resource('helm_release.cp', { chart: 'controlplane', namespace: 'istio-system', values: [values] }),
            resource('local_file.north', { filename: 'a/north.yaml', content: yaml.replace('east', 'north') }),
            resource('local_file.script', { filename: 'a.sh', content: yaml.replace('east', 'nowhere') }),
            resource('aws_eks_cluster.a', { name: 'a' }),
        ]),
        true,
    );
    expect(text).toContain('workload cluster east // tf.json kubectl_manifest.cp\n');
    expect(text).toMatch(/workload cluster west \{ \/\/ tf\.json helm_release\.cp\n.*\n +gitops sync/);
    expect(text).toContain('workload cluster north // tf.json local_file.north\n');
    expect(text).not.toContain('nowhere');
    expect(report.readPast).toEqual([
        { kind: 'aws_eks_cluster', count: 1 },
        { kind: 'local_file', count: 1 },
    ]);
    expect(report.notUnderstood).toEqual([]);
});

test('nothing of what Terraform marks as sensitive, of a Secret, or beside the resources is in any output', () => {
    const plane = controlPlane(secret, { components: { gitops: { enabled: true } } });
    const file = {
        ...state([
            manifest('secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret }, data: { a: secret } }),
            manifest('whole', plane, { sensitive_values: { manifest: true } }),
            manifest('name', plane, { sensitive_values: { manifest: { spec: { managementPlane: true } } } }),
            resource(
                'kubectl_manifest.body',
                { yaml_body: `kind: ${secret}` },
                { sensitive_values: { yaml_body: true } },
            ),
            resource('kubectl_manifest.s', {
                yaml_body: `apiVersion: v1\nkind: Secret\nstringData: { a: ${secret} }\n`,
            }),
            resource(
                'helm_release.a',
                { values: [`spec: { organization: ${secret} }`] },
                { sensitive_values: { values: [true] } },
            ),
            resource('helm_release.b', { values: [`token: ${secret}`], set: [{ name: 'a', value: secret }] }),
            resource('local_sensitive_file.a', { filename: 'a.yaml', content: `kind: ${secret}` }),
            resource('random_password.a', { result: secret }),
        ]),
        variables: { a: { value: secret } },
        resource_changes: [{ change: { after: plane } }],
    };
    const { text, report } = textOf(file, true);
    expect(`${text}${JSON.stringify(report)}`).not.toContain(secret);
    expect(report.objects).toBe(9);
});

test('a state as Terraform stores it, and an unknown format, are told with what to do', () => {
    const why = (file: object) => textOf(file).report.notUnderstood.map((each) => each.why);
    const stored = { version: 4, terraform_version: '1.9.8', lineage: 'a', resources: [] };
    expect(why(stored)).toEqual([
        'it is a state as Terraform stores it; import what `terraform show -json` prints of it',
    ]);
    expect(why({ ...state([]), format_version: '2.0' })).toEqual([
        'it has a format of `terraform show -json` that is not known',
    ]);
    const broken = textOf(
        state([resource('kubectl_manifest.a', { yaml_body: 'apiVersion: v1\nkind: Service\nspec: [a\n' })]),
    );
    expect(broken.report.notUnderstood.map(({ at }) => at)).toEqual(['tf.json kubectl_manifest.a']);
});

/** A state with one control plane, beside whatever else. */
const east = controlPlane('east');
const plain = (module: string, name: string, object: object) => {
    const { address, ...rest } = manifest(name, object) as { readonly address: string };
    return { ...rest, address: `${module}${address}` };
};
const gatewayOf = (namespace: string) => install('IngressGateway', namespace, 'gw');
const left = /\/\/ \? cluster of "tf\.json": it has objects of several clusters, .*, with --cluster NAME=FILE, (.*)\n/;

test('a state of one cluster is that of its control plane', () => {
    const one = [manifest('a', east), resource('aws_eks_cluster.a', {}), manifest('b', gatewayOf('shop'))];
    const { text } = textOf(state(one));
    expect(text).toContain('workload cluster east {\n    gateway ingress gw\n}');
    expect(text).not.toContain('? cluster');
});

describe('a state of several clusters with one control plane: where the others stand is asked', () => {
    const rows: readonly (readonly [string, readonly object[]])[] = [
        ['it makes several', [resource('aws_eks_cluster.a', {}), resource('google_container_cluster.b', {})]],
        ['an object is there twice', [manifest('c', gatewayOf('shop'))]],
        ['it declares another one', [manifest('c', cluster('west'))]],
    ];
    test.each(rows.map(([what, more]) => ({ what, more })))('$what', async ({ more }) => {
        const { text, report } = textOf(
            state([
                manifest('a', east),
                manifest('b', gatewayOf('shop')),
                ...running('pay', 'web').map((object, n) => manifest(`w${n}`, object)),
                ...more,
            ]),
        );
        expect(text).not.toContain('gateway');
        expect(text).not.toContain('service');
        expect(text).toMatch(left);
        expect(left.exec(text)?.[1]).toContain('kubernetes_manifest.b');
        expect(text).toContain('workload cluster east\n');
        expect(report.remarks.map(({ what: told }) => told)).toEqual([
            'a Service was left out, since no file says in which cluster it is',
            'a gateway was left out, since no file says in which cluster it is',
        ]);
        expect(await errorsIn(text)).toEqual([]);
    });

    test('with --cluster, and by selectors, they stand where these say', () => {
        const all = [manifest('a', east), manifest('b', gatewayOf('shop')), manifest('c', gatewayOf('shop'))];
        const file = { 'tf.json': JSON.stringify(state(all)) };
        expect(importFiles(file, { clusters: { 'tf.json': 'east' } }).text).toContain('gateway ingress gw\n');
        const selected = importFiles({ ...file, 'w.json': dump(workspace('west/shop')) });
        expect(selected.text).toContain('workload cluster west {\n    gateway ingress gw\n}');
        expect(selected.text).not.toMatch(left);
    });
});

test('in a state of several clusters a control plane says it of its module, and of those in it', () => {
    const { text } = textOf(
        state(
            [],
            [
                {
                    resources: [
                        plain('module.east.module.tsb.', 'a', east),
                        plain('module.east.module.shop[0].', 'b', gatewayOf('shop')),
                    ],
                },
                {
                    resources: [
                        plain('module.west["b"].', 'a', controlPlane('west')),
                        plain('module.west["b"].', 'b', gatewayOf('shop')),
                    ],
                },
                { resources: [plain('module.north.', 'b', gatewayOf('north'))] },
                { resources: [plain('', 'root', gatewayOf('root'))] },
            ],
        ),
        true,
    );
    expect(text).toContain('gateway ingress gw // tf.json module.east.module.shop[0].kubernetes_manifest.b\n');
    expect(text).toContain('gateway ingress gw // tf.json module.west["b"].kubernetes_manifest.b\n');
    expect(left.exec(text)?.[1]).toBe('tf.json kubernetes_manifest.root, tf.json module.north.kubernetes_manifest.b');
});

test('a module with control planes of two clusters says nothing of what else is in it', () => {
    const resources = [
        plain('module.all.', 'a', east),
        plain('module.all.', 'b', controlPlane('west')),
        plain('module.all.', 'c', gatewayOf('shop')),
    ];
    const { text } = textOf(state([], [{ resources }]));
    expect(text).not.toContain('gateway');
    expect(left.exec(text)?.[1]).toBe('tf.json module.all.kubernetes_manifest.c');
});

test('such a state does not say of which cluster the files beside it are, nor where the management plane is', () => {
    const both = state([
        manifest('a', east),
        manifest('b', cluster('west')),
        manifest('m', install('ManagementPlane', 'tsb', 'm', { organization: 'acme' })),
    ]);
    const { text } = importFiles({ 'tsb/tf.json': JSON.stringify(both), 'tsb/other.json': dump(gatewayOf('shop')) });
    expect(text).toContain('management cluster mgmt');
    expect(text).toContain('workload cluster tsb {\n    // ? cluster: no file says which cluster this is');
});
