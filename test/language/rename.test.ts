import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { estate } from '../fixture.js';

/** The text after everything at the marker is renamed. */
async function renamed(text: string, newName: string): Promise<string | undefined> {
    const { services, document, positions } = await estate(text);
    const edit = await services.lsp.RenameProvider!.rename(document, {
        textDocument: { uri: document.uri.toString() },
        position: positions[0]!,
        newName,
    });
    const changes = edit?.changes?.[document.uri.toString()];
    return changes && TextDocument.applyEdits(document.textDocument, changes);
}

test.each([
    [
        'workload cluster ea<|>st { gateway tier1 }\nservice a on east { exposed "x" via east.tier1 to east }',
        'north',
        'workload cluster north { gateway tier1 }\nservice a on north { exposed "x" via north.tier1 to north }',
    ],
    ['service a\nservice b { calls default/<|>a }', '2-b', 'service "2-b"\nservice b { calls default/"2-b" }'],
    ['service "on"\nservice b { calls "<|>on" }', 'off', 'service off\nservice b { calls off }'],
    [
        'region us { zones <|>a }\nworkload cluster c in us/a',
        'gateway',
        'region us { zones "gateway" }\nworkload cluster c in us/"gateway"',
    ],
    [
        'workload cluster c { gateway <|>ingress, vm }\nservice a { exposed "x" via c.ingress }',
        'front',
        'workload cluster c { gateway ingress, vm front }\nservice a { exposed "x" via c.front }',
    ],
])('%s', async (text, newName, expected) => {
    expect(await renamed(text, newName)).toBe(expected);
});

test('nothing where there is no name', async () => {
    expect(await renamed('ser<|>vice a', 'b')).toBeUndefined();
    expect(await renamed('service <|>a', ' ')).toBeUndefined();
});
