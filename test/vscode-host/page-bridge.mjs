// Lets tests, which run in the extension host, see and touch the page: the client is test/editor/page.ts.
/* global getComputedStyle -- in the page */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** @type {Record<string, (page: import('playwright-core').Page, args: any) => Promise<unknown>>} */
const ACTIONS = {
    evaluate: (page, { expression }) => page.evaluate(expression),
    screenshot: async (page, { path, clip }) => void (await page.screenshot({ path, clip })),
    resize: (page, size) => page.setViewportSize(size),
    waitFor: (page, { selector, ...options }) => page.locator(selector).first().waitFor(options),
    texts: (page, { selector }) => page.locator(selector).allInnerTexts(),
    middleOf,
    moveMouse: (page, { x, y }) => page.mouse.move(x, y, { steps: 3 }),
    click: (page, { x, y, ...options }) => page.mouse.click(x, y, options),
    press: (page, { key }) => page.keyboard.press(key),
    type: (page, { text }) => page.keyboard.type(text),
    frameTexts: (page, { frame, selector }) => frameOf(page, frame).locator(selector).allInnerTexts(),
    frameClick: (page, { frame, selector }) => frameOf(page, frame).locator(selector).first().click(),
    frameFill: (page, { frame, selector, text }) => frameOf(page, frame).locator(selector).fill(text),
    frameSelect: async (page, { frame, selector, value }) =>
        void (await frameOf(page, frame).locator(selector).selectOption(value)),
    framePress: (page, { frame, selector, key }) => frameOf(page, frame).locator(selector).first().press(key),
    frameMenu: (page, { frame, selector }) => frameOf(page, frame).locator(selector).first().click({ button: 'right' }),
    frameDoubleClick: (page, { frame, selector }) => frameOf(page, frame).locator(selector).first().dblclick(),
    frameStyle: (page, { frame, selector, property }) =>
        frameOf(page, frame)
            .locator(selector)
            .first()
            .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property),
    openedPage,
};

/**
 * Where the first match is, once it is visible and at rest. Not Playwright's own click and hover: those scroll, and wait
 * until nothing lies on top, while the editor scrolls by itself and puts invisible layers on its text.
 */
async function middleOf(page, { selector, timeout }) {
    const element = page.locator(selector).first();
    await element.waitFor({ timeout });
    for (let before; ;) {
        const box = JSON.stringify(await element.boundingBox());
        if (box !== 'null' && box === before) {
            const { x, y, width, height } = JSON.parse(box);
            return { x: x + width / 2, y: y + height / 2 };
        }
        before = box;
        await page.waitForTimeout(50);
    }
}

/** Opens a page by itself, and tells what it asked for, what it said, and the value of an expression in it. */
async function openedPage(page, { url, expression }) {
    const opened = await page.context().newPage();
    const [asked, said] = [[], []];
    opened.on('request', (request) => request.url() !== url && asked.push(request.url()));
    opened.on('console', (message) => said.push(message.text()));
    opened.on('dialog', (dialog) => said.push(dialog.message()));
    opened.on('pageerror', (error) => said.push(error.message));
    try {
        await opened.goto(url);
        return { asked, said, value: await opened.evaluate(expression) };
    } finally {
        await opened.close();
    }
}

/** The document of a webview lies two frames deep; `frame` selects the outer one. */
const frameOf = (page, frame) => page.frameLocator(frame).frameLocator('#active-frame');

/**
 * Starts the endpoint, before there is a page, because its address must be in the extension host's environment.
 *
 * @returns {Promise<{env: Record<string, string>, attach: (page: import('playwright-core').Page) => void, close: () => void}>}
 */
export async function startPageBridge() {
    let page;
    const secret = `/${randomUUID()}`; // the page can do what VS Code can: not for every process of this machine
    const server = createServer(async (request, response) => {
        if (request.url !== secret || !page) return response.writeHead(404).end();
        try {
            const { action, args } = await json(request);
            const value = await ACTIONS[action](page, args);
            response.end(JSON.stringify({ value }));
        } catch (error) {
            response.writeHead(500).end(JSON.stringify({ error: error.message.split('\n')[0] }));
        }
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    return {
        env: { TSBTOPO_PAGE_BRIDGE: `http://127.0.0.1:${server.address().port}${secret}` },
        attach: (opened) => (page = opened),
        close: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}
