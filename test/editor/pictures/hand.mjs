// What the pictures do in VS Code: a window of its own, and the hand of a user in it.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { writeUserSettings } from '../../vscode-host/settings.mjs';
import { openWorkbench } from '../../vscode-host/workbench.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const ACME = join(ROOT, 'test/editor/workspace/acme.tsbtopo');
const TIME = { timeout: 60_000 };

/** Only what the pictures are about: no side bar, no minimap, no blinking. */
const SETTINGS = {
    'breadcrumbs.enabled': false,
    'editor.cursorBlinking': 'solid',
    'editor.fontSize': 13,
    'editor.lineHeight': 20,
    'editor.minimap.enabled': false,
    'editor.occurrencesHighlight': 'off',
    'editor.renderLineHighlight': 'none',
    'editor.scrollBeyondLastLine': false,
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.layoutControl.enabled': false,
};

/**
 * Opens a copy of a file in a window of VS Code, hands the page of it to `run`, and closes it.
 *
 * @param {object} options
 * @param {string} options.theme
 * @param {{width: number, height: number}} options.viewport
 * @param {boolean} [options.withSideBar]
 * @param {string} [options.example]  the file; the estate of the editor tests unless said
 * @param {(page: import('playwright-core').Page) => Promise<void>} run
 */
export async function inEditor({ theme, viewport, withSideBar = false, example = ACME }, run) {
    const temporary = mkdtempSync(join(tmpdir(), 'tsbtopo-'));
    const folder = join(temporary, 'estate');
    const file = join(folder, basename(example));
    mkdirSync(folder);
    cpSync(example, file);
    const userDataDir = join(temporary, 'user');
    writeUserSettings(userDataDir, {
        ...SETTINGS,
        'workbench.colorTheme': theme,
        ...(withSideBar && { 'workbench.activityBar.location': 'default' }),
    });
    const workbench = openWorkbench({
        userDataDir,
        extensionsDir: join(temporary, 'extensions'),
        content: { folder, files: [file], developmentPaths: [ROOT] },
        viewport,
    });
    try {
        await run(await workbench.page);
    } finally {
        await workbench.close();
        rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    }
}

/** Once every lens says what it has to say. */
export async function prepare(page) {
    await page.locator('.codelens-decoration a:has-text("Simulate failure")').first().waitFor(TIME);
    await page
        .locator('.codelens-decoration', { hasText: /[✖⚙] \S/ })
        .first()
        .waitFor(TIME);
    await settled(page);
}

/** The pointer where it is in nobody's way. */
export async function rest(page) {
    const { width, height } = page.viewportSize();
    await page.mouse.move(width - 100, height - 150);
}

/** Hovers a word in the first line that contains `line`. */
export async function hoverOn(page, word, line) {
    const at = page
        .locator('.view-line', { hasText: withSpaces(line) })
        .first()
        .getByText(word, { exact: true });
    const { x, y, width, height } = await at.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
    await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor(TIME);
}

/** Clicks the lens above a line, and waits until the status bar counts so many failures. */
export async function simulate(page, line, failures) {
    const { x, y } = await lensAbove(page, line);
    await page.mouse.click(x, y);
    await page.locator(`.statusbar-item:has-text("${failures} failure")`).waitFor(TIME);
    // all lenses are drawn anew, with what each failure would add
    await page.locator(`.codelens-decoration:has-text("on top of ${failures} failure")`).first().waitFor(TIME);
    await settled(page);
    await rest(page);
}

/** @returns {Promise<{x: number, y: number}>} the middle of the lens above a line */
export async function lensAbove(page, line) {
    const { y } = await page
        .locator('.view-line', { hasText: withSpaces(line) })
        .first()
        .boundingBox();
    const lenses = page.locator('.codelens-decoration a:has-text("Simulate failure")');
    for (const end = Date.now() + TIME.timeout; Date.now() < end; await page.waitForTimeout(100)) {
        // a lens that is drawn anew at this moment has no box
        const boxes = await Promise.all((await lenses.all()).map((lens) => lens.boundingBox().catch(() => null)));
        const above = boxes.filter((box) => box !== null && box.y < y).sort((a, b) => b.y - a.y)[0];
        if (above) return { x: above.x + above.width / 2, y: above.y + above.height / 2 };
    }
    throw new Error(`There is no lens above ${line}`);
}

/** Runs a command of the command palette. */
export async function command(page, title) {
    await page.keyboard.press('F1');
    await choose(page, title, '>');
}

/** Simulates one failure by its name. */
export async function simulatePart(page, element) {
    await command(page, 'Simulate a Failure…');
    await choose(page, element);
    await page.locator('.statusbar-item:has-text("1 failure")').waitFor(TIME);
}

/** Once a page of Markdown is rendered: VS Code has it in a frame within a frame. */
export async function pageShown(page) {
    await page.frameLocator('iframe.webview').frameLocator('#active-frame').locator('h1').first().waitFor(TIME);
    await settled(page);
}

/** Opens the picture, and waits until it is drawn. */
export async function pictureShown(page) {
    await command(page, 'Show the Picture');
    const inner = page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await inner
        .locator('#parts [data-box]')
        .first()
        .waitFor({ state: 'attached', ...TIME });
    await settled(page);
}

/** Types into the quick pick in sight, and takes what it finds. */
async function choose(page, text, prefix = '') {
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor(TIME);
    await page.locator('.quick-input-box input').fill(`${prefix}${text}`);
    await rows.filter({ hasText: text }).first().click(TIME);
    await rest(page);
}

/** The editor shows spaces as no-break spaces. */
function withSpaces(text) {
    return new RegExp(text.replaceAll(' ', '[\\s\u00a0]'));
}

/** Two frames with the same picture. */
export async function settled(page) {
    for (let before; ;) {
        await page.waitForTimeout(700);
        const now = (await page.screenshot()).toString('base64');
        if (now === before) return;
        before = now;
    }
}
