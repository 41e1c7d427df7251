import { instancesName } from '../topology/element-name.js';
import { blastRadiusOf } from '../failure/blast-radius.js';
import { explainer, heldRedundancies, type Because, type Cause } from '../failure/explain.js';
import type { GraphNode, Reason, Scope } from '../failure/graph.js';
import type { Harm } from '../failure/harms.js';
import type { Harms } from '../failure/residual.js';
import { contribution, type Judged } from '../failure/standings.js';
import type { BrokenCall, HostOutcome, ServiceOutcome } from '../failure/traffic-outcome.js';
import type { ClockId } from '../knowledge/clocks.js';
import type { FlowId } from '../knowledge/flows.js';
import type { DefaultId } from '../knowledge/defaults.js';
import type { Freshness, Operation, Severity } from '../knowledge/operations.js';
import type { Gravity } from '../failure/gravity.js';
import { forEachOperation } from '../knowledge/operations.js';
import type { RuleId } from '../knowledge/rules.js';
import { sources, type Confidence, type Source } from '../knowledge/sources.js';
import type { Element } from '../topology/element.js';
import { actionAnswers, type ActionAnswer } from './actions.js';
import { assumptionsOf, type Turn } from './assumed.js';
import { andSoOn, budgetForCauses, causesTold } from './causes.js';
import { contradictionsIn } from './contradictions.js';
import { enduranceIn } from './endurance.js';
import { factsOf } from './facts.js';
import { furtherFailures, furtherFailuresWorseNow } from './next.js';
import { operationStories } from './operations.js';
import { differenceSentence, differencesFromPublished } from './published.js';
import { recoverySteps, restorationSteps } from './recovery.js';
import type { RecoveryStep } from './recovery-step.js';
import { restorationDangers, whatIsLost } from './restoration.js';
import { failuresIn, type ScenarioView } from './scenario.js';
import { headline } from './summary.js';
import { timelineEntries } from './timeline.js';
import { plain } from '../encoding/markdown.js';
import { wallTime, type Beginning } from '../knowledge/wall-clock.js';
import { capitalized } from '../words/english.js';
import { facetPhrase, nodePhrase } from './phrases.js';
import { promotionReports, type PromotionReport } from './promotion.js';

/** Changes with any change of the report's shape; see docs/json.md. */
export const reportSchemaVersion = 5;

/** A simulation as data, for machines. Documented field by field in docs/json.md. */
export interface SimulationReport {
    readonly schemaVersion: typeof reportSchemaVersion;
    readonly topology: string;
    readonly failures: readonly ElementReport[];
    readonly given: readonly ElementReport[];
    readonly restarts: readonly { readonly element: string; readonly at: number }[];
    readonly promotions: readonly PromotionReport[];
    readonly at: number;
    readonly duration: number | null;
    readonly began: Beginning | null;
    readonly change: {
        readonly isSafe: boolean;
        readonly harms: readonly Harm[];
        readonly onlyTogether: readonly Harm[];
    } | null;
    /** Who notices it. */
    readonly gravity: Gravity;
    readonly headline: string;
    readonly operations: Readonly<
        Record<Operation, { readonly severity: Severity; readonly sentences: readonly string[] }>
    >;
    readonly clusters: readonly {
        readonly name: string;
        readonly alive: boolean;
        readonly operations: Readonly<Partial<Record<Operation, Severity>>>;
        readonly freshness: Freshness | null;
        readonly staleSince: number | null;
    }[];
    readonly hosts: readonly HostOutcome[];
    /** `missed`: of what stands in for each other each. */
    readonly services: readonly (Omit<ServiceOutcome, 'missed'> & { readonly missed: readonly BrokenCall[] })[];
    readonly effects: readonly EffectReport[];
    readonly stayedUp: readonly {
        readonly what: string;
        readonly thanksTo: readonly string[];
        readonly lost: readonly string[];
    }[];
    readonly assumptions: readonly {
        readonly default: DefaultId;
        readonly assumes: string;
        readonly instead: string;
        readonly where: readonly string[];
        readonly turns: readonly Turn[];
    }[];
    readonly differencesFromPublished: readonly string[];
    readonly contradictions: readonly {
        readonly topic: string;
        readonly readings: readonly string[];
        readonly here: string;
    }[];
    readonly timeline: readonly {
        readonly at: number;
        readonly clock: string | null;
        readonly certain: boolean;
        readonly operations: Readonly<Record<Operation, Severity>>;
        readonly atBest: Readonly<Record<Operation, Severity>>;
        readonly sentences: readonly string[];
    }[];
    readonly endurance: readonly {
        readonly operation: Operation | null;
        readonly host: string | null;
        readonly service: string | null;
        readonly cluster: string | null;
        readonly freshness: Freshness | null;
        readonly facet: FlowId | null;
        readonly scope: string | null;
        readonly severity: Severity;
        readonly from: number;
        readonly until: number;
        readonly because: readonly ClockId[];
    }[];
    readonly actions: readonly ActionAnswer[];
    readonly nextAre: NextAre;
    readonly next: readonly {
        readonly elements: readonly string[];
        readonly harms: readonly Harm[];
        readonly onlyNow: readonly Harm[];
        readonly harmsInAll: number;
        readonly onlyNowInAll: number;
    }[];
    readonly recovery: readonly StepReport[];
    readonly restoration: readonly StepReport[];
    readonly lost: readonly string[];
    readonly dangers: readonly string[];
}

