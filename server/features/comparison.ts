import { DocumentState } from 'langium';
import { ResponseError, type Connection } from 'vscode-languageserver';
import type { FailureChange } from '../comparison/compare.js';
import { code, plain } from '../encoding/markdown.js';
import type { EstateComparison } from '../estate/comparison.js';
import { failureText, partsOf, sentenceOf } from '../estate/comparison-text.js';
import { comparedWith } from '../estate/other-state.js';
import type { ChangedPromise, PromiseChanges } from '../estate/promise-changes.js';
import { Scratch } from '../estate/scratch.js';
import { snapshotsOf } from '../estate/snapshot.js';
import { gravitySigns } from '../impact/gravity-words.js';
import type { TsbtopoServices } from '../language/services.js';
import {
    compareRequest,
    type ComparedLine,
    type ComparisonAnswer,
    type ComparisonArgument,
    type StateFile,
} from '../protocol/comparison.js';
import type { SourceLocation } from '../topology/topology.js';
import { answering } from './answers.js';

const invalidParams = -32602;

/** So long the promises of each state are judged before an answer says that they are not yet, milliseconds. */
const judgingTime = 50;

/** Answers what an estate means for failures, compared with another state of its files. */
export function answerComparisons(connection: Connection, services: TsbtopoServices): void {
    // texts of the other state stay from one edit to the next: only what differs is read anew
    const scratch = new Scratch();
    answering(
        connection,
        services,
        DocumentState.Validated,
    )(compareRequest, (argument) => compare(argumentOf(argument), services, scratch));
}

/**
 * Null where the topology is not there in the other state.
 *
 * @param milliseconds for which the promises of each state are judged; the next time goes on
 * @throws ResponseError for a file of no topology
 */
export async function compare(
    { uri, files, keepsOthers }: ComparisonArgument,
    services: TsbtopoServices,
    scratch: Scratch,
    milliseconds = judgingTime,
): Promise<ComparisonAnswer | null> {
    const estate = snapshotsOf(services).of(uri);
    if (!estate) throw new ResponseError(invalidParams, `${uri} is not a topology file of this workspace.`);
    const texts = new Map(files.map((file) => [file.uri, file.text ?? undefined]));
    const comparison = await comparedWith({ files: texts, keepsOthers }, estate, services, scratch, milliseconds);
    return comparison ? answerOf(comparison) : null;
}

/** @throws ResponseError for what no client may ask */
function argumentOf(argument: unknown): ComparisonArgument {
    const { uri, files, keepsOthers } = argument as Partial<ComparisonArgument>;
    if (typeof uri !== 'string' || !Array.isArray(files) || !files.every(isStateFile))
        throw new ResponseError(invalidParams, 'A comparison needs "uri", and "files" with "uri" and "text" each.');
    return { uri, files, keepsOthers: keepsOthers === true };
}

function isStateFile(value: unknown): value is StateFile {
    if (typeof value !== 'object' || value === null) return false;
    const { uri, text } = value as Partial<StateFile>;
    return typeof uri === 'string' && (typeof text === 'string' || text === null);
}

function answerOf(comparison: EstateComparison): ComparisonAnswer {
    const pending = comparison.isUnfinished ? ' Promises are still being judged.' : '';
    const sentence = `${sentenceOf(comparison)}${pending}`;
    const line = ({ range }: SourceLocation) => range.start.line + 1;
    const link = (at: SourceLocation) => `[line ${line(at)}](${at.uri}#L${line(at)})`;
    const parts = partsOf(comparison, {
        // lines of before may be others by now
        ofFinding: (at, state) => (state === 'now' ? link(at) : `line ${line(at)} of before`),
        ofElement: (at) => ` (${link(at)})`,
    });
    const page = [
        `**${sentence}**`,
        ...parts.map(({ title, rows, more }) =>
            [
                `## ${title}`,
                '',
                ...rows.map(
                    ({ gravity, text }) => `- ${gravity === undefined ? '' : `${gravitySigns[gravity]} `}${text}`,
                ),
                ...(more > 0 ? [`- and ${more} more: ${code('tsbtopo diff --format json')} has all`] : []),
            ].join('\n'),
        ),
    ].join('\n\n');
    return {
        sentence: plain(sentence),
        isWorse: comparison.isWorse,
        ...(comparison.isUnfinished && { isUnfinished: true }),
        page: `${page}\n`,
        changes: [
            ...promiseLines(comparison.promises),
            ...comparison.worse.flatMap((failure) => linesOf(failure, true)),
            ...comparison.better.flatMap((failure) => linesOf(failure, false)),
        ],
    };
}

/** What became of promises, at their lines; one that is not made any more has none. */
function promiseLines({ broken, notJudged, kept }: PromiseChanges): ComparedLine[] {
    const lines = (all: readonly ChangedPromise[], isWorse: boolean, state: string) =>
        all.map(({ kind, at, why }) => ({ at, isWorse, says: `${kind} ${state}${why && `: ${why}`}` }));
    return [
        ...lines(broken, true, 'broken'),
        ...lines(notJudged, true, 'not judged'),
        ...lines(kept, false, 'kept again'),
    ];
}

/** Each element once at the line where it is declared. */
function linesOf(failure: FailureChange, isWorse: boolean): ComparedLine[] {
    return failure.elements
        .filter(({ declared }) => declared)
        .map((element) => ({
            at: element.at,
            isWorse,
            says: plain(failureText({ ...failure, elements: [element] })),
        }));
}
