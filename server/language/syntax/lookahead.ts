/** Chooses between the ways on at a place of the grammar; `this` is the parser. */
type Look = (this: unknown, ...alternatives: unknown[]) => unknown;

type Build = (options: unknown) => Look;

/** The parser below Langium's; it keeps a strategy, made before its rules are known. */
interface Looking {
    readonly lookaheadStrategy: Record<'buildLookaheadForAlternation' | 'buildLookaheadForOptional', Build>;
}

/**
 * Has a parser find out how to choose between the ways on at a place of the grammar when it comes there first, and not of
 * all the grammar before the first file is read. To be called before `finalize`.
 *
 * @param parser the one that Langium wraps
 */
export function lookAheadWhenAsked(parser: object): void {
    const { lookaheadStrategy: strategy } = parser as Looking;
    const whenAsked = (build: Build): Build => {
        return (options) => {
            let look: Look | undefined;
            return function (...alternatives) {
                look ??= build.call(strategy, options);
                return look.apply(this, alternatives);
            };
        };
    };
    strategy.buildLookaheadForAlternation = whenAsked(strategy.buildLookaheadForAlternation);
    strategy.buildLookaheadForOptional = whenAsked(strategy.buildLookaheadForOptional);
}
