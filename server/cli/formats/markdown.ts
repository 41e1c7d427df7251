import path from 'node:path';
import { code, text } from '../../encoding/markdown.js';
import { count } from '../../words/english.js';
import { shownTo, summaryOf, type Checked } from './found.js';

/** So many are listed: a comment on GitHub ends at 65,536 characters. */
const mostRows = 100;

/** A table of the problems, the gravest first, as a comment or the summary of a run shows it. */
export function asMarkdown(checked: Checked): string {
    const { read, failOn } = checked;
    const order = ['error', 'warning', 'info', 'hint'];
    const shown = [...shownTo(checked)].sort(
        (a, b) => order.indexOf(a.problem.severity) - order.indexOf(b.problem.severity),
    );
    const rows = shown.slice(0, mostRows).map(({ file, problem: { severity, message, at, code: rule } }) => {
        const place = `${file}:${at.range.start.line + 1}`;
        return `| ${severity} | ${code(place)} | ${text(message)} ${code(rule)} |`;
    });
    const rest = shown.length - rows.length;
    const hidden = checked.found.length - shown.length;
    return `${[
        `**${summaryOf(checked)}**`,
        ...read.unreadable.map(
            ({ file, reason }) => `- ${code(path.relative(process.cwd(), file))} cannot be read: ${text(reason)}.`,
        ),
        ...(rows.length > 0 ? [['| | where | what |', '|---|---|---|', ...rows].join('\n')] : []),
        ...(rest > 0 ? [`… and ${rest} more.`] : []),
        ...(hidden > 0 ? [`${count(hidden, 'hint')} not shown.`] : []),
        ...(failOn === 'error' ? [] : [`The check fails ${failOn === 'never' ? 'never' : `from ${failOn} on`}.`]),
    ].join('\n\n')}\n`;
}
