import { createParser, LangiumCompletionParser, type CompletionParserResult } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { lookAheadWhenAsked } from './lookahead.js';
import { recoverByLines } from './recovery.js';

/**
 * The parser that finds out what can stand at the cursor; it has to get past the same mistakes as the other one.
 *
 * It reads a text that ends at the cursor. What the last words are may depend on what follows: in `calls t`, `t` is a
 * namespace if `/` does, and a service if nothing does. So there are two readings.
 */
export class CutOffParser extends LangiumCompletionParser {
    /** Whether it knows the grammar. A server that starts is not asked yet what can be written, so it is learnt later. */
    private isReady = false;
    /** How many tokens count. */
    private length = Infinity;

    constructor(private readonly services: LangiumServices) {
        super(services);
    }

    /** The text as something that goes on, and as the whole of its blocks. */
    readings(text: string): CompletionParserResult[] {
        const open = this.parse(text);
        this.length = open.tokens.length;
        try {
            const closed = this.parse(`${text}\n${'}'.repeat(openBlocks(open.tokens.map(({ image }) => image)))}`);
            return [open, { ...closed, tokens: closed.tokens.slice(0, this.length) }];
        } finally {
            this.length = Infinity;
        }
    }

    override parse(text: string): CompletionParserResult {
        if (!this.isReady) {
            const { Grammar, parser } = this.services;
            createParser(Grammar, this, parser.Lexer.definition);
            lookAheadWhenAsked(this.wrapper);
            this.finalize();
            recoverByLines(this.wrapper);
            this.isReady = true;
        }
        return super.parse(text);
    }

    override consume(...args: Parameters<LangiumCompletionParser['consume']>): void {
        const { currIdx } = this;
        const { lastElementStack, nextTokenIndex } = this.read;
        super.consume(...args);
        const isMadeUp = this.currIdx === currIdx;
        if (isMadeUp || this.read.nextTokenIndex > this.length)
            Object.assign(this, { lastElementStack, nextTokenIndex });
    }

    /** What was read last; Langium keeps it to itself. */
    private get read(): { readonly lastElementStack: unknown; readonly nextTokenIndex: number } {
        const lastElementStack: unknown = this['lastElementStack'];
        return { lastElementStack, nextTokenIndex: Number(this['nextTokenIndex']) };
    }
}

function openBlocks(images: readonly string[]): number {
    return images.reduce((open, image) => (image === '{' ? open + 1 : image === '}' ? Math.max(0, open - 1) : open), 0);
}
