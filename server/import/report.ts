import { visible } from '../encoding/visible.js';
import { count } from '../words/english.js';
import type { Question } from './estate.js';
import type { Imported } from './import.js';
import { shownPlace, shownPlaces } from './place.js';
import { templateLines } from './reading/read.js';
import { nameOf } from './facts/callers.js';

/** How much the answers to a question change, found by trying them. */
export interface Weighed {
    readonly question: Question;
    /** Of how many failures the result is another one, whichever answer is given. */
    readonly changes: number;
}

/** Changes with any change of the shape of `import --format json`; see docs/json.md. */
export const importSchemaVersion = 1;

/** What an import has done, as data. Documented field by field in docs/json.md. */
export function reportOf({ estate, reading }: Imported, weighed: readonly Weighed[]) {
    const shown = (text: string) => visible(reading.placeholders.shown(text));
    const kinds = new Map<string, number>();
    for (const { called } of reading.seen) kinds.set(called, (kinds.get(called) ?? 0) + 1);
    const inOrder = (counts: ReadonlyMap<string, number>) =>
        [...counts]
            .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
            .map(([kind, number]) => ({ kind, count: number }));
    const changes = new Map(weighed.map(({ question, changes: number }) => [question, number]));
    return {
        topology: shown(estate.name),
        objects: reading.objects,
        used: inOrder(kinds),
        readPast: inOrder(new Map([...reading.past].filter(([kind]) => kind !== templateLines))),
        templateLines: reading.past.get(templateLines) ?? 0,
        notUnderstood: reading.notUnderstood.map(({ at, why }) => ({ at: visible(shownPlace(at)), why })),
        conflicts: estate.conflicts.map(({ about, taken, at, others }) => ({
            about: shown(about),
            taken: shown(taken),
            at: visible(shownPlaces(at)),
            others: others.map((other) => ({ value: shown(other.value), at: visible(shownPlace(other.at)) })),
        })),
        remarks: estate.remarks.map(({ what, at }) => ({ what: shown(what), at: visible(shownPlaces(at)) })),
        questions: estate.questions.map((question) => ({
            about: shown(aboutOf(question)),
            asked: shown(question.asked),
            why: shown(question.why),
            answers: question.answers.map(shown),
            changes: changes.get(question) ?? null,
        })),
    };
}

export type ImportReport = ReturnType<typeof reportOf>;

function aboutOf({ about }: Question): string {
    if (about.kind === 'service') return nameOf(about);
    return about.kind === 'cluster' ? about.name : about.kind;
}

/** The same for people: what was read and what was not, and the five questions whose answers change most. */
export function reportText(report: ImportReport): string {
    const { objects, used, readPast, notUnderstood, conflicts, remarks, questions } = report;
    const number = (counts: readonly { readonly count: number }[]) => counts.reduce((sum, each) => sum + each.count, 0);
    const listed = (counts: readonly { readonly kind: string; readonly count: number }[]) => {
        const first = counts.slice(0, mostKinds).map(({ kind, count: each }) => `${kind} ${each}`);
        const rest = counts.length - first.length;
        return [...first, ...(rest > 0 ? [`and ${count(rest, 'more kind')}`] : [])].join(', ');
    };
    const lines = [
        `${count(objects, 'object')} read, ${number(used)} of them used${used.length > 0 ? `: ${listed(used)}` : ''}`,
        ...(readPast.length > 0 ? [`${number(readPast)} read past: ${listed(readPast)}`] : []),
        ...(report.templateLines > 0
            ? [
                  `${count(report.templateLines, 'line')} of a template left out; better import what \`helm template\` or \`kubectl kustomize\` prints`,
              ]
            : []),
        ...section(
            'Not understood',
            notUnderstood.map(({ at, why }) => `${at}: ${why}`),
        ),
        ...section(
            'Sources that disagree',
            conflicts.map(
                ({ about, taken, at, others }) =>
                    `${about}: ${taken} (${at}); ${others.map((other) => `${other.at} says ${other.value}`).join('; ')}`,
            ),
        ),
        ...section(
            'Left out',
            remarks.map(({ what, at }) => `${what}${at === '' ? '' : `: ${at}`}`),
        ),
    ];
    const gravest = [...questions]
        .map((question, index) => ({ question, index }))
        .sort((a, b) => (b.question.changes ?? -1) - (a.question.changes ?? -1) || a.index - b.index)
        .slice(0, mostQuestions);
    if (questions.length > 0) {
        lines.push('', `${count(questions.length, 'question')}${chosenText(questions)}:`);
        for (const { question } of gravest) {
            const { about, asked, why, changes } = question;
            const change = !changes
                ? ''
                : ` (changes what ${count(changes, 'failure')} ${changes === 1 ? 'does' : 'do'})`;
            lines.push(`  ${about}: ${asked}? ${why}${change}`);
        }
    }
    return `${lines.join('\n')}\n`;
}

/** Which questions are told, where these are not all: only of those whose answers were tried it is known what they change. */
function chosenText(questions: ImportReport['questions']): string {
    if (questions.length <= mostQuestions) return '';
    const canBeTried = questions.filter(({ answers }) => answers.length > 0);
    const tried = canBeTried.filter(({ changes }) => changes !== null).length;
    if (tried === canBeTried.length) return `; these ${mostQuestions} change most`;
    if (tried === 0) return `; the first ${mostQuestions}, since none of their answers was tried`;
    if (tried < mostQuestions) return `; the first ${mostQuestions}, after answers to ${tried} of all were tried`;
    return `; of the ${tried} whose answers were tried these change most`;
}

/** So many kinds, questions and lines of a section are told to people; JSON has all. */
const [mostKinds, mostQuestions, mostLines] = [8, 5, 12];

function section(title: string, lines: readonly string[]): string[] {
    if (lines.length === 0) return [];
    const rest = lines.length - mostLines;
    return [
        '',
        `${title}:`,
        ...lines.slice(0, mostLines).map((line) => `  ${line}`),
        ...(rest > 0 ? [`  and ${rest} more (--format json has all)`] : []),
    ];
}
