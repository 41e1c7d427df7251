import * as vscode from 'vscode';
import { text } from '../../server/encoding/markdown.js';
import type { SimulationStep, SimulationView } from '../../server/protocol/simulation-state.js';
import type { SourceLocation } from '../../server/topology/topology.js';
import { shortened } from './time-words.js';

/** How much of an event the status bar says, in characters. */
const longestEvent = 60;
/** How many changed lines a tooltip lists. */
const mostLines = 12;

/** What an editor shows: of which file, from which line to which. */
export interface InSight {
    readonly uri: string;
    readonly first: number;
    readonly last: number;
}

/** "3 lines changed, 1 below · certificates of `east` may run out": the short part first, should there be no room; what a step in time has done, also out of sight. */
export function stepWords(view: SimulationView, step: SimulationStep, inSight?: InSight): string {
    const { events, current, at } = view.time;
    const event = events[current];
    return [changeWords(step, inSight), ...(event?.at === at ? [shortened(event.text, longestEvent)] : [])].join(' · ');
}

function changeWords({ changed }: SimulationStep, inSight?: InSight): string {
    if (changed.length === 0) return vscode.l10n.t('no line changed');
    const here = changed.filter(({ uri }) => uri === inSight?.uri).map(({ range }) => range.start.line);
    const above = here.filter((line) => line < inSight!.first).length;
    const below = here.filter((line) => line > inSight!.last).length;
    const elsewhere = changed.length - here.length;
    return [
        vscode.l10n.t('{0} changed', countOfLines(changed.length)),
        ...(above > 0 ? [vscode.l10n.t('{0} above', above)] : []),
        ...(below > 0 ? [vscode.l10n.t('{0} below', below)] : []),
        ...(elsewhere > 0 ? [vscode.l10n.t('{0} in other files', elsewhere)] : []),
    ].join(', ');
}

function countOfLines(count: number): string {
    return count === 1 ? vscode.l10n.t('1 line') : vscode.l10n.t('{0} lines', count);
}

/** Which lines have changed, and what they say now. Markdown. */
export function stepMarkdown({ files }: SimulationView, { changed }: SimulationStep): string {
    const rows = changed.slice(0, mostLines).map(({ uri, range }) => {
        const { line } = range.start;
        const annotations = files.find((file) => vscode.Uri.parse(file.uri).toString() === uri)?.annotations ?? [];
        const now = annotations.find((annotation) => annotation.range.start.line === line);
        const file = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
        return `- ${text(`${file}:${line + 1}`)} ${text(now?.text ?? vscode.l10n.t('as without the failures'))}`;
    });
    const more = changed.length - rows.length;
    return [...rows, ...(more > 0 ? [`- ${vscode.l10n.t('… and {0}', more)}`] : [])].join('\n');
}

/** The changed line after a place, and after the last one the first. */
export function nextChange(
    { changed }: SimulationStep,
    after?: { readonly uri: string; readonly line: number },
): SourceLocation | undefined {
    const later = changed.find(({ uri, range }) => uri === after?.uri && range.start.line > after.line);
    if (later) return later;
    const last = changed.findLastIndex(({ uri }) => uri === after?.uri);
    return changed[last + 1] ?? changed[0];
}
