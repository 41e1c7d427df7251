import pc from 'picocolors';
import { analysisOf } from '../failure/analysis.js';
import { simulate as simulateFailures, type Outcome } from '../failure/outcome.js';
import { factsOf } from '../impact/facts.js';
import { heldClauses } from '../impact/held.js';
import { operationStories } from '../impact/operations.js';
import { differenceSentence, differencesFromPublished } from '../impact/published.js';
import { recoverySteps, restorationSteps, type RecoveryStep } from '../impact/recovery.js';
import { reportOf } from '../impact/report.js';
import { runbookOf } from '../impact/runbook.js';
import { count, elementPhrase, plain } from '../impact/wording.js';
import { servicePhrase } from '../impact/workloads.js';
import { operations, operationTitles, severitySigns, severityWords, type Severity } from '../knowledge/operations.js';
import { elementNamed } from './elements.js';
import { chooseTopology, readWorkspace } from './workspace.js';

export interface SimulateOptions {
    readonly fail: readonly string[];
    readonly format: 'text' | 'json' | 'markdown';
    readonly topology?: string;
}

/**
 * `tsbtopo simulate`: what these failures do, all at once.
 *
 * @returns the exit code: 0 whatever it finds
 * @throws UsageError for an element that the topology does not have
 */
export async function simulate(paths: readonly string[], options: SimulateOptions): Promise<number> {
    const workspace = await readWorkspace(paths);
    const topology = chooseTopology(workspace, options.topology);
    const errors = workspace.documents
        .flatMap((document) => document.diagnostics ?? [])
        .filter(({ severity }) => severity === 1);
    if (errors.length > 0) {
        process.stderr.write(
            `tsbtopo: What is broken is left out (${count(errors.length, 'error')}, see tsbtopo check).\n`,
        );
    }
    const { graph } = analysisOf(topology);
    const failures = new Set(options.fail.map((text) => elementNamed(graph.elements, text)));
    const outcome = simulateFailures(graph, [...failures]);
    process.stdout.write(formats[options.format](outcome));
    return 0;
}

const formats: Readonly<Record<SimulateOptions['format'], (outcome: Outcome) => string>> = {
    json: (outcome) => `${JSON.stringify(reportOf(outcome), undefined, 2)}\n`,
    markdown: runbookOf,
    text: asText,
};

const colours: Readonly<Record<Severity, (text: string) => string>> = {
    unaffected: pc.green,
    limited: pc.yellow,
    total: pc.red,
};

function asText(outcome: Outcome): string {
    const stories = operationStories(factsOf(outcome));
    const failed = outcome.failures.map((element) => plain(elementPhrase(element))).join(' and ');
    const blocks = [
        pc.bold(`If ${failed || 'nothing'} ${outcome.failures.length > 1 ? 'fail' : 'fails'}`) +
            pc.dim(`  topology ${outcome.graph.topology.name}`),
        operations
            .map((operation) => {
                const { severity, sentences } = stories[operation];
                const title = `${severitySigns[severity]} ${operationTitles[operation]}: ${severityWords[severity]}`;
                return [colours[severity](title), ...sentences.map((sentence) => `   ${plain(sentence)}`)].join('\n');
            })
            .join('\n'),
        ...servicesBlock(outcome),
        ...clustersBlock(outcome),
        ...block('Held', heldClauses(outcome)),
        ...block('Not as published', differencesFromPublished(outcome).map(differenceSentence)),
        ...block('Coming back', recoverySteps(outcome).map(stepText)),
        ...block('If it is gone for good', restorationSteps(outcome).map(stepText)),
    ];
    return `${blocks.join('\n\n')}\n`;
}

function block(title: string, lines: readonly string[]): string[] {
    return lines.length > 0 ? [[pc.bold(title), ...lines.map((line) => `   ${plain(line)}`)].join('\n')] : [];
}

function servicesBlock({ services }: Outcome): string[] {
    return block(
        'Services',
        services.flatMap((service) => {
            const phrase = servicePhrase(service);
            return phrase === undefined ? [] : [`${severitySigns[service.severity]} ${service.name}: ${phrase}`];
        }),
    );
}

function clustersBlock({ clusters }: Outcome): string[] {
    const touched = clusters.filter(
        ({ alive, freshness }) => !alive || (freshness !== undefined && freshness !== 'live'),
    );
    return block(
        'Clusters',
        touched.map(({ name, alive, freshness }) => `${name}: ${alive ? `configuration ${freshness}` : 'gone'}`),
    );
}

function stepText({ text, takes, atHand }: RecoveryStep): string {
    const needs = atHand.map((item) => `\n     - ${item}`).join('');
    return `${text}${takes ? ` Takes ${takes}.` : ''}${needs}`;
}
