import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, test } from 'vitest';
import type { TsbtopoAstType } from '../../server/language/generated/ast.js';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { problemsIn } from '../../server/estate/problem.js';
import { estate } from '../fixture.js';
import { problems, textOf } from './tell.js';

const around =
    'region us { zones a, b }\nregion eu\nworkload cluster e in us\nworkload cluster w in eu { gateway vm vms gateway tier1 front }\n';

describe('what is declared twice', () => {
    test.each([
        ['region us', 'duplicate-declaration «us» The region `us` is already declared.'],
        ['region r { zones x, y, x }', 'duplicate-declaration «x» The zone `x` is already listed.'],
        ['workload cluster e', 'duplicate-declaration «e» The cluster `e` is already declared.'],
        ['management cluster e', 'duplicate-declaration «e» The cluster `e` is already declared.'],
        [
            'workload cluster x { gateway vm vms gateway vm vms }',
            'duplicate-declaration «vms» The gateway `vms` is already declared.',
        ],
        [
            'workload cluster x { gateway vm gateway vm, egress }',
            'duplicate-declaration «vm» `x` already has an unnamed vm gateway. Give this one a name.',
        ],
        ['service a\nservice a', 'duplicate-declaration «a» The service `default/a` is already declared.'],
        ['service n/a\nservice a { namespace n }', 'duplicate-declaration «a» The service `n/a` is already declared.'],
        [
            'external service a\nexternal service a',
            'duplicate-declaration «a» The external service `a` is already declared.',
        ],
        [
            'defaults for workload clusters\ndefaults for workload clusters',
            'duplicate-declaration «defaults» The defaults are already declared.',
        ],
    ])('%s', async (text, message) => {
        expect(await problems(around + text)).toEqual([message]);
    });

    test('the same bare name in two namespaces is fine', async () => {
        expect(await problems('service a/x\nservice b/x\nservice x')).toEqual([]);
    });

    test('the message leads to the first declaration', async () => {
        const files = { 'a.tsbtopo': 'topology t\nservice x', 'b.tsbtopo': 'topology t\nservice x' };
        const { documents, services, change } = await estate(files);
        const related = () => problemsIn(documents.get('b.tsbtopo')!, services).flatMap((problem) => problem.related);
        const at = (line: number) => ({
            uri: 'file:///a.tsbtopo',
            range: { start: { line, character: 8 }, end: { line, character: 9 } },
        });
        expect(related()).toEqual([{ at: at(1), message: 'The first declaration.' }]);
        // also where it has moved, and nothing else is different
        await change({ 'a.tsbtopo': 'topology t\n\n\nservice x' });
        expect(related()).toEqual([{ at: at(3), message: 'The first declaration.' }]);
    });

    test('the second one is left out of the topology', async () => {
        const { topology } = await estate(
            'workload cluster a\nworkload cluster b\nservice s on a\nservice s on b\nworkload cluster a { gateway vm }',
        );
        expect(topology.clusters.map(({ name, gateways }) => [name, gateways.length])).toEqual([
            ['a', 0],
            ['b', 0],
        ]);
        expect(topology.services.map(({ homes }) => homes[0]?.cluster)).toEqual(['a']);
    });
});

describe('what is said twice, or in the wrong block', () => {
    test.each([
        ['service s { owner "a" owner "b" }', 'repeated-item «owner» `owner` is already said in this block.'],
        [
            'service s { failover east-west no failover }',
            'repeated-item «no» `failover` is already said in this block.',
        ],
        ['service s { exposed "x" { gslb gslb } }', 'repeated-item «gslb» `gslb` is already said in this block.'],
        [
            'service s { on e { replicas 2 replicas 3 } }',
            'repeated-item «replicas» `replicas` is already said in this block.',
        ],
        ['service n/s { namespace n }', 'repeated-item «n» The namespace is already said: `n/` before the name.'],
        ['service s { labels a b, a c }', 'repeated-item «a» The label `a` already has a value.'],
        ['service s { labels a b labels a c }', 'repeated-item «a» The label `a` already has a value.'],
        ['service s { exposed "x" exposed "x" }', 'repeated-item «"x"» `x` is already exposed.'],
        [
            'workload cluster x { edge control plane { token ttl 1h token ttl 2h } }',
            'repeated-item «token» `token ttl` is already said in this block.',
        ],
        [
            'management cluster m { management plane { elasticsearch banyandb } }',
            'repeated-item «banyandb» The telemetry store is already said in this block.',
        ],
        [
            'management cluster m { management plane { root-ca iam-signing-key root-ca } }',
            'repeated-item «root-ca» `root-ca` is already said in this block.',
        ],
        [
            'management cluster m { management plane { postgres { backup no backup } } }',
            'repeated-item «no» `backup` is already said in this block.',
        ],
        [
            'workload cluster x { management plane }',
            'misplaced-item «management» A workload cluster has no management plane: it runs on the management cluster.',
        ],
        [
            'workload cluster x { central control plane }',
            'misplaced-item «central» A workload cluster has no central control plane: it runs on the management cluster.',
        ],
        [
            'management cluster m { management plane { gitops sync } }',
            'misplaced-item «sync» `sync` is a mode of an edge control plane. Here stands `gitops` or `gitops off`.',
        ],
        [
            'management cluster m { management plane { postgres internal in us } }',
            'internal-with-place «us» What is internal stands where the management cluster stands. Say `external`, or no place.',
        ],
    ])('%s', async (text, message) => {
        expect(await problems(around + text)).toEqual([message]);
    });

    test('calls, requires, homes, hosts, gateways and labels may be said many times', async () => {
        const text = `service s { on e on w calls a calls b requires c requires d exposed "x" exposed "y" labels a b labels c d }
service a\nservice b\nservice c\nservice d\nworkload cluster x { gateway vm gateway egress }`;
        expect(await problems(around + text)).toEqual([]);
    });
});

