import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { problemsOf, type Problem } from '../../server/estate/problem.js';
import { remedies } from '../../server/fixes/table.js';
import { codesInSource } from '../docs/codes.js';
import { examplesIn, filesOf, pagePath, readPage } from '../docs/examples.js';
import { estate } from '../fixture.js';
import { after, fixesOf } from './fixes.js';

const page = readPage('diagnostics.md');
const examples = examplesIn(page).filter(({ tag }) => tag === 'bad');

test('each code has a remedy, or a reason why it has none', () => {
    const { findings, language, promises } = codesInSource();
    expect([...remedies.keys()].sort()).toEqual([...new Set([...findings, ...language, ...promises])].sort());
    for (const remedy of remedies.values()) {
        if ('because' in remedy) expect(remedy.because).toMatch(/^[A-Z].*\.$/);
    }
});

const offered = new Map<string, readonly string[]>();

/** Problems by what they say, with how often they say it. */
async function said(files: Record<string, string>): Promise<{ codes: string[]; errors: string[] }> {
    const { services } = await estate(files);
    const problems: Problem[] = services.workspace.Estates.all().flatMap((each) => problemsOf(each, services));
    return {
        codes: problems.map(({ code }) => code),
        errors: problems
            .filter(({ severity }) => severity === 'error')
            .map(({ code, message }) => `${code} ${message}`),
    };
}

describe('the bad example', () => {
    test.each(examples)('of $section: each fix mends it, and does no harm', async ({ section, text, setting }) => {
        const files = filesOf(text + setting);
        const before = await said(files);
        const fixes = await fixesOf(files, section);
        offered.set(
            section,
            fixes.map(({ title }) => title),
        );
        expect(fixes.length > 0, 'has a fix').toBe('fixer' in remedies.get(section)!);
        const fixture = await estate(files);
        for (const { title, changes } of fixes) {
            const texts = after(fixture, changes);
            const now = await said(typeof texts === 'string' ? { 'main.tsbtopo': texts } : texts);
            const count = (codes: readonly string[]) => codes.filter((code) => code === section).length;
            expect(count(now.codes), title).toBeLessThan(count(before.codes));
            expect(
                now.errors.filter((error) => !before.errors.includes(error)),
                title,
            ).toEqual([]);
        }
    });
});

afterAll(() => {
    if (process.env['UPDATE_DOCS']) writeFileSync(pagePath('diagnostics.md'), withFixes());
});

test('docs/diagnostics.md tells what the light bulb offers for each example (UPDATE_DOCS=1 writes it anew)', () => {
    if (!process.env['UPDATE_DOCS']) expect(page).toBe(withFixes());
});

/** The page with the titles of the fixes behind each bad example. */
function withFixes(): string {
    return page
        .replace(/\n💡.*\n/g, '')
        .replace(/^## (\S+)\n(?:(?!^## )[^])*?^```tsbtopo bad\n[^]*?^```\n/gm, (part, code: string) => {
            const remedy = remedies.get(code)!;
            const fixes = offered.get(code) ?? [];
            const line =
                'because' in remedy
                    ? `No quick fix. ${remedy.because}`
                    : `${fixes.map((title) => `_${title}_`).join(' · ')}`;
            return `${part}\n💡 ${line}\n`;
        });
}