/** Further failures that take something only now, found in what has failed; or all that take something, each tried. */
export type NextAre = 'worse-now' | 'all';

export interface ElementReport {
    readonly element: string;
    readonly kind: string;
}

export interface EffectReport {
    readonly operation: Operation;
    readonly scope: string;
    readonly facet: string;
    readonly rank: 'primary' | 'secondary' | 'note';
    readonly severity: Severity;
    readonly text: string;
    readonly because: readonly BecauseReport[];
}

export interface BecauseReport {
    readonly text: string;
    readonly element: string | null;
    readonly rule: RuleId;
    readonly source: Source;
    readonly confidence: Confidence;
    readonly because: readonly BecauseReport[];
}

export interface StepReport {
    readonly element: string | null;
    readonly by: 'itself' | 'person';
    readonly check: string | null;
    readonly text: string;
    readonly takes: string | null;
    readonly atHand: readonly string[];
    readonly source: Source;
    readonly confidence: Confidence;
}

/** Everything that is known of a simulation, in plain text and in a stable order. */
export function reportOf(view: ScenarioView, nextAre: NextAre = 'worse-now'): SimulationReport {
    const { outcome, timeline, given, began } = view;
    const facts = factsOf(outcome);
    const stories = operationStories(facts);
    const explain = explainer(outcome);
    return {
        schemaVersion: reportSchemaVersion,
        topology: outcome.graph.topology.name,
        failures: failuresIn(view).map(elementReport),
        given: (given?.elements ?? []).map(elementReport),
        restarts: view.restarts.map(({ element, at }) => ({ element, at })),
        promotions: promotionReports(view),
        at: view.at,
        duration: view.duration ?? null,
        began: began ?? null,
        change: given
            ? { isSafe: given.harms.length === 0, harms: given.harms, onlyTogether: given.onlyTogether }
            : null,
        gravity: blastRadiusOf(outcome).gravity,
        headline: headline(blastRadiusOf(outcome)),
        operations: forEachOperation((operation) => ({
            severity: stories[operation].severity,
            sentences: stories[operation].sentences.map(plain),
        })),
        clusters: outcome.clusters.map((cluster) => ({
            ...cluster,
            freshness: cluster.freshness ?? null,
            staleSince: view.staleSince.get(cluster.name) ?? null,
        })),
        hosts: outcome.hosts,
        services: outcome.services.map((service) => ({
            ...service,
            missed: service.missed.flatMap(({ cluster, anyOf }) => anyOf.map((callee) => ({ cluster, callee }))),
        })),
        effects: outcome.effects.map(({ facet, state, node }): EffectReport => ({
            operation: facet.operation,
            scope: scopeName(facet.scope),
            facet: facet.flow,
            rank: facet.rank,
            severity: contribution({ facet, state, node }),
            text: `${capitalized(plain(facetPhrase(facet)))}: ${state === 'lost' ? 'lost' : 'held back while the buffer lasts'}`,
            because: becauseReports(explain(node)),
        })),
        stayedUp: heldRedundancies(outcome).map(({ element, service, host, by, lost }) => ({
            what: element?.name ?? service ?? host ?? '',
            thanksTo: by.map(({ name }) => name),
            lost: lost.map(({ name }) => name),
        })),
        assumptions: assumptionsOf(view).map(({ id, ...assumption }) => ({ default: id, ...assumption })),
        differencesFromPublished: differencesFromPublished(outcome).map(differenceSentence),
        contradictions: contradictionsIn(outcome).map(({ topic, readings, here }) => ({
            topic,
            readings,
            here: plain(here),
        })),
        timeline: timelineEntries(timeline).map((entry) => ({
            ...entry,
            clock: began === undefined ? null : wallTime(began, entry.at),
            sentences: entry.sentences.map(plain),
        })),
        endurance: enduranceIn(outcome).worsenings.map(({ of, to, from, until, timers }) => ({
            ...judgedReport(of),
            severity: to,
            from,
            until,
            because: [...new Set(timers.map(({ clock }) => clock))],
        })),
        actions: actionAnswers(outcome).map((answer) => ({
            ...answer,
            says: answer.says.map(plain),
            because: plain(answer.because),
        })),
        nextAre,
        next: (nextAre === 'all' ? furtherFailures : furtherFailuresWorseNow)(outcome).map(
            ({ elements, harms, onlyNow }) => ({
                elements: elements.map(({ name }) => name),
                harms: harms.told,
                onlyNow: onlyNow.told,
                harmsInAll: sumOf(harms),
                onlyNowInAll: sumOf(onlyNow),
            }),
        ),
        recovery: recoverySteps(outcome).map(stepReport),
        restoration: restorationSteps(outcome).map(stepReport),
        lost: whatIsLost(outcome, view.duration).map(plain),
        dangers: restorationDangers(outcome).map(plain),
    };
}

