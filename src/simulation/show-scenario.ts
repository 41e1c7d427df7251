import * as vscode from 'vscode';
import type { LineAnnotation, SimulationView } from '../../server/simulation/protocol.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from './command-ids.js';
import type { SimulationContext } from './commands.js';
import { states, stateSigns } from './marks.js';
import { countOfFailures } from './wording.js';

interface Entry extends vscode.QuickPickItem {
    /** What choosing it does; entries that change the scenario leave the list open. */
    readonly run?: () => Promise<void>;
    readonly staysOpen?: boolean;
}

const recoverButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('debug-restart'),
    tooltip: 'Recover',
};

/** The status bar's list: take failures away, add some, end the simulation, or go to what it does. */
export function showScenario({ running, server, runbooks }: SimulationContext): void {
    const pick = vscode.window.createQuickPick<Entry>();
    pick.placeholder = 'Choose a failure to recover it, or a result to go to its line';
    pick.matchOnDescription = true;
    const update = () => {
        if (running.all.length === 0) pick.hide();
        pick.title = running.all.map(titleOf).join(' · ');
        pick.items = running.all.flatMap((view) => entriesOf(view, { running, server, runbooks }));
    };
    const run = reportingErrors(async ({ run, staysOpen }: Entry) => {
        if (!staysOpen) pick.hide();
        await run?.();
    });
    const updates = running.onDidChange(update);
    pick.onDidAccept(() => void (pick.selectedItems[0] && run(pick.selectedItems[0])));
    pick.onDidTriggerItemButton(({ item }) => void run(item));
    pick.onDidHide(() => {
        updates.dispose();
        pick.dispose();
    });
    update();
    pick.show();
}

function titleOf(view: SimulationView): string {
    return `${view.topology} — ${countOfFailures(view)}: ${view.marks}`;
}

function entriesOf(view: SimulationView, { server, runbooks }: SimulationContext): Entry[] {
    const { uri, failures } = view;
    return [
        separator(`failures of ${view.topology}`),
        ...failures.map((element): Entry => {
            const run = () => server.recover({ uri, element });
            return { label: `$(debug-restart) ${element}`, description: 'recover', buttons: [recoverButton], run, staysOpen: true };
        }),
        {
            label: '$(add) Add a failure…',
            run: async () => void (await vscode.commands.executeCommand(commandIds.simulateFailure, { uri })),
        },
        { label: '$(book) Open as runbook', run: () => runbooks.open(view) },
        { label: '$(clear-all) Recover all', run: () => server.clear({ uri }) },
        separator('what it does'),
        ...results(view),
    ];
}

/** One entry a line that the scenario touches, the worst first. */
function results({ files }: SimulationView): Entry[] {
    const entries = files.flatMap((file) =>
        file.annotations.map((annotation) => ({ annotation, at: vscode.Uri.parse(file.uri) })),
    );
    return entries
        .sort((a, b) => states.indexOf(a.annotation.state) - states.indexOf(b.annotation.state))
        .map(({ annotation, at }) => ({
            label: `${stateSigns[annotation.state]} ${annotation.text}`,
            description: `${vscode.workspace.asRelativePath(at)}:${annotation.range.start.line + 1}`,
            run: () => goTo(at, annotation),
        }));
}

async function goTo(uri: vscode.Uri, { range: { start } }: LineAnnotation): Promise<void> {
    const position = new vscode.Position(start.line, start.character);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
}

function separator(label: string): Entry {
    return { label, kind: vscode.QuickPickItemKind.Separator };
}
