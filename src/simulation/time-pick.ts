import * as vscode from 'vscode';
import { durationExamples } from '../../server/knowledge/durations.js';
import type { Beginning } from '../../server/knowledge/wall-clock.js';
import { typedTime } from './typed-time.js';

/** A time to choose: seconds, or null for "never". */
export type Time = number | null;

export interface TimeChoice extends vscode.QuickPickItem {
    /** A hint has none, and cannot be chosen. */
    readonly time?: Time;
}

export interface TimeQuestion {
    readonly title: string;
    readonly placeholder: string;
    readonly choices: readonly TimeChoice[];
    /** When it began: then times of the clock can be typed, too. */
    readonly began?: Beginning;
    /** The choice that is in force. */
    readonly current?: TimeChoice;
    /** How a time that the user types is offered: "Go to 90m". */
    readonly offer: (typed: string) => string;
    /** Told each time that the user moves to, before they choose. */
    readonly preview?: (time: Time) => void;
}

/** Lets the user choose a time, or type a duration of their own; undefined if they do neither. */
export function pickTime(question: TimeQuestion): Promise<Time | undefined> {
    const { title, placeholder, choices, current, offer, preview, began } = question;
    const pick = vscode.window.createQuickPick<TimeChoice>();
    Object.assign(pick, { title, placeholder, matchOnDescription: true, matchOnDetail: true });
    const searched = choices.flatMap(({ label, detail }) => [label, detail ?? '']);
    let areChoicesShown = false;
    const showChoices = () => {
        if (areChoicesShown) return;
        areChoicesShown = true;
        pick.items = choices;
        if (current) pick.activeItems = [current];
    };
    /** Alone: VS Code would put choices that contain the same letters before it. */
    const showInstead = (choice: TimeChoice) => {
        areChoicesShown = false;
        pick.items = [{ ...choice, alwaysShow: true }];
    };
    pick.onDidChangeValue((value) => {
        const typed = typedTime(value, searched, began);
        if (typed.kind === 'time') showInstead({ label: offer(value.trim()), time: typed.seconds });
        else if (typed.kind === 'unclear') showInstead({ label: `$(info) ${howToWrite()}` });
        else showChoices();
    });
    pick.onDidChangeActive(([active]) => {
        if (active?.time !== undefined) preview?.(active.time);
    });
    showChoices();
    return new Promise((resolve) => {
        pick.onDidAccept(() => {
            const time = pick.selectedItems[0]?.time;
            if (time === undefined) return;
            resolve(time);
            pick.hide();
        });
        pick.onDidHide(() => {
            resolve(undefined);
            pick.dispose();
        });
        pick.show();
    });
}

function howToWrite(): string {
    return vscode.l10n.t('Write a time as {0}', durationExamples);
}
