import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { inProcess, root } from './in-process.js';

const risky = `topology demo
management cluster mgmt { management plane { postgres external { no backup } } }
workload cluster east { gateway ingress }
workload cluster "e & <a>" { gateway ingress }
service shop on east { exposed "shop.example.com"  calls nobody }
service cart on "e & <a>" { exposed "cart.example.com" }
`;

const sound = `topology sound
management cluster mgmt {
    management plane {
        postgres external { backup }
        elasticsearch internal direct { backup }
        iam-signing-key { backup }
        root-ca { backup }
    }
}
workload cluster east
workload cluster west
service shop on east, west
`;

const promising = `topology promising
management cluster mgmt { management plane { postgres } }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east { exposed "shop.example.com"  accept single-homed-exposed-service because "a second home is ordered" }
scenario "east <is> away" { fail east  expect shop unaffected }
objective shop survives any cluster failure { accept east because "the same" }
`;

const { run, path } = inProcess({
    'risky.tsbtopo': risky,
    'sound.tsbtopo': sound,
    'links.tsbtopo': risky.replace('calls nobody', 'calls "[l](https://evil.example)"'),
    'promising.tsbtopo': promising,
    'other.tsbtopo': promising.replaceAll('promising', 'other').replace(/^scenario.*/m, ''),
    'policy/policy.tsbtopo': 'objective every service survives any cluster failure\n',
    'latin.tsbtopo': '',
    'odd, 100%/a:b.tsbtopo': risky.replace('demo', 'odd'),
    'out/calls.tsbtopo': risky.replace('demo', 'calls'),
});

interface Sarif {
    readonly runs: readonly [
        {
            readonly tool: { readonly driver: { readonly rules: readonly { id: string; help: { text: string } }[] } };
            readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
            readonly results: readonly {
                readonly ruleId: string;
                readonly ruleIndex: number;
                readonly level: string;
                readonly locations: readonly [
                    { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } },
                ];
                readonly partialFingerprints: Readonly<Record<string, string>>;
            }[];
        },
    ];
}

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, 'sarif.schema.json'), 'utf8')) as object;
const isValid = new Ajv2020().compile(schema);

async function sarif(args: string, cwd?: string) {
    const { out, exit } = await run(`check ${args} --format sarif`, cwd);
    const log = JSON.parse(out) as Sarif;
    expect(isValid(log), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true);
    return { log, exit, first: log.runs[0] };
}

