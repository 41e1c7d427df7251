import * as vscode from 'vscode';
import { iconless } from '../../server/encoding/labels.js';
import type { ElementArgument } from '../../server/protocol/arguments.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import type { ElementItem, ElementList } from '../../server/protocol/simulation.js';
import { languageId, topologyFileFor } from '../client/documents.js';
import type { SimulationServer } from './server.js';

interface Choice {
    readonly placeHolder: string;
    /** Shown where there is nothing to choose from. */
    readonly nothing: string;
    /** Without it: what has not been made to fail yet. */
    readonly only?: (element: ElementItem) => boolean;
    /** What can be done instead; it stands before the elements. */
    readonly instead?: Instead;
}

interface Instead {
    readonly label: string;
    readonly run: () => Promise<void>;
}

interface ElementChoice extends vscode.QuickPickItem {
    readonly element?: ElementItem;
    readonly instead?: Instead;
}

/**
 * Lets the user choose something that can fail; what has been made to fail already only if `only` wants it. Undefined if
 * they choose nothing. The
 * list shows at once, and is filled when the server answers.
 *
 * @throws what the server refuses with
 */
export async function pickElement(
    elements: Promise<ElementList>,
    { placeHolder, nothing, only = isUp, instead }: Choice,
): Promise<ElementItem | undefined> {
    const noAnswer = new vscode.CancellationTokenSource();
    const choices = elements.then(
        (list) => {
            const items = choicesOf(list.elements.filter(only));
            return [
                ...(instead ? [{ label: instead.label, instead }] : []),
                ...(items.length > 0 ? items : [{ label: nothing }]),
            ];
        },
        () => {
            // the quick pick itself would only say that something unknown went wrong
            noAnswer.cancel();
            return [];
        },
    );
    const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
    const choice = await vscode.window.showQuickPick<ElementChoice>(choices, options, noAnswer.token);
    if (noAnswer.token.isCancellationRequested) await elements;
    await choice?.instead?.run();
    return choice?.element;
}

/** What can be made to fail. */
export function isUp({ failed }: ElementItem): boolean {
    return !failed;
}

/** Lets the user choose an element of the topology that they mean; undefined if they choose nothing, or there is none. */
export async function askForElement(server: SimulationServer, choice: Choice): Promise<ElementArgument | undefined> {
    const uri = (await topologyFileFor())?.toString();
    if (uri === undefined) return undefined;
    const element = await pickElement(server.elements({ uri }), choice);
    return element && { uri, element: element.name };
}

function choicesOf(elements: readonly ElementItem[]): ElementChoice[] {
    return [
        ...section(
            vscode.l10n.t('declared'),
            elements.filter(({ declared }) => declared),
        ),
        ...section(
            vscode.l10n.t('implied'),
            elements.filter(({ declared }) => !declared),
        ),
    ];
}

function section(label: string, elements: readonly ElementItem[]): ElementChoice[] {
    if (elements.length === 0) return [];
    const choices = elements.map((element) => ({
        label: iconless(element.name),
        description: element.kind,
        detail: iconless(element.headline),
        element,
    }));
    return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...choices];
}

/** Lets the user choose one of the failures of the running scenarios; where there is only one, it is chosen. */
export async function pickFailure(views: readonly SimulationView[]): Promise<ElementArgument | undefined> {
    const choices = views.flatMap(({ uri, topology, failures }) =>
        failures.map((element) => ({
            label: iconless(element),
            description: views.length > 1 ? topology : undefined,
            failure: { uri, element },
        })),
    );
    if (choices.length === 1) return choices[0]?.failure;
    return (await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('What is available again?') }))
        ?.failure;
}

/** What the cursor is on in an editor of the language. */
export async function elementAtCursor(server: SimulationServer): Promise<ElementArgument | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== languageId) return undefined;
    const uri = editor.document.uri.toString();
    const { line, character } = editor.selection.active;
    const element = await server.elementAt({ uri, position: { line, character } });
    return element === null ? undefined : { uri, element };
}
