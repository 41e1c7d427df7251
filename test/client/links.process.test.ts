import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import type { ScenarioArgument } from '../../server/protocol/simulation.js';
import type { TopologySummary } from '../../server/protocol/views.js';
import { offerCopies } from '../../src/sharing/copy.js';
import { openLinks } from '../../src/sharing/open-link.js';
import type { RunningSimulations } from '../../src/simulation/running.js';
import type { SimulationServer } from '../../src/simulation/server.js';
import type { ViewServer } from '../../src/views/server.js';

/** What the user sees and answers, and what VS Code is asked to do. */
const user = vi.hoisted(() => ({
    told: [] as string[],
    answer: undefined as string | undefined,
    choice: 0,
    copied: undefined as string | undefined,
    shown: undefined as string | undefined,
    commands: new Map<string, (argument?: unknown) => Promise<void>>(),
    executed: [] as string[],
    openLink: undefined as ((uri: object) => Promise<void>) | undefined,
}));

vi.mock('vscode', () => {
    const tell = (message: string) => {
        user.told.push(message);
        return Promise.resolve(user.answer);
    };
    return {
        l10n: {
            t: (text: string, ...values: readonly (string | number)[]) =>
                text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
        },
        Uri: { parse: (text: string) => ({ toString: () => text }) },
        Range: class {},
        CancellationTokenSource: class {
            token = {};
        },
        Disposable: { from: () => ({}) },
        workspace: { asRelativePath: (uri: { toString: () => string }) => uri.toString() },
        env: { uriScheme: 'vscode', clipboard: { writeText: (text: string) => void (user.copied = text) } },
        commands: {
            registerCommand: (id: string, run: () => Promise<void>) => user.commands.set(id, run),
            executeCommand: (id: string) => Promise.resolve(user.executed.push(id)),
        },
        window: {
            registerUriHandler: ({ handleUri }: { handleUri: (uri: object) => Promise<void> }) => {
                user.openLink = handleUri;
            },
            showInformationMessage: tell,
            showWarningMessage: tell,
            showErrorMessage: tell,
            setStatusBarMessage: () => undefined,
            showQuickPick: (choices: readonly object[]) => Promise.resolve(choices[user.choice]),
            showTextDocument: (uri: { toString: () => string }) => void (user.shown = uri.toString()),
        },
    };
});

const summary = (topology: string, uri: string) => ({ topology, uri }) as Partial<TopologySummary> as TopologySummary;
const ran: ScenarioArgument[] = [];
let topologies: TopologySummary[];
let views: SimulationView[];

const running: Partial<RunningSimulations> = {
    of: (uri) => views.find((view) => view.uri === uri),
    meant: (argument) => views.find(({ uri }) => uri === argument?.uri) ?? views[0],
};
const server: Partial<SimulationServer> = {
    runbook: () => Promise.resolve('# If east fails\n\n## In a minute\n\nno\n\n## Why\n\nso\n'),
    /** The estates of this test have `east` only. */
    run: (argument) => {
        ran.push(argument);
        views = [viewOf(argument)];
        return Promise.resolve();
    },
};
const context = {
    running: running as RunningSimulations,
    server: server as SimulationServer,
    views: { topologies: () => Promise.resolve(topologies) } as Partial<ViewServer> as ViewServer,
};

function viewOf({ uri, scenario }: ScenarioArgument): SimulationView {
    const start = { line: 3, character: 0 };
    const at = { uri, range: { start, end: start } };
    const { failures, restarts, promotions = [], at: time, duration } = scenario;
    return {
        ...{ topology: 'acme', uri, failures },
        restarts: restarts.map((restart) => ({ ...restart, label: '' })),
        promotions: promotions.map((promotion) => ({ ...promotion, label: '' })),
        failed: failures.map((name) => (name === 'east' ? { name, at } : { name })),
        time: { at: time, duration, label: '', lasts: '', events: [], current: 0 },
    } as Partial<SimulationView> as SimulationView;
}

