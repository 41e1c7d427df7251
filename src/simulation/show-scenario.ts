import * as vscode from 'vscode';
import { iconless } from '../../server/encoding/labels.js';
import { visible } from '../../server/encoding/visible.js';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import type { LineAnnotation, SimulationView } from '../../server/protocol/simulation-state.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from './command-ids.js';
import type { SimulationContext } from './context.js';
import { annotationStates } from '../../server/knowledge/states.js';
import { markOf, stateSigns } from './marks.js';
import type { Pages } from './pages.js';
import { pickElement } from './pick.js';
import type { SimulationServer } from './server.js';
import { scenarioAtTime, timePhrase } from './time-words.js';

interface Entry extends vscode.QuickPickItem {
    /** What choosing it does; entries that change the scenario leave the list open. */
    readonly run?: () => Promise<void>;
    readonly staysOpen?: boolean;
}

/** The status bar's list: take failures away, add some, move through time, end the simulation, or go to what it does. */
export function showScenario(context: SimulationContext): void {
    const { running } = context;
    const pick = vscode.window.createQuickPick<Entry>();
    pick.placeholder = vscode.l10n.t(
        'Choose a failure to recover it, a time to change it, or a result to go to its line',
    );
    pick.matchOnDescription = true;
    let updated = 0;
    const update = async () => {
        if (running.all.length === 0) return pick.hide();
        const mine = ++updated;
        const entries = (await Promise.all(running.all.map((view) => entriesOf(view, context)))).flat();
        if (mine !== updated) return; // the scenario has changed meanwhile
        pick.title = running.all.map(titleOf).join(' · ');
        pick.items = entries;
    };
    const run = reportingErrors(async ({ run, staysOpen }: Entry) => {
        if (!staysOpen) pick.hide();
        await run?.();
    });
    const updates = running.onDidChange(() => void update());
    pick.onDidAccept(() => void (pick.selectedItems[0] && run(pick.selectedItems[0])));
    pick.onDidTriggerItemButton(({ item }) => void run(item));
    pick.onDidHide(() => {
        updated = Infinity;
        updates.dispose();
        pick.dispose();
    });
    void update();
    pick.show();
}

function titleOf(view: SimulationView): string {
    return `${view.topology} — ${scenarioAtTime(view)}: ${view.inBrief}`;
}

async function entriesOf(view: SimulationView, { server, pages }: SimulationContext): Promise<Entry[]> {
    const { uri, failures, time } = view;
    const recoverButton: vscode.QuickInputButton = {
        iconPath: new vscode.ThemeIcon('debug-restart'),
        tooltip: vscode.l10n.t('Recover'),
    };
    return [
        separator(vscode.l10n.t('failures of {0}', view.topology)),
        ...failures.map((element): Entry => {
            const run = () => server.recover({ uri, element });
            return {
                label: `$(debug-restart) ${iconless(element)}`,
                description: vscode.l10n.t('recover'),
                buttons: [recoverButton],
                run,
                staysOpen: true,
            };
        }),
        { label: `$(add) ${vscode.l10n.t('Add a failure…')}`, run: command(commandIds.simulateFailure, { uri }) },
        { label: `$(clear-all) ${vscode.l10n.t('Recover all')}`, run: () => server.clear({ uri }) },
        ...timeEntries(view, server),
        separator(vscode.l10n.t('pages')),
        { label: `$(book) ${vscode.l10n.t('Open as runbook')}`, run: () => pages.openRunbook(view) },
        {
            label: `$(list-ordered) ${vscode.l10n.t('What happens when?')}`,
            run: () => pages.openAnswer('timeline', view),
        },
        { label: `$(tools) ${vscode.l10n.t('What can I still do?')}`, run: () => pages.openAnswer('actions', view) },
        { label: `$(warning) ${vscode.l10n.t('What would hurt next?')}`, run: () => pages.openAnswer('next', view) },
        {
            label: `$(shield) ${vscode.l10n.t('May I take something else down now?')}`,
            run: () => takeDown(view, server, pages),
        },
        {
            label: `$(beaker) ${vscode.l10n.t('Keep as a scenario of the file…')}`,
            run: command(commandIds.keepAsScenario, { uri }),
        },
        { label: `$(link) ${vscode.l10n.t('Copy for others…')}`, run: () => copyForOthers(uri) },
        separator(time.at > 0 ? vscode.l10n.t('what it does, {0}', timePhrase(time)) : vscode.l10n.t('what it does')),
        ...(await results(view)),
    ];
}

