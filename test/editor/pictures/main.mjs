// npm run screenshots: pictures of the extension in a real VS Code.
//
//   npm run screenshots               those that README and docs/ show: media/screenshots/
//   npm run screenshots -- --review   every view, in every theme, wide and narrow: out/pictures/, for whoever changes how
//                                     something looks; with a word behind it, only scenes with that word in their names
import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installHost } from '../../vscode-host/install.mjs';
import { animation } from './animation.mjs';
import { inEditor, settled } from './hand.mjs';
import { forReaders, forReview, story } from './scenes.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const THEMES = {
    dark: 'Default Dark Modern',
    light: 'Default Light Modern',
    'high-contrast': 'Default High Contrast',
    'high-contrast-light': 'Default High Contrast Light',
};
/** The width of the longest line. */
const SMALL = { width: 1080, height: 790 };
const WIDE = { width: 1400, height: 900 };
const HALF = { width: 700, height: 900 };

const { values: options, positionals } = parseArgs({
    options: { review: { type: 'boolean', default: false } },
    allowPositionals: true,
});
installHost();
if (options.review) await review(positionals[0] ?? '');
else await publish();

async function publish() {
    const folder = join(ROOT, 'media/screenshots');
    for (const [suffix, theme] of [
        ['', THEMES.dark],
        ['-light', THEMES.light],
    ]) {
        for (const { withSideBar, run } of forReaders) {
            await inEditor({ theme, viewport: withSideBar ? WIDE : SMALL, withSideBar }, (page) =>
                run(page, (name) => picture(page, folder, `${name}${suffix}`)),
            );
        }
    }
    await inEditor({ theme: THEMES.dark, viewport: SMALL }, (page) =>
        animation(page, story, join(folder, 'simulation.gif')),
    );
}

async function review(word) {
    for (const [look, theme] of Object.entries(THEMES)) {
        for (const [size, viewport] of Object.entries({ wide: WIDE, half: HALF })) {
            for (const [name, { run, ...scene }] of Object.entries(forReview)) {
                if (!`${name}-${look}-${size}`.includes(word)) continue;
                await inEditor({ theme, viewport, ...scene }, async (page) => {
                    await run(page);
                    await picture(page, join(ROOT, 'out/pictures'), `${name}-${look}-${size}`);
                }).catch((error) => console.error(`${name}-${look}-${size}: ${error.message}`));
            }
        }
    }
}

async function picture(page, folder, name) {
    const path = join(folder, `${name}.png`);
    mkdirSync(folder, { recursive: true });
    await settled(page);
    await page.screenshot({ path });
    console.log(relative(ROOT, path));
}
