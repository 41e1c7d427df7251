import * as vscode from 'vscode';
import { iconless } from '../../server/encoding/labels.js';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import type { SimulationEvent, SimulationTime, SimulationView } from '../../server/protocol/simulation-state.js';
import type { TimeArgument } from '../../server/protocol/simulation.js';
import { beginningExamples, beginningFrom, secondsSince, wallTime } from '../../server/knowledge/wall-clock.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from './command-ids.js';
import type { SimulationContext } from './context.js';
import { isUp, pickElement } from './pick.js';
import type { SimulationServer } from './server.js';
import { pickTime, type TimeChoice } from './time-pick.js';
import { eventTime, timePhrase } from './time-words.js';

const hour = 3600;

/** The commands that move a running scenario through time, and change what happens in it. */
export function registerTimeCommands({ running, server }: SimulationContext): vscode.Disposable {
    const register = <Argument extends Partial<TimeArgument>>(
        id: string,
        run: (view: SimulationView, argument?: Argument) => Promise<unknown>,
    ) =>
        vscode.commands.registerCommand(
            id,
            reportingErrors(async (argument?: Argument) => {
                const view = running.meant(argument);
                if (view) await run(view, argument);
                else void vscode.window.showInformationMessage(vscode.l10n.t('No failure is simulated.'));
            }),
        );
    return vscode.Disposable.from(
        register(commandIds.nextEvent, ({ uri }) => server.lookAt({ uri, at: 'next' })),
        register(commandIds.previousEvent, ({ uri }) => server.lookAt({ uri, at: 'previous' })),
        register(commandIds.goToTime, (view, argument?: Partial<TimeArgument>) => goToTime(server, view, argument?.at)),
        register(commandIds.lastFor, (view) => lastFor(server, view)),
        register(commandIds.beganAt, (view) => beganAt(server, view)),
        register(commandIds.restartElement, (view) => restartElement(server, view)),
        register(commandIds.promoteElement, (view) => promoteElement(server, view)),
    );
}

/** The file shows each time to which the user moves in the list; leaving the list goes back. */
async function goToTime(server: SimulationServer, view: SimulationView, at?: TimeArgument['at']): Promise<void> {
    const { uri, topology, time } = view;
    const lookAt = reportingErrors(async (at: TimeArgument['at']) => void (await server.lookAt({ uri, at })));
    if (at !== undefined) return lookAt(at);
    const events = time.events.map((event, index) => choiceOf(event, index === time.current));
    const choices = [...nowIn(time), ...events];
    const chosen = await pickTime({
        title: vscode.l10n.t('{0}: what happens when', topology),
        placeholder:
            time.began === undefined
                ? vscode.l10n.t('Choose what happens, or type a time such as 90m')
                : vscode.l10n.t('Choose what happens, or type a time such as 15:10 or 90m'),
        ...(time.began !== undefined && { began: time.began }),
        choices,
        current: events[time.current],
        offer: (typed) => `$(history) ${vscode.l10n.t('Go to {0}', typed)}`,
        preview: (previewed) => void lookAt(previewed ?? 0),
    });
    await lookAt(chosen ?? time.at);
}

function choiceOf(event: SimulationEvent, isCurrent: boolean): TimeChoice {
    return {
        label: `$(${isCurrent ? 'circle-filled' : 'circle-outline'}) ${eventTime(event)}`,
        description: event.hurt,
        detail: iconless(event.text),
        time: event.at,
    };
}

/** The time that it is now, where somebody has said when it began. */
function nowIn({ began }: SimulationTime): TimeChoice[] {
    const seconds = began === undefined ? undefined : secondsSince(began, new Date());
    if (began === undefined || seconds === undefined) return [];
    return [{ label: `$(watch) ${vscode.l10n.t('Now, {0}', wallTime(began, seconds))}`, time: seconds }];
}

/** Asks what the clock on the wall showed when it began; nothing: times are counted from the beginning again. */
async function beganAt(server: SimulationServer, { uri, topology, time }: SimulationView): Promise<void> {
    const typed = await vscode.window.showInputBox({
        title: vscode.l10n.t('{0}: when it began', topology),
        prompt: vscode.l10n.t('A time of the clock such as {0}; empty: count from the beginning', beginningExamples),
        value: time.began ?? '',
        validateInput: (text) =>
            text.trim() === '' || beginningFrom(text) !== undefined
                ? undefined
                : vscode.l10n.t('Write a time as {0}', beginningExamples),
    });
    if (typed !== undefined) await server.beganAt({ uri, began: beginningFrom(typed) ?? null });
}

async function lastFor(server: SimulationServer, { uri, topology, time }: SimulationView): Promise<void> {
    const { duration = null, lasts } = time;
    const choices = [
        { label: '1 h', time: hour },
        { label: '4 h', time: 4 * hour },
        { label: '24 h', time: 24 * hour },
        { label: vscode.l10n.t('until repaired'), time: null },
    ].map((choice) => ({ ...choice, description: choice.time === duration ? '$(check)' : undefined }));
    const chosen = await pickTime({
        title: vscode.l10n.t('{0}: how long the failures last', topology),
        placeholder: vscode.l10n.t('Now: {0}. Choose, or type a duration such as 36h', lasts),
        choices,
        current: choices.find((choice) => choice.time === duration),
        offer: (typed) => `$(watch) ${vscode.l10n.t('Repaired after {0}', typed)}`,
    });
    if (chosen !== undefined) await server.lastFor({ uri, duration: chosen });
}

async function restartElement(server: SimulationServer, { uri, time }: SimulationView): Promise<void> {
    const estate: EstateArgument = { uri };
    const element = await pickElement(server.elements(estate), {
        placeHolder:
            time.at === 0
                ? vscode.l10n.t('What restarts at once?')
                : vscode.l10n.t('What restarts {0}?', timePhrase(time)),
        nothing: vscode.l10n.t('In this topology nothing is left that could restart.'),
        only: (element) => isUp(element) && element.starts,
    });
    if (element) await server.restart({ uri, element: element.name });
}

async function promoteElement(server: SimulationServer, { uri, time }: SimulationView): Promise<void> {
    const estate: EstateArgument = { uri };
    const element = await pickElement(server.elements(estate), {
        placeHolder:
            time.at === 0
                ? vscode.l10n.t('What is promoted at once?')
                : vscode.l10n.t('What is promoted {0}?', timePhrase(time)),
        nothing: vscode.l10n.t('In this topology nothing stands by.'),
        only: (element) => element.standsBy,
    });
    if (element) await server.promote({ uri, element: element.name });
}
