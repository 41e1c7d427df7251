import { isatty } from 'node:tty';
import pc from 'picocolors';
import type { Gravity } from '../failure/gravity.js';

/** What decides about colours: the output, and variables of the environment. */
interface Looked {
    readonly isTerminal: boolean;
    readonly noColor?: string | undefined;
    readonly forceColor?: string | undefined;
    readonly term?: string | undefined;
}

/**
 * Whether the output is coloured: on a terminal that can do so, and nowhere else, unless `NO_COLOR` or `FORCE_COLOR` says
 * otherwise (no-color.org, force-color.org; `FORCE_COLOR=0` forbids).
 */
export function isColoured({ isTerminal, noColor, forceColor, term }: Looked): boolean {
    if (noColor) return false;
    if (forceColor) return forceColor !== '0' && forceColor !== 'false';
    return isTerminal && term !== 'dumb';
}

/** The colours of standard output. */
export const colours = pc.createColors(
    isColoured({
        isTerminal: isatty(1),
        noColor: process.env['NO_COLOR'],
        forceColor: process.env['FORCE_COLOR'],
        term: process.env['TERM'],
    }),
);

/** How grave a failure is, besides its sign and words. */
export const gravityColours: Readonly<Record<Gravity, (text: string) => string>> = {
    down: colours.red,
    degraded: colours.yellow,
    failover: colours.yellow,
    operators: colours.cyan,
    spare: colours.cyan,
    none: colours.green,
};
