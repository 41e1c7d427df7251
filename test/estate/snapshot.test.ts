import { describe, expect, test } from 'vitest';
import { snapshotsOf, type Snapshot } from '../../server/estate/snapshot.js';
import { failing } from '../../server/failure/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';

const text = `topology t
management cluster m
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" via east.ingress, west.ingress { gslb } }
`;

async function opened(files: string | Record<string, string> = text): Promise<{ snapshot: Snapshot; uri: string }> {
    const { document, services } = await estate(files);
    const uri = document.uri.toString();
    return { snapshot: snapshotsOf(services).of(uri)!, uri };
}

const east = asElementName('east');
const codes = (snapshots: readonly Snapshot[] | undefined) =>
    snapshots?.flatMap((each) => each.problems().map(({ code }) => code));

describe('what is asked of an estate', () => {
    test('the failure of an element, alone, among others, and in time', async () => {
        const { snapshot } = await opened();
        const alone = snapshot.outcomeOf(east)!;
        expect(alone.failures.map(({ name }) => name)).toEqual(['east']);
        expect(snapshot.outcomeOfAll([east]).operations).toEqual(alone.operations);
        expect(snapshot.view(failing([east])).outcome.operations).toEqual(alone.operations);
        expect(snapshot.blasts.weightOf(east).operations).toEqual(alone.operations);
        expect(snapshot.outcomeOfAll([]).failures).toEqual([]);
        expect(snapshot.outcomeOf(asElementName('nobody'))).toBeUndefined();
    });

    test('what a person means, and a link that only somebody names', async () => {
        const { snapshot } = await opened(`${text}network { east, west <-> east, west }`);
        expect(snapshot.named('mp').found?.name).toBe('m.management-plane');
        const link = snapshot.named('link:west/east').found!;
        expect(snapshot.outcomeOf(link.name)?.failures).toHaveLength(1);
    });

    test('an edit makes another one, and the old one stays what it was', async () => {
        const { documents, services, change } = await estate(text);
        const uri = [...documents.values()][0]!.uri.toString();
        const before = snapshotsOf(services).of(uri)!;
        expect(snapshotsOf(services).of(uri)!.topology).toBe(before.topology);
        await change({ 'main.tsbtopo': text.replaceAll('east', 'north') });
        expect(before.outcomeOf(east)).toBeDefined();
        expect(snapshotsOf(services).of(uri)!.outcomeOf(east)).toBeUndefined();
        expect(snapshotsOf(services).of(uri)!.key).toBe(before.key);
    });
});

describe('what would be', () => {
    test('with other text, and the estate itself stays as it is', async () => {
        const { snapshot, uri } = await opened();
        const start = text.indexOf('west {');
        const after = await snapshot.with([{ uri, start, end: start + 4, text: 'south' }]);
        expect(codes(after)).toContain('unknown-cluster');
        expect(after![0]!.outcomeOf(asElementName('south'))).toBeDefined();
        expect(codes([snapshot])).not.toContain('unknown-cluster');
        expect(snapshot.outcomeOf(asElementName('south'))).toBeUndefined();
    });

    test('what was tried before stays what it was', async () => {
        const { snapshot, uri } = await opened();
        const first = await snapshot.with([{ uri, start: 0, end: 0, text: 'region r { zones a }\n' }]);
        const said = first!.flatMap((each) => each.problems().map(({ identity }) => identity));
        await snapshot.with([{ uri, start: 0, end: text.length, text: '}' }]);
        expect(first!.flatMap((each) => each.problems().map(({ identity }) => identity))).toEqual(said);
    });

    test('changes that touch each other, or files of others, cannot be made', async () => {
        const { snapshot, uri } = await opened();
        const change = { uri, start: 0, end: 8, text: '' };
        expect(await snapshot.with([change, { ...change, start: 4 }])).toBeUndefined();
        const { documents, services } = await estate({
            'a.tsbtopo': 'topology a\nworkload cluster x',
            'b.tsbtopo': 'topology b\nworkload cluster y',
        });
        const [mine, other] = [...documents.values()].map((document) => document.uri.toString());
        expect(
            await snapshotsOf(services)
                .of(mine!)!
                .with([{ ...change, uri: other! }]),
        ).toBeUndefined();
    });

    test('a file that is not there yet comes into being', async () => {
        const { snapshot } = await opened();
        const text = 'topology t\nworkload cluster beside';
        const [after] = (await snapshot.with([{ uri: 'file:///beside.tsbtopo', start: 0, end: 0, text }])) ?? [];
        expect(after?.topology.clusters.map(({ name }) => name)).toContain('beside');
    });

    test('where nobody knows to which estate a file belongs, all are judged together', async () => {
        const { documents, services } = await estate({
            'a.tsbtopo': 'topology a\nworkload cluster x',
            'b.tsbtopo': 'topology b\nworkload cluster y',
            'c.tsbtopo': 'workload cluster z',
        });
        const uri = [...documents.keys()].length > 0 ? [...documents.values()][2]!.uri.toString() : '';
        const snapshots = snapshotsOf(services);
        expect(snapshots.around(uri)).toHaveLength(3);
        const after = await snapshots.of(uri)!.with([{ uri, start: 0, end: 0, text: 'topology a\n' }]);
        expect(after?.map(({ topology }) => topology.name)).toEqual(['a', 'b']);
    });
});
