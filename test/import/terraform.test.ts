import { expect, test } from 'vitest';
import { controlPlane, dump, errorsIn, importFiles, running } from './imported.js';

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
