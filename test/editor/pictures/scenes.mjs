// What the pictures show.
import { join, resolve } from 'node:path';
import {
    command,
    hoverOn,
    lensAbove,
    pageShown,
    pictureShown,
    prepare,
    rest,
    settled,
    simulate,
    simulatePart,
} from './hand.mjs';

const EXAMPLES = resolve(import.meta.dirname, '../../../examples');
const TIME = { timeout: 60_000 };

/** For README and docs/: each takes the pictures that it names. */
export const forReaders = [
    {
        withSideBar: false,
        run: async (page, picture) => {
            await quiet(page);
            await picture('quiet');
            await hoverOn(page, 'east', 'workload cluster east');
            await picture('hover');
            await rest(page);
            await twoFailures(page);
            await picture('simulation');
            await command(page, 'Recover All and End the Simulation');
            await later(page);
            await command(page, 'Go to Time…');
            await picture('time');
        },
    },
    {
        withSideBar: true,
        run: async (page, picture) => {
            await views(page);
            await picture('views');
        },
    },
];

/** Every view there is; one picture each. */
export const forReview = {
    quiet: { run: quiet },
    'large-estate': { run: quiet, example: join(EXAMPLES, 'hundred-clusters.tsbtopo') },
    hover: { run: (page) => quiet(page).then(() => hoverOn(page, 'east', 'workload cluster east')) },
    simulation: { run: (page) => quiet(page).then(() => twoFailures(page)) },
    time: { run: (page) => quiet(page).then(() => later(page)) },
    events: {
        run: (page) =>
            quiet(page)
                .then(() => later(page))
                .then(() => command(page, 'Go to Time…')),
    },
    picture: { run: (page) => quiet(page).then(() => pictureShown(page)) },
    'picture-failure': {
        run: (page) =>
            quiet(page)
                .then(() => oneFailure(page))
                .then(() => pictureShown(page)),
    },
    'picture-later': { run: pictureLater, example: join(EXAMPLES, 'two-regions.tsbtopo') },
    'picture-large': { run: pictureLarge, example: join(EXAMPLES, 'hundred-clusters.tsbtopo') },
    views: { run: views, withSideBar: true },
    runbook: { run: pageOf('Open the Simulation as a Runbook') },
    next: { run: pageOf('What Would Hurt Next?') },
    'what-happens-when': { run: pageOf('What Happens When?') },
    'can-i': { run: pageOf('What Can I Still Do?') },
    'the-simulation': {
        run: (page) =>
            quiet(page)
                .then(() => oneFailure(page))
                .then(() => command(page, 'Show the Simulation…')),
    },
    'what-fails': { run: (page) => quiet(page).then(() => command(page, 'Simulate a Failure…')) },
    needs: { run: needs, example: join(EXAMPLES, 'dependencies.tsbtopo') },
    matrix: { run: matrix, withSideBar: false },
    walkthrough: { run: (page) => quiet(page).then(() => command(page, 'TSB Topology: Open Walkthrough')) },
    'new-topology': { run: (page) => quiet(page).then(() => command(page, 'New Topology from Example…')) },
};

/** A simulation from the first look to the last, with seconds for each picture. */
export async function story(page, frame) {
    await quiet(page);
    await frame(2);
    const lens = await lensAbove(page, 'workload cluster east');
    await page.mouse.move(lens.x, lens.y, { steps: 5 });
    await frame(1.2);
    await simulate(page, 'workload cluster east', 1);
    await frame(4);
    await command(page, 'Recover All and End the Simulation');
    await settled(page);
    await later(page);
    await frame(3);
    await command(page, 'Next Event');
    await frame(3);
}

async function quiet(page) {
    await prepare(page);
    await page.keyboard.press('Control+B');
    await rest(page);
}

async function needs(page) {
    await quiet(page);
    await simulatePart(page, 'okta');
    await command(page, 'Next Event');
}

async function pictureLater(page) {
    await quiet(page);
    await simulatePart(page, 'us-east');
    await command(page, 'Next Event');
    await pictureShown(page);
}

async function pictureLarge(page) {
    await quiet(page);
    await simulatePart(page, 'eu-central');
    await pictureShown(page);
}

async function oneFailure(page) {
    await simulate(page, 'workload cluster east', 1);
}

async function twoFailures(page) {
    await oneFailure(page);
    await simulate(page, 'management plane', 2);
}

async function later(page) {
    await simulatePart(page, 'east.istiod');
    await command(page, 'Next Event');
}

async function views(page) {
    await prepare(page);
    await page.locator('.activitybar .action-label[aria-label^="TSB Topology"]').click();
    await page.locator('.pane-body .monaco-list-row:has-text("Down")').first().waitFor(TIME);
    await simulate(page, 'workload cluster east', 1);
    await page.locator('.pane-body .monaco-list-row:has-text("Only operators notice")').last().click();
    await page.locator('.pane-body .monaco-list-row:has-text("dmz-eu")').first().waitFor(TIME);
    await rest(page);
}

async function matrix(page) {
    await quiet(page);
    await command(page, 'Show the Matrix');
    const frame = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await frame.locator('.row .name').first().waitFor(TIME);
    await rest(page);
}

function pageOf(title) {
    return async (page) => {
        await quiet(page);
        await oneFailure(page);
        await command(page, title);
        await pageShown(page);
    };
}
