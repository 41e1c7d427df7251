import { describe, expect, test } from 'vitest';
import type { SimulationState } from '../../server/protocol/simulation-state.js';
import { type ElementList, simulationCommands as commands } from '../../server/protocol/simulation.js';
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

describe('planned maintenance', () => {
    test('is asked for on top of the running simulation', async () => {
        const { command } = await editor(text);
        const page = () => command(commands.maintenance, { element: 'west' });
        expect(await page()).toMatch(/^# May I take `west` down now\?[^]*All else is up\./);
        await command(commands.fail, { element: 'east' });
        expect(await page()).toMatch(/\*\*✖ No\.\*\*[^]*While `east` is down\./);
    });

    test('of the element at the cursor', async () => {
        const { command } = await editor(text);
        const at = (line: number, character: number) => command(commands.elementAt, { position: { line, character } });
        expect([await at(2, 18), await at(4, 9), await at(4, 17), await at(4, 15)]).toEqual([
            'east',
            'service:shop',
            'east',
            null,
        ]);
        expect(await command(commands.elementAt, {})).toBeNull();
        expect(await command(commands.elementAt, { uri: 'file:///nowhere', position: {} })).toBeNull();
    });
});

describe('a step in time', () => {
    const lines = async (opened: Editor) =>
        (await state(opened)).simulations[0]!.time.step?.changed.map(({ range }) => range.start.line);

    test('tells which lines say something else than before it, forth and back', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east.istiod' });
        expect(await lines(opened)).toBeUndefined();
        await opened.command(commands.lookAt, { at: 'next' });
        // east says since when istiod has been down, which is no news; shop loses what is in east
        expect(await lines(opened)).toEqual([4]);
        const [view] = (await state(opened)).simulations;
        expect(view!.time.step).toMatchObject({ from: 0 });
        const marked = view!.files.flatMap(({ annotations }) => annotations.filter(({ changed }) => changed));
        expect(marked.map(({ range }) => range.start.line)).toEqual([4]);
        await opened.command(commands.lookAt, { at: 'previous' });
        expect(await lines(opened), 'what is calm again has changed, too').toEqual([4]);
    });

    test('ends with any other change of the scenario', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east.istiod' });
        await opened.command(commands.lookAt, { at: 'next' });
        await opened.command(commands.fail, { element: 'west' });
        expect(await lines(opened)).toBeUndefined();
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
        expect(simulation).toMatchObject({ headline: '✖ shop down', files: [{ version: 2 }] });
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
        const listed = async () => {
            const { topology, elements } = (await opened.command(commands.elements)) as ElementList;
            expect(topology).toBe('demo');
            for (const { headline } of elements) expect(headline).toMatch(/^(now: )?[✖⚠◐⚙◌✓] \S|^down already$/);
            // the gravest first
            const signs = elements.map(({ headline }) => '✖⚠◐⚙◌✓d'.indexOf(headline.replace('now: ', '')[0]!));
            expect(signs).toEqual([...signs].sort((a, b) => a - b));
            return new Map(elements.map((element) => [element.name, element]));
        };
        const named = await listed();
        expect(named.get('east')).toMatchObject({
            kind: 'workload cluster',
            headline: '⚙ shop in 1 of 2 clusters · local cluster operations and metrics collection limited',
            declared: true,
            failed: false,
            owners: ['east'],
        });
        expect(named.get('east.istiod')).toMatchObject({ declared: false, failed: false });
        expect(named.get('east')).toMatchObject({ starts: true });
        expect(named.get('link:east/mgmt')).toMatchObject({ starts: false });
        expect(named.get('east.istiod')!.owners).toEqual(
            expect.arrayContaining(['east.istiod', 'east.data-plane', 'east']),
        );
        expect(named.get('link:east/mgmt')!.owners).toEqual(expect.arrayContaining(['east', 'mgmt']));
        expect(named.get('shop@east')!.owners).toEqual(expect.arrayContaining(['east', 'service:shop']));
        expect(named.get('shop@east')!.owners).not.toContain('west');
        await opened.command(commands.fail, { element: 'east' });
        const now = await listed();
        expect(now.get('east')).toMatchObject({ failed: true, headline: 'down already' });
        expect(now.get('east.istiod')).toMatchObject({ failed: false, headline: 'down already' });
        expect(now.get('west')).toMatchObject({
            headline: expect.stringMatching(/^now: ✖ shop down/) as string,
        });
        expect(now.get('store:iam-signing-key')).toMatchObject({ headline: 'now: ✓ nothing more' });
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
            /^# Would `shop` fail over\?\n\n\*\*✗ Callers on `east` fail over to `west`\*\*: not as things stand\n/,
        );
        expect(page).toContain(`([line 5](${uri()}#L5))`);
    });
});

