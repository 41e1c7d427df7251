// npm run screenshots: pictures of the extension in a real VS Code, for the README and for whoever changes how it looks.
// They go to media/screenshots/: a quiet file, the hover of a cluster, a simulation of two failures, one in time, and the
// views beside it, dark and light.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { installHost } from '../vscode-host/install.mjs';
import { writeUserSettings } from '../vscode-host/settings.mjs';
import { openWorkbench } from '../vscode-host/workbench.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'media/screenshots');
const EXAMPLE = join(ROOT, 'test/editor/workspace/acme.tsbtopo');

/** What is added to the name of a picture, and the theme. */
const THEMES = { '': 'Default Dark Modern', '-light': 'Default Light Modern' };
/** As wide as the longest line needs, as high as the file. */
const WINDOW = { width: 1080, height: 790 };
/** With room for the side bar. */
const WIDE_WINDOW = { width: 1400, height: 900 };
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

installHost();
mkdirSync(PICTURES, { recursive: true });
for (const [suffix, theme] of Object.entries(THEMES)) {
    await inWorkbench({ ...SETTINGS, 'workbench.colorTheme': theme }, WINDOW, (page) => takePictures(page, suffix));
    const withSideBar = { ...SETTINGS, 'workbench.activityBar.location': 'default', 'workbench.colorTheme': theme };
    await inWorkbench(withSideBar, WIDE_WINDOW, (page) => takePictureOfViews(page, suffix));
}

async function takePictures(page, suffix) {
    await prepare(page);
    await page.keyboard.press('Control+B');
    await picture(page, `quiet${suffix}`);
    await hoverOn(page, 'east', 'workload cluster east');
    await picture(page, `hover${suffix}`);
    await page.mouse.move(980, 640);
    await simulate(page, 'workload cluster east', 1);
    await simulate(page, 'management plane', 2);
    await picture(page, `simulation${suffix}`);
    await command(page, 'Recover All and End the Simulation');
    await simulatePart(page, 'east.istiod');
    await command(page, 'Next Event');
    await command(page, 'Go to Time…');
    await picture(page, `time${suffix}`);
}

async function takePictureOfViews(page, suffix) {
    await prepare(page);
    await page.locator('.activitybar .action-label[aria-label^="TSB Topology"]').click();
    await page.locator('.pane-body .monaco-list-row:has-text("Down")').waitFor(TIME);
    await simulate(page, 'workload cluster east', 1);
    await page.locator('.pane-body .monaco-list-row:has-text("Only operators notice")').last().click();
    await page.locator('.pane-body .monaco-list-row:has-text("dmz-eu")').first().waitFor(TIME);
    await page.mouse.move(1180, 640);
    await picture(page, `views${suffix}`);
}

async function inWorkbench(settings, viewport, run) {
    const temporary = mkdtempSync(join(tmpdir(), 'tsbtopo-'));
    const folder = join(temporary, 'estate');
    const file = join(folder, 'acme.tsbtopo');
    mkdirSync(folder);
    cpSync(EXAMPLE, file);
    const userDataDir = join(temporary, 'user');
    writeUserSettings(userDataDir, settings);
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

async function prepare(page) {
    await page.locator('.codelens-decoration a:has-text("Simulate failure")').first().waitFor(TIME);
    await page.locator('.codelens-decoration', { hasText: /[✖⚙] \S/ }).first().waitFor(TIME);
    await settled(page);
}

/** Hovers a word in the first line that contains `line`. */
async function hoverOn(page, word, line) {
    const at = page
        .locator('.view-line', { hasText: withSpaces(line) })
        .first()
        .getByText(word, { exact: true });
    const { x, y, width, height } = await at.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
    await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor(TIME);
}

/** Clicks the lens above a line, and waits until the status bar counts so many failures. */
async function simulate(page, line, failures) {
    const { y } = await page
        .locator('.view-line', { hasText: withSpaces(line) })
        .first()
        .boundingBox();
    const lenses = await page.locator('.codelens-decoration a:has-text("Simulate failure")').all();
    const boxes = await Promise.all(lenses.map(async (lens) => ({ lens, box: await lens.boundingBox() })));
    const above = boxes.filter(({ box }) => box.y < y).sort((a, b) => b.box.y - a.box.y)[0];
    await page.mouse.click(above.box.x + above.box.width / 2, above.box.y + above.box.height / 2);
    await page.locator(`.statusbar-item:has-text("${failures} failure")`).waitFor(TIME);
    // all lenses are drawn anew, with what each failure would add
    await page.locator(`.codelens-decoration:has-text("on top of ${failures} failure")`).first().waitFor(TIME);
    await settled(page);
    await page.mouse.move(980, 640);
}

async function command(page, title) {
    await page.keyboard.press('F1');
    await choose(page, title, '>');
}

async function simulatePart(page, element) {
    await command(page, 'Simulate a Failure…');
    await choose(page, element);
    await page.locator('.statusbar-item:has-text("1 failure")').waitFor(TIME);
}

/** Types into the quick pick in sight, and takes what it finds. */
async function choose(page, text, prefix = '') {
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor(TIME);
    await page.locator('.quick-input-box input').fill(`${prefix}${text}`);
    await rows.filter({ hasText: text }).first().click(TIME);
    await page.mouse.move(980, 640);
}

/** The editor shows spaces as no-break spaces. */
function withSpaces(text) {
    return new RegExp(text.replaceAll(' ', '[\\s\u00a0]'));
}

/** Two frames with the same picture. */
async function settled(page) {
    for (let before; ;) {
        await page.waitForTimeout(700);
        const now = (await page.screenshot()).toString('base64');
        if (now === before) return;
        before = now;
    }
}

async function picture(page, name) {
    await settled(page);
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    console.log(`media/screenshots/${basename(name)}.png`);
}
