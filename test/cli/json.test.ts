import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sectionNames, withSections } from '../docs/generated-sections.js';
import { ruleCodes } from '../../server/knowledge/rule-codes.js';
import { fieldsIn, firstSentence, schemaOf, settingsSchema, type Field } from '../docs/json-schemas.js';
import { inProcess, root } from './in-process.js';

const page = resolve(root, 'docs/json.md');
const diagnosticsPage = readFileSync(resolve(root, 'docs/diagnostics.md'), 'utf8');

const everything = `topology acme
region us { zones a, b }
management cluster mgmt in us {
    management plane { postgres external in us { backup }  elasticsearch internal via front-envoy  identity-provider  gitops }
}
workload cluster east in us/a { gateway ingress  edge control plane { gitops sync  metrics buffer 1h } }
workload cluster west in us { gateway ingress { replicas 2 across zones a, b } }
workload cluster dmz { gateway tier1 }
service shop on east, west { exposed "shop.example.com" via dmz.tier1  calls solo }
service solo on east
service cart on west { calls solo, shop  requires stripe }
external service stripe`;

const failover = (ttl: string) => `topology ttl
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb ttl ${ttl} } }`;

/** One promise is kept, and one is broken, as `shop` and `till` have two homes or one. */
const promising = (shop: string, till: string, more: string) => `topology promising
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on ${shop} { exposed "shop.example.com" { gslb ttl 30s } }
service till on ${till} { exposed "till.example.com" { gslb ttl 30s } }
objective shop survives any cluster failure
objective till survives any cluster failure
${more}
`;

const { run } = inProcess({
    'import/east.json': JSON.stringify({
        kind: 'List',
        items: [
            { apiVersion: 'v1', kind: 'Secret' },
            {
                apiVersion: 'install.tetrate.io/v1alpha1',
                kind: 'ControlPlane',
                spec: { managementPlane: { clusterName: 'east' }, components: { gitops: { enabled: true } } },
            },
            {
                apiVersion: 'install.tetrate.io/v1alpha1',
                kind: 'IngressGateway',
                metadata: { name: 'shop-gw', namespace: 'shop' },
            },
        ],
    }),
    'import/tsb.yaml': `apiVersion: gateway.tsb.tetrate.io/v2
kind: IngressGateway
metadata: { tenant: t, workspace: w, group: g, name: shop-gw }
spec:
  workloadSelector: { namespace: shop, labels: { app: shop-gw } }
  http:
  - { hostname: shop.example.com, routing: { rules: [{ route: { host: shop/web.shop.svc.cluster.local } }] } }
---
apiVersion: tsb.tetrate.io/v2
kind: WorkspaceSetting
metadata: { name: s }
spec: { regionalFailover: [] }
---
{{- if .x }}
spec:
  managementPlane: { clusterName: east }
  components: { gitops: { enabled: false } }
---
apiVersion: v1
kind: Namespace
metadata: [
`,
    'all.tsbtopo': everything,
    'less.tsbtopo': everything
        .replace('shop on east, west', 'shop on east')
        .replace('backup }', 'no backup }')
        .replaceAll('stripe', 'payer'),
    'quick.tsbtopo': failover('30s'),
    'slow.tsbtopo': failover('5m'),
    'drifted.tsbtopo':
        'management cluster m\nworkload cluster east { edge control plane { gitops async } }\nworkload cluster old\n',
    'before.tsbtopo': promising('east, west', 'east', 'scenario "x" { fail east  expect shop not lost }'),
    'after.tsbtopo': promising('east', 'east, west', 'objective shop survives any 3 failures'),
    'waiting.tsbtopo':
        'management cluster mgmt\nstandby management cluster dr { copy every 15m }\nworkload cluster east\n',
    'several/a.tsbtopo': 'topology a',
    'several/b.tsbtopo': 'topology b',
    'several/c.tsbtopo': 'topology c',
    'more/c.tsbtopo': 'topology c',
    'more/d.tsbtopo': 'topology d',
    'more/e.tsbtopo': 'topology e',
    'promised.tsbtopo': `topology promised
management cluster m
workload cluster east { gateway ingress }
service shop on east
scenario "kept" { at 0m fail m expect shop unaffected }
scenario "idle" { at 0m fail m }
scenario "accepted" { at 0m fail east expect shop unaffected }
accept expectation-failed because "it is new"
objective shop survives any cluster failure
objective shop survives any 3 cluster failures`,
    'broken.tsbtopo':
        'topology broken\nmanagement cluster m\nworkload cluster west\nservice called on west\nservice a on wesst, west { calls called }\nservice é on west {',
});

