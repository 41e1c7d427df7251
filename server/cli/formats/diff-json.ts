import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Change } from '../../comparison/changes.js';
import { gravityOfChange, type FailureChange } from '../../comparison/compare.js';
import type { Dependence } from '../../comparison/dependences.js';
import type { Fare, Subject } from '../../comparison/standing.js';
import { changeClauses } from '../../comparison/words.js';
import { json } from '../../encoding/json.js';
import { plain } from '../../encoding/markdown.js';
import type { ComparedFinding } from '../../estate/comparison.js';
import type { ChangedPromise } from '../../estate/promise-changes.js';
import type { Element } from '../../topology/element.js';
import { instancesName } from '../../topology/element-name.js';
import type { SourceLocation } from '../../topology/topology.js';
import type { Compared } from './compared.js';
import { sentenceOf } from '../../estate/comparison-text.js';

/** Changes with any change of the shape of `diff --format json`; see docs/json.md. */
export const diffSchemaVersion = 1;

/** Everything that was found, as docs/json.md says. */
export function asDiffJson({ topologies, added, removed, errors }: Compared): string {
    return json({
        schemaVersion: diffSchemaVersion,
        isWorse: topologies.some(({ comparison }) => comparison.isWorse),
        topologies: topologies.map(({ name, comparison }) => ({
            name,
            isWorse: comparison.isWorse,
            verdict: plain(sentenceOf(comparison)),
            worse: comparison.worse.map(failureReport),
            better: comparison.better.map(failureReport),
            traded: comparison.traded.map(failureReport),
            singlePointsOfFailure: {
                new: comparison.dependences.come.map(dependenceReport),
                gone: comparison.dependences.gone.map(dependenceReport),
            },
            findings: {
                new: comparison.findings.come.map(findingReport),
                gone: comparison.findings.gone.map(findingReport),
            },
            promises: {
                broken: comparison.promises.broken.map(promiseReport),
                notJudged: comparison.promises.notJudged.map(promiseReport),
                kept: comparison.promises.kept.map(promiseReport),
                gone: comparison.promises.gone.map(promiseReport),
            },
            added: comparison.elements.added.map(elementReport),
            removed: comparison.elements.removed.map(elementReport),
            renamed: comparison.renamed,
        })),
        added,
        removed,
        errors,
    });
}

function elementReport({ name, kind }: Element) {
    return { element: name, kind };
}

function failureReport({ elements, changes }: FailureChange) {
    return { elements: elements.map(elementReport), changes: changes.map(changeReport) };
}

function changeReport(change: Change) {
    const { of, at, before, now, sameAt = null } = change;
    return {
        kind: of.kind,
        what: whatOf(of),
        gravity: gravityOfChange(change),
        at,
        sameAt,
        before: fareReport(before),
        now: fareReport(now),
        text: plain(changeClauses([change])[0]!),
    };
}

function whatOf(of: Subject): string {
    switch (of.kind) {
        case 'host':
            return of.host;
        case 'service':
            return of.service;
        case 'operation':
            return of.operation;
        case 'configuration':
            return of.cluster;
        case 'facet': {
            const { caller, instances, cluster } = of.scope;
            const where = caller === undefined ? (instances ?? cluster) : instancesName(caller, cluster ?? '');
            return where === undefined ? of.flow : `${of.flow} ${where}`;
        }
    }
}

function fareReport(fare: Fare) {
    return {
        state: fare.is,
        gapSeconds: fare.kind === 'host' ? fare.gap : null,
        lostShare: fare.kind === 'host' ? fare.lostShare : null,
    };
}

function dependenceReport({ subject, on, all }: Dependence) {
    return {
        kind: subject.kind,
        what: subject.kind === 'host' ? subject.host : subject.service,
        on: on.map(({ name }) => name),
        all: all.map(({ name }) => name),
    };
}

function promiseReport({ kind, label, before, now, why, at }: ChangedPromise) {
    return { ...placeReport(at), kind, promise: label, before, now, why };
}

function placeReport({ uri, range: { start } }: SourceLocation) {
    const file = path.relative(process.cwd(), fileURLToPath(uri));
    return { file, line: start.line + 1, column: start.character + 1 };
}

function findingReport({ code, severity, message, at }: ComparedFinding) {
    return {
        ...placeReport(at),
        severity,
        code,
        message,
    };
}