beforeEach(() => {
    Object.assign(user, { told: [], answer: undefined, choice: 0, copied: undefined, shown: undefined, executed: [] });
    ran.length = 0;
    topologies = [summary('acme', 'file:///acme.tsbtopo'), summary('other', 'file:///other.tsbtopo')];
    views = [];
    openLinks(context);
    offerCopies('tsbtopo.tsbtopo', context.running, context.server);
});

const open = (query: string, path = '/simulate') => user.openLink!({ path, query });

describe('a link', () => {
    test('runs its scenario in the topology of its name, and shows what fails', async () => {
        await open('topology=acme&fail=east&at=10m&for=4h');
        const scenario = { failures: ['east'], restarts: [], promotions: [], at: 600, duration: 14_400 };
        expect(ran).toEqual([{ uri: 'file:///acme.tsbtopo', scenario }]);
        expect(user).toMatchObject({ shown: 'file:///acme.tsbtopo', told: [] });
    });

    test('does nothing unless it leads to a simulation, and says so', async () => {
        await open('topology=acme&fail=east', '/run');
        await open('topology=acme');
        expect(ran).toEqual([]);
        expect(user.told).toEqual(Array(2).fill('TSB Topology: This link does not lead to a simulation.'));
    });

    test('about a topology that is not here: says which, and offers to open a folder', async () => {
        await open('topology=missing&fail=east');
        expect(user.told[0]).toMatch(/^The link is about topology missing, which is not in this workspace/);
        expect(user.executed).toEqual([]);
        user.answer = 'Open Folder…';
        await open('topology=missing&fail=east');
        expect(user.executed).toEqual(['vscode.openFolder']);
        expect(ran).toEqual([]);
    });

    test('forges no link in what is said of it', async () => {
        await open('topology=[now](command:evil)&fail=east');
        expect(user.told.join()).not.toContain('](');
        await open('topology=acme&fail=[now](command:evil)');
        expect(user.told.join()).not.toContain('](');
    });

    test('asks which one, where two folders have a topology of that name', async () => {
        topologies.push(summary('acme', 'file:///b/acme.tsbtopo'));
        user.choice = 1;
        await open('topology=acme&fail=east');
        expect(ran[0]?.uri).toBe('file:///b/acme.tsbtopo');
    });

    test('takes the place of a running simulation only if the user says so', async () => {
        await open('topology=acme&fail=east');
        await open('topology=acme&fail=east&at=1h');
        expect(user.told).toEqual(['A simulation of acme is running. Replace it by the one of the link?']);
        expect(ran).toHaveLength(1);
        user.answer = 'Replace';
        await open('topology=acme&fail=east&at=1h');
        expect(ran).toHaveLength(2);
    });

    test('tells what it names and the topology does not have', async () => {
        await open('topology=acme&fail=east&fail=north&fail=south');
        expect(user.told).toEqual(['The link names what acme does not have: north, south.']);
    });
});

describe('copied', () => {
    beforeEach(() => {
        const scenario = { failures: ['east'], restarts: [{ element: 'mp', at: 60 }], at: 600 };
        views = [viewOf({ uri: 'file:///acme.tsbtopo', scenario })];
    });
    const copy = (what: string, argument?: object) => user.commands.get(`tsbtopo.copy${what}`)!(argument);

    test('as a link, which opens the same again', async () => {
        await copy('Link', { uri: 'file:///acme.tsbtopo' });
        expect(user.copied).toBe('vscode://tsbtopo.tsbtopo/simulate?topology=acme&fail=east&restart=1m+mp&at=10m');
    });

    test('as a command line, with what that cannot have', async () => {
        await copy('CommandLine');
        expect(user.copied).toBe('tsbtopo simulate . --topology acme --fail east --at 10m');
        expect(user.told[0]).toMatch(/Left out: mp\.$/);
    });

    test('as Markdown: the answer, or all of it', async () => {
        await copy('Markdown');
        expect(user.copied).toBe('# If east fails\n\n## In a minute\n\nno\n');
        user.choice = 1;
        await copy('Markdown');
        expect(user.copied).toContain('## Why');
    });

    test('only where something is simulated', async () => {
        views = [];
        await copy('Link');
        expect(user).toMatchObject({ copied: undefined, told: ['No failure is simulated.'] });
    });
});