describe('time', () => {
    const view = async (opened: Editor) => (await state(opened)).simulations[0]!;
    const istiodFails = async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east.istiod' });
        return opened;
    };

    test('a scenario begins at once, and knows what happens later', async () => {
        const { time, marks, restarts } = await view(await istiodFails());
        expect(time).toMatchObject({ at: 0, label: 'at once', lasts: 'until repaired', current: 0 });
        expect(time).not.toHaveProperty('duration');
        expect(time.events).toMatchObject(
            [
                {
                    at: 0,
                    label: 'at once',
                    certain: true,
                    hurt: 'local cluster operations limited',
                    text: /^istiod of east fails\./,
                },
                {
                    at: 43_200,
                    label: '12 h',
                    certain: false,
                    hurt: 'running workloads limited · local cluster operations limited',
                    text: /may run out/,
                },
                {
                    at: 86_400,
                    label: '1 d',
                    certain: true,
                    hurt: 'running workloads limited · local cluster operations limited',
                },
            ].map(({ text, ...event }) => ({ ...event, ...(text && { text: expect.stringMatching(text) as string }) })),
        );
        expect(marks).toBe('✅ ⚠️ ✅ ✅');
        expect(restarts).toEqual([]);
    });

    test('from event to event, and no further than there are any', async () => {
        const opened = await istiodFails();
        const go = (at: unknown) => opened.command(commands.lookAt, { at });
        expect([await go('next'), await go('next'), await go('next')]).toEqual([43_200, 86_400, 86_400]);
        expect([await go('previous'), await go('previous'), await go('previous')]).toEqual([43_200, 0, 0]);
    });

    test.each([
        [7200, 7200, '2 h', 0],
        ['90m', 5400, '1 h 30 min', 0],
        ['12 h', 43_200, '12 h', 1],
        ['1d 12h', 129_600, '1 d 12 h', 2],
        [0, 0, 'at once', 0],
    ])('at %j', async (at, seconds, label, current) => {
        const opened = await istiodFails();
        expect(await opened.command(commands.lookAt, { at })).toBe(seconds);
        expect((await view(opened)).time).toMatchObject({ at: seconds, label, current });
    });

    test('what is drawn is that of the time that is looked at, and says so', async () => {
        const opened = await istiodFails();
        const drawn = async () =>
            (await view(opened)).files[0]!.annotations.map(
                ({ range, state, text }) => `${range.start.line}: ${state}: ${text}`,
            );
        expect(await drawn()).toEqual(['2: failed: istiod failed (simulated) · no new pods']);
        await opened.command(commands.lookAt, { at: 'next' });
        expect(await view(opened)).toMatchObject({ marks: '⚠️ ⚠️ ✅ ✅' });
        expect(await drawn()).toEqual([
            '2: failed: istiod failed 12 h ago (simulated) · no new pods',
            expect.stringMatching(/^4: .*west/),
        ]);
        await opened.command(commands.lookAt, { at: 'previous' });
        expect(await drawn()).toHaveLength(1);
    });

    test('failures last as long as one says', async () => {
        const opened = await istiodFails();
        const lastFor = (duration: unknown) => opened.command(commands.lastFor, { duration });
        await lastFor('36h');
        expect((await view(opened)).time).toMatchObject({ duration: 129_600, lasts: '1 d 12 h' });
        expect((await view(opened)).time.events.at(-1)).toMatchObject({
            label: '1 d 12 h',
            hurt: '',
            text: expect.stringContaining('istiod of east is available again') as string,
        });
        await lastFor(14_400);
        expect((await view(opened)).time.events.map(({ at }) => at)).toEqual([0, 14_400]);
        await lastFor(null);
        expect((await view(opened)).time).toMatchObject({ lasts: 'until repaired' });
        expect((await view(opened)).time.events.at(-1)).toMatchObject({ at: 86_400 });
    });

    test('times are those of the clock once one says when it began', async () => {
        const opened = await istiodFails();
        const beganAt = (began: unknown) => opened.command(commands.beganAt, { began });
        await beganAt('2026-11-28 14:05Z');
        const { time } = await view(opened);
        expect(time).toMatchObject({ began: '2026-11-28T14:05Z', label: '14:05' });
        expect(time.events.at(-1)).toMatchObject({ at: 86_400, label: '14:05 (+1 d)' });
        expect(await opened.command(commands.lookAt, { at: '15:10' })).toBe(3900);
        expect((await view(opened)).time.label).toBe('15:10');
        expect(await opened.command(commands.runbook, {})).toContain('At 15:10: ');
        expect(await opened.command(commands.page, { page: 'timeline' })).toContain('it began at 2026-11-28T14:05Z');
        await opened.command(commands.lastFor, { duration: '4h' });
        expect((await view(opened)).time).toMatchObject({ began: '2026-11-28T14:05Z', duration: 14_400 });
        await beganAt(null);
        expect((await view(opened)).time).toMatchObject({ label: '1 h 5 min' });
        expect((await view(opened)).time.began).toBeUndefined();
        await opened.command(commands.run, { scenario: { failures: ['east'], restarts: [], at: 60, began: '14:05' } });
        expect((await view(opened)).time).toMatchObject({ began: '14:05', label: '14:06' });
    });

    test('what was repaired and is not renewed yet is still drawn', async () => {
        const opened = await editor(text);
        await opened.command(commands.fail, { element: 'east' });
        await opened.command(commands.lastFor, { duration: '4h' });
        await opened.command(commands.lookAt, { at: '4h' });
        expect(await view(opened)).toMatchObject({
            marks: '✅ ⚠️ ⚠️ ✅',
            files: [{ annotations: [{ range: { start: { line: 2 } }, state: 'operators' }] }],
        });
        await opened.command(commands.lookAt, { at: 'next' });
        expect(await view(opened)).toMatchObject({ marks: '✅ ✅ ✅ ✅', files: [] });
    });

    test('promotes what stands by at the time that is looked at, which can be taken back', async () => {
        const opened = await editor(
            'topology t\nmanagement cluster mgmt\nstandby management cluster dr { copy every 15m }\nworkload cluster east\n',
        );
        const { command } = opened;
        await command(commands.fail, { element: 'mgmt' });
        await command(commands.lookAt, { at: '30m' });
        const { elements } = (await command(commands.elements, {})) as ElementList;
        expect(
            elements
                .filter(({ standsBy }) => standsBy)
                .map(({ name }) => name)
                .sort(),
        ).toEqual(['dr', 'mgmt']);
        await command(commands.promote, { element: 'dr' });
        expect(await view(opened)).toMatchObject({
            // the edges are connecting
            marks: '✅ ⚠️ ✅ ✅',
            promotions: [{ element: 'dr', at: 1800, label: '30 min' }],
            steps: [{ action: 'fail' }, { action: 'promote' }],
        });
        await command(commands.cancelPromotion, { element: 'dr', at: 60 });
        expect((await view(opened)).promotions).toHaveLength(1);
        await command(commands.cancelPromotion, { element: 'dr', at: 1800 });
        expect(await view(opened)).toMatchObject({ marks: '✅ ⚠️ ❌ ❌', promotions: [] });
    });

    test('restarts at the time that is looked at, in order of time; each can be taken back', async () => {
        const opened = await istiodFails();
        const { command } = opened;
        const restarts = async () => (await view(opened)).restarts.map(({ element, label }) => `${element} ${label}`);
        await command(commands.lookAt, { at: '2h' });
        await command(commands.restart, { element: 'west' });
        await command(commands.restart, { element: 'west' });
        await command(commands.lookAt, { at: '1h' });
        await command(commands.restart, { element: 'shop@east' });
        expect(await restarts()).toEqual(['shop@east 1 h', 'west 2 h']);
        const { time, marks } = await view(opened);
        expect(time.events[1]).toMatchObject({
            at: 3600,
            text: expect.stringContaining('shop on east cannot start without istiod of east') as string,
        });
        expect(marks).toBe('⚠️ ⚠️ ✅ ✅');
        await command(commands.cancelRestart, { element: 'shop@east', at: 7200 });
        expect(await restarts()).toHaveLength(2);
        await command(commands.cancelRestart, { element: 'shop@east', at: 3600 });
        expect(await restarts()).toEqual(['west 2 h']);
        expect(await view(opened)).toMatchObject({ marks: '✅ ⚠️ ✅ ✅' });
    });

    test('without a scenario there is not a time', async () => {
        const opened = await editor(text);
        expect(await opened.command(commands.lookAt, { at: '4h' })).toBe(0);
        await opened.command(commands.lastFor, { duration: '4h' });
        await opened.command(commands.restart, { element: 'east' });
        expect((await state(opened)).simulations).toEqual([]);
        await opened.command(commands.fail, { element: 'east' });
        expect(await view(opened)).toMatchObject({ restarts: [], time: { at: 0, lasts: 'until repaired' } });
    });
});

