import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { defaultSettings } from '../../server/features/client.js';
import { simulationCommands } from '../../server/simulation/protocol.js';
import { commandIds } from '../../src/simulation/command-ids.js';
import { states } from '../../src/simulation/marks.js';

const { commands, colors, configuration, grammars, languages, menus } = manifest.contributes;
const source = globSync('src/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

describe('the manifest', () => {
    it('contributes exactly the commands that the client registers', () => {
        const literal = [...source.matchAll(/registerCommand\(\s*'([^']+)'/g)].map(([, id]) => id!);
        const named = [...source.matchAll(/register\(\s*commandIds\.(\w+)/g)].map(
            ([, key]) => commandIds[key as keyof typeof commandIds],
        );
        expect(commands.map(({ command }) => command).sort()).toEqual([...literal, ...named].sort());
    });

    it('leaves to the language client the commands that the server answers', () => {
        const served: string[] = Object.values(simulationCommands);
        for (const { command } of commands) expect(served).not.toContain(command);
    });

    it('shows all commands in one category, and each in the palette at most once', () => {
        expect(new Set(commands.map(({ category }) => category))).toEqual(new Set(['TSB Topology']));
        const inPalette = menus.commandPalette.map(({ command }) => command);
        expect(new Set(inPalette).size).toBe(inPalette.length);
        const contributed = commands.map(({ command }) => command);
        expect(contributed).toEqual(expect.arrayContaining(inPalette));
    });

    it('names only files that exist', () => {
        const paths = [
            ...languages.flatMap(({ configuration, icon }) => [configuration, icon.light, icon.dark]),
            ...grammars.map(({ path }) => path),
            ...states.flatMap((state) => [`media/${state}-light.svg`, `media/${state}-dark.svg`]),
        ];
        for (const path of paths) expect(existsSync(path), path).toBe(true);
    });

    it('contributes a colour for each state, with a default for each kind of theme', () => {
        expect(colors.map(({ id }) => id)).toEqual(states.map((state) => `tsbtopo.simulation.${state}Foreground`));
        for (const { id, defaults } of colors) {
            expect(source).toContain(`'${id}'`);
            expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
        }
    });

    it('describes each choice of a setting', () => {
        const { 'tsbtopo.codeLens': codeLens, 'tsbtopo.inlayHints': inlayHints } = configuration.properties;
        expect(codeLens.enum).toEqual(['all', 'elements', 'off']);
        expect(inlayHints.enum).toEqual(['all', 'deciding', 'off']);
        for (const setting of [codeLens, inlayHints]) {
            expect(setting.enumDescriptions).toHaveLength(setting.enum.length);
            expect(setting.enum).toContain(setting.default);
        }
        expect(codeLens.default).toBe(defaultSettings.codeLens);
        expect(inlayHints.default).toBe(defaultSettings.inlayHints);
    });
});
