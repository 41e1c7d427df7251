/** A question that import has left in a file, in its one form: `// ? calls shop/cart: a rule says that it may`. */
export interface OpenQuestion {
    /** What would be written, as the language has it. */
    readonly asked: string;
    readonly why: string;
}

const form = /^\/\/ \? ((?:"(?:\\.|[^"\\])*"|[^":])+): (.*\S)\s*$/;

/** The question that a comment is; undefined for any other one. */
export function openQuestion(comment: string): OpenQuestion | undefined {
    const [, asked, why] = form.exec(comment) ?? [];
    return asked === undefined || why === undefined ? undefined : { asked, why };
}
