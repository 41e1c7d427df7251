import { AstUtils, EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { nameWriter } from '../../server/language/naming/written-names.js';
import { scopesIn } from './tokens.js';

const grammar = createTsbtopoServices(EmptyFileSystem).tsbtopo.Grammar;
const keywords = [
    ...new Set(
        AstUtils.streamAllContents(grammar)
            .filter(GrammarAST.isKeyword)
            .map((keyword) => keyword.value),
    ),
];
const words = keywords.filter((keyword) => /^\w/.test(keyword));
const asWritten = nameWriter(grammar);

/** Whether a word of the language can stand in a place without quotes; `rule` is the grammar's rule for names there. */
function isName(word: string, rule: string): boolean {
    return asWritten(word, rule) === word;
}

test('every keyword of the language is known to the TextMate grammar', async () => {
    expect(keywords.length).toBeGreaterThan(70);
    const unknown: string[] = [];
    for (const keyword of keywords.filter((each) => each !== '.' && each !== '/')) {
        const [piece, ...more] = await scopesIn(keyword);
        if (piece?.text !== keyword || more.length > 0 || piece.scope === 'source.tsbtopo') {
            unknown.push(keyword);
        }
    }
    expect(unknown).toEqual([]);
});

test.each([
    ['shop/checkout', 'calls shop/checkout'],
    ['dmz.front', 'exposed "a" via dmz.front'],
])('the sign in the middle of %s is known', async (_, line) => {
    expect((await scopesIn(line)).at(-2)?.scope).toBe('punctuation.separator.name.tsbtopo');
});

/** Where a name stands (`NAME`), by which rule the language reads it, and how it is to be coloured. */
const places = [
    ['topology NAME', 'TopologyName', 'entity.name.type.topology.tsbtopo'],
    ['region NAME', 'RegionName', 'entity.name.type.region.tsbtopo'],
    ['zones NAME', 'ZoneName', 'entity.name.type.zone.tsbtopo'],
    ['zones a, NAME', 'ZoneName', 'entity.name.type.zone.tsbtopo'],
    ['management cluster NAME', 'ClusterName', 'entity.name.type.cluster.tsbtopo'],
    ['workload cluster NAME', 'ClusterName', 'entity.name.type.cluster.tsbtopo'],
    ['service NAME', 'ServiceName', 'entity.name.function.service.tsbtopo'],
    ['external service NAME', 'ServiceName', 'variable.other.external-service.tsbtopo'],
    ['namespace NAME', 'NamespaceName', 'entity.name.namespace.tsbtopo'],
    ['gateway ingress NAME', 'GatewayName', 'variable.other.constant.gateway.tsbtopo'],
    ['labels NAME', 'LabelKey', 'entity.other.attribute-name.tsbtopo'],
    ['on NAME', 'ClusterName', 'variable.other.reference.tsbtopo'],
    ['on a, NAME', 'ClusterName', 'variable.other.reference.tsbtopo'],
    ['calls NAME', 'ServiceName', 'variable.other.reference.tsbtopo'],
    ['requires a, NAME', 'ServiceName', 'variable.other.reference.tsbtopo'],
    ['elasticsearch external in NAME', 'RegionName', 'variable.other.reference.tsbtopo'],
] as const;

describe.each(places)('in `%s`', (place, rule, scope) => {
    const value = rule === 'LabelKey' ? ' "gold"' : '';
    const before = place.replace('NAME', '').trimEnd();

    /** How a name is coloured in this place; undefined where it is no piece of its own. */
    async function scopeOf(name: string): Promise<string | undefined> {
        const known = await scopesIn(before);
        const pieces = await scopesIn(place.replace('NAME', name) + value);
        return pieces.slice(known.length).find(({ text }) => text === name)?.scope;
    }

    test.each(['plain', 'with-dash', 'in-1', 'on-call', 'east-west-2', 'edge_1', 'Größe', '"in quotes"'])(
        '%s is a name',
        async (name) => {
            expect(await scopeOf(name)).toBe(scope);
        },
    );

    test('words are names exactly where the language takes them for names', async () => {
        const coloured: string[] = [];
        for (const word of words) {
            if ((await scopeOf(word)) === scope) coloured.push(word);
        }
        expect(coloured).toEqual(words.filter((word) => isName(word, rule)));
    });
});

/** References that share one pattern: all names that are possible somewhere are names everywhere. */
test.each([
    ['workload cluster a in NAME', 'RegionName'],
    ['workload cluster a in us-east/NAME', 'ZoneName'],
    ['replicas 2 across zones NAME', 'ZoneName'],
    ['exposed "h" via NAME', 'GatewayReferenceName'],
    ['exposed "h" via dmz.NAME', 'GatewayReferenceName'],
    ['exposed "h" to a weight 5, NAME', 'ClusterName'],
    ['rate limit by NAME', 'ServiceName'],
    ['calls shop/NAME', 'ServiceName'],
    ['network { NAME -> a }', 'ClusterName'],
    ['network { a <-> b, NAME }', 'ClusterName'],
])('in `%s` no name is coloured as a word', async (place, rule) => {
    const wrong: string[] = [];
    for (const word of words.filter((each) => isName(each, rule))) {
        const pieces = await scopesIn(place.replace('NAME', word));
        const piece = pieces.filter(({ text }) => text === word).at(-1);
        if (piece?.scope !== 'variable.other.reference.tsbtopo') wrong.push(word);
    }
    expect(wrong).toEqual([]);
});
