import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProcess, root } from './in-process.js';

const sound = `topology demo
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
service shop on east, west`;

const closed = (homes: string) => `topology closed
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service checkout on ${homes} { exposed "shop.example.com"  requires payments }
service payments on east { failover east-west }
service web on west { calls checkout }`;

const shares = `topology shares
external service ns1
management cluster mgmt
workload cluster east { gateway ingress, east-west }
workload cluster west { gateway ingress, east-west }
workload cluster dmz
service shop on east, west { exposed "shop.example.com" { gslb by ns1 ttl 30s } }
service front on dmz { calls pay }
service pay on east, west { failover east-west  no outlier detection }
network { mgmt <-> east, west, dmz  dmz -> east, west }`;

const { run, path } = inProcess({
    'closed.tsbtopo': closed('east, west'),
    'unserved.tsbtopo': closed('west'),
    'shares.tsbtopo': shares,
    'outside.tsbtopo': `topology outside
        management cluster mgmt
        workload cluster dmz { gateway tier1 front  gateway egress exit }
        external service old-soap { exposed "soap.example.com" via front }`,
    'sound/demo.tsbtopo': sound,
    'risky.tsbtopo': sound
        .replace('demo', 'risky')
        .replace('postgres external { backup }', 'postgres external { no backup }'),
    'assumed.tsbtopo': sound.replace('elasticsearch internal direct', 'elasticsearch'),
    'broken.tsbtopo': `${sound}\nservice cart on wesst\nservice solo on east`,
    'estates/a.tsbtopo': sound.replace('demo', 'a'),
    'estates/b.tsbtopo': `${sound.replace('demo', 'b')}\nservice cart on wesst`,
    'headless/a.tsbtopo': sound,
    'headless/b.tsbtopo': 'topolgy demo\nservice cart on east { requires nothing }',
    'nobody.tsbtopo':
        'topology nobody\nmanagment cluster mgmt\nworkload cluster east\nservice shop on eest { exposed "a.b" }',
    // nothing is broken: the estate itself is
    'vain.tsbtopo': `${sound}\nservice cart on east { calls solo }\nservice solo on west`,
    'broken-calls.tsbtopo': `${sound}\nservice cart on wesst, east { calls shop }`,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`many/${at}.tsbtopo`, `topology t${at}`])),
    'two/a.tsbtopo': 'topology a\nmanagement cluster mgmt\nworkload cluster east',
    'two/deep/b.tsbtopo': 'topology b\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster west',
    'parts/clusters.tsbtopo': 'topology parts\nmanagement cluster mgmt\nworkload cluster east',
    'parts/services.tsbtopo': 'topology parts\nservice shop on east',
    'latin/a.tsbtopo': sound,
    'hidden/.git/x.tsbtopo': 'workload cluster x',
    'hidden/node_modules/p/x.tsbtopo': 'workload cluster x',
    'empty.tsbtopo': '',
    'remarks.tsbtopo': '// later\n',
    'notes.txt': 'topology demo',
    'web.tsbtopo': `topology web
region us
region eu
management cluster mgmt
workload cluster dmz in us { gateway tier1 front }
workload cluster east in us { gateway ingress, east-west gw }
workload cluster west in eu { gateway ingress, east-west gw2 }
service shop on east, west { exposed "shop.example.com" via front  calls cart }
service cart on east, west { failover east-west }
service lonely on east
service depot/stock on east
external service stripe`,
    'calls/demo.tsbtopo': sound.replace(
        'service shop on east, west',
        'service shop on east\nservice web on east { calls shop }',
    ),
    'folder.tsbtopo/inner.tsbtopo': sound,
});

