import { describe, expect, test } from 'vitest';
import { estate, type Fixture } from '../fixture.js';
import { problems, problemsOf } from './tell.js';

/** `name: its clusters, its services` of each topology. */
function tell({ topologies }: Fixture): string[] {
    return topologies.map(({ name, clusters, services }) =>
        `${name}: ${[...clusters.map((each) => each.name), ...services.map((each) => each.shortName)].join(' ')}`.trim(),
    );
}

describe('which files belong together', () => {
    test.each<[string, Record<string, string>, string[]]>([
        [
            'one topology in several files and folders',
            { 'a.tsbtopo': 'topology t\nworkload cluster a', 'x/b.tsbtopo': 'topology t\nservice s on a' },
            ['t: a s'],
        ],
        [
            'a file without header joins the only topology',
            { 'a.tsbtopo': 'topology t\nworkload cluster a', 'b.tsbtopo': 'service s on a' },
            ['t: a s'],
        ],
        [
            'without any header each file is on its own',
            { 'a.tsbtopo': 'workload cluster a', 'b.tsbtopo': 'workload cluster a' },
            ['a: a', 'b: a'],
        ],
        [
            'two topologies',
            {
                'a.tsbtopo': 'topology t\nservice s',
                'b.tsbtopo': 'topology u\nservice s',
                'c.tsbtopo': 'topology t\nservice r',
            },
            ['t: s r', 'u: s'],
        ],
        ['an empty file', { 'a.tsbtopo': 'topology t\nservice s', 'b.tsbtopo': '' }, ['t: s']],
    ])('%s', async (_, files, expected) => {
        const fixture = await estate(files);
        expect(tell(fixture)).toEqual(expected);
        expect(problemsOf(fixture)).toEqual([]);
    });

    test('a file without header among several topologies', async () => {
        const files = {
            'a.tsbtopo': 'topology t',
            'b.tsbtopo': 'topology u',
            'c.tsbtopo': 'service s',
            'd.tsbtopo': '// nothing yet',
        };
        expect(tell(await estate(files))).toEqual(['t:', 'u:', 'c: s', 'd:']);
        expect(await problems(files)).toEqual([
            'which-topology «s» This folder has several topologies (`t`, `u`). Say to which one the file belongs: begin it with `topology` and the name.',
        ]);
    });

    test('the same name in two workspace folders is two topologies', async () => {
        const { services, change } = await estate('topology t');
        services.shared.workspace.WorkspaceManager.initialize({
            processId: null,
            rootUri: null,
            capabilities: {},
            workspaceFolders: [
                { uri: 'file:///one', name: 'one' },
                { uri: 'file:///two/', name: 'two' },
                { uri: 'file:///two/inner', name: 'inner' },
            ],
        });
        const fixture = await change({
            'main.tsbtopo': undefined,
            'one/a.tsbtopo': 'topology t\nservice a',
            'one/x/b.tsbtopo': 'topology t\nservice b',
            'two/a.tsbtopo': 'topology t\nservice c',
            'two/inner/a.tsbtopo': 'topology t\nservice d',
        });
        expect(tell(fixture)).toEqual(['t: a b', 't: c', 't: d']);
    });

    test('the topology of a file', async () => {
        const { services, topologies } = await estate({ 'a.tsbtopo': 'topology t', 'b.tsbtopo': 'topology u' });
        const { Topologies } = services.workspace;
        expect(Topologies.of('file:///b.tsbtopo')).toBe(topologies[1]);
        expect(Topologies.of('file:///c.tsbtopo')).toBeUndefined();
    });
});

test('topologies never see each other', async () => {
    expect(
        await problems({
            'a.tsbtopo': 'topology t\nregion r\nworkload cluster a { gateway tier1 g }\nservice s',
            'b.tsbtopo': 'topology u\nworkload cluster b in r\nservice u on a { calls s exposed "x" via g }',
        }),
    ).toEqual([
        'unknown-region «r» There is no region `r`.',
        'unknown-cluster «a» There is no cluster `a`. Did you mean `b`?'.replace(' Did you mean `b`?', ''),
        'unknown-service «s» There is no service `s`.',
        'unknown-gateway «g» There is no gateway `g`.',
    ]);
});

