import { DefaultValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';

/** Takes the quotes off a text, also where the closing one is missing or the quotes are single. */
export class TsbtopoValueConverter extends DefaultValueConverter {
    protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
        if (rule.name === 'ODD_STRING') {
            return input.slice(1).replace(/'$/, '');
        }
        return super.runConverter(rule, input, cstNode);
    }
}
