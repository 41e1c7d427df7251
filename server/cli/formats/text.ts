import { visible, visiblePath } from '../../encoding/visible.js';
import { colours } from '../colours.js';
import { shownTo, summaryOf, type Checked } from './found.js';

const severityColours = { error: colours.red, warning: colours.yellow, info: colours.blue, hint: colours.dim };

/** A line for each problem, as compilers print them, and their sum. */
export function asText(checked: Checked): string {
    const shown = shownTo(checked);
    const lines = shown.map(({ file, problem: { code, severity, message, at } }) => {
        const { line, character } = at.range.start;
        const place = colours.bold(`${visiblePath(file)}:${line + 1}:${character + 1}`);
        return `${place} ${severityColours[severity](severity)} ${visible(message)} ${colours.dim(`[${code}]`)}`;
    });
    const hidden = checked.found.length - shown.length > 0 ? ' (--hints shows the hints)' : '';
    return `${[...lines, `${summaryOf(checked)}${hidden}`].join('\n')}\n`;
}
