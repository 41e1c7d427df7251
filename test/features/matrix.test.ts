import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import { plain } from '../../server/encoding/markdown.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { gravityOfHost } from '../../server/failure/traffic-outcome.js';
import { operationStories } from '../../server/impact/operations.js';
import { factsOf } from '../../server/impact/facts.js';
import { stateOfGravity } from '../../server/matrix/cell.js';
import type { MatrixQuery } from '../../server/protocol/matrix.js';
import { editor } from './editor.js';

const text = `topology acme
region us
management cluster mgmt in us
workload cluster east in us { gateway ingress }
workload cluster west { gateway ingress }
service shop on east { exposed "shop.example.com"  calls cart }
service cart on east, west
`;

const all: MatrixQuery = { declared: false, filter: '', sort: 'gravity' };
const { None } = CancellationToken;

async function opened() {
    const { services, uri } = await editor(text);
    const { matrices, tsbtopo } = services;
    const snapshot = () => snapshotsOf(tsbtopo).of(uri())!;
    /** Once all is weighed. */
    const outline = async (query = all, anchor?: string) => {
        for (;;) {
            const found = await matrices.outline({ uri: uri(), query, ...(anchor !== undefined && { anchor }) }, None);
            if (!found?.toWeigh) return found;
        }
    };
    const lines = async (query = all, from = 0, to = 500) => {
        await outline(query);
        return matrices.lines({ uri: uri(), query, from, to }, None);
    };
    const names = async (query = all) =>
        (await lines(query)).map((line) => (line.kind === 'group' ? `# ${line.title}` : line.name));
    return { uri: uri(), matrices, snapshot, outline, lines, names };
}

describe('the page of a matrix', () => {
    test('has a line for everything that can fail, with the marks of the outcome', async () => {
        const { outline, lines, snapshot } = await opened();
        const { columns, lines: count, inAll } = (await outline())!;
        expect([count, inAll]).toEqual([snapshot().elements.size, snapshot().elements.size]);
        const host = columns.findIndex(({ title }) => title === 'shop.example.com');
        for (const line of await lines()) {
            if (line.kind === 'group') throw new Error('nobody asked for groups');
            const outcome = snapshot().outcomeOf(line.name as never)!;
            const cell = line.cells.find(({ column }) => column === host);
            expect(cell?.state).toBe(stateOfGravity[gravityOfHost(outcome.hosts[0]!)]);
        }
    });

    test('gives the lines that are asked for', async () => {
        const { lines, names } = await opened();
        const every = await names();
        const some = await lines(all, 3, 6);
        expect(some.map((line) => line.kind === 'failure' && line.name)).toEqual(every.slice(3, 6));
        expect(await lines(all, every.length, every.length + 9)).toEqual([]);
    });

    test('filters, groups, sorts, leaves out components, and finds a line again', async () => {
        const { names, outline } = await opened();
        expect((await names({ ...all, filter: ' WEST ' })).every((name) => name.includes('west'))).toBe(true);
        expect(await names({ ...all, filter: 'workload cluster', group: 'region' })).toEqual([
            '# Region us',
            'east',
            '# In no region',
            'west',
        ]);
        expect(await names({ ...all, declared: true })).not.toContain('east.data-plane.istiod');
        const byName = await names({ ...all, sort: 'name' });
        expect(byName).toEqual([...byName].sort(new Intl.Collator('en', { numeric: true }).compare));
        const at = (await outline({ ...all, sort: 'name' }, 'west'))!.anchorAt!;
        expect(byName[at]).toBe('west');
        expect((await outline({ ...all, filter: 'east' }, 'west'))!.anchorAt).toBeNull();
    });

    test('sorts by a column, the gravest cells first', async () => {
        const { outline, lines } = await opened();
        const column = (await outline())!.columns.findIndex(({ title }) => title === 'Metrics collection');
        const states = (await lines({ ...all, sort: column })).map(
            (line) => (line.kind === 'failure' && line.cells.find((cell) => cell.column === column)?.state) || 'none',
        );
        const order = ['total', 'limited', 'none'];
        expect(states.map((state) => order.indexOf(state))).toEqual(
            states.map((state) => order.indexOf(state)).sort((a, b) => a - b),
        );
        expect(new Set(states).size).toBeGreaterThan(1);
    });

    test('says of a cell what a hover says', async () => {
        const { matrices, uri, snapshot } = await opened();
        const outcome = snapshot().outcomeOf('east' as never)!;
        const { sentences } = operationStories(factsOf(outcome)).metricsCollection;
        const told = matrices.cell({ uri, element: 'east', column: 2 });
        expect(told).toMatch(/^Metrics collection: limited\. /);
        expect(told).toContain(plain(sentences[0]!));
        expect(matrices.cell({ uri, element: 'east', column: 4 })).toBe(
            'shop.example.com: down: no request gets through',
        );
        expect(matrices.cell({ uri, element: 'nobody', column: 4 })).toBeNull();
        expect(matrices.cell({ uri, element: 'east', column: 99 })).toBeNull();
    });

    test('an edit makes other rows, also for who does not ask anew what there is', async () => {
        const { services, uri, type } = await editor(text);
        const { matrices } = services;
        const ask = () => matrices.lines({ uri: uri(), query: { ...all, filter: 'service' }, from: 0, to: 500 }, None);
        const before = await ask();
        await type(`${text}service till on east\n`);
        const names = (lines: Awaited<ReturnType<typeof ask>>) =>
            lines.flatMap((line) => (line.kind === 'failure' ? [line.name] : []));
        expect(names(before)).not.toContain('service:till');
        expect(names(await ask())).toContain('service:till');
    });

    test('ends when it is taken back', async () => {
        const { matrices, uri } = await opened();
        const source = new CancellationTokenSource();
        source.cancel();
        await expect(matrices.outline({ uri, query: all }, source.token)).rejects.toBeDefined();
    });

    test('knows nothing of files that are not there', async () => {
        const { matrices } = await opened();
        expect(await matrices.outline({ uri: 'file:///nowhere.tsbtopo', query: all }, None)).toBeNull();
        expect(await matrices.report({ uri: 'file:///nowhere.tsbtopo' }, None)).toBeNull();
    });
});
