import { CompletionItemKind } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { accepted, complete, labels } from './complete.js';

const around = `topology t
region us-east { zones a, b }
region eu-west
management cluster mgmt in us-east
workload cluster dmz in us-east/a { gateway tier1 front gateway ingress gateway egress out }
workload cluster east { gateway ingress, east-west east-gw }
workload cluster west in eu-west { gateway vm machines-gw }
service shop/pay on east
service bank/pay
service "region"
external service stripe
`;

describe('those that fit best come first, those that would be wrong not at all', () => {
    test.each([
        ['service x on <|>', 'dmz, east, west, mgmt'],
        ['service x on east, <|>', 'dmz, west, mgmt'],
        ['service x on east {\n on <|>\n}', 'dmz, west, mgmt'],
        ['service x on ea<|>', 'east'],
        ['service x on e<|>, west', 'east'],
        ['service x on dmz, <|>\nservice y', 'east, west, mgmt'],
        ['workload cluster x in <|>', 'eu-west, us-east'],
        ['workload cluster x in us-east/<|>', 'a, b'],
        ['workload cluster x in us-east { gateway vm { replicas 2 across zones <|> } }', 'a, b'],
        ['workload cluster x in us-east { gateway vm { replicas 2 across zones a, <|> } }', 'b'],
        ['management cluster x in us-east { management plane { postgres { backup in <|> } } }', 'eu-west, us-east'],
        ['management cluster x { management plane { postgres in eu-west { backup in <|> } } }', 'us-east, eu-west'],
        ['external service x in <|>', 'eu-west, us-east'],
        ['external service x in eu-west, <|>', 'us-east'],
        ['external service x in us-east/a, <|>', 'eu-west, us-east'],
        ['external service x in us-east/a, us-east/<|>', 'b'],
        ['external service x in us-east { replicas 2 across zones <|> }', 'a, b'],
        ['service x { calls <|> }', '"region", bank/pay, shop/pay, stripe'],
        ['service x { calls stripe, <|> }', '"region", bank/pay, shop/pay'],
        ['service x {\n calls stripe\n calls <|>\n}', '"region", bank/pay, shop/pay'],
        ['service x { calls stripe requires <|> }', '"region", bank/pay, shop/pay, stripe'],
        ['service x { calls shop/<|> }', 'pay'],
        ['service x { calls bank<|> }', 'bank/pay'],
        ['service x { rate limit by <|> }', '"region", bank/pay, shop/pay, stripe'],
        ['service x { exposed "x" via <|> }', 'front, dmz.ingress, east-gw, machines-gw, out, dmz, east, west'],
        ['service x on east { exposed "x" via <|> }', 'east-gw, front, dmz.ingress, machines-gw, out, dmz, east, west'],
        ['service x { exposed "x" via front, <|> }', 'dmz.ingress, east-gw, machines-gw, out, dmz, east, west'],
        ['service x { exposed "x" via fr<|> }', 'front'],
        ['service x { exposed "x" via dmz.<|> }', 'front, ingress, out'],
        [
            'service x on east { exposed "x" via front through <|> }',
            'east-gw, dmz.ingress, machines-gw, out, dmz, east, west',
        ],
        [
            'service x { on west { virtual machines via <|> } }',
            'machines-gw, dmz.ingress, east-gw, front, out, dmz, east, west',
        ],
        ['service x on west { exposed "x" to <|> }', 'west, dmz, east, mgmt'],
        ['service x on west, east { exposed "x" to west, <|> }', 'east, dmz, mgmt'],
        ['network { <|> }', 'dmz, east, mgmt, west'],
        ['network { dmz, <|> }', 'east, mgmt, west'],
        ['network { east -> <|> }', 'dmz, mgmt, west'],
        ['network {\n east -> west\n east -> <|>\n}', 'dmz, mgmt, west'],
        ['network {\n dmz <-> east\n east -> mgmt\n east -> <|>\n}', 'west, dmz, mgmt'],
        ['network {\n dmz -> <|>\n east -> mgmt\n}', 'east, mgmt, west'],
        ['network {\n dmz -> west\n east, dmz -> <|>\n}', 'mgmt, west'],
    ])('%s', async (text, expected) => {
        expect(await labels(around + text)).toBe(expected);
    });
});