describe('sarif', () => {
    test.each(['risky.tsbtopo', 'sound.tsbtopo', 'risky.tsbtopo --hints', '.', resolve(root, 'examples')])(
        '%s is as SARIF 2.1.0 asks for',
        async (args) => {
            const { first } = await sarif(args);
            for (const { ruleId, ruleIndex } of first.results)
                expect(first.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
        },
    );

    test('another shape would be seen', async () => {
        const { log } = await sarif('risky.tsbtopo');
        const [only] = log.runs;
        expect(isValid({ ...log, version: '2.0.0' })).toBe(false);
        expect(isValid({ ...log, runs: [{ ...only, tool: {} }] })).toBe(false);
        expect(isValid({ ...log, runs: [{ ...only, results: [{ ...only.results[0], level: 'info' }] }] })).toBe(false);
        expect(isValid({ ...log, runs: [{ ...only, more: 1 }] })).toBe(false);
    });

    test('levels, places and the sections of the documentation', async () => {
        const { first, exit } = await sarif('risky.tsbtopo');
        expect(exit).toBe(1);
        const levelOf = (code: string) => first.results.find(({ ruleId }) => ruleId === code)?.level;
        expect(levelOf('unknown-service')).toBe('error');
        expect(levelOf('postgres-unprotected')).toBe('warning');
        expect(levelOf('telemetry-path-assumed')).toBe('note');
        const [unknown] = first.results.filter(({ ruleId }) => ruleId === 'unknown-service');
        expect(unknown!.locations[0].physicalLocation).toMatchObject({
            artifactLocation: { uri: 'risky.tsbtopo', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 58, endLine: 5, endColumn: 64 },
        });
        const { help } = first.tool.driver.rules.find(({ id }) => id === 'postgres-unprotected')!;
        expect(help.text).toMatch(/^Warning\. .*Postgres/s);
        expect(help.text).not.toMatch(/\]\(|<!--/);
    });

    test('a name in a message is no link', async () => {
        const { log } = await sarif('links.tsbtopo');
        expect(JSON.stringify(log)).toContain('[l] (https://evil.example)');
    });

    test('hints are there when they are asked for', async () => {
        const plain = await sarif('risky.tsbtopo');
        const all = await sarif('risky.tsbtopo --hints');
        expect(all.first.results.length).toBeGreaterThan(plain.first.results.length);
    });

    test('a file that cannot be read is told, and the run did not succeed', async () => {
        writeFileSync(path('latin.tsbtopo'), Buffer.from('topology \xe4', 'latin1'));
        const { first, exit } = await sarif('risky.tsbtopo latin.tsbtopo');
        expect(exit).toBe(2);
        expect(first.invocations[0].executionSuccessful).toBe(false);
    });

    test('a path is an address, inside and outside of the current folder', async () => {
        const { first } = await sarif('.', path('odd, 100%'));
        expect(first.results[0]!.locations[0].physicalLocation.artifactLocation.uri).toBe('a%3Ab.tsbtopo');
        const outside = await sarif('../risky.tsbtopo', path('out'));
        expect(outside.first.results[0]!.locations[0].physicalLocation.artifactLocation.uri).toMatch(
            /^file:\/\/\/.*\/risky\.tsbtopo$/,
        );
    });

    test('a problem is recognized when its line moves, and others are told apart', async () => {
        const prints = async () =>
            (await sarif('out/calls.tsbtopo')).first.results.map(({ ruleId, partialFingerprints }) => [
                ruleId,
                partialFingerprints['primaryLocationLineHash'],
            ]);
        const before = await prints();
        writeFileSync(path('out/calls.tsbtopo'), `// moved\n\n${risky.replace('demo', 'calls')}`);
        expect(await prints()).toEqual(before);
        expect(new Set(before.map(([, print]) => print)).size).toBe(before.length);
        writeFileSync(path('out/calls.tsbtopo'), risky.replace('demo', 'calls').replaceAll('nobody', 'somebody'));
        expect(await prints()).not.toEqual(before);
    });
});

describe('junit', () => {
    test('what fails the check is a failure, the rest is output', async () => {
        const { out, exit } = await run('check risky.tsbtopo sound.tsbtopo --format junit');
        expect(exit).toBe(1);
        expect(out).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/);
        expect(out).toContain('<testsuites name="tsbtopo check" tests="2" failures="1" errors="0">');
        expect(out).toContain('<testsuite name="risky.tsbtopo" tests="1" failures="1" errors="0">');
        expect(out).toMatch(/<failure type="unknown-service" message="[^"]*nobody/);
        expect(out).toMatch(/<system-out>[^<]*\[postgres-unprotected\]/);
        expect(out).toContain('<testsuite name="sound.tsbtopo" tests="1" failures="0" errors="0">');
        expect(out).toContain('<testcase classname="sound.tsbtopo" name="tsbtopo check"/>');
    });

    test('--fail-on decides, and names are text', async () => {
        const { out } = await run('check risky.tsbtopo --format junit --fail-on warning');
        expect(out).toMatch(/<failure type="single-homed-exposed-service" message="[^"]*&#39;e &amp; &lt;a&gt;&#39;/);
    });

    test('a file that cannot be read is an error', async () => {
        writeFileSync(path('latin.tsbtopo'), Buffer.from('topology \xe4', 'latin1'));
        const { out, exit } = await run('check sound.tsbtopo latin.tsbtopo --format junit');
        expect(exit).toBe(2);
        expect(out).toContain('<testsuite name="latin.tsbtopo" tests="1" failures="0" errors="1">');
    });
});

