import { blastRadiusOf } from '../failure/blast-radius.js';
import type { Gravity } from '../failure/gravity.js';
import type { Outcome } from '../failure/outcome.js';
import { returnOrder, type Return } from '../failure/return-order.js';
import { operations, operationTitles } from '../knowledge/operations.js';
import { enduranceIn } from './endurance.js';
import { recoverySteps, whatComesBack } from './recovery.js';
import { code } from '../encoding/markdown.js';
import { enumerated } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase } from './phrases.js';
import { isReplaced, takeoversIn, type Takeover } from './takeover.js';

/** What to bring back, and for whom. Markdown phrases. */
export interface BringBack {
    readonly what: string;
    /** "for `shop.example.com`". */
    readonly why: string;
}

/** What to bring back, the most urgent first; empty where nothing is urgent, or nothing is down any more. */
export function whatToBringBack(outcome: Outcome): BringBack[] {
    if (!isUrgent(outcome)) return [];
    const needed = whatComesBack(outcome).filter((element) => !isReplaced(outcome, element));
    const takeovers = takeoversIn(outcome);
    return returnOrder(outcome.graph, needed).map((step) => ({
        what: `${enumerated(step.elements.map(elementPhrase))}${orPromoted(step, takeovers)}`,
        why: reasonFor(step),
    }));
}

/** "`mgmt`, or promote `dr`" */
function orPromoted({ elements }: Return, takeovers: readonly Takeover[]): string {
    const meant = takeovers.filter(({ standIn: { original, byItself }, refused }) => {
        if (refused || byItself) return false;
        return elements.some(({ name, cluster }) => name === original.name || cluster === original.name);
    });
    if (meant.length === 0) return '';
    return `, or promote ${enumerated(meant.map(({ standIn }) => elementPhrase(standIn.element)))}`;
}

/** What is said instead where nobody notices: for what it will be needed, or from when on it is missed. Markdown sentences. */
export function whatCanWait(outcome: Outcome): string[] {
    const down = whatComesBack(outcome);
    if (down.length === 0 || isUrgent(outcome)) return [];
    const [worse] = enduranceIn(outcome).worsenings;
    const until = worse ? ` for ${duration(worse.from)}` : '';
    const texts = recoverySteps(outcome).flatMap(({ element, text }) => (element ? [text] : []));
    return [`Not urgent${until}: ${enumerated(down.map(elementPhrase))}.`, ...texts];
}

function isUrgent(outcome: Outcome): boolean {
    return blastRadiusOf(outcome).gravity !== 'none';
}

function reasonFor({ ends, neededBy, gravity }: Return): string {
    const named = ends.filter(({ kind }) => /^(host|service)-/.test(kind)).map(({ what }) => code(what));
    const workloads = ends
        .filter(({ kind }) => kind === 'workloads-down')
        .map(({ what }) => `workloads of ${code(what)}`);
    const users = [...named, ...workloads];
    const ended = new Set(ends.map(({ what }) => what));
    const titles = operations
        .filter((operation) => ended.has(operation))
        .map((each) => operationTitles[each].toLowerCase());
    const gains = users.length > 0 ? users : titles;
    const reasons = [
        ...(neededBy.length > 0 ? [`${enumerated(neededBy.map(elementPhrase))} cannot come back before`] : []),
        ...(gains.length > 0 ? [`for ${enumerated(gains, { most: 4 })}`] : []),
    ];
    return reasons.length > 0 ? reasons.join('; ') : withoutGain[gravity];
}

/** Why something is brought back that ends no harm by itself. */
const withoutGain: Readonly<Record<Gravity, string>> = {
    down: 'others have to be back, too',
    degraded: 'others have to be back, too',
    failover: 'users are served after a failover',
    operators: 'only operators notice',
    spare: 'it is a spare',
    none: 'nothing runs out any more then',
};
