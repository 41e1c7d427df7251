import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { editor } from '../features/editor.js';

const edits = 60;

/** The last one, and what an editor may still be asking about. */
const mostAlive = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const clusters = 'topology demo\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster west\n';

test('of all syntax trees and topologies that there were, no more than the last ones are kept', async () => {
    const { type, hover, lenses, actions, command, document, uri, services } = await editor({
        'services.tsbtopo': 'service <|>shop on east, west\n',
        'clusters.tsbtopo': clusters,
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
    // what a WeakRef has shown stays until the present task ends
    await new Promise((done) => setTimeout(done));
    collectGarbage();
    const alive = (all: readonly WeakRef<object>[]) => all.filter((each) => each.deref() !== undefined).length;
    expect(alive(trees)).toBeLessThanOrEqual(mostAlive);
    expect(alive(topologies)).toBeLessThanOrEqual(mostAlive);
    expect(LangiumDocuments.all.count()).toBe(2);
});
