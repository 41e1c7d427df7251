import type { CompletionItem } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { resolveCompletion } from '../../server/features/completion.js';
import { editor } from './editor.js';

const around = `topology t
region us-east { zones a, b }
management cluster mgmt
workload cluster east in us-east/a { gateway ingress east-gw }
workload cluster west
service shop on east, west { exposed "shop.example.com" via east-gw }
external service stripe
`;

/** The documentation of one proposal, by its label. */
async function documentation(text: string, label: string): Promise<string | undefined> {
    const { services, document, uri, position } = await editor(text);
    const { tsbtopo } = services;
    const list = await tsbtopo.lsp.CompletionProvider!.getCompletion(document(), {
        textDocument: { uri: uri() },
        position,
    });
    const item = list!.items.find((each) => each.label === label)!;
    // over the protocol, an item comes back as plain data
    const resolved = resolveCompletion(JSON.parse(JSON.stringify(item)) as CompletionItem, tsbtopo);
    expect(resolved).toMatchObject({ label, textEdit: item.textEdit });
    return typeof resolved.documentation === 'object' ? resolved.documentation.value : resolved.documentation;
}

test.each([
    ['service x on <|>', 'east', /^\*\*workload cluster `east`\*\* — if it fails\n\n✖ shop.example.com down\n/],
    ['workload cluster x in <|>', 'us-east', /^\*\*region `us-east`\*\*[^]*shop.example.com down/],
    ['workload cluster x in us-east/<|>', 'b', /^\*\*zone `us-east\/b`\*\* — if it fails\n\n◌ only a spare is lost\n/],
    ['service x { calls <|> }', 'shop', /^\*\*service `shop`\*\*[^]*shop.example.com down[^]*Running workloads: /],
    ['service x { calls <|> }', 'stripe', /^\*\*external service `stripe`\*\*/],
    ['service x { exposed "x" via <|> }', 'east-gw', /^\*\*gateway `east.east-gw`\*\*/],
])('a name tells what its failure does: %s %s', async (text, label, expected) => {
    expect(await documentation(around + text, label)).toMatch(expected);
});

test.each([
    ['service x { <|> }', 'failover east-west', /has to be configured[^]*\*\*Unsaid:\*\* `no failover`[^]*\]\(https:/],
    ['service x { rate limit fails <|> }', 'open', /\*\*Default:\*\* `fails open`[^]*Terraform provider/],
    [
        'workload cluster x { edge control plane { token ttl <|> } }',
        '1h',
        /\*\*Default:\*\* `token ttl 1h`[^]*\*\*Clock:\*\*/,
    ],
    ['workload cluster x { edge control plane { token ttl <|> } }', '24h', /\*\*Unsaid:\*\* `token ttl 1h`/],
    ['topology u for tsb <|>', '1.10', /\*\*Default:\*\* `for tsb 1.10`/],
    ['<|>', 'region', /A place that can fail as a whole/],
    ['<|>', 'region with zones', /^```tsbtopo\nregion name \{ zones a, b \}\n```$/],
])('a word tells what it means: %s %s', async (text, label, expected) => {
    expect(await documentation(text, label)).toMatch(expected);
});

test('a name that has gone meanwhile tells nothing', async () => {
    const { services, document, uri, position, type } = await editor(`${around}service x on <|>`);
    const list = await services.tsbtopo.lsp.CompletionProvider!.getCompletion(document(), {
        textDocument: { uri: uri() },
        position,
    });
    const east = list!.items.find(({ label }) => label === 'east')!;
    await type(around.replace('region us-east { zones a, b }\n', ''));
    expect(resolveCompletion(east, services.tsbtopo)).toBe(east);
    await type({ 'main.tsbtopo': undefined });
    expect(resolveCompletion(east, services.tsbtopo)).toBe(east);
});
