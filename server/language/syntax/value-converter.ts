import { isLeafCstNode, ValueConverter as Texts, type CstNode, type ValueConverter } from 'langium';
import { visible } from '../../encoding/visible.js';

/**
 * Takes the quotes off a text, also where the closing one is missing or the quotes are single. What cannot be seen is
 * spelt out: a name can be shown anywhere without turning a line round, or ending it.
 */
export class TsbtopoValueConverter implements ValueConverter {
    convert(text: string, node: CstNode): string {
        return visible(isLeafCstNode(node) ? withoutQuotes(text, node.tokenType.name) : text);
    }
}

/** @param terminal what the lexer takes the text for */
function withoutQuotes(text: string, terminal: string): string {
    if (terminal === 'STRING') return Texts.convertString(text);
    return terminal === 'ODD_STRING' ? text.slice(1).replace(/'$/, '') : text;
}
