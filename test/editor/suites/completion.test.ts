import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import { closeAll, show } from '../estate.js';
import { click, hasPage, press, texts, type, waitFor, wordInEditor } from '../page.js';
import { poll } from '../poll.js';

const row = '.suggest-widget.visible .monaco-list-row';

/** The labels of the list in sight. */
function proposals(): Promise<string[]> {
    return texts(`${row} .label-name`);
}

describe('completion', () => {
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await press('Escape');
        await closeAll();
    });

    it('proposes names after a space, says what their failure does, and writes the one that is accepted', async () => {
        const { document } = await show('demo.tsbtopo');
        await click(await wordInEditor('service', 'service shop'));
        await press('Control+End');
        await type('\nservice cart on ');
        await waitFor(row);
        assert.deepEqual(await proposals(), ['east', 'west', 'mgmt']);
        assert.match((await texts(row))[0]!, /workload cluster/);

        await press('ArrowDown');
        await press('Control+Space');
        await poll('what the failure of west does', async () => {
            const [details = ''] = await texts('.suggest-details-container .suggest-details');
            return /west.*if it fails/s.test(details) && /⚙\s+shop in 1 of 2 clusters/.test(details);
        });
        await press('Enter');
        await poll('the accepted name', () => document.getText().trimEnd().endsWith('service cart on west'));
    });

    it('writes a whole construct with places to be filled in', async () => {
        const { document } = await show('demo.tsbtopo');
        await click(await wordInEditor('service', 'service shop'));
        await press('Control+End');
        await type('\ngateways');
        await poll('the construct alone', async () => (await proposals()).join() === 'workload cluster with gateways');
        await press('Enter');
        await poll('the construct', () => document.getText().includes('workload cluster name {'));
        await type('south');
        await poll('its name in both places', () =>
            document.getText().includes('workload cluster south {\n    gateway ingress, east-west south-gw\n}'),
        );
    });
});
