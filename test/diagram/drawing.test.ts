import { describe, expect, test } from 'vitest';
import { layers } from '../../server/diagram/box.js';
import { dotOf } from '../../server/diagram/dot.js';
import { mermaidOf } from '../../server/diagram/mermaid.js';
import { editorStyle, fileStyle } from '../../server/diagram/palette.js';
import { svgOf } from '../../server/diagram/svg.js';
import { hostileEstate, hostile } from '../encoding/hostile.js';
import { estate } from '../fixture.js';
import { draw, testDrawingsOf, unbalanced } from './drawing-rules.js';
import { example } from './estates.js';

testDrawingsOf(['examples/acme', 'examples/dmz-tier1.tsbtopo']);

describe('names of others', () => {
    test.each(hostile.map((_, index) => index))('stay texts in every format (%i)', async (first) => {
        for (const topology of (await estate(hostileEstate(first))).topologies) {
            const drawing = draw(topology);
            expect(unbalanced(svgOf(drawing))).toEqual([]);
            const node = /^ *(subgraph )?n\d+(\[\(|\(\[|\{\{|\[\/|\[\[|\[)"([^"\n]*)"/;
            for (const line of mermaidOf(drawing).split('\n')) if (line.includes('"')) expect(line).toMatch(/"[^"]*"/);
            expect(
                mermaidOf(drawing)
                    .split('\n')
                    .some((line) => node.test(line)),
            ).toBe(drawing.scene.columns.length > 0);
            const bare = dotOf(drawing).replace(/"(?:[^"\\]|\\.)*"/gs, '""');
            expect(bare).not.toMatch(/["\\](?!")[^";\s,\]=]*"/);
            expect(bare.match(/\{/g)?.length).toBe(bare.match(/\}/g)?.length);
        }
    });
});

describe('layers', () => {
    test('each is drawn when it is asked for, and none moves a box', async () => {
        const topology = await example('acme');
        const all = svgOf(draw(topology));
        const count = (svg: string, look: RegExp) => svg.match(look)?.length ?? 0;
        for (const layer of layers) {
            const one = draw(topology, [], { layers: [layer] });
            const svg = svgOf(one);
            for (const other of layers) {
                const groups = new RegExp(`<g class="${other} (flow|spare)"><path class="under"`, 'g');
                expect({ layer, other, isDrawn: count(svg, groups) > 0 }).toEqual({
                    layer,
                    other,
                    isDrawn: layer === other,
                });
                expect(count(all, groups)).toBeGreaterThan(0);
            }
            expect([...one.placement.boxes]).toEqual([...draw(topology).placement.boxes]);
        }
    });

    test('of a large estate requests alone, unless more is asked for', async () => {
        const topology = await example('hundred-clusters.tsbtopo');
        expect([...draw(topology).layers]).toEqual(['traffic']);
        expect([...draw(await example('acme')).layers]).toEqual([...layers]);
    });
});

describe('signs', () => {
    test('stand beside words, and no state is told by colour alone', async () => {
        const svg = svgOf(draw(await example('acme'), ['region:us-east']));
        for (const state of ['failed', 'gone', 'total', 'limited', 'held', 'operators']) {
            expect(svg).toContain(`<g class="sign ${state}"`);
        }
        expect(svg).toContain('needs entitlements');
        expect(svg).toContain('>down<');
        expect(svg).toMatch(/<desc [^>]*>[^<]*\nhost shop\.example\.com, via front-us, front-eu: down\n/);
    });
});

describe('style', () => {
    test('a file has every colour itself, with and without a theme', () => {
        const used = new Set([...fileStyle('light').matchAll(/var\(--([\w-]+)/g)].map(([, name]) => name!));
        const said = new Set([...fileStyle('light').matchAll(/--([\w-]+):/g)].map(([, name]) => name!));
        expect([...used].filter((name) => !said.has(name) && !name.startsWith('vscode-'))).toEqual([]);
        expect(fileStyle('light')).not.toContain('prefers-color-scheme');
        expect(fileStyle('auto')).toContain('prefers-color-scheme');
        expect(editorStyle()).toContain('--vscode-editor-background');
    });

    test('text can be read in light and dark: at least 4.5 to 1, signs 3 to 1', () => {
        for (const theme of ['light', 'dark'] as const) {
            const colour = (name: string) =>
                new RegExp(`--${name}:(?:var\\([^,]+,)?(#\\w+)`).exec(fileStyle(theme))![1]!;
            for (const ground of ['surface', 'region', 'card', 'chip']) {
                for (const text of ['text', 'dim']) {
                    expect({ theme, ground, text, ratio: contrast(colour(text), colour(ground)) >= 4.5 }).toMatchObject(
                        { ratio: true },
                    );
                }
                for (const sign of ['bad', 'warn', 'good', 'traffic', 'configuration', 'metrics']) {
                    expect({ theme, ground, sign, ratio: contrast(colour(sign), colour(ground)) >= 3 }).toMatchObject({
                        ratio: true,
                    });
                }
            }
            for (const [text, ground] of [
                ['bad', 'bad-tint'],
                ['warn', 'warn-tint'],
                ['good', 'good-tint'],
            ] as const) {
                expect({ theme, text, ratio: contrast(colour(text), colour(ground)) >= 4.5 }).toMatchObject({
                    ratio: true,
                });
            }
        }
    });
});

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
    const luminance = (colour: string) => {
        const [r, g, b] = [1, 3, 5].map((at) => {
            const part = parseInt(colour.slice(at, at + 2), 16) / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light! + 0.05) / (dark! + 0.05);
}
