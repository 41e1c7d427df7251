import { CancellationToken } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import type { Gravity } from '../../server/failure/gravity.js';
import { editor, type Editor } from './editor.js';

const text = `topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west
service reports on east`;

const { None } = CancellationToken;

/** `label  kind  headline` of the elements of a group. */
async function group({ services, uri }: Editor, gravity: Gravity): Promise<string[]> {
    const elements = await services.views.elements({ uri: uri(), gravity }, None);
    return elements.map(({ label, title, headline }) => [label, title, headline].join('  '));
}

describe('topologies', () => {
    test('each of the workspace with a file to name it by, how much it has, and how many findings', async () => {
        const { services, uri } = await editor({
            'a.tsbtopo': text,
            'b.tsbtopo': 'topology demo\nservice cart on nowhere',
            'c.tsbtopo': 'topology other\nmanagement cluster m\nworkload cluster w',
        });
        const [demo, other] = services.views.topologies({});
        expect(demo).toMatchObject({ topology: 'demo', uri: uri('a.tsbtopo'), findings: { error: 1 } });
        expect(demo!.elements).toBeGreaterThan(other!.elements);
        expect(other).toMatchObject({ topology: 'other', uri: uri('c.tsbtopo'), findings: { error: 0 } });
        expect(services.views.topologies({ uri: uri('b.tsbtopo') })).toEqual([demo]);
        expect(services.views.topologies({ uri: 'file:///elsewhere.tsbtopo' })).toEqual([]);
    });
});

describe('failures', () => {
    test('are counted by gravity, and listed with their headline, the heaviest first', async () => {
        const opened = await editor(text);
        const { services, uri } = opened;
        const groups = await services.views.failures({ uri: uri() }, None);
        expect(groups.map(({ gravity }) => gravity)).toEqual(['down', 'operators', 'none']);
        for (const { gravity, count } of groups) expect(await group(opened, gravity)).toHaveLength(count);
        expect(await group(opened, 'down')).toEqual([
            'east  workload cluster  reports down',
            'reports  service  reports down',
            'shop  service  shop down',
        ]);
    });

    test('lead to their declaration, and to their parts', async () => {
        const { services, uri } = await editor(text);
        const down = await services.views.elements({ uri: uri(), gravity: 'down' }, None);
        const east = down.find(({ name }) => name === 'east')!;
        expect(east).toMatchObject({
            hasParts: true,
            at: { uri: uri(), range: { start: { line: 2, character: 17 } } },
        });
        const parts = await services.views.elements({ uri: uri(), within: 'east' }, None);
        expect(parts.map(({ label }) => label)).toEqual(
            expect.arrayContaining(['data-plane', 'edge-control-plane', 'kubernetes-api', 'shop', 'reports']),
        );
        expect(await services.views.elements({ uri: uri(), within: 'nothing' }, None)).toEqual([]);
    });

    test('follow edits', async () => {
        const opened = await editor(text);
        const east = async (gravity: Gravity) =>
            (await group(opened, gravity)).find((line) => line.startsWith('east  '));
        expect(await east('down')).toContain('reports down');
        await opened.type(text.replace('reports on east', 'reports on east, west'));
        expect(await east('operators')).toContain('local cluster operations and metrics collection limited');
    });

    test('stop when nobody waits for them any more', async () => {
        const { services, uri } = await editor(text);
        await expect(services.views.failures({ uri: uri() }, CancellationToken.Cancelled)).rejects.toBeDefined();
    });

    test('of what is no topology there are none', async () => {
        const { services } = await editor(text);
        expect(await services.views.failures({ uri: 'file:///elsewhere.tsbtopo' }, None)).toEqual([]);
        expect(await services.views.elements({ uri: 'no address', gravity: 'down' }, None)).toEqual([]);
    });

    test('are explained as the hover does', async () => {
        const { services, uri } = await editor(text);
        expect(services.views.explanation({ uri: uri(), element: 'east' })).toMatch(/^\*\*workload cluster `east`\*\*/);
        expect(services.views.explanation({ uri: uri(), element: 'east.data-plane' })).toContain('Local cluster');
        expect(services.views.explanation({ uri: uri(), element: 'nothing' })).toBeNull();
    });
});

describe('findings', () => {
    test('of all files of a topology, the gravest first, in the order of places', async () => {
        const { services, uri } = await editor({
            'a.tsbtopo': `${text}\nservice`,
            'b.tsbtopo': 'topology demo\nservice idle\nservice cart on nowhere',
        });
        const found = services.views.findings({ uri: uri('b.tsbtopo') });
        const order = ['error', 'warning', 'info', 'hint'];
        const grave = found.map(({ severity }) => order.indexOf(severity));
        expect(grave).toEqual([...grave].sort());
        expect(found.filter(({ severity }) => severity === 'error').map(({ at }) => at.uri)).toEqual([
            uri('a.tsbtopo'),
            uri('b.tsbtopo'),
        ]);
        expect(found).toContainEqual(
            expect.objectContaining({ severity: 'warning', code: 'service-without-home' }) as object,
        );
        expect(services.views.findings({ uri: 'file:///elsewhere.tsbtopo' })).toEqual([]);
    });
});
