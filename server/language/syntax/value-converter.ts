import { DefaultValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';
import { visible } from '../../encoding/visible.js';

/**
 * Takes the quotes off a text, also where the closing one is missing or the quotes are single. What cannot be seen is
 * spelt out: a name can be shown anywhere without turning a line round, or ending it.
 */
export class TsbtopoValueConverter extends DefaultValueConverter {
    protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
        const value =
            rule.name === 'ODD_STRING' ? input.slice(1).replace(/'$/, '') : super.runConverter(rule, input, cstNode);
        return typeof value === 'string' ? visible(value) : value;
    }
}
