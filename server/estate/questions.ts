import type { LangiumDocument } from 'langium';
import { fileTextOf } from './file-text.js';
import { lineCommentsIn } from './line-comments.js';
import { openQuestion, type OpenQuestion } from './open-question.js';

/**
 * The questions of a file that nobody has answered yet, each as something to say of it.
 *
 * @param isAnswered whether another file says what is asked, by the offset of the question
 */
export function questionsIn(
    document: LangiumDocument,
    isAnswered: (asked: string, offset: number) => boolean = () => false,
) {
    const { text, places, uri } = fileTextOf(document);
    const open = openQuestions(text).filter(({ asked, offset }) => !isAnswered(asked, offset));
    return open.map(({ asked, why, offset, length }) => ({
        code: 'open-question',
        severity: 'info' as const,
        message: `Open: \`${asked}\`? ${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
        at: { uri, range: { start: places.positionAt(offset), end: places.positionAt(offset + length) } },
        related: [],
        suggestions: [],
        insertions: [],
        behind: false,
    }));
}

/** A question and where its comment stands. */
interface FoundQuestion extends OpenQuestion {
    readonly offset: number;
    readonly length: number;
}

function openQuestions(text: string): FoundQuestion[] {
    if (!text.includes('?')) return [];
    return lineCommentsIn(text).flatMap(({ comment, offset }) => {
        const question = openQuestion(comment);
        return question ? [{ ...question, offset, length: comment.length }] : [];
    });
}
