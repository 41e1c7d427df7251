import { shellWord } from '../../server/encoding/shell.js';
import { writtenDuration } from '../../server/knowledge/durations.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';

/** What the command line needs of a running scenario. */
type Told = Pick<SimulationView, 'topology' | 'failures' | 'restarts' | 'promotions'> & {
    readonly time: Pick<SimulationView['time'], 'at' | 'duration' | 'began'>;
};

export interface CommandLine {
    readonly text: string;
    /** The command line restarts and promotes things at the time that it looks at, and at no other. */
    readonly leftOut: readonly string[];
}

/** A running scenario as a call of `tsbtopo simulate`, to be made in the folder of the workspace. */
export function commandLineOf(told: Told): CommandLine {
    const { topology, failures, restarts, promotions } = told;
    const { at, duration, began } = told.time;
    const option = (name: string, value: string) => `--${name} ${shellWord(value)}`;
    const now = restarts.filter((restart) => restart.at === at);
    const promoted = promotions.filter((promotion) => promotion.at === at);
    const options = [
        option('topology', topology),
        ...failures.map((failure) => option('fail', failure)),
        ...now.map(({ element }) => option('restart', element)),
        ...promoted.map(({ element }) => option('promote', element)),
        ...(duration === undefined ? [] : [option('for', writtenDuration(duration))]),
        ...(began === undefined ? [] : [option('since', began)]),
        ...(at === 0 ? [] : [option('at', writtenDuration(at))]),
    ];
    const leftOut = [...restarts, ...promotions].filter((step) => step.at !== at).map(({ element }) => element);
    return { text: ['tsbtopo simulate .', ...options].join(' '), leftOut };
}
