import { visible } from './visible.js';

/**
 * A text as a cell of RFC 4180: whatever stands in it, it ends neither the cell nor the line. A spreadsheet that opens the
 * file calculates nothing: where a text could be read as a formula, an apostrophe stands before it.
 */
export function csvCell(text: string): string {
    if (text === '') return text;
    const shown = visible(text);
    const harmless = formula.test(shown) ? `'${shown}` : shown;
    return /[",]|^[\s']|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The signs with which formulas begin, also in full width, and behind blanks that a spreadsheet leaves out. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A line of cells, with the line end that the format asks for. */
export function csvLine(cells: readonly string[]): string {
    return `${cells.map(csvCell).join(',')}\r\n`;
}
