import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { defaultSettings } from '../../server/features/client.js';
import { simulationCommands } from '../../server/simulation/protocol.js';
import { commandIds } from '../../src/simulation/command-ids.js';
import { states } from '../../src/simulation/marks.js';
import { viewIds } from '../../src/views/view-ids.js';

const {
    commands,
    colors,
    configuration,
    grammars,
    keybindings,
    languages,
    menus,
    views,
    viewsContainers,
    viewsWelcome,
} = manifest.contributes;
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

    it('moves through time by buttons and keys only where a simulation runs', () => {
        for (const { command, when } of [...menus['editor/title'], ...keybindings]) {
            expect(commands.find((contributed) => contributed.command === command)?.enablement).toMatch(
                /^tsbtopo\.has/,
            );
            expect(when).toContain('tsbtopo.simulating');
        }
        // a key has another meaning while a suggestion is in sight
        for (const { when } of keybindings) expect(when).toContain('!inlineSuggestionVisible');
    });

    it('asks only for contexts that the client sets', () => {
        const whens = [
            ...commands.map(({ enablement }) => enablement ?? ''),
            ...Object.values(menus)
                .flat()
                .map(({ when }) => when),
            ...keybindings.map(({ when }) => when),
        ];
        const keys = whens.flatMap((when) => when.match(/tsbtopo\.\w+/g) ?? []);
        expect(keys.length).toBeGreaterThan(0);
        for (const key of keys) expect(source).toContain(`'${key}'`);
    });

    it('names only files that exist', () => {
        const paths = [
            ...languages.flatMap(({ configuration, icon }) => [configuration, icon.light, icon.dark]),
            ...grammars.map(({ path }) => path),
            ...viewsContainers.activitybar.map(({ icon }) => icon),
            ...Object.values(views).flatMap((contributed) => contributed.map(({ icon }) => icon)),
            ...states.flatMap((state) => [`media/${state}-light.svg`, `media/${state}-dark.svg`]),
        ];
        for (const path of paths) expect(existsSync(path), path).toBe(true);
    });

    it('contributes exactly the views that the client fills', () => {
        const contributed = Object.values(views).flatMap((each) => each.map(({ id }) => id));
        expect(contributed.sort()).toEqual(Object.values(viewIds).sort());
        expect(Object.keys(views)).toEqual(viewsContainers.activitybar.map(({ id }) => id));
        for (const { view } of viewsWelcome) expect(contributed).toContain(view);
    });

    it('offers in views only commands, views and rows that exist, each command with an icon where it is one', () => {
        const known = new Map(commands.map((command) => [command.command, command]));
        const entries = [...menus['view/title'], ...menus['view/item/context']];
        for (const { command, when, group } of entries) {
            expect([...known.keys()]).toContain(command);
            if (/^(inline|navigation)/.test(group)) expect(known.get(command), command).toHaveProperty('icon');
            for (const [, view] of when.matchAll(/view == ([\w.]+)/g)) expect(Object.values(viewIds)).toContain(view);
            for (const [, row] of when.matchAll(/viewItem == (\w+)/g)) expect(source).toContain(`'${row}'`);
        }
    });

    it('links in texts of empty views only to commands that exist', () => {
        const linked = viewsWelcome.flatMap(({ contents }) =>
            [...contents.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id!),
        );
        expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(linked));
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
