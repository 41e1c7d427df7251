import type { NodeIndex } from '../engine/index.js';
import { decisionsIn } from '../failure/deciding.js';
import { explainer } from '../failure/explain.js';
import { isAlive, type Outcome } from '../failure/outcome.js';
import { actionIds, actions, refusedByDownApi, refusedByDownCluster, type ActionId } from '../knowledge/actions.js';
import { arrow, causeLine } from './causes.js';
import { capitalized, listing, verb } from '../words/english.js';

/** Whether something can still be done with a cluster, and why not, or with which reservation. */
export interface ActionAnswer {
    readonly cluster: string;
    readonly action: ActionId;
    readonly verdict: 'yes' | 'caveat' | 'no';
    /** Markdown clauses; empty for a plain yes. */
    readonly says: readonly string[];
    /** What the refusal, or the first reservation, comes from: "`istiod` of `east`"; empty for a plain yes. */
    readonly because: string;
}

/**
 * What can still be done, cluster by cluster; actions that an estate does not know (GitOps that is off) are left out.
 *
 * @param clusters all that carry workloads, unless given
 */
export function actionAnswers(outcome: Outcome, clusters?: readonly string[]): ActionAnswer[] {
    const { down } = outcome.propagation;
    const explain = explainer(outcome);
    const why = (node: NodeIndex) => causeLine(explain(node));
    const answers: ActionAnswer[] = [];
    for (const { cluster, action, decisive, isThere, caveats } of decisionsIn(outcome.graph)) {
        if (clusters !== undefined && !clusters.includes(cluster)) continue;
        if (down[decisive]) {
            const says = (isThere && refusedByCluster(outcome, cluster)) || actions[action].refused;
            answers.push({ cluster, action, verdict: 'no', says: [says], because: why(decisive) });
            continue;
        }
        const reservations = caveats.filter(({ node }) => down[node]);
        const [first] = reservations;
        answers.push({
            cluster,
            action,
            verdict: first ? 'caveat' : 'yes',
            says: reservations.map(({ says }) => says),
            because: first ? why(first.node) : '',
        });
    }
    return answers;
}

/** Why nothing of the kind can be done in a cluster, whatever it is; undefined where its Kubernetes API answers. */
function refusedByCluster(outcome: Outcome, cluster: string): string | undefined {
    if (!isAlive(outcome, cluster)) return refusedByDownCluster;
    const kubectl = outcome.graph.flowNode('kubectl', { cluster });
    return kubectl !== undefined && outcome.propagation.down[kubectl] ? refusedByDownApi : undefined;
}

/** Whether the answer is the same for all that is done in the cluster, since that is down. */
export function isDownThere({ says }: Pick<ActionAnswer, 'says'>): boolean {
    return says[0] === refusedByDownCluster;
}

/** "`east` and `west` are down: nothing can be done there until they are back". Markdown. */
export function downThere(clusters: readonly string[]): string {
    const many = clusters.length;
    return `${listing(clusters)} ${verb(many, 'is', 'are')} down: nothing can be done there until ${verb(many, 'it is', 'they are')} back`;
}

export const verdictSigns = { yes: '✅', caveat: '⚠️', no: '❌' } as const;

/** The answers as one line for each thing that is not a plain yes, clusters that fare alike together. Markdown. */
export function actionLines(answers: readonly ActionAnswer[]): string[] {
    return whatIsHindered(answers).map(({ text, because }) => `${text}${because ? ` (${because})` : ''}`);
}

/** Whatever is not a plain yes, and the chain of causes that all clusters have in common; empty where they have none. */
function whatIsHindered(answers: readonly ActionAnswer[]): { readonly text: string; readonly because: string }[] {
    const clusters = new Set(answers.map(({ cluster }) => cluster));
    const groups = new Map<string, ActionAnswer[]>();
    for (const answer of answers) {
        const what = isDownThere(answer) ? '' : answer.action;
        const key = `${what}|${answer.verdict}|${answer.says.join()}`;
        groups.set(key, [...(groups.get(key) ?? []), answer]);
    }
    return [...groups.values()].flatMap((group) => {
        const { action, verdict, says } = group[0]!;
        if (verdict === 'yes') return [];
        if (isDownThere({ says })) {
            const down = [...new Set(group.map(({ cluster }) => cluster))];
            return {
                text: `${verdictSigns.no} ${downThere(down)}`,
                because: commonEnd(group.map(({ because }) => because)),
            };
        }
        const where = group.length === clusters.size ? '' : ` on ${listing(group.map(({ cluster }) => cluster))}`;
        const text = `${verdictSigns[verdict]} ${actions[action].title}${where}: ${says.join('; ')}`;
        return { text, because: commonEnd(group.map((answer) => answer.because)) };
    });
}

