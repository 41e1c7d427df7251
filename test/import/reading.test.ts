import { describe, expect, test } from 'vitest';
import { dump, errorsIn, importFiles } from './imported.js';

const tctl = `apiVersion: api.tsb.tetrate.io/v2
kind: Workspace
metadata:
  organization: acme
  tenant: shop
  name: shop
spec:
  namespaceSelector:
    names: ["east/shop", "west/shop"]
---
apiVersion: gateway.tsb.tetrate.io/v2
kind: Group
metadata: { organization: acme, tenant: shop, workspace: shop, name: doors }
spec:
  namespaceSelector:
    names: ["east/shop", "west/shop"]
---
apiVersion: gateway.tsb.tetrate.io/v2
kind: IngressGateway
metadata: { organization: acme, tenant: shop, workspace: shop, group: doors, name: shop-gw }
spec:
  workloadSelector:
    namespace: shop
    labels: { app: shop-gw }
  http:
  - name: web
    hostname: shop.example.com
    routing:
      rules:
      - route:
          host: shop/web.shop.svc.cluster.local
`;

const parents = (more: string) => `annotations:
      tsb.tetrate.io/organization: acme
      tsb.tetrate.io/tenant: shop
${more}`;

const gitops = `apiVersion: v1
kind: List
items:
- apiVersion: tsb.tetrate.io/v2
  kind: Workspace
  metadata:
    name: shop
    namespace: config
    ${parents('')}
  spec:
    namespaceSelector:
      names: ["east/shop", "west/shop"]
- apiVersion: gateway.tsb.tetrate.io/v2
  kind: Group
  metadata:
    name: doors
    namespace: config
    ${parents('      tsb.tetrate.io/workspace: shop')}
  spec:
    namespaceSelector:
      names: ["east/shop", "west/shop"]
- apiVersion: gateway.tsb.tetrate.io/v2
  kind: IngressGateway
  metadata:
    name: shop-gw
    namespace: config
    ${parents('      tsb.tetrate.io/workspace: shop\n      tsb.tetrate.io/gatewayGroup: doors')}
  spec:
    workloadSelector:
      namespace: shop
      labels:
        app: shop-gw
    http:
    - name: web
      hostname: shop.example.com
      routing:
        rules:
        - route:
            host: shop/web.shop.svc.cluster.local
`;

const byFqn = tctl
    .replace('group: doors, name: shop-gw }', 'x: y }')
    .replace(
        '{ organization: acme, tenant: shop, workspace: shop, x: y }',
        '{ name: shop-gw, fqn: organizations/acme/tenants/shop/workspaces/shop/gatewaygroups/doors/ingressgateways/shop-gw }',
    );

const expected = `topology acme

management cluster mgmt {
    // ? management cluster: no file says which cluster has the management plane, so its name is made up
}

workload cluster east {
    gateway ingress shop-gw
}
workload cluster west {
    gateway ingress shop-gw
}

service shop/web on east, west {
    exposed "shop.example.com"
}
`;

describe('the spellings of one object give the same text', () => {
    test.each([
        ['as tctl has it', tctl],
        ['as GitOps has it, in a List', gitops],
        ['by its whole name', byFqn],
        ['with small letters', tctl.replaceAll('apiVersion:', 'apiversion:').replaceAll('metadata:', 'Metadata:')],
        [
            'with quotes',
            tctl.replaceAll('kind: Group', 'kind: "Group"').replace('kind: Workspace', "'kind': Workspace"),
        ],
        ['with Windows line ends', tctl.replaceAll('\n', '\r\n')],
        ['with a byte order mark', `\ufeff${tctl}`],
        ['with a document for nothing, and comments', `# a comment\n---\n---\n# nothing\n---\n${tctl}...\n`],
        [
            'with anchors and aliases',
            tctl
                .replace('names: ["east/shop", "west/shop"]', 'names: &places ["east/shop", "west/shop"]')
                .replace('{ app: shop-gw }', '&l { app: shop-gw }'),
        ],
    ])('%s', (_, text) => {
        const { text: written, report } = importFiles({ 'a.yaml': text });
        expect(written).toBe(expected);
        expect(report.notUnderstood).toEqual([]);
    });

    test('as JSON, one behind the other', () => {
        const objects = [
            {
                apiVersion: 'api.tsb.tetrate.io/v2',
                kind: 'Workspace',
                metadata: { organization: 'acme', tenant: 'shop', name: 'shop' },
                spec: { namespaceSelector: { names: ['east/shop', 'west/shop'] } },
            },
            {
                apiVersion: 'gateway.tsb.tetrate.io/v2',
                kind: 'IngressGateway',
                metadata: { organization: 'acme', tenant: 'shop', workspace: 'shop', group: 'doors', name: 'shop-gw' },
                spec: {
                    workloadSelector: { namespace: 'shop', labels: { app: 'shop-gw' } },
                    http: [
                        {
                            hostname: 'shop.example.com',
                            routing: { rules: [{ route: { host: 'shop/web.shop.svc.cluster.local' } }] },
                        },
                    ],
                },
            },
        ];
        const text = objects.map((object) => JSON.stringify(object, undefined, 2)).join('\n');
        expect(importFiles({ 'a.json': text }).text).toBe(expected);
        expect(importFiles({ 'a.json': dump(...objects) }).text).toBe(expected);
    });

    test('an alias leads to what it names, and a merge brings its fields', () => {
        const { text } = importFiles({
            'a.yaml': `apiVersion: api.tsb.tetrate.io/v2
kind: Cluster
metadata: { name: east }
x-common: &common
  tokenTtl: 8760h
spec:
  <<: *common
  network: one
`,
        });
        expect(text).toContain('token ttl 365d');
    });
});

