import path from 'node:path';
import { workflowMessage, workflowProperty } from '../../encoding/github.js';
import type { ProblemSeverity } from '../../knowledge/severities.js';
import { shownTo, summaryOf, type Checked, type Found } from './found.js';

const commands: Readonly<Record<ProblemSeverity, string>> = {
    error: 'error',
    warning: 'warning',
    info: 'notice',
    hint: 'notice',
};

/** Commands by which a workflow of GitHub Actions shows each problem at its line of the change. */
export function asGithub(checked: Checked): string {
    const unreadable = checked.read.unreadable.map(({ file, reason }) =>
        workflowCommand('error', `The file cannot be read: ${reason}.`, [
            ['file', slashed(path.relative(process.cwd(), file))],
        ]),
    );
    const lines = shownTo(checked).map(({ file, problem: { code, severity, message, at } }) =>
        workflowCommand(commands[severity], message, [...placeOf(file, at.range), ['title', code]]),
    );
    return `${[...unreadable, ...lines, summaryOf(checked)].join('\n')}\n`;
}

/** `::error file=a.tsbtopo,line=3::message`. */
export function workflowCommand(
    command: string,
    message: string,
    properties: readonly (readonly [string, string])[],
): string {
    const list = properties.map(([name, value]) => `${name}=${workflowProperty(value)}`).join(',');
    return `::${command}${list === '' ? '' : ` ${list}`}::${workflowMessage(message)}`;
}

/** Columns are for places in one line only. */
function placeOf(file: string, { start, end }: Found['problem']['at']['range']): [string, string][] {
    const isOneLine = start.line === end.line;
    return [
        ['file', slashed(file)],
        ['line', `${start.line + 1}`],
        ['endLine', `${isOneLine || end.character > 0 ? end.line + 1 : end.line}`],
        ...(isOneLine
            ? ([
                  ['col', `${start.character + 1}`],
                  ['endColumn', `${end.character + 1}`],
              ] as [string, string][])
            : []),
    ];
}

function slashed(file: string): string {
    return file.split(path.sep).join('/');
}