describe('written as they have to be', () => {
    const names = 'workload cluster "in"\nregion "2-prod"\nservice "a b"\n';

    test.each([
        ['service x on i<|>', '"in"', 'service x on "in"'],
        ['workload cluster x in <|>', '"2-prod"', 'workload cluster x in "2-prod"'],
        ['service x { calls a<|> }', '"a b"', 'service x { calls "a b" }'],
        ['service x { calls "a<|>" }', '"a b"', 'service x { calls "a b" }'],
        ['service x { calls "a<|>', '"a b"', 'service x { calls "a b"'],
    ])('%s', async (text, label, expected) => {
        expect(await accepted(names + text, label)).toBe(names + expected);
    });

    test('in quotes where a quote has been typed', async () => {
        expect(await labels(`${around}service x { calls "<|>" }`)).toBe(
            '"bank"/"pay", "region", "shop"/"pay", "stripe"',
        );
    });
});

describe('say what they are', () => {
    test.each([
        ['service x on dm<|>', 'workload cluster · us-east/a', 'workload cluster in us-east/a'],
        ['service x { exposed "x" via fro<|> }', 'tier1 gateway · dmz', 'tier1 gateway of dmz'],
        ['service x { calls shop/<|> }', 'service · east', 'service in namespace shop on east'],
        ['service x { calls str<|> }', 'external service', 'external service'],
        ['workload cluster x in us<|>', 'region · a, b', 'region'],
        ['workload cluster x in us-east/a<|>', 'zone · us-east', 'zone of us-east'],
    ])('%s', async (text, description, detail) => {
        const [item] = (await complete(around + text)).items;
        expect(item).toMatchObject({ labelDetails: { description }, detail, preselect: true });
    });

    test('with icons of their own, and the character that may follow', async () => {
        const [region] = (await complete(`${around}workload cluster x in us<|>`)).items;
        expect(region).toMatchObject({ kind: CompletionItemKind.Folder, commitCharacters: ['/'] });
        const { items } = await complete(`${around}service x { exposed "x" via <|> }`);
        expect(items.find(({ label }) => label === 'east')?.commitCharacters).toEqual(['.']);
        expect(items.find(({ label }) => label === 'front')?.commitCharacters).toBeUndefined();
    });
});

describe('in several files', () => {
    test('of the same topology, and of no other', async () => {
        const files = {
            'a.tsbtopo': 'topology t\nservice x on <|>',
            'b.tsbtopo': 'topology t\nworkload cluster mine',
            'c.tsbtopo': 'topology u\nworkload cluster other',
        };
        expect(await labels(files)).toBe('mine');
    });

    test('links of other files count', async () => {
        const files = {
            'a.tsbtopo': 'topology t\nnetwork { a -> <|> }',
            'b.tsbtopo': 'topology t\nworkload cluster a\nworkload cluster b\nworkload cluster c\nnetwork { a -> b }',
        };
        expect(await labels(files)).toBe('c, b');
    });
});

describe('of thousands', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `workload cluster c${index}\n`).join('');

    test('only so many as help, and the client asks again', async () => {
        const { items, isIncomplete } = await complete(`${many}service x on <|>`);
        expect(items).toHaveLength(500);
        expect(isIncomplete).toBe(true);
    });

    test('all that go with what is typed', async () => {
        const { items, isIncomplete } = await complete(`${many}service x on c199<|>`);
        expect(items.map(({ label }) => label)).toContain('c1999');
        expect(isIncomplete).toBe(false);
    });
});
