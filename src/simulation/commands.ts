import * as vscode from 'vscode';
import { iconless } from '../../server/encoding/labels.js';
import type { ElementArgument, ElementsArgument, EstateArgument } from '../../server/protocol/arguments.js';
import { isServiceName } from '../../server/topology/element-name.js';
import { topologyFileFor } from '../client/documents.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from './command-ids.js';
import { askForElement, elementAtCursor, isUp, pickElement, pickFailure } from './pick.js';
import type { SimulationContext } from './context.js';
import type { SimulationServer } from './server.js';
import { showScenario } from './show-scenario.js';

/**
 * The commands of the palette, of lenses and of hovers. Those that the server answers by itself, as the lenses' `Simulate
 * failure` and `Recover`, the language client registers.
 */
export function registerCommands(context: SimulationContext): vscode.Disposable {
    const { running, server, pages } = context;
    const register = <Arguments extends unknown[]>(id: string, run: (...args: Arguments) => Promise<void>) =>
        vscode.commands.registerCommand(id, reportingErrors(run));
    return vscode.Disposable.from(
        register(commandIds.simulateFailure, (argument?: EstateArgument) => simulateFailure(server, argument)),
        register(commandIds.simulatePart, (argument?: ElementArgument) => simulatePart(context, argument)),
        register(commandIds.simulateOneOf, (argument?: ElementsArgument) => simulateOneOf(server, argument)),
        register(commandIds.recoverElement, async () => {
            const failure = await pickFailure(running.all);
            if (failure) await server.recover(failure);
        }),
        register(commandIds.clearSimulation, () => server.clear()),
        register(commandIds.showSimulation, async () => {
            if (running.all.length === 0) await simulateFailure(server);
            else showScenario(context);
        }),
        register(commandIds.explainFailover, (argument?: ElementArgument) => explainFailover(context, argument)),
        register(commandIds.showRunbook, async () => {
            const view = running.meant();
            if (view) await pages.openRunbook(view);
            else void vscode.window.showInformationMessage(vscode.l10n.t('No failure is simulated.'));
        }),
    );
}

async function simulateFailure(server: SimulationServer, argument?: EstateArgument): Promise<void> {
    const uri = (await topologyFileFor(argument))?.toString();
    if (uri === undefined) return;
    const element = await pickElement(server.elements({ uri }), {
        placeHolder: vscode.l10n.t('What fails? Add it to the simulation.'),
        nothing: vscode.l10n.t('In this topology nothing is left that could fail.'),
    });
    if (element) await server.fail({ uri, element: element.name });
}

async function simulatePart({ server, pages }: SimulationContext, argument?: ElementArgument): Promise<void> {
    if (!argument) return simulateFailure(server);
    const { uri, element: whole } = argument;
    const part = await pickElement(server.elements({ uri }), {
        placeHolder: vscode.l10n.t('Which component of {0} fails?', whole),
        nothing: vscode.l10n.t('No component of {0} is left that could fail by itself.', whole),
        only: (element) => isUp(element) && element.name !== whole && element.owners.includes(whole),
        instead: {
            label: `$(shield) ${vscode.l10n.t('May I take {0} down now?', iconless(whole))}`,
            run: () => pages.openMaintenance(argument),
        },
    });
    if (part) await server.fail({ uri, element: part.name });
}

/** From a list that shares one lens: makes the chosen one fail, or available again. */
async function simulateOneOf(server: SimulationServer, argument?: ElementsArgument): Promise<void> {
    if (!argument) return simulateFailure(server);
    const { uri, elements } = argument;
    const one = await pickElement(server.elements({ uri }), {
        placeHolder: vscode.l10n.t('Which of these {0} fails, or is available again?', elements.length),
        nothing: vscode.l10n.t('In this topology nothing could fail.'),
        only: ({ name }) => elements.includes(name),
    });
    if (!one) return;
    const element = { uri, element: one.name };
    await (one.failed ? server.recover(element) : server.fail(element));
}

async function explainFailover({ server, pages }: SimulationContext, argument?: ElementArgument): Promise<void> {
    const here = argument ?? (await elementAtCursor(server));
    const service =
        (here && isServiceName(here.element) ? here : undefined) ??
        (await askForElement(server, {
            placeHolder: vscode.l10n.t('Which service? See whether it would fail over, and why not.'),
            nothing: vscode.l10n.t('This topology has no service.'),
            only: ({ kind }) => kind === 'service',
        }));
    if (service) await pages.openFailover(service);
}
