import { DefaultTokenBuilder, RegExpUtils, type GrammarAST, type LexerResult } from 'langium';

type TokenType = LexerResult['tokens'][number]['tokenType'];

/**
 * Finds for each keyword the terminals that could go on where it ends, as a name does in `on-call`. Langium makes the
 * expressions that tell anew for each keyword; here each terminal has one, as a program cannot start before.
 */
export class TsbtopoTokenBuilder extends DefaultTokenBuilder {
    private readonly beginnings = new Map<TokenType, RegExp | undefined>();

    protected override findLongerAlt(keyword: GrammarAST.Keyword, terminalTokens: TokenType[]): TokenType[] {
        return terminalTokens.filter((token) => (this.beginningOf(token)?.exec(keyword.value)?.[0] ?? '') !== '');
    }

    /** Matches whatever the token could begin with. */
    private beginningOf(token: TokenType): RegExp | undefined {
        if (!this.beginnings.has(token)) this.beginnings.set(token, beginning(token));
        return this.beginnings.get(token);
    }
}

/** Undefined for a token that is no regular expression, as in Langium. */
function beginning({ PATTERN: pattern }: TokenType): RegExp | undefined {
    return pattern instanceof RegExp ? RegExpUtils.partialRegExp(`^${pattern.source}$`) : undefined;
}
