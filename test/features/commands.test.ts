import { describe, expect, test } from 'vitest';
import {
    simulationCommands as commands,
    type ElementList,
    type SimulationState,
} from '../../server/simulation/protocol.js';
import { editor, type Editor } from './editor.js';

const text = `topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west`;

const state = async ({ command }: Editor) => (await command(commands.state)) as SimulationState;
const failures = async (opened: Editor) =>
    (await state(opened)).simulations.map((simulation) => simulation.failures.join(' '));

describe('fail, recover, clear', () => {
    test('one after the other, and back', async () => {
        const opened = await editor(text);
        const { command } = opened;
        expect(await failures(opened)).toEqual([]);
        await command(commands.fail, { element: 'east' });
        await command(commands.fail, { element: 'mp' });
        await command(commands.fail, { element: 'east' });
        expect(await failures(opened)).toEqual(['east mgmt.management-plane']);
        await command(commands.recover, { element: 'east' });
        await command(commands.recover, { element: 'west' });
        expect(await failures(opened)).toEqual(['mgmt.management-plane']);
        await command(commands.recover, { element: 'mp' });
        expect(await failures(opened)).toEqual([]);
    });

    test('clear ends the scenario of one estate, or all of them', async () => {
        const opened = await editor({ 'a.tsbtopo': text, 'b.tsbtopo': text.replace('demo', 'other') });
        const { command, uri } = opened;
        const failBoth = async () => {
            await command(commands.fail, { element: 'east' });
            await command(commands.fail, { element: 'west', uri: uri('b.tsbtopo') });
        };
        await failBoth();
        expect(await failures(opened)).toEqual(['east', 'west']);
        await command(commands.clear, { uri: uri('b.tsbtopo') });
        expect(await failures(opened)).toEqual(['east']);
        await failBoth();
        await command(commands.clear, null);
        expect(await failures(opened)).toEqual([]);
    });

    test('what an edit took away can still be recovered, and comes back with the next edit', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'west' });
        await opened.type(text.replace('workload cluster west\n', ''));
        expect((await state(opened)).simulations[0]).toMatchObject({ failures: ['west'], marks: '✅ ✅ ✅ ✅' });
        await opened.type(text);
        expect((await state(opened)).simulations[0]!.marks).toMatch(/^⚠️ ⚠️|^✅ ⚠️/);
        await opened.type(text.replace('workload cluster west\n', ''));
        await opened.command(commands.recover, { element: 'west' });
        expect(await failures(opened)).toEqual([]);
    });
});

describe('state', () => {
    test('everything that a client draws', async () => {
        const opened = await editor({
            'a.tsbtopo': text.replace(/\nservice.*/, ''),
            'b.tsbtopo': 'topology demo\nservice shop on east, west',
            'c.tsbtopo': 'topology demo\nexternal service stripe',
        });
        await opened.command(commands.fail, { element: 'east' });
        const { simulations } = await state(opened);
        expect(simulations).toHaveLength(1);
        expect(simulations[0]).toMatchObject({
            topology: 'demo',
            uri: opened.uri('a.tsbtopo'),
            failures: ['east'],
            operations: { localClusterOperations: 'limited', managementOperations: 'unaffected' },
            marks: expect.stringMatching(/ ⚠️ ⚠️ ✅$/) as string,
            marksInWords: expect.stringContaining('Metrics collection: limited') as string,
            headline: expect.stringContaining('shop') as string,
        });
        const [clusters, services, ...others] = simulations[0]!.files;
        expect(others).toEqual([]);
        expect(clusters).toMatchObject({
            uri: opened.uri('a.tsbtopo'),
            version: 1,
            annotations: [
                {
                    range: { start: { line: 2, character: 17 }, end: { line: 2, character: 21 } },
                    state: 'failed',
                    text: 'failed (simulated)',
                },
            ],
        });
        expect(services).toMatchObject({
            uri: opened.uri('b.tsbtopo'),
            annotations: [{ range: { start: { line: 1 } } }],
        });
    });

    test('follows edits', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east' });
        await opened.type(text.replace('on east, west', 'on east'));
        const [simulation] = (await state(opened)).simulations;
        expect(simulation).toMatchObject({ headline: 'shop gone', files: [{ version: 2 }] });
    });

    test('of a broken file, what could be read', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east' });
        await opened.type(`${text}\nservice {`);
        expect(await failures(opened)).toEqual(['east']);
    });
});