describe('pages that answer questions', () => {
    const questions = {
        timeline: 'What happens when?',
        actions: 'What can I still do?',
        next: 'What would hurt next?',
    };
    const beginning = (page: unknown) => (page as string).split('\n').slice(0, 3).join(' ');

    test.each(Object.entries(questions))('%s: of the scenario, of an element, of nothing', async (page, title) => {
        const { command } = await editor(text);
        expect(beginning(await command(commands.page, { page }))).toBe(`# ${title}  Nothing fails.`);
        const ofWest = await command(commands.page, { page, element: 'west' });
        expect(beginning(ofWest)).toBe(`# ${title}  While \`west\` is down.`);
        await command(commands.fail, { element: 'east' });
        expect(beginning(await command(commands.page, { page }))).toBe(`# ${title}  While \`east\` is down.`);
        expect(await command(commands.page, { page, element: 'west' })).toBe(ofWest);
    });

    test('the timeline marks the event in force', async () => {
        const { command } = await editor(text);
        await command(commands.fail, { element: 'east.istiod' });
        await command(commands.lookAt, { at: '13h' });
        const page = (await command(commands.page, { page: 'timeline' })) as string;
        expect(page.match(/^\| \*\*.*/gm)).toEqual([expect.stringMatching(/^\| \*\*from 12 h\*\* \|/)]);
        expect(page).toContain('| at once | `istiod` of `east` fails.');
    });

    test('the others answer for the time that is looked at', async () => {
        const { command } = await editor(text);
        await command(commands.fail, { element: 'east' });
        await command(commands.lastFor, { duration: '4h' });
        const actions = () => command(commands.page, { page: 'actions' });
        expect(await actions()).toContain('`east` is down: nothing can be done there until it is back');
        await command(commands.lookAt, { at: '2h' });
        expect(await actions()).toContain('While `east` is down, after 2 h.');
        await command(commands.lookAt, { at: '6h' });
        expect(await actions()).toContain('All is repaired, 6 h after the beginning.');
        expect(await actions()).not.toContain('❌');
    });
});

