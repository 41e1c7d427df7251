import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { FailureChange } from '../../comparison/compare.js';
import { changeClauses, elementsPhrase } from '../../comparison/words.js';
import { plain } from '../../encoding/markdown.js';
import { capitalized } from '../../words/english.js';
import type { SourceLocation } from '../../topology/topology.js';
import type { Compared, ComparedTopology } from './compared.js';
import { notice } from './diff-errors.js';
import { sentenceOf } from '../../estate/comparison-text.js';
import { workflowCommand } from './github.js';

/** GitHub shows ten annotations of a kind; what got worse comes first. */
const mostAnnotations = 10;

/** Commands by which a workflow shows what got worse at the lines of the new state, and the sentence above all. */
export function asDiffGithub({ topologies, added, removed, errors }: Compared): string {
    const lines = [
        ...(errors.length > 0 ? [workflowCommand('warning', notice(errors), [])] : []),
        ...topologies.flatMap(topologyLines),
        ...added.map((name) => workflowCommand('notice', `Topology ${name} is new.`, [])),
        ...removed.map((name) => workflowCommand('notice', `Topology ${name} is removed.`, [])),
    ];
    return `${lines.join('\n')}\n`;
}

function topologyLines({ name, comparison }: ComparedTopology): string[] {
    const { worse, findings, isWorse, promises } = comparison;
    return [
        workflowCommand(isWorse ? 'error' : 'notice', plain(sentenceOf(comparison)), [['title', name]]),
        ...[...promises.broken, ...promises.notJudged]
            .slice(0, mostAnnotations)
            .map(({ kind, label, now, why, at }) =>
                workflowCommand(now === 'broken' ? 'error' : 'warning', why, [
                    ...placeOf(at),
                    ['title', `${kind} ${label}`],
                ]),
            ),
        ...worse
            .slice(0, mostAnnotations)
            .map((failure) => workflowCommand('warning', plain(worseText(failure)), placeOf(failure.elements[0]!.at))),
        ...findings.come
            .slice(0, mostAnnotations)
            .map(({ code, severity, message, at }) =>
                workflowCommand(severity === 'error' || severity === 'warning' ? severity : 'notice', message, [
                    ...placeOf(at),
                    ['title', code],
                ]),
            ),
    ];
}

function worseText(failure: FailureChange): string {
    return `${capitalized(elementsPhrase(failure))}: ${changeClauses(failure.changes).join('; ')}`;
}

function placeOf({ uri, range }: SourceLocation): [string, string][] {
    const file = path.relative(process.cwd(), fileURLToPath(uri)).split(path.sep).join('/');
    return [
        ['file', file],
        ['line', `${range.start.line + 1}`],
    ];
}
