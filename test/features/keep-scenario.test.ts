import { TextDocument } from 'langium';
import { CancellationToken } from 'vscode-jsonrpc';
import { describe, expect, test } from 'vitest';
import { keepScenario } from '../../server/features/keep-scenario.js';
import { judgedPromises } from '../../server/features/promises.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor, type Editor } from './editor.js';

const estate = `topology shops
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }
`;

const keep = ({ services, uri }: Editor, name: string, file?: string) =>
    keepScenario({ uri: uri(file), name }, services.tsbtopo, services.simulations);

/** The file with what is kept, after which its promises are judged. */
async function written(opened: Editor, name: string, file?: string): Promise<string> {
    const kept = keep(opened, name, file)!;
    const fileName = kept.uri.split('/').at(-1)!;
    const { textDocument } = opened.document(fileName);
    const text = TextDocument.applyEdits(textDocument, [
        { range: { start: kept.at, end: kept.at }, newText: kept.text },
    ]);
    await opened.type({ [fileName]: text });
    const verdicts = await judgedPromises({ uri: kept.uri }, opened.services.tsbtopo, CancellationToken.None);
    expect(verdicts.find(({ id }) => id === `scenario ${name}`)).toMatchObject({ state: 'kept', messages: [] });
    const format = { textDocument: { uri: kept.uri }, options: { tabSize: 4, insertSpaces: true } };
    const edits = await opened.services.tsbtopo.lsp.Formatter!.formatDocument(opened.document(fileName), format);
    expect(edits).toEqual([]);
    return text;
}

describe('a simulation is kept as a scenario', () => {
    test('at the end of a file, formatted, and kept at once', async () => {
        const opened = await editor(estate);
        await opened.command(simulationCommands.fail, { element: 'east' });
        await opened.command(simulationCommands.lastFor, { duration: 14_400 });
        const text = await written(opened, 'east "is" lost');
        expect(text.slice(estate.length)).toMatchInlineSnapshot(`
          "
          scenario "east \\"is\\" lost" {
              at 0m  fail east
              at 4h  recover east
              expect shop.example.com unaffected
              expect running workloads, local cluster operations, metrics collection limited
              expect management operations unaffected
          }
          "
        `);
    });

    test('beside the scenarios that are there already, behind a comment', async () => {
        const first = 'scenario "first" {\n    at 0m  fail west\n} // the other one\n';
        const opened = await editor({
            'a.tsbtopo': estate,
            'b.tsbtopo': `topology shops\n\n${first}\nobjective shop survives any cluster failure\n`,
        });
        await opened.command(simulationCommands.fail, { element: 'east' });
        const text = await written(opened, 'second', 'a.tsbtopo');
        expect(text).toMatch(/\/\/ the other one\n\nscenario "second" \{[^}]*\}\n\nobjective/);
    });

    const imported = 'acme.import.tsbtopo';

    test('in the file by hand beside one that import writes anew each time', async () => {
        const opened = await editor({ [imported]: estate, 'hand.tsbtopo': 'topology shops\n\nregion us\n' });
        await opened.command(simulationCommands.fail, { element: 'east' });
        const text = await written(opened, 'kept', imported);
        expect(text).toMatch(/^topology shops\n\nregion us\n\nscenario "kept" \{/);
        expect(opened.document(imported).textDocument.getText()).toBe(estate);
    });

    test('not behind a scenario of an imported file', async () => {
        const said = `${estate}\nscenario "first" { fail west }\n`;
        const opened = await editor({ 'hand.tsbtopo': 'topology shops\n', [imported]: said });
        await opened.command(simulationCommands.fail, { element: 'east' });
        expect(keep(opened, 'kept', imported)!.uri).toBe(opened.uri('hand.tsbtopo'));
    });

    test('in a new file where there is none by hand', async () => {
        const opened = await editor({ [imported]: estate });
        await opened.command(simulationCommands.fail, { element: 'east' });
        const kept = keep(opened, 'kept', imported)!;
        expect(kept).toMatchObject({ uri: opened.uri('acme.tsbtopo'), at: { line: 0, character: 0 }, isNewFile: true });
        expect(kept.text).toMatch(/^topology shops\n\nscenario "kept" \{[^}]*\}\n$/);
    });

    test('not twice by one name, not without a name, and not where nothing is simulated', async () => {
        const opened = await editor(`${estate}scenario "first" { fail west }\n`);
        expect(keep(opened, 'x')).toBeNull();
        await opened.command(simulationCommands.fail, { element: 'east' });
        expect(() => keep(opened, 'first')).toThrow('already called "first"');
        expect(() => keep(opened, ' ')).toThrow('needs a name');
        expect(() => keep(opened, 'x', 'other.tsbtopo')).toThrow('not a topology file');
    });
});