/** Where chains of causes come together: of "`a` ← `c`" and "`b` ← `c`" it is "`c`". */
function commonEnd(chains: readonly string[]): string {
    const [first = [], ...others] = chains.map((chain) => chain.split(arrow).reverse());
    const differs = first.findIndex((step, index) => others.some((other) => other[index] !== step));
    return first
        .slice(0, differs < 0 ? first.length : differs)
        .reverse()
        .join(arrow);
}

/** The same in one line for a hover: "deploy, scale ❌ on `east` · change TSB configuration ⚠️ · all else ✅". Markdown. */
export function actionSummary(outcome: Outcome): string {
    const all = actionAnswers(outcome);
    const down = [...new Set(all.filter(isDownThere).map(({ cluster }) => cluster))];
    const answers = all.filter((answer) => !isDownThere(answer));
    const everywhere = new Set(all.map(({ cluster }) => cluster)).size;
    const groups = new Map<string, ActionId[]>();
    for (const action of actionIds) {
        for (const verdict of ['no', 'caveat'] as const) {
            const touched = answers.filter((answer) => answer.action === action && answer.verdict === verdict);
            if (touched.length === 0) continue;
            const clusters = touched.map(({ cluster }) => cluster);
            const where = clusters.length === everywhere ? '' : ` on ${listing(clusters)}`;
            const key = `${verdictSigns[verdict]}${where}`;
            groups.set(key, [...(groups.get(key) ?? []), action]);
        }
    }
    if (groups.size + down.length === 0) return 'everything';
    const parts = [
        ...(down.length > 0 ? [`nothing ❌ on ${listing(down)}, down`] : []),
        ...[...groups].map(([key, ids]) => `${ids.map((id) => actions[id].short).join(', ')} ${key}`),
    ];
    const isRest = answers.some(({ verdict }) => verdict === 'yes');
    return [...parts, ...(isRest ? ['all else ✅'] : [])].join(' · ');
}

/** "What can I still do?" as a page: a table of actions and clusters, and below it why not. */
export function actionsPage(outcome: Outcome, title: string, only?: readonly string[]): string {
    const answers = actionAnswers(outcome, only);
    if (answers.length === 0) return `# What can I still do?\n\n${title}: there is no workload cluster yet.\n`;
    const columns = alike(answers);
    const rows = actionIds.flatMap((action) => {
        const cells = columns.map(({ answers: column }) => column.find((answer) => answer.action === action));
        if (cells.every((cell) => cell === undefined)) return [];
        const shown = cells.map((cell) => (cell ? cellText(cell) : '–'));
        return [`| ${actions[action].title} | ${shown.join(' | ')} |`];
    });
    const reasons = new Map<string, string[]>();
    for (const { text, because } of whatIsHindered(answers))
        reasons.set(because, [...(reasons.get(because) ?? []), text]);
    return [
        '# What can I still do?',
        title,
        [
            `| action | ${columns.map(({ clusters }) => listing(clusters, 4)).join(' | ')} |`,
            `|:--|${columns.map(() => ':--').join('|')}|`,
            ...rows,
        ].join('\n'),
        ...(reasons.size > 0 ? ['## Why', [...reasons].flatMap(reasonLines).join('\n')] : []),
        '',
    ].join('\n\n');
}

function cellText(answer: ActionAnswer): string {
    return [verdictSigns[answer.verdict], ...(isDownThere(answer) ? ['down'] : answer.says)].join(' ');
}

/** A cause is said once, with all that it hinders below. */
function reasonLines([because, hindered]: [string, readonly string[]]): string[] {
    if (because === '') return hindered.map((text) => `- ${text}`);
    return [`- ${capitalized(because)}`, ...hindered.map((text) => `  - ${text}`)];
}

/** Clusters for which every answer is the same stand in one column. */
function alike(answers: readonly ActionAnswer[]): { clusters: string[]; answers: readonly ActionAnswer[] }[] {
    const byCluster = new Map<string, ActionAnswer[]>();
    for (const answer of answers) byCluster.set(answer.cluster, [...(byCluster.get(answer.cluster) ?? []), answer]);
    const columns = new Map<string, { clusters: string[]; answers: readonly ActionAnswer[] }>();
    for (const [cluster, column] of byCluster) {
        const key = column.map(({ action, verdict, says }) => [action, verdict, ...says].join()).join('|');
        const known = columns.get(key) ?? { clusters: [], answers: column };
        known.clusters.push(cluster);
        columns.set(key, known);
    }
    return [...columns.values()];
}