/** The fields that docs/json.md lists for a command. */
const documented = (command: string): Field[] => fieldsIn(readFileSync(page, 'utf8'), command);

const schemaFile = (name: string) => resolve(root, `schemas/${name}.schema.json`);

/** Every field of an output with its values; chains of causes and of hops are folded into one level. */
function fieldsOf(value: unknown, path = '', found = new Map<string, unknown[]>()): Map<string, unknown[]> {
    const key = path.replace(/(\.(because|hops)\[\])+/g, '.$2[]');
    if (path !== '') found.set(key, [...(found.get(key) ?? []), value]);
    if (Array.isArray(value)) for (const item of value) fieldsOf(item, `${path}[]`, found);
    else if (typeof value === 'object' && value !== null) {
        for (const [name, part] of Object.entries(value)) {
            const isOperations = /(^|\])\.?(operations|atBest)$/.test(path);
            fieldsOf(part, path === '' ? name : `${path}.${isOperations ? '*' : name}`, found);
        }
    }
    return found;
}

/** Whether a value is of a type as the page writes it: `text`, `number or null`, `` `a`, `b` or null ``. */
function isOfType(value: unknown, type: string): boolean {
    const words = [...type.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    if (value === null) return type.endsWith('or null');
    if (words.length > 0) return words.includes(typeof value === 'string' ? value : JSON.stringify(value));
    switch (type.split(/[ ,]/)[0]) {
        case 'list':
            return Array.isArray(value);
        case 'object':
            return typeof value === 'object' && !Array.isArray(value);
        case 'text':
            return typeof value === 'string';
        default:
            return typeof value === type.split(' ')[0];
    }
}

test.each([
    ['check', ['check all.tsbtopo broken.tsbtopo --format json', `check ${resolve(root, 'examples')} --format json`]],
    [
        'simulate',
        [
            'east',
            'mgmt --for 4h',
            'zone:us/a --at 90m',
            'region:us --for 30m --at 10m',
            'mgmt.mp --given iam-signing-key --restart iam --at 90m --deploy shop',
            'postgres',
            'east.ingress --given west --scale cart --scale shop',
            'east --given central --given link:west/mgmt --fail shop@east --for 2h --at 1h',
            'east.istiod --at 1d',
            'link:west/mgmt --given dmz',
            'stripe',
            'solo',
        ]
            .map((failure) => `simulate all.tsbtopo --fail ${failure} --format json`)
            .concat('simulate broken.tsbtopo --fail west --format json')
            .concat('simulate waiting.tsbtopo --fail mgmt --promote dr --promote mgmt --at 30m --format json'),
    ],
    [
        'diff',
        [
            'diff all.tsbtopo less.tsbtopo --format json',
            'diff before.tsbtopo after.tsbtopo --format json',
            'diff less.tsbtopo all.tsbtopo --format json',
            'diff broken.tsbtopo all.tsbtopo --format json',
            'diff all.tsbtopo broken.tsbtopo --topology acme --format json',
            'diff several more --format json',
            'diff quick.tsbtopo slow.tsbtopo --format json',
        ],
    ],
    [
        'elements',
        [
            'elements all.tsbtopo --components --format json',
            'elements all.tsbtopo --limit 2 --format json',
            'elements broken.tsbtopo --format json',
        ],
    ],
    [
        'path',
        [
            'path all.tsbtopo --to shop.example.com --format json',
            'path all.tsbtopo --to solo --fail east --format json',
            'path broken.tsbtopo --to called --format json',
        ],
    ],
    ['import', ['import import --format json']],
    ['import-check', ['import import --check drifted.tsbtopo --format json']],
    [
        'matrix',
        [
            'matrix all.tsbtopo --format json',
            'matrix all.tsbtopo --declared --group kind --limit 3 --format json',
            'matrix broken.tsbtopo --format json',
            'matrix promised.tsbtopo --limit 1 --format json',
            `matrix ${resolve(root, 'examples')} --topology acme --format json`,
        ],
    ],
])('docs/json.md describes every field of %s, and no other', async (command, runs) => {
    const found = new Map<string, unknown[]>();
    const valid = new Ajv2020({ strict: false }).compile(
        JSON.parse(readFileSync(schemaFile(command), 'utf8')) as object,
    );
    for (const { out } of await Promise.all(runs.map((args) => run(args)))) {
        const output: unknown = JSON.parse(out);
        fieldsOf(output, '', found);
        expect(valid(output), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
    }
    const fields = documented(command);
    const names = fields.map(({ path }) => path);
    expect(new Set(names).size).toBe(names.length);
    const isItem = (path: string) =>
        /(\[\]|\.\*)$/.test(path) && [...found.keys()].some((other) => other.startsWith(`${path}.`));
    expect([...found.keys()].filter((path) => !isItem(path)).sort()).toEqual([...names].sort());
    for (const { path, type } of fields) {
        for (const value of found.get(path) ?? []) {
            expect(isOfType(value, type), `${path} is ${JSON.stringify(value)}, documented as ${type}`).toBe(true);
        }
    }
});

test('the examples of docs/json.md are what comes out (UPDATE_DOCS=1 writes them anew)', async () => {
    const example = async (args: string) => `\`\`\`json\n${(await run(args, root)).out.trim()}\n\`\`\``;
    const sections = {
        'check-example': await example('check examples/reference.tsbtopo --format json'),
        'elements-example': await example('elements examples/five-lines.tsbtopo --limit 2 --format json'),
        'matrix-example': await example('matrix examples/five-lines.tsbtopo --declared --limit 2 --format json'),
        'path-example': await example('path examples/acme --to payments --from west --format json'),
        'simulate-example': await example('simulate examples/five-lines.tsbtopo --fail east.istiod --format json'),
    };
    const written = readFileSync(page, 'utf8');
    const current = withSections(written, sections);
    if (process.env['UPDATE_DOCS']) writeFileSync(page, current);
    else expect(written).toBe(current);
    expect(sectionNames(written).sort()).toEqual(Object.keys(sections).sort());
});

describe('schemas', () => {
    test.each(['check', 'diff', 'elements', 'import', 'import-check', 'matrix', 'path', 'simulate'])(
        '%s says what docs/json.md says (UPDATE_DOCS=1)',
        (command) => {
            agrees(schemaFile(command), schemaOf(command, documented(command)));
        },
    );

    test('that of tsbtopo.json has every rule (UPDATE_DOCS=1)', () => {
        agrees(schemaFile('tsbtopo'), settingsSchema(diagnosticsPage));
        const valid = new Ajv2020().compile(settingsSchema(diagnosticsPage));
        expect(valid({ $schema: 'x', rules: { 'odd-host': 'off' } })).toBe(true);
        expect(valid({ rules: { 'odd-hots': 'off' } })).toBe(false);
        expect(valid({ rules: { 'odd-host': 'warn' } })).toBe(false);
        expect(valid({ rules: { syntax: 'off' } })).toBe(false);
    });

    test('every rule says what it is about', () => {
        const about = ruleCodes.map((code) => firstSentence(diagnosticsPage, code));
        for (const text of about) expect(text).toMatch(/^[A-Z`].{10,}[.?]$/);
        expect(new Set(about).size).toBe(about.length);
    });

    test.each(['check', 'diff', 'elements', 'import', 'import-check', 'matrix', 'path', 'simulate', 'tsbtopo'])(
        '%s has no link that leads nowhere',
        (name) => {
            expect(readFileSync(schemaFile(name), 'utf8')).not.toMatch(/\]\((?!https:)/);
        },
    );

    test('an output with another value is not valid', () => {
        const valid = new Ajv2020({ strict: false }).compile(schemaOf('check', documented('check')));
        expect(valid({ schemaVersion: 2, files: 1, accepted: 0, diagnostics: [] })).toBe(true);
        expect(valid({ schemaVersion: 1, files: 1, accepted: 0, diagnostics: [] })).toBe(false);
        expect(valid({ schemaVersion: 2, files: '1', accepted: 0, diagnostics: [] })).toBe(false);
        expect(valid({ schemaVersion: 2, files: 1, accepted: 0 })).toBe(false);
    });
});

function agrees(file: string, schema: object): void {
    const text = `${JSON.stringify(schema, undefined, 4)}\n`;
    if (process.env['UPDATE_DOCS']) writeFileSync(file, text);
    else expect(readFileSync(file, 'utf8')).toBe(text);
}
