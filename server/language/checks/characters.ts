import { table } from '../../knowledge/table.js';
import { CstUtils, isLeafCstNode, type CstNode, type ValidationAcceptor } from 'langium';
import { unseenIn, visible, withoutUnseen } from '../../encoding/visible.js';
import type * as ast from '../generated/ast.js';

/** Control and direction characters, and others that cannot be seen, outside of comments. */
export const characterChecks = {
    File: ({ $cstNode }: ast.File, accept: ValidationAcceptor) => {
        if (!$cstNode || !mayHaveUnseen($cstNode.text)) return;
        for (const token of CstUtils.streamCst($cstNode)) {
            if (isLeafCstNode(token) && !token.hidden) checkToken(token, accept);
        }
    },
};

/** A name or text as it would be written without what cannot be seen in it. */
export function seenIn(written: string): string {
    return withoutUnseen(written.replace(escape, (each, letter?: string) => (letter ? '' : each)));
}

/** In quotes, a backslash makes control characters of some letters; before all else it stands for what follows. */
const escape = /\\([bfnrtv0])|\\[^]/g;

const meant = table({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', 0: '\0' });

/** Whatever is no plain letter or sign; hardly any file has some, and this is asked of whole files. */
const special = /[^\t\r\n\x20-\x5B\x5D-\x7E]/;

function mayHaveUnseen(text: string): boolean {
    if (!special.test(text)) return false;
    return text.includes('\\') || unseenIn(text.replace(/[\t\r\n]/g, ' ')).length > 0;
}

function checkToken({ text, range, astNode }: CstNode, accept: ValidationAcceptor): void {
    const [unseen] = unseenIn(text.replace(escape, (each, letter?: string) => (letter ? meant.get(letter)! : each)));
    if (unseen === undefined) return;
    const number = unseen.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    accept(
        'warning',
        `U+${number} cannot be seen, so that this reads as something else than it is. Wherever it is shown, \`${visible(unseen)}\` takes its place.`,
        { node: astNode, range, code: 'unseen-character' },
    );
}