describe('github', () => {
    test('a command for each problem', async () => {
        const { out } = await run('check risky.tsbtopo --format github');
        expect(out).toMatch(
            /^::error file=risky\.tsbtopo,line=5,endLine=5,col=58,endColumn=64,title=unknown-service::.*nobody/m,
        );
        expect(out).toMatch(/^::warning file=risky\.tsbtopo,line=2,.*title=postgres-unprotected::/m);
        expect(out).toMatch(/\n1 error, .* in 1 file\n$/);
    });

    test('the path of a file ends no property', async () => {
        const { out } = await run('check . --format github', path('.'));
        expect(out).toMatch(/^::error file=odd%2C 100%25\/a%3Ab\.tsbtopo,line=5,/m);
    });
});

test('markdown: the sum, and the gravest first', async () => {
    const { out } = await run('check risky.tsbtopo --format markdown --fail-on warning');
    const rows = out.split('\n').filter((line) => line.startsWith('| '));
    expect(out).toMatch(/^\*\*1 error, .* in 1 file\*\*\n/);
    expect(rows[1]).toMatch(/^\| error \| `risky\.tsbtopo:5` \| .* `unknown-service` \|$/);
    expect(out).toContain('The check fails from warning on.');
});

test.each([
    ['sound.tsbtopo', 'hint', 0],
    ['risky.tsbtopo', 'never', 0],
    ['risky.tsbtopo', 'hint', 1],
])('check %s --fail-on %s ends with %i', async (file, limit, exit) => {
    for (const format of ['text', 'json', 'sarif', 'junit', 'github', 'markdown']) {
        expect(await run(`check ${file} --fail-on ${limit} --format ${format}`)).toMatchObject({ exit, err: '' });
    }
});

describe('promises', () => {
    test.each([
        [
            'text',
            /^promising\.tsbtopo:6:\d+ error Expected: shop unaffected\. Found: lost\..* \[expectation-failed\]$/m,
        ],
        ['json', /"severity": "error",\n\s*"code": "expectation-failed"/],
        ['sarif', /"ruleId": "expectation-failed",\n\s*"ruleIndex": \d+,\n\s*"level": "error"/],
        ['junit', /<testcase classname="promising\.tsbtopo" name="expectation-failed, line 6">/],
        ['github', /^::error file=promising\.tsbtopo,line=6,.*title=expectation-failed::Expected: shop unaffected/m],
        ['markdown', /^\| error \| `promising\.tsbtopo:6` \| Expected: shop unaffected\..* `expectation-failed` \|$/m],
    ])('one that is broken is an error as %s', async (format, expected) => {
        const { out, exit } = await run(`check promising.tsbtopo --format ${format}`);
        expect(exit).toBe(1);
        expect(out).toMatch(expected);
    });

    test.each(['text', 'junit', 'github', 'markdown'])(
        'the risks that somebody takes are counted as %s',
        async (format) => {
            expect((await run(`check promising.tsbtopo --format ${format}`)).out).toContain(
                'in 1 file; 2 risks accepted',
            );
            expect((await run(`check sound.tsbtopo --format ${format}`)).out).not.toContain('accepted');
        },
    );

    test('as JSON they are counted and marked', async () => {
        const { accepted, diagnostics } = JSON.parse((await run('check promising.tsbtopo --format json')).out) as {
            accepted: number;
            diagnostics: { code: string; severity: string; accepted: boolean }[];
        };
        expect(accepted).toBe(2);
        expect(diagnostics.filter((each) => each.accepted).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
            'hint single-homed-exposed-service',
            'hint accepted-failure',
        ]);
    });

    test('rules of a file hold for each of several topologies, and say for which they are broken', async () => {
        const { out, exit } = await run(
            'check promising.tsbtopo other.tsbtopo sound.tsbtopo --with policy/policy.tsbtopo',
        );
        expect(exit).toBe(1);
        const broken = out.split('\n').filter((line) => line.startsWith('policy/policy.tsbtopo'));
        expect(broken.map((line) => /error (\w+): shop does not survive the failure of east/.exec(line)?.[1])).toEqual([
            'other',
            'promising',
        ]);
    });
});
