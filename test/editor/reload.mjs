// The picture and the matrix come back when the window is loaded anew: that ends what runs in it, so nobody in it can try.
import assert from 'node:assert/strict';
import { command, inEditor, prepare } from './pictures/hand.mjs';

const TIME = { timeout: 60_000 };

/** Opens both, changes how they look, loads the window anew, and finds them as they were. */
export async function pagesComeBack() {
    await inEditor({ theme: 'Default Dark Modern', viewport: { width: 1400, height: 900 } }, async (page) => {
        await prepare(page);
        await command(page, 'Show the Matrix');
        const matrix = await frameWith(page, '#canvas .row .name');
        await matrix.locator('#filter').fill('west');
        await matrix.locator('#count', { hasText: /^\d+ of/ }).waitFor(TIME);
        await command(page, 'View: Focus First Editor Group');
        await command(page, 'Show the Picture');
        const picture = await frameWith(page, '#parts .box');
        await picture.locator('[data-layer=metrics]').click();
        await picture.locator('[data-layer=metrics][aria-pressed=false]').waitFor(TIME);
        await picture.locator('#zoom-in').click();
        await picture.locator('#zoom-in').click();
        const seen = await picture.locator('#camera').getAttribute('transform');
        // the client keeps what is shown, and from where, a second later
        await page.waitForTimeout(3_000);

        // VS Code keeps its tabs now and then, and when it is told to load the window anew
        const address = withoutFiles(page.url());
        await page.evaluate((url) => globalThis.history.replaceState(null, '', url), address);
        const loaded = page.waitForEvent('load', TIME);
        await command(page, 'Developer: Reload Window');
        await loaded;
        await page.waitForSelector('.monaco-workbench', TIME);
        const again = await frameWith(page, '#parts .box');
        await again.locator('[data-layer=metrics][aria-pressed=false]').waitFor(TIME);
        assert.equal(await again.locator('#parts [data-key^="line metrics"]').count(), 0);
        assert.equal(await again.locator('#camera').getAttribute('transform'), seen);
        await page.locator('.tab:has-text("Matrix of")').first().click();
        const rows = await frameWith(page, '#canvas .row .name');
        assert.equal(await rows.locator('#filter').inputValue(), 'west');
    });
}

/** The same window: with files to open in its address, VS Code would show those in place of what was open. */
function withoutFiles(address) {
    const url = new URL(address);
    const payload = JSON.parse(url.searchParams.get('payload'));
    url.searchParams.set('payload', JSON.stringify(payload.filter(([key]) => key !== 'openFile')));
    return url.href;
}

/** The frame of a webview, two frames deep, once it shows something. */
async function frameWith(page, selector) {
    for (const end = Date.now() + TIME.timeout; Date.now() < end; await page.waitForTimeout(200)) {
        for (const frame of page.frames()) {
            if (
                (await frame
                    .locator(selector)
                    .count()
                    .catch(() => 0)) > 0
            )
                return frame;
        }
    }
    throw new Error(`no page shows ${selector}`);
}
