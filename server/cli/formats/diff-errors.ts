import { code, text } from '../../encoding/markdown.js';
import { visible, visiblePath } from '../../encoding/visible.js';
import { count } from '../../words/english.js';
import { colours } from '../colours.js';
import type { SideError } from './compared.js';

/** So many are listed for people. */
const mostLines = 10;

/** That a comparison may be incomplete, and why; empty where it is whole. */
export function sideErrorsText(errors: readonly SideError[]): string {
    if (errors.length === 0) return '';
    const lines = errors.slice(0, mostLines).map((error) => `   ${visible(placeOf(error))} ${visible(error.message)}`);
    return `${[colours.red(notice(errors)), ...lines, ...more(errors).map((line) => `   ${line}`)].join('\n')}\n`;
}

/** The same as a block of Markdown. */
export function sideErrorsMarkdown(errors: readonly SideError[]): string[] {
    if (errors.length === 0) return [];
    const lines = errors.slice(0, mostLines).map((error) => `> - ${code(placeOf(error))}: ${text(error.message)}`);
    return [[`> **${notice(errors)}**`, '>', ...lines, ...more(errors).map((line) => `> - ${line}`)].join('\n')];
}

export function notice(errors: readonly SideError[]): string {
    const sides = [...new Set(errors.map(({ side }) => side))].join(' and the ');
    return `This may be incomplete: ${count(errors.length, 'error')} in the files of the ${sides} side.`;
}

function more(errors: readonly SideError[]): string[] {
    return errors.length > mostLines ? [`and ${errors.length - mostLines} more, see tsbtopo check`] : [];
}

function placeOf({ side, file, line, column }: SideError): string {
    const shown = visiblePath(file);
    return `${side}: ${line === null ? shown : `${shown}:${line}:${column}`}`;
}
