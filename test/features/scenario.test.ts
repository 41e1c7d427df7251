import { expect, test } from 'vitest';
import { simulationState } from '../../server/features/simulation-state.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor } from './editor.js';

test('a scenario is a value, and can be run anew', async () => {
    const { services, uri, command, type } = await editor(
        'workload cluster east\nworkload cluster west\nservice s on east',
    );
    const scenario = {
        failures: ['east', 'gone'],
        restarts: [{ element: 'east.istiod', at: 60 }],
        duration: 3600,
        at: 120,
    };
    await command(simulationCommands.run, { scenario });
    const view = () => simulationState(services.tsbtopo, services.simulations).simulations[0];
    expect(view()).toMatchObject({
        uri: uri(),
        failures: ['east', 'gone'],
        restarts: [{ element: 'east.istiod', at: 60 }],
        time: { at: 120, duration: 3600 },
    });
    await type('workload cluster east\nworkload cluster gone');
    expect(view()?.failed.map(({ kind }) => kind)).toEqual(['workload-cluster', 'workload-cluster']);
    await command(simulationCommands.run, { scenario: { failures: [], restarts: [], at: 0 } });
    expect(view()).toBeUndefined();
    for (const wrong of [undefined, {}, { failures: 7 }, { ...scenario, at: -1 }, { ...scenario, restarts: [7] }]) {
        await expect(command(simulationCommands.run, { scenario: wrong })).rejects.toBeDefined();
    }
});
