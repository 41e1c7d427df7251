import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import english from '../../package.nls.json' with { type: 'json' };
import { editorStyle } from '../../server/diagram/palette.js';
import { defaultSettings } from '../../server/features/client.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { commandIds } from '../../src/simulation/command-ids.js';
import { annotationStates as states } from '../../server/knowledge/states.js';
import { viewIds } from '../../src/views/view-ids.js';
import { namedFiles } from './named-files.js';

const {
    commands,
    colors,
    configuration,
    keybindings,
    menus,
    problemMatchers,
    taskDefinitions,
    views,
    viewsContainers,
    viewsWelcome,
    walkthroughs,
} = manifest.contributes;
const read = (pattern: string) =>
    globSync(pattern)
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n');
const source = read('src/**/*.ts');

const contributed = commands.map(({ command }) => command);
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

/** Commands of VS Code itself to which the walkthrough leads. */
const builtIn = ['editor.action.showHover', 'workbench.action.openSettings'];
/** Context keys of VS Code itself. */
const builtInKeys = [
    'editorLangId',
    'resourceLangId',
    'inlineSuggestionVisible',
    'view',
    'viewItem',
    'workspaceFolderCount',
    'virtualWorkspace',
    'webviewId',
    'activeWebviewPanelId',
    'testMessage',
];
/** What a page says of the thing that was clicked. */
const keysOfPages = ['pictureBox'];

/** The keys of a `when` clause. */
function keysOf(when: string): string[] {
    const withoutValues = when.replace(/=~ \/.*?\/(?= |$)|[!=]= \S+|> \d+/g, '');
    return (withoutValues.match(/[\w.]+/g) ?? []).filter((word) => word !== 'true' && word !== 'false');
}

