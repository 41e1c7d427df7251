// Small estates after failures that people have reported, and smallest inputs that once showed a fault, each with the value
// that is right and why.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { reportOf } from '../../server/impact/report.js';
import { durationInSeconds } from '../../server/knowledge/durations.js';
import { scenario } from '../failure/check.js';
import { estate } from '../fixture.js';

interface Case {
    readonly file: string;
    readonly command: 'simulate' | 'check';
    /** As on the command line: `--fail` elements, `--at` a time. */
    readonly args: readonly string[];
    /** How sure the value is. */
    readonly confidence: string;
    readonly why: string;
    readonly checks: readonly Check[];
}

/** Where in the output, and what stands there. */
interface Check {
    /** `hosts[host=a.example.com].severity`; `[key~text]` picks an item by a field that contains a text. */
    readonly path: string;
    readonly equals?: unknown;
    readonly oneOf?: readonly unknown[];
    readonly exists?: boolean;
    readonly matches?: string;
    readonly notMatches?: string;
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as readonly Case[];

test.each(cases.map((each) => [`${each.file} ${each.command} ${each.args.join(' ')}`, each] as const))(
    '%s',
    async (_, { file, command, args, checks, why }) => {
        const text = readFileSync(join(import.meta.dirname, file), 'utf8');
        const output = command === 'check' ? await checked(text) : await simulated(text, args);
        for (const check of checks) holds(check, valueAt(output, check.path), why);
    },
);

async function checked(text: string): Promise<unknown> {
    const { diagnostics, topology } = await estate(text);
    const problems = [...diagnostics, ...findingsOf(topology)];
    return { diagnostics: problems.map(({ code, message }) => ({ code, message })) };
}

async function simulated(text: string, args: readonly string[]): Promise<unknown> {
    const valuesOf = (option: string) => args.filter((_, index) => args[index - 1] === option);
    const [at] = valuesOf('--at');
    const options = at === undefined ? {} : { at: durationInSeconds(at)! };
    return reportOf(await scenario(text, valuesOf('--fail'), options));
}

function valueAt(output: unknown, path: string): unknown {
    let value = output;
    for (const [, field, picked] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
        if (value === undefined || value === null) return undefined;
        if (field !== undefined) value = (value as Readonly<Record<string, unknown>>)[field];
        else value = itemOf(value as readonly Readonly<Record<string, unknown>>[], picked!);
    }
    return value;
}

function itemOf(list: readonly Readonly<Record<string, unknown>>[], picked: string): unknown {
    if (/^\d+$/.test(picked)) return list[Number(picked)];
    const conditions = picked
        .split('&')
        .map((text) => /^([^=~]+)([=~])(.*)$/.exec(text)!.slice(1) as [string, string, string]);
    return list.find((item) =>
        conditions.every(([key, how, wanted]) =>
            how === '=' ? String(item[key]) === wanted : String(item[key]).includes(wanted),
        ),
    );
}

function holds(check: Check, value: unknown, why: string): void {
    const text = Array.isArray(value) ? value.join('\n') : String(value);
    const message = `${check.path}: ${why}`;
    const pattern = (source: string) => new RegExp(source.replace('(?i)', ''), source.startsWith('(?i)') ? 'i' : '');
    if ('equals' in check) expect(value, message).toEqual(check.equals);
    if (check.oneOf) expect(check.oneOf, message).toContain(value);
    if (check.exists !== undefined) expect(value !== undefined && value !== null, message).toBe(check.exists);
    if (check.matches !== undefined) expect(text, message).toMatch(pattern(check.matches));
    if (check.notMatches !== undefined && value !== undefined)
        expect(text, message).not.toMatch(pattern(check.notMatches));
}
