import { explainer, heldRedundancies, type Because } from '../failure/explain.js';
import type { Scope } from '../failure/graph.js';
import type { Outcome } from '../failure/outcome.js';
import type { HostOutcome, ServiceOutcome } from '../failure/traffic-outcome.js';
import type { Freshness, Operation, Severity } from '../knowledge/operations.js';
import { forEachOperation } from '../knowledge/operations.js';
import type { RuleId } from '../knowledge/rules.js';
import { sources, type Confidence, type Source } from '../knowledge/sources.js';
import { factsOf } from './facts.js';
import { operationStories } from './operations.js';
import { differenceSentence, differencesFromPublished } from './published.js';
import { recoverySteps, restorationSteps, type RecoveryStep } from './recovery.js';
import { headline } from './summary.js';
import { capitalized, facetPhrase, nodePhrase, plain } from './wording.js';

/** Changes with any change of the report's shape; see docs/json.md. */
export const reportSchemaVersion = 1;

/** A simulation as data, for machines. Documented field by field in docs/json.md. */
export interface SimulationReport {
    readonly schemaVersion: typeof reportSchemaVersion;
    readonly topology: string;
    readonly failures: readonly { readonly element: string; readonly kind: string }[];
    readonly headline: string;
    readonly operations: Readonly<
        Record<Operation, { readonly severity: Severity; readonly sentences: readonly string[] }>
    >;
    readonly clusters: readonly {
        readonly name: string;
        readonly alive: boolean;
        readonly operations: Readonly<Partial<Record<Operation, Severity>>>;
        readonly freshness: Freshness | null;
    }[];
    readonly hosts: readonly (Omit<HostOutcome, 'switchSeconds'> & { readonly switchSeconds: number | null })[];
    readonly services: readonly ServiceOutcome[];
    readonly effects: readonly EffectReport[];
    readonly held: readonly {
        readonly what: string;
        readonly by: readonly string[];
        readonly lost: readonly string[];
    }[];
    readonly differencesFromPublished: readonly string[];
    readonly recovery: readonly StepReport[];
    readonly restoration: readonly StepReport[];
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
    readonly element: string;
    readonly text: string;
    readonly takes: string | null;
    readonly atHand: readonly string[];
    readonly source: Source;
    readonly confidence: Confidence;
}

/** Everything that is known of a simulation, in plain text and in a stable order. */
export function reportOf(outcome: Outcome): SimulationReport {
    const facts = factsOf(outcome);
    const stories = operationStories(facts);
    const explain = explainer(outcome);
    return {
        schemaVersion: reportSchemaVersion,
        topology: outcome.graph.topology.name,
        failures: outcome.failures.map(({ name, kind }) => ({ element: name, kind })),
        headline: headline(facts),
        operations: forEachOperation((operation) => ({
            severity: stories[operation].severity,
            sentences: stories[operation].sentences.map(plain),
        })),
        clusters: outcome.clusters.map((cluster) => ({ ...cluster, freshness: cluster.freshness ?? null })),
        hosts: outcome.hosts.map((host) => ({ ...host, switchSeconds: host.switchSeconds ?? null })),
        services: outcome.services,
        effects: outcome.effects.map(({ facet, state, node }): EffectReport => ({
            operation: facet.operation,
            scope: scopeName(facet.scope),
            facet: facet.flow,
            rank: facet.rank,
            severity:
                facet.rank === 'note'
                    ? 'unaffected'
                    : state === 'lost' && facet.rank === 'primary'
                      ? 'total'
                      : 'limited',
            text: `${capitalized(plain(facetPhrase(facet)))}: ${state === 'lost' ? 'lost' : 'held back while the buffer lasts'}`,
            because: becauseReports(explain(node)),
        })),
        held: heldRedundancies(outcome).map(({ element, service, host, by, lost }) => ({
            what: element?.name ?? service ?? host ?? '',
            by: by.map(({ name }) => name),
            lost: lost.map(({ name }) => name),
        })),
        differencesFromPublished: differencesFromPublished(outcome).map(differenceSentence),
        recovery: recoverySteps(outcome).map(stepReport),
        restoration: restorationSteps(outcome).map(stepReport),
    };
}

/** A host, instances (those that call, for a call), a cluster, or the estate. */
function scopeName({ host, instances, caller, cluster }: Scope): string {
    if (caller !== undefined) return `${caller}@${cluster}`;
    return host ?? instances ?? cluster ?? 'estate';
}

function becauseReports({ causes }: Because): BecauseReport[] {
    return causes.map(({ reason, because }) => ({
        text: plain(`${capitalized(nodePhrase(because.node))}: ${reason.because}`),
        element: because.node.kind === 'element' ? because.node.element.name : null,
        rule: reason.rule,
        source: sources[reason.source],
        confidence: reason.confidence,
        because: becauseReports(because),
    }));
}

function stepReport({ element, text, takes, atHand, source, confidence }: RecoveryStep): StepReport {
    return {
        element: element.name,
        text: plain(text),
        takes: takes ?? null,
        atHand: atHand.map(plain),
        source: sources[source],
        confidence,
    };
}
