import { blastRadiusOf } from '../failure/blast-radius.js';
import { whatGetsWorse, whatOperationsLose, whatToBringBack, whoIsHurt, type BriefLine } from '../impact/brief.js';
import { doableNow } from '../impact/doable.js';
import { failuresIn, type ScenarioView } from '../impact/scenario.js';
import { glance } from '../impact/summary.js';
import { code, enumerated } from '../impact/wording.js';
import { shellWord } from '../encoding/shell.js';
import { colours, gravityColours } from './colours.js';
import { block, questionBlocks, titleOf, type Change } from './simulate-blocks.js';

/** How many names stand in a line, and how many lines tell what gets worse and what cannot be done. */
const most = { names: 6, worsenings: 3, refusals: 3 } as const;

/** The answer of one minute, for whoever reads a terminal: who is hurt, what gets worse when, what to do first. */
export function briefText(view: ScenarioView, changes: readonly Change[], isComplete = true): string {
    const { outcome } = view;
    const radius = blastRadiusOf(outcome);
    const blocks = [
        [
            titleOf(view),
            isComplete
                ? gravityColours[radius.gravity](glance(radius))
                : `${glance(radius)}, as far as the files can be read`,
        ].join('\n'),
        ...questionBlocks(view, changes),
        ...block('Users', whoIsHurt(view).map(briefLine)),
        ...block('Operations', whatOperationsLose(outcome).map(briefLine)),
        ...block('Time', whatGetsWorse(view).slice(0, most.worsenings)),
        ...block('First', [...bringBack(view), ...refusals(view)]),
        colours.dim(moreAbout(view)),
    ];
    return `${blocks.join('\n\n')}\n`;
}

function briefLine({ sign, title, items }: BriefLine): string {
    return `${sign} ${title}: ${enumerated(items, { most: most.names })}`;
}

function bringBack({ outcome }: ScenarioView): string[] {
    const back = whatToBringBack(outcome);
    if (back.length === 0) return [];
    return [`Bring back ${back.length > 1 ? 'in this order: ' : ''}${back.join(', ')}.`];
}

/** What cannot be done, in few words, where most of it is. */
function refusals({ outcome }: ScenarioView): string[] {
    const byClusters = new Map<string, string[]>();
    for (const { verdict, clusters, short } of doableNow(outcome)) {
        if (verdict !== 'no') continue;
        const where = clusters === undefined ? '' : ` on ${enumerated(clusters.map(code), { most: most.names })}`;
        byClusters.set(where, [...(byClusters.get(where) ?? []), ...short]);
    }
    return [...byClusters].slice(0, most.refusals).map(([where, short]) => `Do not try${where}: ${short.join(', ')}.`);
}

/** The commands that tell more, with the same failures. */
function moreAbout(view: ScenarioView): string {
    const failing = failuresIn(view).map(({ name }) => `--fail ${shellWord(name)}`);
    const [host] = view.outcome.hosts.filter(({ severity }) => severity !== 'unaffected');
    const path = host && failing.length > 0 ? ` · tsbtopo path --to ${shellWord(host.host)} ${failing.join(' ')}` : '';
    return `More: --verbose, or --format markdown for a runbook${path}`;
}
