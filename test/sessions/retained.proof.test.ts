import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import type { TsbtopoServices } from '../../server/language/services.js';
import { Scratch } from '../../server/estate/scratch.js';
import { editor } from '../features/editor.js';
import { mentions } from './mentions.js';

const edits = 60;

/** The last one, and what an editor may still be asking about. */
const mostAlive = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const clusters = 'management cluster mgmt\nworkload cluster east\nworkload cluster west\n';
const everywhere = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

test('of all syntax trees and topologies that there were, no more than the last ones are kept', async () => {
    const { type, hover, lenses, actions, command, document, uri, services } = await editor({
        'services.tsbtopo': 'service <|>shop on east, west\n',
        'clusters.tsbtopo': `topology demo\n${clusters}`,
    });
    const { LangiumDocuments } = services.shared.workspace;
    const trees: WeakRef<object>[] = [];
    const topologies: WeakRef<object>[] = [];
    await command('tsbtopo.simulation.fail', { element: 'east' });
    for (let edit = 0; edit < edits; edit++) {
        // a value, a name, a mistake, and a file that comes and goes
        await type(
            `service shop on east, west { replicas ${edit + 1} }\nservice s${edit} on east${edit % 3 ? '' : ' ,'}\n`,
        );
        await type({ 'more.tsbtopo': edit % 2 ? undefined : `topology t${edit}\nworkload cluster c${edit}\n` });
        await hover();
        await lenses();
        await actions();
        await command('tsbtopo.simulation.state', null);
        services.views.topologies({});
        trees.push(new WeakRef(document().parseResult.value));
        topologies.push(new WeakRef(services.tsbtopo.workspace.Topologies.of(uri())!));
    }
    await type({ 'more.tsbtopo': undefined });
    expect(await alive(trees)).toBeLessThanOrEqual(mostAlive);
    expect(await alive(topologies)).toBeLessThanOrEqual(mostAlive);
    expect(LangiumDocuments.all.count()).toBe(2);
});

describe('what is kept of an estate goes with it, whoever asked for it, and nobody has to ask for all of them', () => {
    test.each([
        ['its header changes', (edit: number) => ({ 'main.tsbtopo': `topology fleeting-${edit}\n${clusters}` })],
        [
            'its only file is another one',
            (edit: number) => ({
                'main.tsbtopo': 'topology lasting\n',
                [`fleeting-${edit}.tsbtopo`]: `topology fleeting-${edit}\n${clusters}`,
                [`fleeting-${edit - 1}.tsbtopo`]: undefined,
            }),
        ],
        [
            'it has no header, and stands in a folder of its own',
            (edit: number) => ({
                'main.tsbtopo': 'topology a\n',
                'other.tsbtopo': 'topology b\n',
                [`fleeting-${edit}/main.tsbtopo`]: `${clusters}service shop on east,\n`,
                [`fleeting-${edit - 1}/main.tsbtopo`]: undefined,
            }),
        ],
    ])('%s', async (_, filesAt) => {
        const { type, lenses, actions, document, uri, services } = await editor(present(filesAt(0)));
        const { ProjectSettings, Topologies } = services.tsbtopo.workspace;
        const topologies: WeakRef<object>[] = [];
        const look = async (name = 'main.tsbtopo') => {
            await ProjectSettings.load(services.shared.workspace.LangiumDocuments.all.map((each) => each.uri));
            await lenses(name);
            await actions(undefined, everywhere);
            await services.tsbtopo.lsp.SemanticTokenProvider!.semanticHighlight(document(name), {
                textDocument: { uri: uri(name) },
            });
            topologies.push(new WeakRef(Topologies.of(uri(name))!));
        };
        const lastOf = (files: Record<string, string | undefined>) => Object.keys(present(files)).at(-1);
        for (let edit = 1; edit <= edits; edit++) {
            await type(filesAt(edit));
            await look(lastOf(filesAt(edit)));
        }
        const gone = Object.fromEntries(Object.keys(present(filesAt(edits))).map((name) => [name, undefined]));
        await type({ ...gone, 'main.tsbtopo': 'topology lasting\nworkload cluster only ,\n' });
        await look();
        expect(await alive(topologies)).toBeLessThanOrEqual(mostAlive);
        // Langium keeps the names of folders
        expect(mentions(services, 'fleeting-').filter((way) => !way.includes('/documentTrie/'))).toEqual([]);
    });

    test('where changes are tried out', async () => {
        const scratch = new Scratch();
        const problemsSaid = (services: TsbtopoServices) =>
            snapshotsOf(services, scratch)
                .all()
                .flatMap((each) => each.problems());
        const findings: WeakRef<object>[] = [];
        for (let edit = 0; edit < edits; edit++) {
            const files = new Map([['file:///a.tsbtopo', `topology fleeting-${edit}\n${clusters}`]]);
            const problems = await scratch.with(files, [{ uri: 'file:///', name: '' }], problemsSaid);
            findings.push(new WeakRef(problems.find(({ finding }) => finding)!.finding!));
        }
        await scratch.with(new Map([['file:///a.tsbtopo', 'topology lasting']]), [], problemsSaid);
        expect(await alive(findings)).toBeLessThanOrEqual(mostAlive);
        expect(mentions(scratch, 'fleeting-')).toEqual([]);
    });
});

/** How many of some objects are held by somebody. */
async function alive(all: readonly WeakRef<object>[]): Promise<number> {
    // what a WeakRef has shown stays until the present task ends
    await new Promise((done) => setTimeout(done));
    collectGarbage();
    return all.filter((each) => each.deref() !== undefined).length;
}

function present(files: Record<string, string | undefined>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    );
}
