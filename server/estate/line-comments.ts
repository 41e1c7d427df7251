/** A comment to the end of a line, and where it stands. */
export interface LineComment {
    readonly comment: string;
    readonly offset: number;
}

/** What is a comment: not what stands in a text, or in a comment of several lines. */
const piece = /"(?:\\.|[^"\\\r\n])*"|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|\/\/[^\r\n]*/g;

/** The comments of a text that begin with two slashes. */
export function lineCommentsIn(text: string): LineComment[] {
    return [...text.matchAll(piece)].flatMap(({ 0: comment, index }) =>
        comment.startsWith('//') ? [{ comment, offset: index }] : [],
    );
}