describe('after an edit', () => {
    const files = {
        'clusters.tsbtopo': 'topology t\nregion r { zones a }\nworkload cluster east in r { gateway ingress gw }',
        'services.tsbtopo': 'topology t\nservice a on east { exposed "x" via gw calls b }',
        'more.tsbtopo': 'topology t\nservice b on east',
        'other.tsbtopo': 'topology u\nservice a',
    };

    test('only the topology of the edited file is built anew', async () => {
        const before = await estate(files);
        const after = await before.change({ 'more.tsbtopo': 'topology t\nservice b on east { owner "x" }' });
        expect(after.topologies[0]).not.toBe(before.topologies[0]);
        expect(after.topologies[1]).toBe(before.topologies[1]);
        expect(after.topology.services.map(({ owner }) => owner)).toEqual(['x', undefined]);
    });

    test('without an edit it stays the same', async () => {
        const before = await estate(files);
        expect((await before.change({})).topologies).toEqual(before.topologies);
        expect(before.services.workspace.Topologies.all()[0]).toBe(before.topologies[0]);
    });

    test('services of other files are the same objects, as long as no name changes', async () => {
        const before = await estate(files);
        const same = await before.change({ 'more.tsbtopo': 'topology t\nservice b on east { owner "x" }' });
        const find = ({ topology }: Fixture) => topology.services.find(({ name }) => name === 'a');
        expect(find(same)).toBe(find(before));
        const renamed = await same.change({ 'more.tsbtopo': 'topology t\nservice c on east' });
        expect(find(renamed)?.calls).toEqual([]);
        expect(problemsOf(renamed)).toEqual(['unknown-service «b» There is no service `b`.']);
        expect(problemsOf(await renamed.change({ 'more.tsbtopo': files['more.tsbtopo'] }))).toEqual([]);
    });

    test.each<[string, Record<string, string | undefined>, string[]]>([
        ['a name that is down', { 'more.tsbtopo': 'topology t' }, ['unknown-service «b» There is no service `b`.']],
        ['a file that is down', { 'more.tsbtopo': undefined }, ['unknown-service «b» There is no service `b`.']],
        [
            'a bare name that has become ambiguous',
            { 'new.tsbtopo': 'topology t\nservice x/b' },
            ['ambiguous-name «b» `b` can mean `default/b` or `x/b`: say which.'],
        ],
        [
            'a name that is now there twice',
            { 'zz.tsbtopo': 'topology t\nservice b' },
            ['duplicate-declaration «b» The service `default/b` is already declared.'],
        ],
        [
            'a file that has moved to the other topology',
            { 'more.tsbtopo': 'topology u\nservice b' },
            ['unknown-service «b» There is no service `b`.'],
        ],
        [
            'a gateway of another kind',
            { 'clusters.tsbtopo': files['clusters.tsbtopo'].replace('ingress', 'egress') },
            ['wrong-gateway «gw» `gw` does not serve clients outside: it is no tier1 and no ingress gateway.'],
        ],
    ])('%s is noticed in the other files, and so is its return', async (_, change, expected) => {
        const before = await estate(files);
        const after = await before.change(change);
        expect(problemsOf(after)).toEqual(expected);
        const original = Object.fromEntries(
            Object.keys(change).map((name) => [name, (files as Record<string, string>)[name]]),
        );
        expect(problemsOf(await after.change(original))).toEqual([]);
    });

    test('a file without header changes sides with the number of topologies', async () => {
        const one = await estate({
            'a.tsbtopo': 'topology t\nworkload cluster east',
            'b.tsbtopo': 'service s on east',
        });
        expect(tell(one)).toEqual(['t: east s']);
        const two = await one.change({ 'c.tsbtopo': 'topology u' });
        expect(tell(two)).toEqual(['t: east', 'b: s', 'u:']);
        expect(problemsOf(two).map((problem) => problem.split(' ')[0])).toEqual(['which-topology', 'unknown-cluster']);
        const three = await two.change({ 'd.tsbtopo': 'topology v' });
        expect(problemsOf(three)[0]).toContain('(`t`, `u`, `v`)');
        const again = await three.change({ 'c.tsbtopo': undefined, 'd.tsbtopo': undefined });
        expect(tell(again)).toEqual(['t: east s']);
        expect(problemsOf(again)).toEqual([]);
    });

    test('references from unchanged files lead to the new place', async () => {
        const before = await estate(files);
        const after = await before.change({
            'clusters.tsbtopo': files['clusters.tsbtopo'].replace('\nregion', '\n\n\nregion'),
        });
        const { services, documents } = after;
        const document = documents.get('services.tsbtopo')!;
        const links = await services.lsp.DefinitionProvider!.getDefinition(document, {
            textDocument: { uri: document.uri.toString() },
            position: document.textDocument.positionAt(document.textDocument.getText().indexOf('east')),
        });
        expect(links?.map(({ targetSelectionRange }) => targetSelectionRange.start)).toEqual([
            { line: 4, character: 17 },
        ]);
        const references = await services.lsp.ReferencesProvider!.findReferences(documents.get('clusters.tsbtopo')!, {
            textDocument: { uri: 'file:///clusters.tsbtopo' },
            position: { line: 4, character: 17 },
            context: { includeDeclaration: false },
        });
        expect(references.map(({ uri }) => uri).sort()).toEqual(['file:///more.tsbtopo', 'file:///services.tsbtopo']);
    });
});

test('the whole workspace is checked from the start, opened or not', async () => {
    const { services } = await estate('');
    expect(services.shared.workspace.WorkspaceManager.initialBuildOptions).toEqual({ validation: true });
});

describe('what other files notice of a file', () => {
    const services = 'topology t\nservice s { on a { replicas 2 across zones x, y } }';
    const places = 'topology t\nregion r { zones x, y }\nregion q { zones v, w }\nworkload cluster a in r';
    const zonesOf = ({ topology }: Fixture) => topology.services[0]!.homes[0]!.replicas?.zones;

    test.each([
        ['a zone less', places.replace('x, y', 'x, z'), ['x']],
        ['a cluster elsewhere', places.replace('a in r', 'a in q'), []],
    ])('%s', async (_, changed, zones) => {
        const before = await estate({ 'services.tsbtopo': services, 'places.tsbtopo': places });
        expect(zonesOf(before)).toEqual(['x', 'y']);
        const after = await before.change({ 'places.tsbtopo': changed });
        expect(zonesOf(after)).toEqual(zones);
        expect(after.topology.services).toEqual(
            (await estate({ 'services.tsbtopo': services, 'places.tsbtopo': changed })).topology.services,
        );
        expect(problemsOf(after).join()).toMatch(/zone/);
    });
});