/** Keys that the client sets. */
const keysSet = [...source.matchAll(/(?:setContext\(|'setContext',)\s*'([\w.]+)'/g)].map(([, key]) => key!);

/** Every `when` clause, and what steps of the walkthrough wait for. */
const clauses = [
    ...Object.values(menus).flat(),
    ...Object.values(views).flat(),
    ...viewsWelcome,
    ...keybindings,
].flatMap((entry): string[] => ('when' in entry && entry.when ? [entry.when] : []));
const enabled = commands.flatMap(({ enablement }) => enablement ?? []);
const awaited = steps.flatMap(({ completionEvents }) =>
    completionEvents.flatMap((event) => /^onContext:(.+)$/.exec(event)?.[1] ?? []),
);

describe('the manifest', () => {
    it('contributes exactly the commands that the client registers', () => {
        const literal = [...source.matchAll(/registerCommand\(\s*'([^']+)'/g)].map(([, id]) => id!);
        const named = [...source.matchAll(/register(?:Command)?\(\s*commandIds\.(\w+)/g)].map(
            ([, key]) => commandIds[key as keyof typeof commandIds],
        );
        expect([...contributed].sort()).toEqual([...literal, ...named].sort());
    });

    it('leaves to the language client the commands that the server answers', () => {
        const served: string[] = Object.values(simulationCommands);
        for (const command of contributed) expect(served).not.toContain(command);
    });

    it('shows all commands in one category, and each in the palette at most once', () => {
        expect(new Set(commands.map(({ category }) => category))).toEqual(new Set(['TSB Topology']));
        const inPalette = menus.commandPalette.map(({ command }) => command);
        expect(new Set(inPalette).size).toBe(inPalette.length);
        for (const { command } of Object.values(menus).flat()) expect(contributed).toContain(command);
    });

    it('waits only for context keys that somebody sets', () => {
        const known = [...builtInKeys, ...keysOfPages, ...keysSet];
        for (const key of keysOfPages) expect(source).toContain(`${key}:`);
        const waitedFor = [...clauses, ...enabled, ...awaited].flatMap(keysOf);
        for (const key of waitedFor) expect(known).toContain(key);
        for (const key of keysSet) expect(waitedFor).toContain(key);
    });

    it('moves through time by buttons and keys only where a simulation runs', () => {
        const inTime = [...menus['editor/title'], ...keybindings].filter(({ command }) => /Event$/.test(command));
        expect(inTime.length).toBeGreaterThan(3);
        for (const { command, when } of inTime) {
            expect(commands.find((contributed) => contributed.command === command)?.enablement).toMatch(
                /^tsbtopo\.has/,
            );
            expect(when).toContain('tsbtopo.simulating');
        }
        // a key has another meaning while a suggestion is in sight
        for (const { when } of inTime.filter((entry) => 'key' in entry))
            expect(when).toContain('!inlineSuggestionVisible');
    });

    it('names only files that exist', () => {
        // what a build makes need not be there yet
        for (const path of namedFiles.filter((path) => !path.startsWith('dist/'))) {
            expect(existsSync(path), path).toBe(true);
        }
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
        for (const { contents } of viewsWelcome) {
            const text = english[contents.replaceAll('%', '') as keyof typeof english];
            for (const [, id] of text.matchAll(/\(command:([\w.]+)/g)) expect(contributed).toContain(id);
        }
    });

    it('contributes a colour for each state, with a default for each kind of theme', () => {
        const ofPicture = ['traffic', 'configuration', 'metrics'].map((layer) => `tsbtopo.picture.${layer}`);
        const ofStates = states.map((state) => `tsbtopo.simulation.${state}Foreground`);
        expect(colors.map(({ id }) => id)).toEqual([...ofStates, ...ofPicture]);
        const inPicture = editorStyle();
        for (const { id, defaults } of colors) {
            if (ofPicture.includes(id)) expect(inPicture).toContain(`--vscode-${id.replaceAll('.', '-')},`);
            else expect(source).toContain(`'${id}'`);
            expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
            // VS Code has no colours of lists in high contrast: what refers to them cannot be seen
            expect([defaults.highContrast, defaults.highContrastLight].join()).not.toContain('list.');
        }
    });

    it('is woken by a link that opens a simulation', () => {
        expect(source).toContain('registerUriHandler(');
        expect(manifest.activationEvents).toContain('onUri');
    });

    it('works without trust, and on files that are not on a disk', () => {
        expect(manifest.capabilities).toEqual({
            untrustedWorkspaces: { supported: true },
            virtualWorkspaces: { supported: true },
        });
    });
});

type Setting = { readonly markdownDescription: string } & (
    | {
          readonly type: 'string';
          readonly enum: readonly string[];
          readonly enumDescriptions: readonly string[];
          readonly default: string;
      }
    | { readonly type: 'boolean'; readonly default: boolean }
    | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number; readonly default: number }
);

describe('settings', () => {
    const settings = configuration.flatMap(({ properties }) => Object.entries(properties)) as [string, Setting][];

    it('stand in groups with titles, in an order', () => {
        expect(configuration.map(({ order }) => order)).toEqual(configuration.map((_, index) => index + 1));
        expect(new Set(configuration.map(({ title }) => title)).size).toBe(configuration.length);
    });

    it('are read', () => {
        // the language client reads `trace.server` by itself
        const readers = source + read('server/features/*.ts') + "'trace.server'";
        for (const [id] of settings) {
            const name = id.replace(/^tsbtopo\./, '');
            expect(readers, id).toMatch(new RegExp(`\\b${name}\\b`));
        }
    });

    it.each(settings)('%s: says what it does, and what each choice means', (_, setting) => {
        expect(setting.markdownDescription).toMatch(/^%/);
        if (setting.type === 'string') {
            expect(setting.enumDescriptions).toHaveLength(setting.enum.length);
            expect(setting.enum).toContain(setting.default);
        } else if (setting.type === 'integer') {
            expect(setting.default).toBeGreaterThanOrEqual(setting.minimum);
            expect(setting.default).toBeLessThanOrEqual(setting.maximum);
        }
    });

    it('have the defaults that the server takes where nobody says anything', () => {
        const defaults = Object.fromEntries(
            settings.map(([id, setting]) => [id.replace('tsbtopo.', ''), setting.default]),
        );
        expect(defaults).toMatchObject(defaultSettings);
        // the one that the client reads
        expect(source).toContain(`get('simulation.maxLength', ${defaults['simulation.maxLength']})`);
    });
});

describe('the walkthrough', () => {
    it('has six steps, each with a picture of its own', () => {
        expect(steps).toHaveLength(6);
        for (const { id, media } of steps) expect(media.svg).toBe(`media/walkthrough/${id}.svg`);
    });

    it('is opened by its name', () => {
        const name = `${manifest.publisher}.${manifest.name}#${walkthroughs[0]!.id}`;
        expect(source).toContain(`'${name}'`);
    });

    it('leads only to commands that exist, and waits for them', () => {
        const links = Object.values(english).flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)]);
        const commandsAwaited = steps.flatMap(({ completionEvents }) =>
            completionEvents.flatMap((event) => /^onCommand:(.+)$/.exec(event)?.[1] ?? []),
        );
        const known = [...contributed, ...builtIn];
        expect(links.length).toBeGreaterThan(5);
        for (const command of [...links.map(([, id]) => id!), ...commandsAwaited]) expect(known).toContain(command);
        for (const { id, completionEvents } of steps) expect(completionEvents, id).not.toEqual([]);
    });

    it('has texts in the little Markdown that a step can show: links, and bold words', () => {
        for (const [key, text] of Object.entries(english).filter(([key]) => key.startsWith('walkthrough.'))) {
            expect(text.replace(/\*\*[^*]+\*\*/g, '').replace(/\[[^\]]+\]\([^)]+\)/g, ''), key).not.toMatch(/[*_`[\]]/);
        }
    });

    it('has pictures in the colours of the theme, in a form that a step can show', () => {
        for (const { media } of steps) {
            const picture = readFileSync(media.svg, 'utf8');
            expect(picture).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
            // styles and scripts are blocked there
            expect(picture).not.toMatch(/<style|\sstyle=|<script|<image|href=/);
            const fixed = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].filter(
                ([, colour]) => colour !== 'none' && !/^var\(--vscode-[\w-]+\)$/.test(colour!),
            );
            expect(fixed).toEqual([]);
        }
    });
});

describe('tasks', () => {
    it('are of the type, and have the problem matcher, that the client names', () => {
        expect(source).toContain(`const type = '${taskDefinitions[0]!.type}'`);
        expect(source).toContain(`'$${problemMatchers[0]!.name}'`);
    });
});
