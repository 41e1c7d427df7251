import * as vscode from 'vscode';
import type { ElementArgument } from '../../server/protocol/arguments.js';
import type { Question } from '../../server/protocol/simulation.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from './command-ids.js';
import type { SimulationContext } from './context.js';
import { askForElement, elementAtCursor } from './pick.js';

/**
 * The commands that answer a question with a page: about the element that a link names, else about the running scenario,
 * else about the element at the cursor, else about one that the user chooses.
 */
export function registerQuestions({ running, server, pages }: SimulationContext): vscode.Disposable {
    const register = (id: string, question: Question, placeHolder: string) =>
        vscode.commands.registerCommand(
            id,
            reportingErrors(async (argument?: ElementArgument) => {
                const about =
                    argument ??
                    running.nearest(vscode.window.activeTextEditor?.document) ??
                    (await elementAtCursor(server)) ??
                    (await askForElement(server, {
                        placeHolder,
                        nothing: vscode.l10n.t('In this topology nothing could fail.'),
                    }));
                if (about) await pages.openAnswer(question, about);
            }),
        );
    return vscode.Disposable.from(
        vscode.commands.registerCommand(
            commandIds.mayITakeDown,
            reportingErrors(async (argument?: unknown) => {
                const element =
                    (isElement(argument) ? argument : await elementAtCursor(server)) ??
                    (await askForElement(server, {
                        placeHolder: vscode.l10n.t('What do you want to take down? See what that would add.'),
                        nothing: vscode.l10n.t('In this topology nothing is left that could fail.'),
                    }));
                if (element) await pages.openMaintenance(element);
            }),
        ),
        register(
            commandIds.whatHappensWhen,
            'timeline',
            vscode.l10n.t('Which element? See what its failure does, and when.'),
        ),
        register(
            commandIds.whatCanIStillDo,
            'actions',
            vscode.l10n.t('Which element? See what can still be done without it.'),
        ),
        register(
            commandIds.whatWouldHurtNext,
            'next',
            vscode.l10n.t('Which element? See which further failure would hurt then.'),
        ),
    );
}

/** A link and a row name an element; the menu of the editor names the file only. */
function isElement(argument: unknown): argument is ElementArgument {
    const { uri, element } = (argument ?? {}) as Partial<Record<keyof ElementArgument, unknown>>;
    return typeof uri === 'string' && typeof element === 'string';
}