describe('exit codes', () => {
    test.each([
        ['check sound', 0],
        ['check sound/demo.tsbtopo', 0],
        ['check empty.tsbtopo', 0],
        ['check broken.tsbtopo', 1],
        ['check risky.tsbtopo', 0],
        ['check risky.tsbtopo --fail-on warning', 1],
        ['check assumed.tsbtopo --fail-on warning', 0],
        ['check assumed.tsbtopo --fail-on info', 1],
        ['check sound --fail-on info', 0],
        ['check sound broken.tsbtopo', 1],
        ['check risky.tsbtopo --format json --fail-on warning', 1],
        ['simulate sound --fail mgmt', 0],
        ['simulate broken.tsbtopo --fail east', 2],
        ['elements broken.tsbtopo', 2],
        ['path broken-calls.tsbtopo --to shop', 2],
        ['simulate estates --topology a --fail east', 0],
        ['simulate estates --topology b --fail east', 2],
        ['elements vain.tsbtopo', 0],
        ['path web.tsbtopo --to shop.example.com', 0],
        ['path web.tsbtopo --to shop.example.com --fail east', 0],
        ['path web.tsbtopo --to shop.example.com --fail front', 1],
        ['path web.tsbtopo --to cart --from east --fail cart', 1],
        ['--version', 0],
        ['-v', 0],
        ['-V', 0],
        ['explain postgres-unprotected', 0],
        ['explain outlier detection', 0],
        ['completion bash', 0],
        ['--help', 0],
        ['simulate --help', 0],
    ])('%s: %i', async (args, exit) => {
        expect(await run(args)).toMatchObject({ exit });
    });

    test.each([
        ['', /Usage: tsbtopo/],
        ['destroy sound', /^tsbtopo: unknown command 'destroy'\nSee tsbtopo --help\.$/m],
        ['chek', /^tsbtopo: unknown command 'chek'\n\(Did you mean check\?\)$/m],
        ['explain', /^tsbtopo: missing required argument 'word'$/m],
        ['explain failovr', /^tsbtopo: Nothing here is called 'failovr'\. Did you mean failover\?$/m],
        ['explain postgres-unpro', /Did you mean postgres-unprotected\?/],
        ['explain xyzzy', /^tsbtopo: Nothing here is called 'xyzzy'\.$/m],
        ['completion powershell', /Allowed choices are bash, zsh, fish/],
        ['check nowhere', /^tsbtopo: There is no file or folder nowhere\.$/m],
        ['check sound nowhere', /There is no file or folder nowhere/],
        ['check hidden', /^tsbtopo: No \.tsbtopo file in hidden\.$/m],
        ['check notes.txt', /^tsbtopo: notes\.txt is not a \.tsbtopo file\.$/m],
        ['check sound --format xml', /Allowed choices are text, json/],
        ['check sound --fail-on sometimes', /Allowed choices are error, warning, info/],
        ['check sound --wrong', /^tsbtopo: unknown option '--wrong'\nSee tsbtopo check --help\.$/m],
        [
            'simulate sound',
            /^tsbtopo: Say what fails \(--fail ELEMENT\), what is down already \(--given ELEMENT\), what is restarted \(--restart ELEMENT\) or promoted \(--promote ELEMENT\), or which scenario of the files to run \(--scenario NAME\)\.$/m,
        ],
        ['simulate sound --fail', /argument missing/],
        ['simulate sound --fail mgmt --verbose --format json', /--verbose is for text: --format json has it all/],
        ['simulate sound --fail mgmt --format xml', /Allowed choices are text, json, markdown/],
        ['simulate nowhere --fail east', /There is no file or folder nowhere/],
        ['simulate sound --fail eest', /There is no element 'eest'\. Did you mean:\n {2}east/],
        ['simulate sound --fail zürich', /There is no element 'zürich'\.$/m],
        ['simulate sound --fail istiod', /'istiod' could be several elements:\n {2}east\.istiod\n {2}west\.istiod/],
        ['simulate sound --fail east --fail nix', /There is no element 'nix'/],
        ['simulate sound --fail east --for ever', /Say a duration such as 90s, 30m, 4h, 1h30m or 7d/],
        ['simulate sound --fail east --at -1h', /argument missing|Say a duration/],
        [
            'simulate sound --fail east --deploy west',
            /^tsbtopo: west is not a service: only services are deployed and scaled\.$/m,
        ],
        ['simulate sound --fail east --for 0s', /It has to last for some time, such as 90s or 4h/],
        ['simulate sound --given nix', /There is no element 'nix'/],
        [
            'simulate two --fail east',
            /There are several topologies here\. Choose one with --topology NAME, or .*:\n {2}a \(two\/a\.tsbtopo\)\n {2}b \(two\/deep\/b\.tsbtopo\)$/m,
        ],
        [
            'simulate two --fail east --topology c',
            /There is no topology 'c' here\. There is:\n {2}a \(two\/a\.tsbtopo\)\n {2}b \(/,
        ],
        ['simulate many --fail east', /\n {2}t0 \(many\/0\.tsbtopo\)\n(?: {2}t\d+ .*\n){9} {2}and 2 more$/m],
        ['simulate many --fail east --topology t11x', /There is no topology 't11x' here\. Did you mean:\n {2}t1/],
        ['path web.tsbtopo', /required option '--to <name>' not specified/],
        [
            'path web.tsbtopo --to nix',
            /There is no host or service 'nix'.* There is: shop\.example\.com, shop, cart, lonely, stock, stripe\.$/m,
        ],
        ['path web.tsbtopo --to Cart', /There is no host or service 'Cart'.* Did you mean cart\?$/m],
        ['path web.tsbtopo --to cart --from est', /There is no cluster 'est'\. Did you mean east or west\?$/m],
        ['path web.tsbtopo --to shop.example.com --from nix', /^tsbtopo: There is no cluster 'nix'\./m],
        [
            'path web.tsbtopo --to shop.example.com --from east',
            /shop\.example\.com is a host, which clients outside ask: .* --to shop\.$/m,
        ],
        ['path web.tsbtopo --to example', /There is: shop\.example\.com\.$/m],
        ['path web.tsbtopo --to cart --from nix', /There is no cluster 'nix'/],
        ['path web.tsbtopo --to cart --from dmz', /^tsbtopo: Nobody calls 'cart' from 'dmz'\.$/m],
        ['path web.tsbtopo --to lonely', /^tsbtopo: Nobody calls 'lonely'\.$/m],
        [
            'path web.tsbtopo --to shop --from east',
            /^tsbtopo: Nobody calls 'shop' from 'east'\. Clients come by its hosts: --to shop\.example\.com\.$/m,
        ],
        ['path web.tsbtopo --to cart --fail nix', /There is no element 'nix'/],
    ])('%s: 2, and says why', async (args, message) => {
        const { exit, out, err } = await run(args);
        expect({ exit, out }).toEqual({ exit: 2, out: '' });
        expect(err).toMatch(message);
        expect(err).not.toMatch(/ at .*:\d+:\d+/);
    });
});

describe('without a path', () => {
    test('the current folder is called so', async () => {
        expect((await run('check', path('hidden'))).err).toBe('tsbtopo: No .tsbtopo file in the current folder.\n');
    });

    test.each([
        ['check', 'No findings in 1 file\n'],
        ['simulate --fail east', 'topology demo'],
        ['path --to shop --from east', '✓ '],
        ['format --check', '1 file would change'],
    ])('%s reads the current folder', async (args, text) => {
        const folder = path(args.startsWith('path') ? 'calls' : 'sound');
        expect((await run(args, folder)).out).toContain(text);
    });
});

describe('check', () => {
    test('tells place, severity, message and code, and counts', async () => {
        expect((await run('check broken.tsbtopo risky.tsbtopo')).out.trim().split('\n')).toEqual([
            expect.stringMatching(/^broken\.tsbtopo:13:17 error .*wesst.*\[[a-z-]+\]$/),
            expect.stringMatching(/^risky\.tsbtopo:4:9 warning Postgres has neither .* \[postgres-unprotected\]$/),
            '1 error, 1 warning in 2 files',
        ]);
    });

    test('says so where there is nothing to say', async () => {
        expect((await run('check sound')).out).toBe('No findings in 1 file\n');
    });

    test('shows hints only when asked', async () => {
        expect((await run('check parts')).out).toMatch(/1 info, 3 hints in 2 files \(--hints shows the hints\)\n$/);
        expect((await run('check parts')).out).not.toContain('[postgres-protection-unsaid]');
        expect((await run('check parts --hints')).out).toContain('[postgres-protection-unsaid]');
        expect((await run('check parts --hints')).out).toMatch(/1 info, 3 hints in 2 files\n$/);
    });

    test('a severity has one word, in lines, sums, JSON and options', async () => {
        const { out } = await run('check assumed.tsbtopo');
        expect(out).toMatch(/^assumed\.tsbtopo:\d+:\d+ info .*\n1 info in 1 file/);
    });

    test('no findings is said of files that were read, and declare something', async () => {
        expect((await run('check empty.tsbtopo')).out).toBe('Nothing is declared yet in 1 file\n');
        expect((await run('check remarks.tsbtopo')).out).toBe('Nothing is declared yet in 1 file\n');
        expect((await run('elements empty.tsbtopo')).out).toBe('Nothing that can fail is declared yet.\n');
        writeFileSync(path('latin1.tsbtopo'), Buffer.from('region café', 'latin1'));
        expect(await run('check latin1.tsbtopo')).toMatchObject({ exit: 2, out: '1 file cannot be read\n' });
        expect((await run('check sound latin1.tsbtopo')).out).toBe('No findings in 1 file; 1 file cannot be read\n');
    });

    test('JSON carries all severities', async () => {
        const { diagnostics, files, schemaVersion } = JSON.parse((await run('check parts --format json')).out) as {
            schemaVersion: number;
            files: number;
            diagnostics: { file: string; severity: string; line: number }[];
        };
        expect({ files, schemaVersion }).toEqual({ files: 2, schemaVersion: 2 });
        expect(diagnostics.map(({ file, severity, line }) => `${file}:${line} ${severity}`).sort()).toEqual([
            'parts/clusters.tsbtopo:2 hint',
            'parts/clusters.tsbtopo:2 hint',
            'parts/clusters.tsbtopo:2 hint',
            'parts/clusters.tsbtopo:2 info',
        ]);
    });

    test('a file that is named twice is read once', async () => {
        expect((await run('check sound sound/demo.tsbtopo ./sound/../sound')).out).toBe('No findings in 1 file\n');
    });

    test('a folder may be called like a file', async () => {
        expect((await run('check folder.tsbtopo')).out).toBe('No findings in 1 file\n');
    });

    test('a file by itself does not know the other files of its folder', async () => {
        expect(await run('check parts/services.tsbtopo')).toMatchObject({
            exit: 1,
            out: expect.stringContaining('east') as string,
        });
        expect(await run('check parts/services.tsbtopo parts/clusters.tsbtopo')).toMatchObject({ exit: 0 });
    });

    test('the examples are sound', async () => {
        expect(await run('check examples', root)).toMatchObject({ exit: 0 });
    });
});

describe('explain', () => {
    const titles = async (asked: string) =>
        (await run(`explain ${asked}`)).out.split('\n').filter((line) => / {2}\([a-z ]+\)$/.test(line));

    test.each([
        ['spare', ['spare  (glossary)', '◌ spare  (who notices)']],
        ['single-homed-exposed-service', ['single-homed-exposed-service  (diagnostic)']],
        ['home', ['cluster of a service, home  (glossary)']],
        ['tier1', ['tier1, of gateway ROLE, ROLE NAME  (language)']],
        ['mp', ['management-plane  (component)']],
        ['✖', ['✖ down  (who notices)']],
        ['⚠', ['unaffected ✅, limited ⚠️, lost ❌  (glossary)', '⚠ degraded  (who notices)']],
        ['who notices', ['who notices  (who notices)']],
    ])('%s: each entry says of what kind it is', async (asked, expected) => {
        expect(await titles(asked)).toEqual(expected);
    });

    test('every kind of component is found by the last part of its name', async () => {
        expect(await titles('istiod')).toContain('istiod  (component)');
        expect(await titles('front-envoy')).toContain('front-envoy  (component)');
    });

    test('a source is named once', async () => {
        const { out } = await run('explain gslb');
        expect(out.match(/cluster-failover\.md/g)).toHaveLength(1);
    });
});

describe('simulate', () => {
    test('text: who is hurt, what gets worse, what to do first, and how to see more', async () => {
        const { out } = await run('simulate web.tsbtopo --fail east --fail mp');
        expect(out.split('\n').length).toBeLessThan(26);
        expect(out).toMatch(/^If east and the management plane fail {2}topology web\n[✖⚠◐] \S.*\n\nUsers\n {3}\S/u);
        expect(out).toMatch(/\nOperations\n {3}❌ lost: .*Management operations.*\n/);
        expect(out).toMatch(/\nTime\n {3}\S.*\n/);
        expect(out).toMatch(
            /\nFirst\n {3}Bring back first east \(for .*\), then the management plane \(for .*\)\.\n {3}east is down: /,
        );
        expect(out).toMatch(/\n\nMore: --verbose, or --format markdown for a runbook/);
        expect(out).not.toMatch(/[`*]/);
    });

    test('the command that it names says more of the same, pasted into a shell', async () => {
        const { out } = await run('simulate examples/acme --given west --fail us-east', root);
        const [, args] = / · tsbtopo (path .+)\n$/.exec(out)!;
        expect(args).toBe('path examples/acme --to shop.example.com --fail west --fail region:us-east');
        const path = await run(args!, root);
        expect(path).toMatchObject({ exit: 1, err: '' });
        expect(path.out).toContain('✗');
        expect((await run('simulate examples/acme --fail us-east --at 1h', root)).out).not.toContain('tsbtopo path');
    });

    test('verbose: the four operations, services, clusters, what stays up, the way back', async () => {
        const { out } = await run('simulate sound --fail mp --verbose');
        expect(out).toMatch(
            /^If the management plane fails {2}topology demo\n\n✅ Running workloads: unaffected\n {3}\S/,
        );
        expect(out).toMatch(/\n❌ Management operations: lost\n {3}TSB configuration can be neither changed nor read/);
        expect(out).toMatch(/\nClusters\n {3}east: configuration frozen\n {3}west: configuration frozen\n/);
        expect(out).toMatch(/\nRecovery\n {3}By itself: If the management plane comes back/);
        expect(out).toMatch(
            /\nRestoration \(lost for good\)\n {3}By hand: Rebuild .*\n {5}Done when .*\n {5}- ✓ the Postgres database/,
        );
        const web = (await run('simulate web.tsbtopo --fail east --verbose')).out;
        expect(web).toMatch(
            /\nServices\n {3}◌ shop: runs in 1 of 2 clusters: west, if all clusters reach each other \(assumed\)\n/,
        );
        expect(web).toMatch(/\nStays up\n {3}shop thanks to west\n {3}cart thanks to west\n/);
    });

    test.each([
        ['--fail east --fail mp', 'If east and the management plane fail '],
        ['--fail east', 'If east fails '],
        ['--fail east --fail east', 'If east fails '],
        ['--fail link:mgmt/east', 'If the link between east and mgmt fails '],
    ])('%s: %s', async (args, title) => {
        expect((await run(`simulate sound ${args}`)).out).toContain(title);
    });

    test('JSON is a report', async () => {
        const report = JSON.parse((await run('simulate sound --fail east --format json')).out) as Record<
            string,
            unknown
        >;
        expect(report).toMatchObject({
            schemaVersion: 5,
            topology: 'demo',
            failures: [{ element: 'east', kind: 'workload-cluster' }],
            operations: { runningWorkloads: { severity: 'limited' }, managementOperations: { severity: 'unaffected' } },
        });
    });

    test('JSON has further failures that take more now, or all', async () => {
        const next = async (option: string) =>
            JSON.parse((await run(`simulate sound --fail east --format json ${option}`)).out) as {
                nextAre: string;
                next: { onlyNow: unknown[] }[];
            };
        const [worse, all] = [await next(''), await next('--all-next')];
        expect([worse.nextAre, all.nextAre]).toEqual(['worse-now', 'all']);
        expect(worse.next).toEqual(all.next.filter(({ onlyNow }) => onlyNow.length > 0));
        expect(all.next.length).toBeGreaterThan(worse.next.length);
        expect((await run('simulate sound --fail east --all-next')).err).toContain('--all-next is for --format json');
    });

    test.each([
        ['--fail east --for 2h --at 90m', /^If east fails, after 1 h 30 min /],
        ['--fail east --at 24h --verbose', /\nTimeline\n {3}at once: east fails\./],
        ['--fail mp', /\nTime\n {3}No worse for 1 h; then the agent tokens of east and west have run out \(inferred\)/],
        ['--fail east --for 1h --at 2h', /\n\neast is back since 1 h; --at 0s shows the failure\.\n/],
        ['--restart west', /\n✓ nobody notices\n\nwest is up again after the restart\.\n/],
        [
            '--fail east.istiod --verbose',
            /\nWhat can still be done\n(?: {3}.*\n)* {3}✅ As usual on west: deploy, .*\.\n/,
        ],
        ['--restart east', /^If east restarts /],
        [
            '--given west --fail east',
            /^If east fails while west is down .*\n✖ .*\n\n✖ No\. Users would notice: shop down\.\n {3}Also: .* lost\.\n {3}Only because west is down already\.\n\n/,
        ],
        [
            '--given east --fail mgmt',
            /\n⚙ Yes, if operators can wait\. .*\n {3}It would do the same with all else up\.\n/,
        ],
        ['--given west --restart east', /\n✓ Yes\. It takes nothing more than is down already\.\n\n/],
        [
            '--given east.istiod --deploy shop',
            /^If nothing else fails while istiod of east is down .*\n.*\n\nDeploy a new version: shop\n {3}❌ on east: no pod starts.*\n {3}✅ on west\n/,
        ],
        ['--fail mp --scale shop', /\nScale out: shop\n {3}⚠️ on east: may run partially configured/],
    ])('%s', async (args, pattern) => {
        expect((await run(`simulate sound ${args}`)).out).toMatch(pattern);
    });

    test('what is only together, and what is not', async () => {
        expect((await run('simulate web.tsbtopo --given west --fail east')).out).toMatch(
            /\n✖ No\. Users would notice: shop\.example\.com, shop and 3 more down\.\n( {3}Also: .*\n)? {3}Of that only because west is down already: shop\.example\.com, shop and cart down/,
        );
    });

    test('only what is asked is answered: a deployment is no change of what is down', async () => {
        expect((await run('simulate sound --given mgmt --deploy shop')).out).not.toContain('It takes');
    });

    test('Markdown is the runbook', async () => {
        expect((await run('simulate sound --fail east --format markdown')).out).toMatch(
            /^# If `east` fails\n\nAt once: /,
        );
    });

    test('of several topologies, the one that is named', async () => {
        expect((await run('simulate two --fail west --topology b')).out).toContain('topology b');
        expect((await run('simulate two/a.tsbtopo --fail east')).out).toContain('topology a');
    });

    test('an estate over several files', async () => {
        expect((await run('simulate parts --fail east')).out).toContain('✖ down: service shop');
    });

    test('a file with errors is simulated without what is broken', async () => {
        const { out } = await run('simulate broken.tsbtopo --fail east --format json');
        const { services } = JSON.parse(out) as { services: { name: string; severity: string }[] };
        expect(services.find(({ name }) => name === 'solo')).toMatchObject({ severity: 'total' });
    });
});

describe('errors in the files', () => {
    const warning = 'This may be incomplete: 1 error in the files.';

    test.each([
        ['simulate broken.tsbtopo --fail mgmt', /\n\nIf mgmt fails .*\n[^\n]*, as far as the files can be read\n/],
        ['simulate broken.tsbtopo --fail mgmt --verbose', /\n\nIf mgmt fails /],
        ['elements broken.tsbtopo', /\n\n✖ /],
        ['path broken-calls.tsbtopo --to shop', /✓ east calls shop/],
    ])('stands above the answer of %s', async (args, answer) => {
        const { out } = await run(args);
        expect(out.startsWith(`${warning}\n   ${args.split(' ')[1]}:13:17 There is no cluster \`wesst\`.`)).toBe(true);
        expect(out).toMatch(answer);
    });

    test('stands below the title of a runbook', async () => {
        const { out } = await run('simulate broken.tsbtopo --fail mgmt --format markdown');
        expect(out).toMatch(
            /^# If .*\n\n> \*\*This may be incomplete: .*\*\*\n>\n> - `broken\.tsbtopo:13:17`: There is /,
        );
    });

    test.each(['simulate broken.tsbtopo --fail east', 'elements broken.tsbtopo'])(
        'is listed by %s as JSON',
        async (args) => {
            const { errors } = JSON.parse((await run(`${args} --format json`)).out) as { errors: unknown[] };
            expect(errors).toEqual([
                {
                    file: 'broken.tsbtopo',
                    line: 13,
                    column: 17,
                    code: 'unknown-cluster',
                    message: expect.stringContaining('wesst') as string,
                },
            ]);
        },
    );

    test('nothing is told where nothing is broken, and where it is broken in another topology', async () => {
        expect((await run('simulate sound --fail east')).out).not.toContain('incomplete');
        expect((await run('simulate estates --topology a --fail east')).out).not.toContain('incomplete');
        expect((await run('simulate estates --topology b --fail east')).out).toContain('incomplete');
    });

    test('a header that cannot be read hides nothing', async () => {
        expect((await run('simulate headless --fail east')).out).toContain('headless/b.tsbtopo:1:1');
    });

    test('a whole file that cannot be read', async () => {
        writeFileSync(path('latin/b.tsbtopo'), Buffer.from('service café on east', 'latin1'));
        const { exit, out } = await run('simulate latin --fail east --format json');
        expect(JSON.parse(out)).toMatchObject({
            errors: [{ file: 'latin/b.tsbtopo', line: null, code: null }],
        });
        expect(exit).toBe(2);
    });

    test('that nothing can be judged is no answer of its own', async () => {
        expect((await run('simulate nobody.tsbtopo --fail east')).out).toContain('has no management cluster');
    });
});

describe('elements', () => {
    test('the gravest first, with sign and words', async () => {
        const { out } = await run('elements web.tsbtopo --limit 3');
        const lines = out.trim().split('\n');
        expect(lines).toHaveLength(4);
        expect(lines[0]).toMatch(/^✖ (dmz|region:us) .*shop\.example\.com down/);
        expect(lines[3]).toMatch(/^\d+ more elements \(--limit 0 for all\)$/);
    });

    test('JSON has all of them, by gravity; components if asked', async () => {
        const names = async (args: string) => {
            const { elements, inAll } = JSON.parse((await run(`elements sound ${args} --format json`)).out) as {
                inAll: number;
                elements: { element: string; gravity: string; worseFrom: number | null }[];
            };
            expect(elements).toHaveLength(inAll);
            const order = ['down', 'degraded', 'failover', 'operators', 'spare', 'none'];
            const places = elements.map(({ gravity }) => order.indexOf(gravity));
            expect(places).toEqual([...places].sort());
            return elements.map(({ element }) => element);
        };
        expect(await names('')).toContain('east');
        expect(await names('')).not.toContain('east.istiod');
        expect(await names('--components')).toContain('east.istiod');
    });
});

describe('path', () => {
    test('a service may be named as the file names it, with the namespace that need not be said', async () => {
        const named = await run('simulate web.tsbtopo --fail depot/stock@east --format json');
        expect(JSON.parse(named.out)).toMatchObject({ failures: [{ element: 'stock@east' }] });
        const path = async (to: string) => (await run(`path web.tsbtopo --to ${to} --fail east`)).out;
        expect(await path('default/cart')).toBe(await path('cart'));
    });

    test('is a tree of hops: taken, spare, dead', async () => {
        expect((await run('path web.tsbtopo --to shop.example.com')).out.trim().split('\n')).toEqual([
            '✓ shop.example.com',
            '└─ ✓ gateway dmz.front (tier1)',
            '   ├─ ✓ network dmz → east',
            '   │  └─ ✓ gateway east.gw (ingress, east-west)',
            '   │     └─ ✓ shop@east',
            '   └─ ✓ network dmz → west, spare',
            '      └─ ✓ gateway west.gw2 (ingress, east-west), spare',
            '         └─ ✓ shop@west, spare',
        ]);
        expect((await run('path web.tsbtopo --to cart --from east --fail cart@east')).out.trim().split('\n')).toEqual([
            '✓ east calls cart',
            '├─ ✗ cart@east',
            '└─ ✓ network east → west',
            '   └─ ✓ gateway west.gw2 (ingress, east-west)',
            '      └─ ✓ cart@west',
        ]);
    });

    test('to an external service, by the hosts that lead to it', async () => {
        const { out } = await run('path outside.tsbtopo --to old-soap --fail dmz.exit');
        const ways = out.split('\n');
        // what clients of the host come by at the end is no call
        expect(out).not.toContain('calls');
        expect(ways.slice(0, 4)).toEqual([
            '✗ soap.example.com',
            '└─ ✓ gateway dmz.front (tier1)',
            '   └─ ✗ gateway dmz.exit (egress)',
            '      └─ ✓ old-soap (outside the mesh)',
        ]);
    });

    test('a way that loses a share of the requests holds, and has no tick', async () => {
        const half = await run('path shares.tsbtopo --to shop.example.com --fail ns1 --fail east');
        expect(half.exit).toBe(1);
        expect(half.out.split('\n')[0]).toBe('⚠ shop.example.com, 50 % of the requests are lost');
        const asJson = await run('path shares.tsbtopo --to shop.example.com --fail ns1 --fail east --format json');
        expect(JSON.parse(asJson.out)).toMatchObject({ paths: [{ alive: true, lostShare: 0.5 }] });
        const called = await run('path shares.tsbtopo --to pay --from dmz --fail west');
        expect(called).toMatchObject({ exit: 1 });
        expect(called.out.split('\n')[0]).toBe('⚠ dmz calls pay, 50 % of the requests are lost');
        expect(await run('path shares.tsbtopo --to shop.example.com --fail ns1')).toMatchObject({ exit: 0 });
    });

    test('a caller that gets nowhere even in health is broken, and says why', async () => {
        const closed = '✗ west calls payments, in vain even in health: east has no east-west gateway';
        expect(await run('path closed.tsbtopo --to payments --from west')).toMatchObject({
            exit: 1,
            out: `${closed}\n`,
        });
        const { exit, out } = await run('path closed.tsbtopo --to payments');
        expect(exit).toBe(1);
        expect(out).toBe(`✓ east calls payments\n└─ ✓ payments@east\n\n${closed}\n`);
    });

    test('so is a gateway that leads to nobody, and a host that nobody serves', async () => {
        const west =
            '─ ✗ gateway west.ingress (ingress), leads to nobody even in health: checkout@west cannot serve without payments';
        const half = await run('path closed.tsbtopo --to shop.example.com');
        expect(half).toMatchObject({ exit: 0, err: '' });
        expect(half.out).toContain(`\n└${west}\n`);
        expect(await run('path unserved.tsbtopo --to shop.example.com')).toMatchObject({
            exit: 1,
            out: `✗ shop.example.com, not served even in health\n└${west}\n`,
        });
    });

    test('what is reached, and does not serve itself, says what it misses', async () => {
        expect((await run('path unserved.tsbtopo --to checkout --from west')).out).toBe(
            '✗ west calls checkout, in vain even in health: checkout@west cannot serve without payments\n',
        );
    });

    test('without a caller: every one', async () => {
        const { out } = await run('path web.tsbtopo --to cart');
        expect(out.match(/calls cart/g)).toHaveLength(2);
    });
});
