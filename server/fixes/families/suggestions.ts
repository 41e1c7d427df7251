import type { Fix, Fixer, Surroundings } from '../fix.js';
import type { Problem } from '../../estate/problem.js';
import { fileTextOf } from '../../estate/file-text.js';
import { replacement } from '../text.js';
import { fix } from '../words.js';

/** Puts what was meant in the place of what is written, one fix for each candidate. */
export const changed: Fixer = function* (problem, around) {
    const { written } = pieceAt(problem, around);
    for (const text of problem.suggestions)
        yield changedTo(problem, around, text, `Change \`${written}\` to \`${text}\``);
};

/** Puts what is written in quotes. */
export const quotedText: Fixer = function* (problem, around) {
    for (const text of problem.suggestions) yield changedTo(problem, around, text, `Write it in quotes: \`${text}\``);
};

/** The text at which a problem is shown, by its offsets. */
export function pieceAt({ at }: Problem, { document }: Surroundings) {
    const file = fileTextOf(document);
    const offset = file.places.offsetAt(at.range.start);
    const end = file.places.offsetAt(at.range.end);
    return { file, offset, end, written: file.text.slice(offset, end) };
}

/** A fix that replaces the text at which the problem is shown. */
export function changedTo(problem: Problem, around: Surroundings, text: string, title: string): Fix | undefined {
    const piece = pieceAt(problem, around);
    return fix(title, [replacement(piece.file, piece, text)]);
}