function elementReport({ name, kind }: Element): ElementReport {
    return { element: name, kind };
}

function sumOf({ counts }: Harms): number {
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What it is that gets worse; fields that say nothing of it are null. */
function judgedReport(of: Judged) {
    return {
        operation: of.kind === 'operation' || of.kind === 'cluster' ? of.operation : null,
        host: of.kind === 'host' ? of.host : null,
        service: of.kind === 'service' ? of.service : null,
        cluster: of.kind === 'cluster' || of.kind === 'freshness' ? of.cluster : null,
        freshness: of.kind === 'freshness' ? of.freshness : null,
        facet: of.kind === 'facet' ? of.facet.flow : null,
        scope: of.kind === 'facet' ? scopeName(of.facet.scope) : null,
    };
}

/** A host, instances (those that call, for a call), a cluster, or the estate. */
function scopeName({ host, instances, caller, cluster }: Scope): string {
    if (caller !== undefined) return instancesName(caller, cluster ?? '');
    return host ?? instances ?? cluster ?? 'estate';
}

function becauseReports(because: Because, depth = 0, budget = budgetForCauses()): BecauseReport[] {
    const causes = causesTold(because, depth, budget);
    if (!causes) {
        const [{ reason }] = because.causes as [Cause];
        return [
            { text: plain(andSoOn(because)), element: elementOf(because.root), ...reasonReport(reason), because: [] },
        ];
    }
    return causes.map(({ reason, because: cause }) => ({
        text: plain(`${capitalized(nodePhrase(cause.node))}: ${reason.because}`),
        element: elementOf(cause.node),
        ...reasonReport(reason),
        because: becauseReports(cause, depth + 1, budget),
    }));
}

function reasonReport({ rule, source, confidence }: Reason): Pick<BecauseReport, 'rule' | 'source' | 'confidence'> {
    return { rule, source: sources[source], confidence };
}

function elementOf(node: GraphNode): string | null {
    return node.kind === 'element' ? node.element.name : null;
}

function stepReport({ element, text, by, takes, check, atHand, source, confidence }: RecoveryStep): StepReport {
    return {
        element: element?.name ?? null,
        by,
        check: check === undefined ? null : plain(check),
        text: plain(text),
        takes: takes ?? null,
        atHand: atHand.map(plain),
        source: sources[source],
        confidence,
    };
}