describe('values that cannot be meant', () => {
    test.each([
        [
            'service s { on e { replicas 0 } }',
            'odd-number «0» Without a replica there is nothing: say at least 1, or leave the whole thing out.',
        ],
        ['service s { on e { replicas two! } }', 'odd-number «two!» `two!` is no whole number.'],
        ['service s { on e { replicas 1 across zones a, b } }', 'odd-number «1» 1 replica cannot stand in 2 zones.'],
        ['service s on e { exposed "x" to e weight 50% }', 'odd-number «50%» `50%` is no whole number.'],
        [
            'service s { exposed "x" to e weight 1, w }',
            'odd-weights «w» Either every target has a weight, or none has.',
        ],
        [
            'service s { exposed "x" to e weight 0, w weight 0 }',
            'odd-weights «0» With these weights no target gets a request.',
        ],
        [
            'service s { exposed "x" to e weight 90, w weight 30 }',
            'odd-weights «30» These weights add up to 120, not to 100. They are read as shares of 120.',
        ],
        [
            'workload cluster x { edge control plane { metrics buffer 0s } }',
            'odd-duration «0s» This must be longer than nothing.',
        ],
        [
            'service s { exposed "a b" }',
            'odd-host «"a b"» `a b` is no host name, such as shop.example.com or *.example.com.',
        ],
        [
            'service s { exposed shop.example.com }',
            'needs-quotes «shop.example.com» Write this in quotes: "shop.example.com".',
        ],
        ['service s { owner a.b }', 'needs-quotes «a.b» Write this in quotes: "a.b".'],
        ['service ""', 'empty-name «""» A name must not be empty.'],
        [
            'service s { exposed "x" { gslb ttl 1.5m } }',
            'odd-duration «1.5m» `1.5m` is no duration. Write it as 1m30s.',
        ],
    ])('%s', async (text, message) => {
        expect(await problems(around + text)).toEqual([message]);
    });

    test('weights may be per cent, or a small ratio', async () => {
        for (const weights of ['e weight 90, w weight 10', 'e weight 1, w weight 2']) {
            expect(await problems(`${around}service s { exposed "x" to ${weights} }`)).toEqual([]);
        }
    });
});

describe('references to what cannot serve there', () => {
    test.each([
        ['service s on e, w, e', 'repeated-name «e» `e` is already one of the clusters of `s`.'],
        ['service s on e { on e }', 'repeated-name «e» `e` is already one of the clusters of `s`.'],
        ['service s { exposed "x" via front, w.front }', 'repeated-name «front» `front` is already listed.'],
        ['service s { exposed "x" to e, e }', 'repeated-name «e» `e` is already listed.'],
        ['service s { calls t, t }\nservice t', 'repeated-name «t» `t` is already listed.'],
        ['service s { calls t calls t }\nservice t', 'repeated-name «t» `t` is already listed.'],
        ['service s { requires s }', 'call-to-itself «s» `s` requires itself.'],
        [
            'service s { exposed "x" via vms }',
            'wrong-gateway «vms» `vms` does not serve clients outside: it is no tier1 and no ingress gateway.',
        ],
        [
            'service s { on w { virtual machines via front } }',
            'wrong-gateway «front» `front` does not serve virtual machines: it is no vm gateway.',
        ],
        ['workload cluster x { gateway vm, vm }', 'repeated-name «vm» The role `vm` is already listed.'],
        ['network { e -> e }', 'link-to-itself «e» `e` reaches itself anyway.'],
        ['network { e -> w, w }', 'repeated-name «w» `w` is already listed.'],
        [
            'service s { on e, w { replicas 2 across zones a } }',
            'unknown-zone «a» These clusters stand in different regions, so that they have no zones in common. Say `on` for each.',
        ],
    ])('%s', async (text, message) => {
        expect(await problems(around + text)).toEqual([message]);
    });
});

