import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { inProcess } from '../cli/in-process.js';

const { pattern } = manifest.contributes.problemMatchers[0]!;

const { run } = inProcess({
    'estate.tsbtopo': [
        'topology demo',
        'management cluster mgmt',
        'workload cluster east',
        'service shop on east, wesst { exposed "shop.example.com" }',
        'servce cart on east',
    ].join('\n'),
    'a folder/other (1).tsbtopo':
        'topology other\nmanagement cluster mgmt { management plane { elasticsearch { no backup } } }',
});

interface Problem {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly severity: string;
    readonly message: string;
    readonly code: string;
}

/** As VS Code reads a line of output. */
function problemIn(line: string): Problem | undefined {
    const match = new RegExp(pattern.regexp).exec(line);
    if (!match) return undefined;
    const group = (index: number) => match[index] ?? '';
    return {
        file: group(pattern.file),
        line: Number(group(pattern.line)),
        column: Number(group(pattern.column)),
        severity: group(pattern.severity),
        message: group(pattern.message),
        code: group(pattern.code),
    };
}

interface Checked {
    readonly diagnostics: readonly Omit<Problem, 'file'>[];
}

test.each(['estate.tsbtopo', '.'])('every problem of `tsbtopo check %s` is found in its output', async (given) => {
    const lines = (await run(`check --hints ${given}`)).out.trimEnd().split('\n');
    const { diagnostics } = JSON.parse((await run(`check --format json ${given}`)).out) as Checked;
    const problems = lines.flatMap((line) => problemIn(line) ?? []);
    expect(problems).toEqual(
        diagnostics.map((each) => {
            const { file, line, column, severity, message, code } = each as Problem;
            return { file, line, column, severity, message, code };
        }),
    );
    expect(new Set(problems.map(({ severity }) => severity)).size).toBeGreaterThan(2);
    // the summary is none
    expect(problems).toHaveLength(lines.length - 1);
});

test('the output of the other commands has none', async () => {
    const { out } = await run('simulate estate.tsbtopo --fail east');
    expect(out.split('\n').filter(problemIn)).toEqual([]);
});
