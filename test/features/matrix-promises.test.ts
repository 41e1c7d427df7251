import { CancellationToken } from 'vscode-languageserver';
import { describe, expect, onTestFinished, test } from 'vitest';
import { promisedOf } from '../../server/estate/promised.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { judgedPromises } from '../../server/features/promises.js';
import type { SimulationState } from '../../server/protocol/simulation-state.js';
import { editor } from './editor.js';

const text = `topology promising
management cluster mgmt
workload cluster red { gateway ingress }
workload cluster blue { gateway ingress }
service till on red { exposed "till.example.com" { gslb ttl 30s } }
service shop on red, blue { exposed "shop.example.com" { gslb ttl 30s } }
objective shop survives any cluster failure
scenario "blue is away" {
    at 0m  fail blue
    expect till unaffected
}
objective till survives any cluster failure
scenario "nothing" { at 0m  fail blue }
`;

async function promisesOf(now: string) {
    const { services, uri, command } = await editor(now);
    const promises = () => services.matrices.promises({ uri: uri() }, CancellationToken.None);
    return { services, promises, command };
}

describe('promises beside the matrix', () => {
    test('say what became of each, the gravest first, and where it stands', async () => {
        const { promises } = await promisesOf(text);
        const { summary, lines, more } = (await promises())!;
        expect(summary).toBe('1 broken, 1 nothing to judge, 2 kept');
        expect(more).toBe(0);
        expect(lines.map(({ state, title, at }) => [state, title, at.range.start.line])).toEqual([
            ['broken', 'objective till survives any cluster failure', 11],
            ['idle', 'scenario nothing', 12],
            ['kept', 'scenario blue is away', 7],
            ['kept', 'objective shop survives any cluster failure', 6],
        ]);
        expect(lines.map(({ reasons }) => reasons.length)).toEqual([1, 1, 0, 0]);
        expect(lines[0]!.reasons[0]).toContain('red');
    });

    test('have what breaks them, which runs', async () => {
        const { promises, command } = await promisesOf(text);
        const [broken, ...others] = (await promises())!.lines;
        expect(others.map(({ counterexample }) => counterexample)).toEqual([undefined, undefined, undefined]);
        await command('tsbtopo.simulation.run', broken!.counterexample);
        const state = (await command('tsbtopo.simulation.state', null)) as SimulationState;
        expect(state.simulations.map(({ failures }) => failures)).toEqual([['red']]);
    });

    test('are those of the text as it stands now', async () => {
        const { services, uri, type } = await editor(text);
        const ask = () => services.matrices.promises({ uri: uri() }, CancellationToken.None);
        expect((await ask())!.lines[0]!.state).toBe('broken');
        await type(text.replace('till on red', 'till on red, blue'));
        expect((await ask())!.summary).toBe('1 nothing to judge, 3 kept');
    });

    test('are not judged where a mistake of this tool is in the way, and never kept', async () => {
        const { services, uri } = await editor(text);
        const errors = services.tsbtopo.workspace.InternalErrors;
        const guard = errors.guard.bind(errors);
        onTestFinished(() => void (errors.guard = guard));
        errors.guard = (doing, file, action, otherwise) =>
            doing === 'judging promises' ? otherwise() : guard(doing, file, action, otherwise);
        const { summary, lines } = (await services.matrices.promises({ uri: uri() }, CancellationToken.None))!;
        expect(summary).toBe('4 cannot be judged');
        expect(new Set(lines.map(({ reasons }) => reasons.join()))).toEqual(
            new Set(['A mistake of this tool keeps it from being judged; its log tells more.']),
        );
        const judged = await judgedPromises({ uri: uri() }, services.tsbtopo, CancellationToken.None);
        expect(judged.map(({ state }) => state)).toEqual(['not-judged', 'not-judged', 'not-judged', 'not-judged']);
        expect(promisedOf(snapshotsOf(services.tsbtopo).of(uri())!).lines).toHaveLength(4);
    });

    test('are none where nothing is promised, and of no topology', async () => {
        const { services, promises } = await promisesOf('topology empty\nmanagement cluster mgmt\n');
        expect(await promises()).toEqual({ summary: '', lines: [], more: 0 });
        const nowhere = { uri: 'file:///nowhere.tsbtopo' };
        expect(await services.matrices.promises(nowhere, CancellationToken.None)).toBeNull();
    });

    test('are counted where they are too many for a page; what is broken is among those that are shown', async () => {
        const many = Array.from({ length: 250 }, (_, n) => `objective shop survives blue for ${n + 1}h`);
        const { promises } = await promisesOf(text.replace(/^objective shop.*$/m, many.join('\n')));
        const { lines, more } = (await promises())!;
        expect([lines.length, more, lines[0]!.state]).toEqual([200, 53, 'broken']);
    });
});
