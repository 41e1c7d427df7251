import { describe, expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver';
import { defaultSettings } from '../../server/features/client.js';
import { clientCommands } from '../../server/protocol/client.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor, type Editor } from './editor.js';

const text = `topology demo
region us { zones a, b }
management cluster mgmt {
    management plane {
        postgres
        elasticsearch
        iam-signing-key
        root-ca
        identity-provider
    }
    central control plane
}
defaults for workload clusters { edge control plane { gitops } }
workload cluster east {
    edge control plane { token ttl 1h }
    data plane {
        gateway ingress
    }
    gateway east-west gw
}
workload cluster west
network { east <-> west }
service shop {
    on east, west
    owner "team"
}
external service stripe`;

const lineOf = (start: string) => text.split('\n').findIndex((line) => line.trim().startsWith(start));
const elements = [
    'region us',
    'management cluster',
    'management plane',
    'central',
    'workload cluster east',
    'workload cluster west',
    'service shop',
    'external',
].map(lineOf);
const details = [
    'postgres',
    'elasticsearch',
    'iam-signing-key',
    'root-ca',
    'identity-provider',
    'edge control',
    'data plane',
    'gateway ingress',
    'gateway east-west',
].map(lineOf);

const linesWithLenses = async ({ lenses }: Editor) => (await lenses()).map((line) => parseInt(line));

describe('where lenses stand', () => {
    test.each([
        ['elements', elements],
        ['all', [...elements, ...details].sort((a, b) => a - b)],
        ['off', []],
    ] as const)('%s', async (setting, expected) => {
        const opened = await editor(text);
        opened.services.client.settings = { ...defaultSettings, codeLens: setting };
        expect(await linesWithLenses(opened)).toEqual(expected);
    });

    test('at the name, or at the first word of what has none', async () => {
        const { services, document } = await editor('management cluster mgmt {\n  central control plane\n}');
        const lenses = await services.codeLens.provideCodeLens(document());
        expect(
            lenses.map(({ range }) =>
                [range.start, range.end].map(({ line, character }) => `${line}:${character}`).join('-'),
            ),
        ).toEqual(['0:19-0:23', '0:19-0:23', '1:2-1:9', '1:2-1:9']);
    });

    test('every lens has a title once it is resolved, and none before', async () => {
        const { services, document, lenses } = await editor(text);
        services.client.settings = { ...defaultSettings, codeLens: 'all' };
        services.client.initialize({ clientCommands: true });
        expect(
            (await services.codeLens.provideCodeLens(document())).every(({ command }) => command === undefined),
        ).toBe(true);
        for (const line of await lenses())
            expect(line).toMatch(/^\d+: ▷ Simulate failure \| (component… \| )?[✖⚠◐⚙◌✓] \S/);
    });
});

describe('after an edit', () => {
    // so many declarations that what stands around an edit is not all that there is
    const many = `topology demo\nregion us\n${Array.from({ length: 12 }, (_, index) => `workload cluster w${index}`).join('\n\n')}
external service a external service b external service c external service d external service e external service f
service shop on w0`;

    test.each([
        ['a line above all', 'region us', '\nregion us'],
        ['blanks in front of a line', 'external service a', '    external service a'],
        ['a longer name on the same line', 'service a', 'service first'],
        ['a declaration less', 'workload cluster w3\n\n', ''],
        ['a name that is gone, and back', 'workload cluster w9', 'workload cluster'],
    ])('lenses stand where those of a file read anew stand: %s', async (_, before, instead) => {
        const placesIn = async ({ services, document }: Editor) => {
            const all = await services.codeLens.provideCodeLens(document());
            return all.map(({ range, data }) => ({ range, data: (data as unknown[]).slice(1) }));
        };
        const opened = await editor(many);
        await placesIn(opened);
        const changed = many.replace(before, instead);
        expect(changed).not.toBe(many);
        for (const text of [changed, many]) {
            await opened.type(text);
            expect(await placesIn(opened)).toEqual(await placesIn(await editor(text)));
        }
    });

    test('whose client asks now which of several is meant, they are others', async () => {
        const { services, lenses } = await editor('workload cluster east');
        const before = await lenses();
        services.client.initialize({ clientCommands: true });
        expect(await lenses()).not.toEqual(before);
    });
});

describe('what they say', () => {
    test('who notices, and the gravest consequence', async () => {
        const { lenses } = await editor(
            'management cluster mgmt\nworkload cluster east\nworkload cluster west\nservice shop on east',
        );
        const [management, east, west, shop] = await lenses();
        expect(management).toBe(
            '0: ▷ Simulate failure | ⚙ metrics collection and management operations lost · configuration of 2 clusters frozen',
        );
        expect(east).toBe('1: ▷ Simulate failure | ✖ shop down');
        expect(west).toBe('2: ▷ Simulate failure | ✖ workloads of 1 cluster down');
        expect(shop).toBe('3: ▷ Simulate failure | ✖ shop down');
    });

    test('`component…` only for a client that knows how to ask, and above what has components', async () => {
        const { services, lenses } = await editor(text);
        services.client.initialize({ clientCommands: true });
        services.client.settings = { ...defaultSettings, codeLens: 'all' };
        const withComponents = (await lenses())
            .filter((line) => line.includes('component…'))
            .map((line) => parseInt(line));
        const expected = [
            'region us',
            'management cluster',
            'management plane',
            'workload cluster east',
            'edge control',
            'data plane',
            'workload cluster west',
            'service shop',
        ];
        expect(withComponents).toEqual(expected.map(lineOf).sort((a, b) => a - b));
    });

    test('commands carry the file and the element', async () => {
        const { services, document, uri } = await editor('workload cluster east');
        services.client.initialize({ clientCommands: true });
        const lenses = (await services.codeLens.provideCodeLens(document())).map(
            (lens) => services.codeLens.resolve(lens).command,
        );
        const argument = { uri: uri(), element: 'east' };
        expect(lenses).toMatchObject([
            { command: simulationCommands.fail, arguments: [argument] },
            { command: clientCommands.simulatePart, arguments: [argument] },
            { command: '' },
        ]);
    });

    test('what has failed can be recovered, and tells the whole scenario; the others what they would add now', async () => {
        const { lenses, command } = await editor(
            'management cluster mgmt\nworkload cluster east\nworkload cluster west',
        );
        await command(simulationCommands.fail, { element: 'east' });
        expect((await lenses())[1]).toMatch(/^1: ↺ Recover \| 1 failure: ✖ workloads of 1 cluster down$/);
        await command(simulationCommands.fail, { element: 'mp' });
        expect((await lenses())[1]).toMatch(
            /^1: ↺ Recover \| 2 failures: ✖ workloads of 1 cluster down · management operations lost/,
        );
        expect((await lenses())[2]).toBe(
            '2: ▷ Simulate failure | on top of 2 failures: ✖ workloads of west down, running workloads, local cluster operations and metrics collection lost',
        );
        await command(simulationCommands.lookAt, { at: '90m' });
        expect((await lenses())[1]).toMatch(
            /^1: ↺ Recover \| 2 failures after 1 h 30 min: ✖ .*metrics collection and management operations lost/,
        );
        expect((await lenses())[2]).toMatch(/^2: ▷ Simulate failure \| on top of 2 failures after 1 h 30 min: /);
        await command(simulationCommands.recover, { element: 'east' });
        expect((await lenses())[1]).toMatch(/^1: ▷ Simulate failure/);
    });

    test('what has failed still says from when on it gets worse, as long as that is ahead', async () => {
        const { lenses, command } = await editor(
            'management cluster mgmt\nworkload cluster a { edge control plane { metrics buffer 10m } }\nservice s on a',
        );
        const worse = /worse from (.+)$/.exec((await lenses())[0]!)![1]!;
        await command(simulationCommands.fail, { element: 'mgmt' });
        expect((await lenses())[0]).toMatch(new RegExp(`^0: ↺ Recover .* worse from ${worse}$`));
        await command(simulationCommands.lastFor, { duration: '1m' });
        expect((await lenses())[0]).not.toContain('worse');
        await command(simulationCommands.lastFor, { duration: null });
        await command(simulationCommands.lookAt, { at: 'next' });
        expect((await lenses())[0]).not.toContain('worse');
    });

    test('what would take nothing more says so, and so does what is down already', async () => {
        const { lenses, command, services } = await editor(
            'management cluster mgmt\nworkload cluster east {\n  gateway ingress\n}\nworkload cluster west\nservice shop on east, west\nexternal service stripe',
        );
        services.client.settings = { ...defaultSettings, codeLens: 'all' };
        await command(simulationCommands.fail, { element: 'east' });
        const shown = await lenses();
        expect(shown.find((line) => line.startsWith('2:'))).toBe('2: ▷ Simulate failure | down already');
        expect(shown.find((line) => line.startsWith('6:'))).toBe(
            '6: ▷ Simulate failure | on top of 1 failure: ✓ nothing more',
        );
        expect(shown.find((line) => line.startsWith('5:'))).toMatch(/: ✖ shop down/);
    });

    test('nothing more is said only where nobody notices more, although no operation changes its mark', async () => {
        const { lenses, command } = await editor(
            'management cluster mgmt\nworkload cluster a\nworkload cluster b\nworkload cluster c\nservice s on c',
        );
        await command(simulationCommands.fail, { element: 'a' });
        expect((await lenses())[2]).toBe('2: ▷ Simulate failure | on top of 1 failure: ✖ workloads of b down');
    });

    test('a second declaration of the same name has no title', async () => {
        const { lenses } = await editor('workload cluster east\nworkload cluster east');
        expect((await lenses())[1]).toBe('1:  | ');
    });
});

describe('a list of one-line declarations', () => {
    const list = `workload cluster a
workload cluster b { gateway ingress }
workload cluster c
service web on b { exposed "web.example.com" }
service cart on a, c`;

    async function opened(input = list): Promise<Editor> {
        const editing = await editor(input);
        editing.services.client.initialize({ clientCommands: true });
        return editing;
    }

    test('shares one line of lenses, which tells the worst of it', async () => {
        const { lenses } = await opened();
        expect(await lenses()).toEqual([
            '0: ▷ Simulate one of 3… | at worst b: ✖ web.example.com down',
            '3: ▷ Simulate failure | component… | ✖ web.example.com down',
            '4: ▷ Simulate failure | component… | ✖ cart down',
        ]);
    });

    test('leads to the elements of the list', async () => {
        const { services, document, uri } = await opened();
        const [first] = await services.codeLens.provideCodeLens(document());
        expect(services.codeLens.resolve(first!).command).toMatchObject({
            command: clientCommands.simulateOneOf,
            arguments: [{ uri: uri(), elements: ['a', 'b', 'c'] }],
        });
    });

    test.each([
        ['two are no list', 'workload cluster a\nworkload cluster b', 2],
        ['nor are different things', 'region r\nworkload cluster a\nservice s on a', 3],
        ['nor what an empty line parts', 'workload cluster a\nworkload cluster b\n\nworkload cluster c', 3],
        ['nor what takes more than a line', 'workload cluster a\nworkload cluster b {\n}\nworkload cluster c', 3],
    ])('%s', async (_, input, expected) => {
        expect(await (await opened(input)).lenses()).toHaveLength(expected);
    });

    test('each has its own for a client that cannot ask which', async () => {
        expect(await (await editor(list)).lenses()).toHaveLength(5);
    });

    test('tells what has failed, and what would come on top', async () => {
        const { lenses, command } = await opened();
        await command(simulationCommands.fail, { element: 'service:cart' });
        expect((await lenses())[0]).toBe(
            '0: ▷ Simulate one of 3… | on top of 1 failure, at worst b: ✖ web.example.com and web down, running workloads lost, local cluster operations limited',
        );
        await command(simulationCommands.fail, { element: 'c' });
        expect((await lenses())[0]).toBe('0: ▷ Simulate or ↺ recover one of 3… | 2 failures: ✖ cart down');
    });

    test('keeps its lens while a line of it is broken', async () => {
        const { lenses, type } = await opened();
        await type(list.replace('workload cluster c', 'workload cluster c {{'));
        expect((await lenses())[0]).toMatch(/^0: ▷ Simulate /);
        await type(list);
        expect((await lenses())[0]).toMatch(/^0: ▷ Simulate one of 3…/);
    });
});

test('the four operations stand in the tooltip, and in the title where somebody wants them there', async () => {
    const { services, document, lenses } = await editor('management cluster mgmt\nworkload cluster a\nservice s on a');
    const summary = (await services.codeLens.provideCodeLens(document())).at(-1)!;
    expect(services.codeLens.resolve(summary).command?.tooltip).toBe(
        '✖ s down. Running workloads: lost; Local cluster operations: unaffected; Metrics collection: unaffected; Management operations: unaffected.',
    );
    services.client.settings = { ...defaultSettings, codeLensMarks: true };
    expect((await lenses()).at(-1)).toBe('2: ▷ Simulate failure | ✖ s down · ❌ ✅ ✅ ✅');
});

test('a title tells the gravest, the tooltip all of it', async () => {
    const { services, document, lenses } = await editor(`region r
management cluster mgmt in r
workload cluster a in r { gateway ingress }
workload cluster b in r { gateway ingress }
workload cluster c { gateway ingress }
service s on a { exposed "s.example.com" }
service t on b
service u on c, b { exposed "u.example.com" { gslb ttl 30s } }`);
    expect((await lenses())[0]).toBe(
        '0: ▷ Simulate failure | ✖ s.example.com down · t down · u.example.com fails over, down for 30 s · 2 more',
    );
    const summary = (await services.codeLens.provideCodeLens(document()))[1]!;
    expect(services.codeLens.resolve(summary).command?.tooltip).toContain('configuration of 1 cluster frozen');
});

test('what time makes of a failure', async () => {
    const { lenses } = await editor(
        'management cluster mgmt\nworkload cluster a { edge control plane { metrics buffer 10m } }\nservice s on a',
    );
    expect((await lenses())[0]).toMatch(/ · worse from 10 min$/);
});

describe('while the file is broken', () => {
    const sound = 'management cluster mgmt\nworkload cluster east\nworkload cluster west\nservice shop on east, west';

    test.each([
        ['a letter too much', sound.replace('workload cluster west', 'workload clusterx west')],
        ['a brace that is not closed', sound.replace('cluster east', 'cluster east {')],
        ['a word that is not finished', `${sound}\nservi`],
        ['a quote that is not closed', sound.replace('cluster east', 'cluster east { owner "te')],
        ['a comment that is not closed', sound.replace('workload cluster west', '/* workload cluster west')],
        ['junk', `}}} ${sound} @@@`],
    ])('a line that is as before keeps its lens: %s', async (_, broken) => {
        const { lenses, type } = await editor(sound);
        const before = await lenses();
        await type(broken);
        const now = await lenses();
        const lines = sound.split('\n');
        for (const [index, line] of broken.split('\n').entries()) {
            if (line === lines[index]) {
                expect(now.find((lens) => parseInt(lens) === index)).toMatch(/: ▷ Simulate failure \| [✖⚠◐⚙◌✓] /);
            }
        }
        await type(sound);
        expect(await lenses()).toEqual(before);
    });

    test('what the parser lost keeps its title, too', async () => {
        const { lenses, type } = await editor(sound);
        const [, , , shop] = await lenses();
        await type(`${sound.replace('service', '/* service')}\n`);
        expect((await lenses()).filter((lens) => lens.startsWith('3:'))).toEqual([]);
        await type(sound.replace('workload cluster west', '/* workload cluster west'));
        expect(await lenses()).toContain(shop);
    });

    test('no lens jumps at any letter while a line is being typed', async () => {
        const { lenses, type } = await editor(sound);
        const before = await lenses();
        for (const line of [
            'workload cluster north in us {',
            'service cart on east { calls shop }',
            'region us { zones a, b }',
        ]) {
            for (let length = 1; length <= line.length; length++) {
                await type(`${sound}\n${line.slice(0, length)}`);
                const others = (await lenses()).filter((lens) => !lens.startsWith('4:'));
                expect(others.map((lens) => parseInt(lens))).toEqual(before.map((lens) => parseInt(lens)));
            }
            await type(sound);
        }
    });

    test('lenses move with their lines', async () => {
        const { type, ...opened } = await editor(sound);
        await linesWithLenses(opened as Editor);
        await type(`}\n\n${sound}`);
        expect(await linesWithLenses(opened as Editor)).toEqual([2, 3, 4, 5]);
    });

    test('a line that is deleted loses its lens', async () => {
        const { type, ...opened } = await editor(sound);
        await linesWithLenses(opened as Editor);
        await type(`${sound.replace('workload cluster east\n', '')}\n}`);
        expect(await linesWithLenses(opened as Editor)).toEqual([0, 1, 2]);
    });

    test('a file that was never sound has lenses where it can be read', async () => {
        expect(await linesWithLenses(await editor('} workload cluster east\nservice shop on east'))).toContain(1);
    });
});

test('a lens of a file that is gone resolves to nothing', async () => {
    const { services, document, type } = await editor({
        'a.tsbtopo': 'workload cluster east',
        'b.tsbtopo': 'workload cluster west',
    });
    const [lens] = await services.codeLens.provideCodeLens(document('b.tsbtopo'));
    await type({ 'b.tsbtopo': undefined });
    expect(services.codeLens.resolve(lens!).command).toEqual({ title: '', command: '' });
});

test('a lens is resolved in its own file, and in none where that is not there', async () => {
    const { services, document } = await editor({
        'a.tsbtopo': 'topology a\nworkload cluster east',
        'b.tsbtopo': 'topology b\nworkload cluster west',
    });
    const [a] = await services.codeLens.provideCodeLens(document('a.tsbtopo'));
    const [b] = await services.codeLens.provideCodeLens(document('b.tsbtopo'));
    const elementOf = (lens: CodeLens) =>
        (services.codeLens.resolve(lens).command!.arguments?.[0] as { element: string } | undefined)?.element;
    expect([a!, b!, b!, a!].map(elementOf)).toEqual(['east', 'west', 'west', 'east']);
    const [, ...rest] = a!.data as string[];
    expect(services.codeLens.resolve({ ...a!, data: ['another', ...rest] }).command?.title).toBe('');
});

// all of them are sent after each key
test('a lens says no more than it needs', async () => {
    const { services, document } = await editor('workload cluster east');
    const lenses = await services.codeLens.provideCodeLens(document());
    expect(lenses.length).toBeGreaterThan(1);
    for (const { data } of lenses) expect(JSON.stringify(data).length).toBeLessThan(40);
});

test('of several lines that read alike, the nearest one keeps it', async () => {
    const gateway = '    gateway ingress';
    const head = 'management cluster mgmt\nregion us\nregion eu\nregion ap\nworkload cluster east {';
    const { lenses, type, services } = await editor(`${head}\n${gateway}\n}`);
    services.client.settings = { ...defaultSettings, codeLens: 'all' };
    expect((await lenses()).map((line) => parseInt(line))).toContain(5);
    await type(`/* not closed\n${gateway}\n${head}\n${gateway}\n}`);
    const lines = (await lenses()).map((line) => parseInt(line));
    expect(lines).toContain(7);
    expect(lines).not.toContain(1);
});