describe('what is asked wrongly is told', () => {
    test.each([
        [commands.fail, { element: 'est' }, /^'est' is not an element of topology demo\. Did you mean .*east/],
        [
            commands.fail,
            { element: 'istiod' },
            /^'istiod' is not one element only of topology demo\. It could be: east\.istiod, west\.istiod\.$/,
        ],
        [commands.fail, { element: 'zürich' }, /^'zürich' is not an element of topology demo\.$/],
        [commands.fail, { element: 7 }, /needs an object with "element"/],
        [commands.fail, {}, /needs an object with "element"/],
        [commands.fail, null, /needs an object with "uri"/],
        [commands.fail, { uri: 1, element: 'east' }, /needs an object with "uri"/],
        [
            commands.fail,
            { uri: 'file:///elsewhere.tsbtopo', element: 'east' },
            /^file:\/\/\/elsewhere\.tsbtopo is not a topology file of this workspace/,
        ],
        [commands.fail, { uri: 'no address', element: 'east' }, /is not a topology file/],
        [commands.recover, { element: 'est' }, /'est' is not an element/],
        [commands.recover, null, /needs an object with "uri"/],
        [commands.clear, { uri: 'file:///elsewhere.tsbtopo' }, /is not a topology file/],
        [commands.elements, null, /needs an object with "uri"/],
        [commands.runbook, null, /needs an object with "uri"/],
        [commands.failover, { element: 'east' }, /question about a service/],
        [commands.restart, { element: 'est' }, /'est' is not an element/],
        [commands.lastFor, { duration: 'long' }, /^"long" is not a time: say seconds, or 90s, 30m, 4h, 1h30m or 7d\.$/],
        [commands.lastFor, {}, /^undefined is not a time/],
        [commands.beganAt, { began: 'noon' }, /^"noon" is not a time of the clock: say 14:05, /],
        [commands.beganAt, {}, /^undefined is not a time of the clock/],
        [commands.cancelRestart, { element: 'east' }, /^undefined is not a time/],
        [commands.page, {}, /needs an object with "page"/],
        [commands.page, { page: 'toString' }, /"page" has to be one of timeline, actions, next\./],
        [commands.page, { page: 'next', element: 'est' }, /'est' is not an element/],
    ])('%s %j', async (command, argument, message) => {
        const opened = await editor(text);
        await expect(opened.command(command, argument)).rejects.toThrow(message);
        expect(await failures(opened)).toEqual([]);
    });

    test.each([['later'], [''], ['90'], ['4h '.repeat(2) + 'x'], [-1], [1.5], [null], [{}], ['9'.repeat(20) + 'h']])(
        'the time %j',
        async (at) => {
            const opened = await editor(text);
            await opened.command(commands.fail, { element: 'east' });
            await expect(opened.command(commands.lookAt, { at })).rejects.toThrow(
                / is not a time: say seconds, or 90s/,
            );
            expect((await state(opened)).simulations[0]!.time.at).toBe(0);
        },
    );

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
