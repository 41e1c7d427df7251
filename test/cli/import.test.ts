import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProcess } from './in-process.js';

const cluster = 'apiVersion: api.tsb.tetrate.io/v2\nkind: Cluster\nmetadata: { organization: acme, name: east }\n';
const gateway =
    'apiVersion: install.tetrate.io/v1alpha1\nkind: IngressGateway\nmetadata: { name: gw, namespace: shop }\n';

const { run, path } = inProcess({
    'tsb/clusters.yaml': cluster,
    'tsb/template.yaml': cluster.replace('east', '"$NAME"'),
    'tsb/chart.yml.tmpl': cluster.replace('east', '"{{ .Values.name }}"'),
    'tsb/.hidden.yaml': cluster.replace('east', 'hidden'),
    'tsb/notes.txt': 'not for us',
    'gitops/gw.yaml': gateway,
    'broken/a.yaml': `${cluster}---\napiVersion: v1\nkind: Service\nmetadata: [\n`,
    'prod.env': '# values\nexport NAME="west"\n',
    'values.yaml': 'name: north\n',
    'odd.yaml': '{',
    'mine.import.tsbtopo': 'topology mine\n',
});

describe('tsbtopo import', () => {
    test('writes the text on standard output, and the report beside it', async () => {
        const { exit, out, err } = await run('import tsb');
        expect(exit).toBe(0);
        expect(out).toMatch(/^\/\/ Written by tsbtopo import \([0-9a-f]{16}\)\. .*\ntopology acme\n/);
        expect(out).toContain('workload cluster east // tsb/clusters.yaml:1\n');
        expect(out).not.toContain('hidden');
        expect(err).toContain('3 objects read, 3 of them used: Cluster 3');
    });

    test('fills in what files say of placeholders', async () => {
        const { out } = await run('import tsb --env prod.env --values values.yaml --no-sources');
        expect(out).toContain('\nworkload cluster east\nworkload cluster north\nworkload cluster west\n');
    });

    test('takes the cluster of a file or a folder from the command line', async () => {
        expect((await run('import gitops --cluster east=gitops --no-sources')).out).toContain(
            'workload cluster east {\n    gateway ingress gw\n}',
        );
        expect((await run('import gitops')).out).toContain('workload cluster gitops {');
    });

    test('writes a file, writes it anew, and not over what somebody has changed', async () => {
        const first = await run('import tsb -o .');
        expect(first.exit).toBe(0);
        expect(first.out).toContain('Written: acme.import.tsbtopo');
        const text = readFileSync(path('acme.import.tsbtopo'), 'utf8');
        expect((await run('import tsb gitops -o acme.import.tsbtopo')).exit).toBe(0);
        expect(readFileSync(path('acme.import.tsbtopo'), 'utf8')).not.toBe(text);
        expect((await run('import tsb -o acme.import.tsbtopo')).exit).toBe(0);
        expect(readFileSync(path('acme.import.tsbtopo'), 'utf8')).toBe(text);
        expect((await run('check acme.import.tsbtopo')).exit).toBe(0);
        expect((await run('format --check acme.import.tsbtopo')).exit).toBe(0);
        writeFileSync(path('acme.import.tsbtopo'), `${text}service mine\n`);
        const refused = await run('import tsb -o acme.import.tsbtopo');
        expect(refused.exit).toBe(2);
        expect(refused.err).toContain('has been changed since it was written');
    });

    test('ends with 1 where something was not understood', async () => {
        const { exit, err } = await run('import broken');
        expect(exit).toBe(1);
        expect(err).toMatch(/Not understood:\n {2}broken\/a\.yaml:\d+: /);
    });

    test('prints how to make dumps', async () => {
        const { exit, out, err } = await run('import --how');
        expect({ exit, err }).toEqual({ exit: 0, err: '' });
        expect(out).toContain('istio_requests_total');
        expect(out).not.toMatch(/\bsecrets?\b(?!.*(asked|read))/);
    });

    test('follows no link', async () => {
        mkdirSync(path('links'));
        symlinkSync('../tsb/clusters.yaml', path('links/a.yaml'));
        const { exit, err } = await run('import links');
        expect({ exit, err }).toEqual({ exit: 2, err: 'tsbtopo: No YAML or JSON in links.\n' });
    });

    describe('--check', () => {
        const estate = 'topology acme\nmanagement cluster m\nworkload cluster east { gateway ingress gw }\n';

        test('tells nothing of what was just written', async () => {
            expect((await run('import tsb gitops --env prod.env -o fresh/')).exit).toBe(2);
            for (const folder of ['fresh', 'odd']) mkdirSync(path(folder));
            expect((await run('import tsb gitops --env prod.env -o fresh')).exit).toBe(0);
            expect(await run('import tsb gitops --env prod.env --check fresh')).toEqual({
                ...{ exit: 0, err: '' },
                out: 'No differences between 4 objects and 1 file\n',
            });
        });

        test('tells what differs, and where, in each format', async () => {
            mkdirSync(path('drifted'));
            writeFileSync(path('drifted/acme.tsbtopo'), `${estate}workload cluster north\n`);
            const check = 'import tsb gitops --cluster east=gitops --env prod.env --check drifted';
            const { exit, out } = await run(check);
            expect({ exit, out }).toEqual({
                exit: 1,
                out: [
                    'drifted/acme.tsbtopo:1:1 + workload cluster west',
                    'drifted/acme.tsbtopo:4:18 - workload cluster north',
                    '2 differences between 4 objects and 1 file',
                    '',
                ].join('\n'),
            });
            const github = await run(`${check} --format github`);
            expect(github.exit).toBe(1);
            expect(github.out).toContain(
                '::notice file=drifted/acme.tsbtopo,line=4,endLine=4,col=18,endColumn=23,title=drift::',
            );
            const sarif = JSON.parse((await run(`${check} --format sarif`)).out) as {
                runs: { results: { ruleId: string; message: { text: string } }[] }[];
            };
            expect(sarif.runs[0]!.results.map(({ message }) => message.text)).toEqual([
                'The estate has `workload cluster west`, and no file says so.',
                '`workload cluster north` is no longer in the estate.',
            ]);
            const ignored = await run(`${check} --ignore *cluster*nor* --ignore *west`);
            expect(ignored.exit).toBe(0);
            writeFileSync(path('drifted/tsbtopo.json'), '{ "ignoreDrift": ["workload cluster *"] }');
            expect((await run(check)).exit).toBe(0);
        });

        test('ends with 2 where nobody can tell', async () => {
            writeFileSync(path('odd/acme.tsbtopo'), `${estate}service shop on nowhere\n`);
            const broken = await run('import tsb --check odd');
            expect(broken.exit).toBe(2);
            expect(broken.err).toContain('odd/acme.tsbtopo:4:17 ');
            expect((await run('import tsb --check nowhere')).exit).toBe(2);
            expect((await run('import values.yaml --check odd')).err).toContain('nothing to compare');
            expect((await run('import tsb --check odd --topology other')).err).toContain(
                "There is no topology 'other' here",
            );
        });
    });

    test.each([
        ['import', 'Say what to import'],
        ['import nowhere', 'There is no file or folder nowhere.'],
        ['import tsb -o acme.tsbtopo', 'its name ends in .import.tsbtopo: acme.import.tsbtopo'],
        ['import tsb -o mine.import.tsbtopo', 'has been changed'],
        ['import tsb -o nowhere/a.import.tsbtopo', 'cannot be written'],
        ['import tsb --cluster east', 'say --cluster NAME=FILE'],
        ['import tsb --cluster east=gitops/gw.yaml', 'gitops/gw.yaml is none of the sources'],
        ['import tsb --env nowhere.env', 'nowhere.env cannot be read'],
        ['import tsb --values odd.yaml', 'odd.yaml is no YAML'],
        ['import tsb --format yaml', 'Allowed choices are text, json, github, sarif.'],
        ['import tsb --format sarif', '--format sarif is for --check.'],
        ['import tsb --ignore x', '--ignore is for --check.'],
        ['import tsb --check . -o a.import.tsbtopo', 'takes no --output'],
    ])('%s is refused', async (args, says) => {
        const { exit, out, err } = await run(args);
        expect({ exit, out }).toEqual({ exit: 2, out: '' });
        expect(err).toContain(says);
        expect(existsSync(path('nowhere'))).toBe(false);
    });
});
