import { EmptyFileSystemProvider, URI } from 'langium';
import type { ProblemSeverity } from '../../server/knowledge/severities.js';
import { describe, expect, test } from 'vitest';
import { ProjectSettings } from '../../server/language/workspace/project-settings.js';
import { readSettings } from '../../server/language/workspace/settings.js';

describe('a file of settings', () => {
    test('rules by code, with comments and a comma at the end', () => {
        const text = '{ // ours\n "$schema": "x", "rules": { "odd-host": "off", "single-entry-gateway": "warning", } }';
        const { rules, problems } = readSettings(text);
        expect([...rules]).toEqual([
            ['odd-host', 'off'],
            ['single-entry-gateway', 'warning'],
        ]);
        expect(problems).toEqual([]);
    });

    test.each([
        ['{ "rules": { "odd-hots": "off" } }', 'settings-unknown', '"odd-hots"', /Did you mean `odd-host`\?/],
        ['{ "rule": {} }', 'settings-unknown', '"rule"', /There is no setting `rule`\. Did you mean `rules`\?/],
        ['{ "rules": { "odd-host": "warn" } }', 'settings-value', '"warn"', /A rule is one of "error"/],
        ['{ "rules": { "odd-host": "information" } }', 'settings-value', '"information"', /one of/],
        ['{ "rules": { "odd-host": 2 } }', 'settings-value', '2', /A rule is one of/],
        ['{ "rules": [] }', 'settings-value', '[]', /Rules are an object/],
        ['[]', 'settings-value', '[]', /Settings are an object/],
        ['{ "rules": { "unknown-word": "off" } }', 'settings-fixed', '"unknown-word"', /it stays an error/],
        ['{ "rules" }', 'settings-unreadable', '}', /not JSON/],
    ])('%s: %s', (text, code, place, message) => {
        const [problem] = readSettings(text).problems;
        expect(problem).toMatchObject({ code, message: expect.stringMatching(message) as string });
        expect(text.slice(problem!.offset, problem!.offset + problem!.length)).toBe(place);
    });

    test('what is whole of a broken file holds', () => {
        const { rules } = readSettings('{ "rules": { "odd-host": "off", "no": 1, "odd-name": "off", "empty" } }');
        expect([...rules.keys()]).toEqual(['odd-host']);
    });

    test.each(['', '{', 'null', '{ "rules": { "__proto__": "off", "constructor": "off" } }'])(
        '%j breaks nothing',
        (text) => {
            expect(readSettings(text).rules.size).toBe(0);
        },
    );
});

/** Settings over files in memory. */
function project(files: Record<string, string>, folders = ['file:///repo/estate']) {
    const texts = new Map(Object.entries(files));
    const provider = Object.assign(new EmptyFileSystemProvider(), {
        exists: (uri: URI) => Promise.resolve(texts.has(uri.toString())),
        readFile: (uri: URI) => {
            const text = texts.get(uri.toString());
            return text === undefined ? Promise.reject(new Error('not there')) : Promise.resolve(text);
        },
    });
    const settings = new ProjectSettings(
        () => provider,
        () => folders,
    );
    const severity = async (file: string, code = 'odd-host', before: ProblemSeverity = 'warning') => {
        await settings.load([URI.parse(file)]);
        return settings.adjusted(URI.parse(file), [{ code, severity: before }])[0]?.severity;
    };
    return { settings, texts, severity };
}

const rule = (severity: string) => JSON.stringify({ rules: { 'odd-host': severity, 'repeated-name': 'off' } });

describe('which file decides', () => {
    test.each([
        ['that of the folder', { 'file:///repo/estate/a/tsbtopo.json': rule('hint') }, 'hint'],
        ['one around it', { 'file:///repo/estate/tsbtopo.json': rule('info') }, 'info'],
        [
            'the nearest, alone',
            { 'file:///repo/estate/a/tsbtopo.json': '{}', 'file:///repo/estate/tsbtopo.json': rule('info') },
            'warning',
        ],
        ['none outside of the workspace', { 'file:///repo/tsbtopo.json': rule('off') }, 'warning'],
        [
            'one of the repository around',
            { 'file:///repo/tsbtopo.json': rule('off'), 'file:///repo/.git': '' },
            undefined,
        ],
        ['none outside of the repository', { 'file:///tsbtopo.json': rule('off'), 'file:///repo/.git': '' }, 'warning'],
        ['none', {}, 'warning'],
    ])('%s', async (_, files, expected) => {
        expect(await project(files).severity('file:///repo/estate/a/x.tsbtopo')).toBe(expected);
    });

    test('in a workspace that only the client can reach, its folder is the last', async () => {
        const files = { 'vfs:/estate/tsbtopo.json': rule('error'), 'vfs:/tsbtopo.json': rule('off') };
        expect(await project(files, ['vfs:/estate']).severity('vfs:/estate/a/b/x.tsbtopo')).toBe('error');
    });
});

describe('what a rule does', () => {
    const here = 'file:///repo/estate/x.tsbtopo';
    const file = 'file:///repo/estate/tsbtopo.json';

    test('an error stays one, whatever its code', async () => {
        const { severity } = project({ [file]: rule('off') });
        expect(await severity(here, 'repeated-name', 'error')).toBe('error');
        expect(await severity(here, 'repeated-name')).toBeUndefined();
    });

    test('a change is read when it is told', async () => {
        const { settings, texts, severity } = project({ [file]: rule('hint') });
        expect(await severity(here)).toBe('hint');
        texts.set(file, rule('error'));
        expect(await severity(here)).toBe('hint');
        let told = 0;
        settings.onChange(() => told++);
        settings.changed();
        expect([told, await severity(here)]).toEqual([1, 'error']);
    });

    test('mistakes in it are shown in it', async () => {
        const { settings, severity } = project({ [file]: '{\n  "rules": { "odd-hots": "off" }\n}' });
        await severity(here);
        const [found] = settings.files();
        expect(found?.uri).toBe(file);
        expect(found?.mistakes[0]).toMatchObject({
            code: 'settings-unknown',
            range: { start: { line: 1, character: 13 } },
        });
    });
});