describe('elements', () => {
    test('all that can fail, with what its failure does, and as whose part it can be chosen', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east.istiod' });
        const { topology, elements } = (await opened.command(commands.elements)) as ElementList;
        expect(topology).toBe('demo');
        const named = new Map(elements.map((element) => [element.name, element]));
        expect(named.get('east')).toMatchObject({
            kind: 'workload cluster',
            marks: expect.stringMatching(/ ⚠️ ⚠️ ✅$/) as string,
            headline: expect.stringContaining('shop') as string,
            declared: true,
            failed: false,
            owners: ['east'],
        });
        expect(named.get('east.istiod')).toMatchObject({ declared: false, failed: true });
        expect(named.get('east.istiod')!.owners).toEqual(
            expect.arrayContaining(['east.istiod', 'east.data-plane', 'east']),
        );
        expect(named.get('link:east/mgmt')!.owners).toEqual(expect.arrayContaining(['east', 'mgmt']));
        expect(named.get('shop@east')!.owners).toEqual(expect.arrayContaining(['east', 'service:shop']));
        expect(named.get('shop@east')!.owners).not.toContain('west');
        for (const { marks } of elements) expect(marks.split(' ')).toHaveLength(4);
    });
});

describe('runbook and failover', () => {
    test('the runbook of the scenario, or nothing', async () => {
        const { command } = await editor(text);
        expect(await command(commands.runbook)).toBeNull();
        await command(commands.fail, { element: 'east' });
        expect(await command(commands.runbook)).toMatch(/^# If `east` fails\n/);
    });

    test('failover of a service, with links to the lines that decide', async () => {
        const { command, uri } = await editor(text);
        const page = await command(commands.failover, { element: 'shop' });
        expect(page).toMatch(
            /^# Would shop fail over\?\n\n\*\*✗ Callers on `east` go on to `west`\*\*: not as things stand\n/,
        );
        expect(page).toContain(`([line 5](${uri()}#L5))`);
    });
});

describe('what is asked wrongly is told', () => {
    test.each([
        [commands.fail, { element: 'est' }, /^'est' is no element of topology demo\. Did you mean .*east/],
        [
            commands.fail,
            { element: 'istiod' },
            /^'istiod' is not one element only of topology demo\. It could be: east\.istiod, west\.istiod\.$/,
        ],
        [commands.fail, { element: 'zürich' }, /^'zürich' is no element of topology demo\.$/],
        [commands.fail, { element: 7 }, /needs an object with "element"/],
        [commands.fail, {}, /needs an object with "element"/],
        [commands.fail, null, /needs an object with "uri"/],
        [commands.fail, { uri: 1, element: 'east' }, /needs an object with "uri"/],
        [
            commands.fail,
            { uri: 'file:///elsewhere.tsbtopo', element: 'east' },
            /^file:\/\/\/elsewhere\.tsbtopo is no topology file of this workspace/,
        ],
        [commands.fail, { uri: 'no address', element: 'east' }, /is no topology file/],
        [commands.recover, { element: 'est' }, /'est' is no element/],
        [commands.recover, null, /needs an object with "uri"/],
        [commands.clear, { uri: 'file:///elsewhere.tsbtopo' }, /is no topology file/],
        [commands.elements, null, /needs an object with "uri"/],
        [commands.runbook, null, /needs an object with "uri"/],
        [commands.failover, { element: 'east' }, /question about a service/],
    ])('%s %j', async (command, argument, message) => {
        const opened = await editor(text);
        await expect(opened.command(command, argument)).rejects.toThrow(message);
        expect(await failures(opened)).toEqual([]);
    });

    test.each([[[undefined]], [['text']], [[7]], [[[]]]])('arguments that are no object: %j', async ([argument]) => {
        const { services } = await editor(text);
        const handler = services.shared.lsp.ExecuteCommandHandler!;
        await expect(handler.executeCommand(commands.fail, [argument])).rejects.toThrow(/needs an object with "uri"/);
    });
});

test('the server announces each of its commands', async () => {
    const { services } = await editor(text);
    expect([...services.shared.lsp.ExecuteCommandHandler!.commands].sort()).toEqual(Object.values(commands).sort());
});
