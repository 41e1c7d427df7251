import { DefaultTokenBuilder, EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';

test('which terminals go on where a keyword ends is what Langium finds', () => {
    const { Grammar, parser } = createTsbtopoServices(EmptyFileSystem).tsbtopo;
    const longer = (builder: Pick<DefaultTokenBuilder, 'buildTokens'>) => {
        const tokens = builder.buildTokens(Grammar);
        if (!Array.isArray(tokens)) throw new Error('one list of tokens');
        return new Map(
            tokens.map(({ name, LONGER_ALT: alternatives }) => [
                name,
                [alternatives ?? []].flat().map((each) => each.name),
            ]),
        );
    };
    const found = longer(parser.TokenBuilder);
    expect(found).toEqual(longer(new DefaultTokenBuilder()));
    expect([...found.values()].filter((names) => names.includes('ID')).length).toBeGreaterThan(100);
});
