import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { closeAll, hoverAt, positionOf, show } from '../estate.js';
import { hasPage, hover, hoverText, wordInEditor } from '../page.js';
import { simulationCommands } from '../../../server/protocol/simulation.js';

describe('hover', () => {
    afterEach(closeAll);

    it('tells on a cluster what its failure does to the four operations', async () => {
        const { document } = await show('demo.tsbtopo');
        const { value } = await hoverAt(document.uri, positionOf(document, 'east'));
        assert.match(value, /workload cluster.*east/);
        for (const operation of ['Running workloads', 'Local cluster operations', 'Metrics collection']) {
            assert.ok(value.includes(operation), `${operation} is missing in ${value}`);
        }
        assert.match(value, /Management operations \| ✅/);
    });

    it('tells on a word of the language what it means', async () => {
        const { document } = await show('acme.tsbtopo');
        const { value } = await hoverAt(document.uri, positionOf(document, 'failover'));
        assert.match(value, /failover/);
        assert.doesNotMatch(value, /if it fails/);
    });

    it('may link to the commands of the simulation, and to no other', async () => {
        const { document } = await show('demo.tsbtopo');
        const { isTrusted } = await hoverAt(document.uri, positionOf(document, 'east'));
        assert.ok(typeof isTrusted === 'object', 'all or no commands are trusted');
        assert.ok(isTrusted.enabledCommands.includes(simulationCommands.fail));
        assert.ok(isTrusted.enabledCommands.every((command) => command.startsWith('tsbtopo.')));
    });

    it('is drawn as a table with signs', async function () {
        if (!hasPage()) this.skip();
        await show('demo.tsbtopo');
        await hover(await wordInEditor('east', 'workload cluster east'));
        const text = await hoverText();
        assert.match(text, /Metrics collection\s+⚠️/);
        assert.match(text, /Simulate/);
    });
});
