import type { FindingCode } from '../../server/findings/finding.js';
import type { ProblemSeverity } from '../../server/knowledge/severities.js';
import { findingsOf } from '../../server/findings/findings.js';
import type { SourceLocation } from '../../server/topology/topology.js';
import { estate, type Fixture } from '../fixture.js';

/** A finding as a test reads it: places are numbers of `<|…|>` marks, from 0, or the text that stands there. */
export interface Said {
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly at: number | string;
    readonly related: readonly (readonly [at: number | string, message: string])[];
}

/** Everything of one code that is said of an estate. */
export async function said(input: string | Record<string, string>, code: FindingCode): Promise<Said[]> {
    const fixture = await estate(input);
    return findingsOf(fixture.topology)
        .filter((finding) => finding.code === code)
        .map(({ severity, message, at, related = [] }) => ({
            severity,
            message,
            at: placeIn(fixture, at),
            related: related.map((other) => [placeIn(fixture, other.at), other.message] as const),
        }));
}

/** The codes of everything said of an estate except hints, without repetitions, in order. */
export async function codesOf(text: string): Promise<FindingCode[]> {
    const { topology } = await estate(text);
    const grave = findingsOf(topology).filter(({ severity }) => severity !== 'hint');
    return [...new Set(grave.map(({ code }) => code))].sort();
}

function placeIn({ ranges, documents }: Fixture, { uri, range }: SourceLocation): number | string {
    const mark = ranges.findIndex(
        (each) =>
            each.uri === uri && JSON.stringify([each.start, each.end]) === JSON.stringify([range.start, range.end]),
    );
    if (mark >= 0) return mark;
    const document = [...documents.values()].find((each) => each.uri.toString() === uri);
    return document?.textDocument.getText(range) ?? uri;
}