test('the order of files makes no difference', () => {
    const files = {
        'a.yaml': tctl.split('---\n')[0]!,
        'b.yaml': tctl.split('---\n')[1]!,
        'c.yaml': tctl.split('---\n')[2]!,
    };
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    expect(importFiles(backwards).text).toBe(expected);
    expect(importFiles(files).text).toBe(expected);
});

describe('what is broken costs only itself', () => {
    const broken: readonly (readonly [string, string, string])[] = [
        ['a tab', 'apiVersion: v1\nkind: Namespace\nmetadata:\n\tname: a\n', 'a.yaml:4: a tab indents it'],
        ['a bracket that stays open', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: [a\n', 'a.yaml:'],
        [
            'a field of another kind',
            'apiVersion: v1\nkind: Namespace\nmetadata: east\n',
            'a.yaml:3: `metadata` is not fields',
        ],
        [
            'a number that is none',
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: b }\nspec:\n  replicas: many\n',
            'a.yaml:5: `spec.replicas` is not a whole number',
        ],
        [
            'a depth of nothing but brackets',
            `apiVersion: v1\nkind: Namespace\nmetadata: ${'['.repeat(50_000)}\n`,
            'a.yaml: it is nested deeper than 100 levels',
        ],
        [
            'dashes behind dashes',
            `apiVersion: v1\nkind: Namespace\nmetadata:\n  labels:\n    ${'- '.repeat(5000)}x\n`,
            'a.yaml: it is nested deeper than 100 levels',
        ],
    ];
    test.each(broken)('%s', (_, text, message) => {
        const { text: written, report } = importFiles({ 'a.yaml': `${text}---\n${tctl}` });
        expect(written).toBe(expected);
        expect(report.notUnderstood.map(({ at, why }) => `${at}: ${why}`).join('\n')).toContain(
            message.replace('a.yaml: it', 'a.yaml:1: it'),
        );
        expect(report.notUnderstood).toHaveLength(1);
    });

    test('in a list', () => {
        const text = gitops
            .replace('- apiVersion: v1', '')
            .replace('items:\n', 'items:\n- apiVersion: v1\n  kind: Service\n  metadata: "\n');
        const { text: written, report } = importFiles({ 'a.yaml': text });
        expect(written).toBe(expected);
        expect(report.notUnderstood).toHaveLength(1);
    });

    test('a bomb of aliases', () => {
        const levels = Array.from(
            { length: 12 },
            (_, n) =>
                `  l${n}: &l${n} [${Array(10)
                    .fill(n === 0 ? 'x' : `*l${n - 1}`)
                    .join(', ')}]`,
        );
        const bomb = `apiVersion: api.tsb.tetrate.io/v2\nkind: Workspace\nmetadata: { name: a, tenant: t }\nx:\n${levels.join('\n')}\nspec:\n  namespaceSelector:\n    names: *l11\n`;
        const began = Date.now();
        const { text } = importFiles({ 'a.yaml': `${bomb}---\n${tctl}` });
        expect(text).toBe(expected);
        expect(Date.now() - began).toBeLessThan(5000);
    });

    test('an alias to itself', () => {
        const text = `apiVersion: v1\nkind: Namespace\nmetadata: &m\n  name: *m\n  labels: *m\n---\n${tctl}`;
        expect(importFiles({ 'a.yaml': text }).text).toBe(expected);
    });

    test('a file that is too large', () => {
        const { report } = importFiles({ 'a.yaml': `${tctl}---\n${'#'.repeat(65 * 1024 * 1024)}`, 'b.yaml': tctl });
        expect(report.notUnderstood).toEqual([{ at: 'a.yaml', why: 'it has 65 MiB, and 64 are read at most' }]);
    });

    test('too many objects', () => {
        const many = Array.from({ length: 20_010 }, (_, n) => ({
            apiVersion: 'v1',
            kind: 'Namespace',
            metadata: { name: `n${n}` },
        }));
        const { report } = importFiles({ 'a.json': dump(...many) });
        expect(report.notUnderstood.map(({ why }) => why)).toEqual([
            'there are 20010 objects in all; the last 10 were not looked at (at most 20000)',
        ]);
    });
});

describe('templates', () => {
    const template = `{{- if .Values.enabled }}
apiVersion: install.tetrate.io/v1alpha1
kind: ControlPlane
metadata:
  name: controlplane
  namespace: istio-system
spec:
  managementPlane:
    clusterName: {{ .Values.cluster.name }}
    host: {{ .Values.host }}
  telemetryStore:
    elastic:
      host: {{.Values.host | quote}}
{{- end }}
---
apiVersion: api.tsb.tetrate.io/v2
kind: Cluster
metadata:
  name: \${cluster}
spec:
  tokenTtl: %{ if long }8760h%{ endif }
`;

    test('a placeholder equals itself, and is no name', () => {
        const { text, report } = importFiles({ 'a.yaml': template });
        expect(text).toContain('elasticsearch via front-envoy');
        expect(text).not.toContain('workload cluster');
        expect(report.templateLines).toBe(2);
        expect(report.remarks.map(({ what }) => what).join()).toContain('a control plane whose cluster no file names');
    });

    test('values fill them in', () => {
        const { text } = importFiles(
            { 'a.yaml': template },
            { values: { 'cluster.name': 'east', host: 'tsb.example.com' }, variables: { cluster: 'east' } },
        );
        expect(text).toContain('workload cluster east');
        expect(text).toContain('token ttl 365d');
        expect(text).toContain('elasticsearch via front-envoy');
    });

    test('a name that is open in part is written as it stands', async () => {
        const { text } = importFiles({
            'a.yaml': tctl
                .replaceAll('shop.example.com', '$STAGE.example.com')
                .replaceAll('shop/web.shop', '$STAGE-shop/web.$STAGE-shop'),
        });
        expect(text).toContain('service "${STAGE}-shop"/web');
        expect(text).toContain('exposed "${STAGE}.example.com"');
        expect(await errorsIn(text)).toEqual([]);
    });

    test('Helm values of a plane are read as its object', () => {
        const { text } = importFiles({
            'values.yaml': `image:\n  registry: example.com\nsecrets:\n  elasticsearch: { password: hunter2 }\nspec:\n  managementPlane: { clusterName: east, host: a.example.com }\n  telemetryStore: { elastic: { host: es.example.com } }\n  components:\n    gitops: { enabled: true, pushMode: ASYNC }\n`,
        });
        expect(text).toContain('workload cluster east {\n    edge control plane {\n        gitops async');
        expect(text).toContain('elasticsearch direct');
    });
});

test('what is read past is counted by its kind', () => {
    const { report } = importFiles({
        'a.yaml': `${tctl}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { a: b }\n---\napiVersion: v1\nkind: ConfigMap\n---\njust: values\n`,
    });
    expect(report.readPast).toEqual([
        { kind: 'ConfigMap', count: 2 },
        { kind: 'no kind', count: 1 },
    ]);
    expect(report.objects).toBe(6);
    expect(report.used).toEqual([
        { kind: 'Group', count: 1 },
        { kind: 'IngressGateway', count: 1 },
        { kind: 'Workspace', count: 1 },
    ]);
});

test('what an item of a list says by an alias of another item is read; Secrets beside it are not', () => {
    const list = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: { name: web, namespace: shop }
  spec: { selector: &labels { app: web } }
- apiVersion: v1
  kind: Secret
  metadata: { name: s }
  stringData: { password: never-to-be-read }
- apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web, namespace: shop }
  spec:
    replicas: 3
    template: { metadata: { labels: *labels } }
`;
    const { text, report } = importFiles({ 'east.yaml': list }, { clusters: { 'east.yaml': 'east' } });
    expect(text).toContain('service shop/web {\n    on east { replicas 3 }\n');
    expect(text + JSON.stringify(report)).not.toContain('never-to-be-read');
});

test('an object that says only its whole name is the one of that name', () => {
    const { text } = importFiles({
        'a.yaml': `apiVersion: api.tsb.tetrate.io/v2
kind: Cluster
metadata: { fqn: organizations/acme/clusters/east }
spec: { tokenTtl: 3h, network: a, locality: { region: us-east } }
`,
    });
    expect(text).toContain('workload cluster east in us-east {\n    edge control plane {\n        token ttl 3h\n');
});
