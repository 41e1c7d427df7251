import * as vscode from 'vscode';
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
    /** The choice that is in force. */
    readonly current?: TimeChoice;
    /** How a time that the user types is offered: "Go to 90m". */
    readonly offer: (typed: string) => string;
    /** Told each time that the user moves to, before they choose. */
    readonly preview?: (time: Time) => void;
}

/** Lets the user choose a time, or type a duration of their own; undefined if they do neither. */
export function pickTime(question: TimeQuestion): Promise<Time | undefined> {
    const { title, placeholder, choices, current, offer, preview } = question;
    const pick = vscode.window.createQuickPick<TimeChoice>();
    Object.assign(pick, { title, placeholder, matchOnDescription: true, matchOnDetail: true });
    const searched = choices.flatMap(({ label, detail }) => [label, detail ?? '']);
    const show = (first: readonly TimeChoice[]) => {
        pick.items = [...first, ...choices];
        if (first.length === 0 && pick.value === '' && current) pick.activeItems = [current];
    };
    pick.onDidChangeValue((value) => {
        const typed = typedTime(value, searched);
        // it stands first, whatever the other choices are called
        if (typed.kind === 'time') show([{ label: offer(value.trim()), time: typed.seconds, alwaysShow: true }]);
        else if (typed.kind === 'unclear') show([{ label: `$(info) ${typed.hint}`, alwaysShow: true }]);
        else if (pick.items.length > choices.length || value === '') show([]);
    });
    pick.onDidChangeActive(([active]) => {
        if (active?.time !== undefined) preview?.(active.time);
    });
    show([]);
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