describe('headers and words of a later version', () => {
    test.each([
        ['service a\ntopology t', 'late-header «t» `topology` stands at the beginning of a file.'],
        ['topology t\ntopology u', 'duplicate-declaration «u» A file belongs to one topology.'],
        ['topology t for tsb 1.99', 'unknown-version «1.99» TSB 1.99 is not known. Known are 1.6 to 1.12.'],
        ['topology t for tsb latest', 'missing-value «latest» `tsb` needs a version, such as 1.10.'],
    ])('%s', async (text, message) => {
        expect(await problems(text)).toEqual([message]);
    });

    test('two files of one topology name different versions', async () => {
        const files = {
            'a.tsbtopo': 'topology t for tsb 1.10',
            'b.tsbtopo': 'topology t for tsb 1.11',
            'c.tsbtopo': 'topology t for tsb 1.10.2',
        };
        expect(await problems(files)).toEqual([
            'two-versions «1.11» Another file says that this topology is for TSB 1.10.',
        ]);
    });

    test('one message for each line, and the rest is read', async () => {
        const text = `service a
scenario "us-east is lost for four hours" {
    at 0m  fail a slow by 10s
    at 1m  move a
    fail 1 of 3 a
    expect a possible
}
objective a is available 99.95%
service b`;
        expect(await problems(text)).toEqual([
            'later-version «slow» `slow` comes in a later version; what it says is not checked yet.',
            'later-version «move» `move` comes in a later version; what it says is not checked yet.',
            'later-version «1» `fail 1 of` comes in a later version; what it says is not checked yet.',
            'later-version «99.95%» `is available` comes in a later version; what it says is not checked yet.',
        ]);
        expect((await estate(text)).topology.services.map(({ name }) => name)).toEqual(['a', 'b']);
    });

    test.each([
        [
            'workload cluster e { gateway ingress {\n load 55% } }',
            'load',
            'how much of what it can carry something carries',
        ],
        ['workload cluster e {\n fails every 30d for 5m\n }', 'fails', 'how often something fails'],
        [
            'region r { zones a }\nworkload cluster e in r { gateway ingress { replicas 3 across zones a load 45% } }',
            'load',
            'how much of what it can carry something carries',
        ],
        [
            'workload cluster e\nservice s {\n on e { replicas 3 load 60% }\n}',
            'load',
            'how much of what it can carry something carries',
        ],
        [
            'region r\nworkload cluster e in r\nservice s on e {\n failover east-west from r to r\n}',
            'from',
            'which regions are turned to first',
        ],
        [
            'workload cluster e\nservice s on e {\n outlier detection at most 10%\n}',
            'at',
            'how many are taken out at once',
        ],
    ])('%s is told to come later', async (text, word, what) => {
        const [first, ...more] = await problems(`topology t\n${text}`);
        expect(first).toMatch(
            new RegExp(`^later-version «${word}» .* comes in a later version: ${what} cannot be said yet\\.$`),
        );
        expect(more.filter((each) => !each.startsWith('no-') && !each.startsWith('misplaced'))).toEqual([]);
        // a word of the language already
        if (word === 'load') expect(await problems(`topology t\nregion ${word}`)).toEqual([]);
    });

    test('a scenario whose block is not closed costs its line', async () => {
        const { topology } = await estate('scenario "x" {\nservice a\nservice b');
        expect(topology.services.map(({ name }) => name)).toEqual(['a', 'b']);
    });
});

test('every message has a code and a source', async () => {
    const { diagnostics } = await estate('service 1 on x { foo }\nservice\nservice 1\n/*');
    expect(diagnostics.length).toBeGreaterThan(4);
    for (const { code, source } of diagnostics) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(source).toBe('tsbtopo');
    }
});

test('what was probably meant is offered to the light bulb', async () => {
    const { diagnostics } = await estate('workload cluster "2-b"\nservice a on 2-c');
    expect(diagnostics[0]).toMatchObject({ code: 'unknown-cluster', data: { suggestions: ['"2-b"'] } });
});

test('a check that fails costs one message, not the others', async () => {
    const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
    tsbtopo.validation.ValidationRegistry.register<TsbtopoAstType>({
        Service: () => {
            throw new Error('out of luck');
        },
    });
    const { LangiumDocuments, DocumentBuilder } = tsbtopo.shared.workspace;
    const document = LangiumDocuments.createDocument(
        URI.parse('file:///a.tsbtopo'),
        'service a { owner "x" owner "y" }',
    );
    await DocumentBuilder.build([document], { validation: true });
    expect(document.diagnostics?.map(({ code, message }) => `${code} ${textOf(message)}`)).toEqual([
        'repeated-item `owner` is already said in this block.',
        'internal-error A mistake of this tool, not of the file, while checking: out of luck. All else goes on. Please report it.',
    ]);
});

describe('what cannot be seen', () => {
    test.each([
        ['a sign without a width', 'owner "a\u200bb"', true],
        ['a byte of control', 'owner "a\u0007b"', true],
        ['half of a sign', 'owner "a\ud83db"', true],
        ['an escape in an otherwise plain file', 'owner "a\\tb"', true],
        ['an escape of what can be seen', 'owner "a\\"b"', false],
        ['letters of other languages', 'owner "Zürich 東京 😀"', false],
        ['a comment', '// a\u200bb', false],
    ])('is told of: %s', async (_, written, isTold) => {
        const { diagnostics } = await estate(`${around}service a on e {\r\n\t${written}\n}`);
        expect(diagnostics.some(({ code }) => code === 'unseen-character')).toBe(isTold);
    });
});
