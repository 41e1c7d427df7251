import { blastRadiusOf } from '../failure/blast-radius.js';
import { whatGetsWorse, whatOperationsLose, whoIsHurt, type BriefLine } from '../impact/brief.js';
import { downThere, isDownThere } from '../impact/actions.js';
import { whatCanWait, whatToBringBack } from '../impact/bring-back.js';
import { doableNow } from '../impact/doable.js';
import { failuresIn, type ScenarioView } from '../impact/scenario.js';
import { glance } from '../impact/summary.js';
import { code } from '../encoding/markdown.js';
import { enumerated } from '../words/english.js';
import { shellWord } from '../encoding/shell.js';
import { colours, gravityColours } from './colours.js';
import type { FileError } from './file-errors.js';
import { block, questionBlocks, titleOf, type Change } from './simulate-blocks.js';

/** Which files a simulation was asked of, in the words of the user, and what is wrong in them. */
export interface Asked {
    readonly paths: readonly string[];
    readonly topology?: string;
    readonly errors: readonly FileError[];
    /** Every further failure that takes something, also those that take the same with all else up. */
    readonly allNext?: boolean;
}

/** How many names stand in a line, and how many lines tell what gets worse and what cannot be done. */
const most = { names: 6, worsenings: 3, refusals: 3, returns: 4 } as const;

/** The answer of one minute, for whoever reads a terminal: who is hurt, what gets worse when, what to do first. */
export function briefText(view: ScenarioView, changes: readonly Change[], asked: Asked): string {
    const { outcome } = view;
    const radius = blastRadiusOf(outcome);
    const blocks = [
        [
            titleOf(view),
            asked.errors.length === 0
                ? gravityColours[radius.gravity](glance(radius))
                : `${glance(radius)}, as far as the files can be read`,
        ].join('\n'),
        ...questionBlocks(view, changes),
        ...block('Users', whoIsHurt(view).map(briefLine)),
        ...block('Operations', whatOperationsLose(outcome).map(briefLine)),
        ...block('Time', whatGetsWorse(view).slice(0, most.worsenings)),
        ...block('First', [...bringBack(view), ...refusals(view)]),
        colours.dim(moreAbout(view, asked)),
    ];
    return `${blocks.join('\n\n')}\n`;
}

function briefLine({ sign, title, items }: BriefLine): string {
    return `${sign} ${title}: ${enumerated(items, { most: most.names })}`;
}

function bringBack({ outcome }: ScenarioView): string[] {
    const [first, ...more] = whatToBringBack(outcome).map(({ what, why }) => `${what} (${why})`);
    if (first === undefined) return whatCanWait(outcome);
    const start = `Bring back ${more.length > 0 ? 'first ' : ''}${first}`;
    return [
        `${[start, ...more.slice(0, most.returns)].join(', then ')}${more.length > most.returns ? `, and ${more.length - most.returns} more` : ''}.`,
    ];
}

/** What cannot be done, in few words, where most of it is. */
function refusals({ outcome }: ScenarioView): string[] {
    const byClusters = new Map<string, string[]>();
    const refused = doableNow(outcome).filter(({ verdict }) => verdict === 'no');
    for (const { clusters, isEverywhere, short } of refused.filter((one) => !isDownThere(one))) {
        const where = isEverywhere ? '' : ` on ${enumerated(clusters.map(code), { most: most.names })}`;
        byClusters.set(where, [...(byClusters.get(where) ?? []), ...short]);
    }
    return [
        ...refused.filter(isDownThere).map(({ clusters }) => `${downThere(clusters)}.`),
        ...[...byClusters].map(([where, short]) => `Do not try${where}: ${short.join(', ')}.`),
    ].slice(0, most.refusals);
}

/**
 * The commands that tell more, as they can be pasted: of the same files, with all that is down. Ways are known for the
 * beginning of failures only.
 */
function moreAbout(view: ScenarioView, { paths, topology }: Asked): string {
    const failing = [...(view.given?.elements ?? []), ...failuresIn(view)].map(
        ({ name }) => `--fail ${shellWord(name)}`,
    );
    const [host] = view.outcome.hosts.filter(({ severity }) => severity !== 'unaffected');
    const chosen = topology === undefined ? [] : [`--topology ${shellWord(topology)}`];
    const words = [
        'tsbtopo path',
        ...paths.map(shellWord),
        ...chosen,
        `--to ${shellWord(host?.host ?? '')}`,
        ...failing,
    ];
    const path = host && view.at === 0 && failing.length > 0 ? ` · ${words.join(' ')}` : '';
    return `More: --verbose, or --format markdown for a runbook${path}`;
}
