// Pictures one after the other, as one file that README can show.
/* global document -- in the page */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import { settled } from './hand.mjs';

const { GIFEncoder, applyPalette, quantize } = gifenc;

/** An index of the palette that means: as before. */
const SAME = 255;

/**
 * @param {import('playwright-core').Page} page
 * @param {(page: import('playwright-core').Page, frame: (seconds: number) => Promise<void>) => Promise<void>} story
 * @param {string} path  of the GIF
 */
export async function animation(page, story, path) {
    const frames = [];
    await showPointer(page);
    await story(page, async (seconds) => {
        await settled(page);
        frames.push({ seconds, ...PNG.sync.read(await page.screenshot()) });
    });
    writeFileSync(path, gifOf(frames));
    console.log(basename(path));
}

/** One palette for all; of a frame only what differs from the one before. */
function gifOf(frames) {
    const { width, height } = frames[0];
    const palette = quantize(Buffer.concat(frames.map(({ data }) => data)), SAME);
    const gif = GIFEncoder();
    let before;
    for (const { data, seconds } of frames) {
        const now = applyPalette(data, palette);
        const changed = before ? now.map((colour, place) => (colour === before[place] ? SAME : colour)) : now;
        gif.writeFrame(changed, width, height, {
            ...(before ? {} : { palette: [...palette, ...Array(256 - palette.length).fill([0, 0, 0])] }),
            delay: seconds * 1000,
            transparent: before !== undefined,
            transparentIndex: SAME,
            dispose: 1,
        });
        before = now;
    }
    gif.finish();
    return gif.bytes();
}

/** Screenshots have no mouse pointer. */
async function showPointer(page) {
    await page.evaluate(() => {
        const pointer = document.body.appendChild(document.createElement('div'));
        Object.assign(pointer.style, {
            position: 'fixed',
            zIndex: 100_000,
            width: '18px',
            height: '18px',
            borderRadius: '50%',
            border: '2px solid white',
            background: 'rgb(0 120 212 / 60%)',
            transform: 'translate(-50%, -50%)',
            pointerEvents: 'none',
        });
        document.addEventListener(
            'mousemove',
            ({ clientX, clientY }) => Object.assign(pointer.style, { left: `${clientX}px`, top: `${clientY}px` }),
            true,
        );
    });
}