async function copyForOthers(uri: string): Promise<void> {
    const choices = [
        { label: `$(link) ${vscode.l10n.t('Link')}`, id: commandIds.copyLink },
        { label: `$(terminal) ${vscode.l10n.t('Command line')}`, id: commandIds.copyCommandLine },
        { label: `$(markdown) ${vscode.l10n.t('Markdown…')}`, id: commandIds.copyMarkdown },
    ];
    const choice = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('Copy it as what?') });
    if (choice) await vscode.commands.executeCommand(choice.id, { uri });
}

async function takeDown({ uri }: SimulationView, server: SimulationServer, pages: Pages): Promise<void> {
    const element = await pickElement(server.elements({ uri }), {
        placeHolder: vscode.l10n.t('What do you want to take down? See what that would add.'),
        nothing: vscode.l10n.t('In this topology nothing is left that could fail.'),
    });
    if (element) await pages.openMaintenance({ uri, element: element.name });
}

/** Which time is looked at, how long the failures last, and what restarts or is promoted meanwhile. */
function timeEntries({ uri, time, restarts, promotions }: SimulationView, server: SimulationServer): Entry[] {
    return [
        separator(vscode.l10n.t('time')),
        {
            label: `$(history) ${time.label}`,
            description: vscode.l10n.t('go to another time'),
            run: command(commandIds.goToTime, { uri }),
        },
        {
            label: `$(watch) ${vscode.l10n.t('Failures last {0}', time.lasts)}`,
            description: vscode.l10n.t('change'),
            run: command(commandIds.lastFor, { uri }),
        },
        ...restarts.map(({ element, at, label }): Entry => {
            const run = () => server.cancelRestart({ uri, element, at });
            const buttons = [{ iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Take Back') }];
            return {
                label: `$(refresh) ${at > 0 ? vscode.l10n.t('{0} restarts after {1}', iconless(element), label) : vscode.l10n.t('{0} restarts at once', iconless(element))}`,
                description: vscode.l10n.t('take back'),
                buttons,
                run,
                staysOpen: true,
            };
        }),
        { label: `$(add) ${vscode.l10n.t('Restart an element…')}`, run: command(commandIds.restartElement, { uri }) },
        ...promotions.map(({ element, at, label }): Entry => {
            const run = () => server.cancelPromotion({ uri, element, at });
            const buttons = [{ iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Take Back') }];
            return {
                label: `$(arrow-up) ${at > 0 ? vscode.l10n.t('{0} is promoted after {1}', iconless(element), label) : vscode.l10n.t('{0} is promoted at once', iconless(element))}`,
                description: vscode.l10n.t('take back'),
                buttons,
                run,
                staysOpen: true,
            };
        }),
        {
            label: `$(add) ${vscode.l10n.t('Promote what stands by…')}`,
            run: command(commandIds.promoteElement, { uri }),
        },
    ];
}

function command(id: string, argument: EstateArgument): () => Promise<void> {
    return async () => void (await vscode.commands.executeCommand(id, argument));
}

/** One entry a line that the scenario touches, the worst first. */
async function results({ files }: SimulationView): Promise<Entry[]> {
    const inFiles = await Promise.all(
        files.map(async ({ uri: told, annotations }) => {
            const uri = vscode.Uri.parse(told);
            const lines = await linesOf(uri);
            return annotations.map((annotation) => ({ uri, lines, annotation }));
        }),
    );
    return inFiles
        .flat()
        .sort((a, b) => annotationStates.indexOf(a.annotation.state) - annotationStates.indexOf(b.annotation.state))
        .map(({ uri, lines, annotation }) => ({
            label: iconless(`${stateSigns[annotation.state]} ${nameIn(lines, annotation)}: ${annotation.text}`),
            description: `${vscode.workspace.asRelativePath(uri)}:${annotation.range.start.line + 1}`,
            run: () => goTo(uri, annotation),
        }));
}

/** Of a document as it is, or of a file that nothing shows; none if it has just been deleted. */
async function linesOf(uri: vscode.Uri): Promise<readonly string[]> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open) return open.getText().split(/\r?\n/);
    try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).split(/\r?\n/);
    } catch {
        return [];
    }
}

function nameIn(lines: readonly string[], annotation: LineAnnotation): string {
    const text = (line: number) => lines[line] ?? '';
    const { line, start, end } = markOf(annotation, text);
    return visible(text(line).slice(start, end));
}

async function goTo(uri: vscode.Uri, { range: { start } }: LineAnnotation): Promise<void> {
    const position = new vscode.Position(start.line, start.character);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
}

function separator(label: string): Entry {
    return { label, kind: vscode.QuickPickItemKind.Separator };
}
