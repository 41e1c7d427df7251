import { describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-types';
import { gradedProblemsIn } from '../../server/estate/problem.js';
import { judgePromises } from '../../server/estate/promises.js';
import { aboutProblems } from '../../server/estate/abouts.js';
import { questionsIn } from '../../server/estate/questions.js';
import { findingsOf } from '../../server/findings/findings.js';
import { fixedCodes, ruleCodes } from '../../server/knowledge/rule-codes.js';
import { estate } from '../fixture.js';
import { codesInSource } from './codes.js';
import { examplesIn, filesOf, readPage, type Example } from './examples.js';

const page = readPage('diagnostics.md');
const { findings, language, promises } = codesInSource();
const sections = page.split(/^## /m).slice(1);
const codes = sections.map(titleOf);

function titleOf(section: string): string {
    return section.slice(0, section.indexOf('\n'));
}

test('docs/diagnostics.md has a section for each code, and for nothing else', () => {
    expect([...codes].sort()).toEqual([...new Set([...findings, ...language, ...promises])].sort());
});

test('the list at the top leads to each of them', () => {
    const list = page.slice(0, page.indexOf('\n## '));
    const links = [...list.matchAll(/\[([^\]]+)\]\(#([^)]+)\)/g)];
    expect(links.map(([, title]) => title)).toEqual(links.map(([, , anchor]) => anchor));
    expect(links.map(([, title]) => title)).toEqual(codes);
});

test('what is an error by itself is no rule that a project can change; all else is', () => {
    const isError = (code: string) => /^\s*\*Error/.test(sections[codes.indexOf(code)]!.slice(code.length));
    expect(codes.filter(isError).sort()).toEqual([...fixedCodes].sort());
    expect(codes.filter((code) => !isError(code)).sort()).toEqual([...ruleCodes].sort());
});

test.each(codes)('%s has a bad and a good example', (code) => {
    const section = sections[codes.indexOf(code)]!;
    const examples = examplesIn(`## ${section}`).map(({ tag }) => tag);
    expect(examples).toEqual(section.includes('<!-- no example: ') ? [] : ['bad', 'good']);
});

interface Said {
    readonly code: string;
    readonly severity: string;
}

const severities = ['', 'error', 'warning', 'info', 'hint'];

/** The word that the page, the command line and `tsbtopo.json` have for it. */
function shownSeverity(severity: string): string {
    return severity === 'info' ? 'info' : severity;
}

/** What is said of an example, as far as it belongs to the same half: that of the language, or that of the findings. */
async function saidOf({ text, setting }: Example, code: string, repeat: number): Promise<Said[]> {
    const { diagnostics, topologies, services, documents } = await estate(filesOf((text + setting).repeat(repeat)));
    if (promises.includes(code)) {
        services.workspace.Today.set('2026-11-28');
        for (const each of services.workspace.Estates.all()) judgePromises(each, services);
        return [...documents.values()].flatMap((document) => gradedProblemsIn(document, services));
    }
    const ofLanguage = diagnostics.map((each) => ({ code: String(each.code), severity: severityOf(each) }));
    const said = [
        ...ofLanguage,
        ...services.workspace.Estates.all().flatMap(aboutProblems),
        ...[...documents.values()].flatMap((document) => questionsIn(document)),
    ];
    return findings.includes(code) ? [...said, ...topologies.flatMap(findingsOf)] : said;
}

function severityOf({ severity }: Diagnostic): string {
    return severities[severity ?? 1]!;
}

describe.each(examplesIn(page))('line $line: the $tag example of $section', (example) => {
    const section = sections.find((each) => titleOf(each) === example.section)!;
    const repeat = example.tag === 'bad' ? Number(/<!-- repeat: (\d+) -->/.exec(section)?.[1] ?? 1) : 1;

    if (example.tag === 'bad') {
        test('has the problem, and no graver one', async () => {
            const said = await saidOf(example, example.section, repeat);
            const here = said.filter(({ code }) => code === example.section);
            expect(here.length, JSON.stringify(said)).toBeGreaterThan(0);
            const intro = section.slice(section.indexOf('\n'), section.indexOf('. '));
            for (const { severity } of here)
                expect(intro).toMatch(new RegExp(`\\*${shownSeverity(severity)}[.*]`, 'i'));
            if (repeat === 1) {
                const grave = said.filter(({ severity }) => severity === 'error' || severity === 'warning');
                expect(grave.filter(({ code }) => code !== example.section)).toEqual([]);
            }
        });
    } else {
        test('does not have it, nor an error or warning', async () => {
            const said = await saidOf(example, example.section, repeat);
            const grave = said.filter(({ severity }) => severity === 'error' || severity === 'warning');
            expect([...grave, ...said.filter(({ code }) => code === example.section)]).toEqual([]);
        });
    }
});
