// The running simulation as one sees it in the window.
import * as vscode from 'vscode';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { click, drawnTexts, evaluate, texts, type DrawnText } from './page.js';
import { poll } from './poll.js';

/** Clicks a lens of the line of lenses right above the line that contains `line`. */
export async function clickLens(title: string, line: string): Promise<void> {
    const at = await poll(`${title} above ${line}`, () =>
        evaluate<{ x: number; y: number } | undefined>(`
            (() => {
                const plain = (text) => text.replaceAll('\u00a0', ' ');
                const middle = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
                const line = [...document.querySelectorAll('.view-lines .view-line')].find((element) =>
                    plain(element.textContent).includes(${JSON.stringify(line)}),
                );
                if (!line) return undefined;
                const { y } = line.getBoundingClientRect();
                return [...document.querySelectorAll('.codelens-decoration a')]
                    .filter((link) => plain(link.textContent).includes(${JSON.stringify(title)}))
                    .map((link) => middle(link.getBoundingClientRect()))
                    .filter((at) => at.y < y && at.y > y - 30)[0];
            })()
        `).then((at) => at ?? undefined),
    );
    await click(at);
}

/** The results that are drawn at the lines' ends, once they are right. */
export function resultsOnce(what: string, areRight: (results: DrawnText[]) => boolean): Promise<DrawnText[]> {
    let last: DrawnText[] = [];
    const ask = async () => {
        last = await drawnTexts();
        return areRight(last) && last;
    };
    return poll(what, ask).catch((error: Error) => {
        throw new Error(`${error.message}; drawn are\n${last.map(({ line, text }) => `${line}   ${text}`).join('\n')}`);
    });
}

/** The result on the line that contains `line`. */
export function resultOn(results: readonly DrawnText[], line: string): string | undefined {
    return results.find((result) => result.line.includes(line))?.text;
}

/** The text of the status bar item, once it says so. */
export async function statusBarOnce(expected: RegExp): Promise<void> {
    let last: string[] = [];
    const ask = async () => {
        last = (await texts('.statusbar-item')).filter((text) => /\d failures?:/.test(text));
        return last.some((text) => expected.test(text));
    };
    await poll(`${String(expected)} in the status bar`, ask).catch((error: Error) => {
        throw new Error(`${error.message}, which shows ${JSON.stringify(last)}`);
    });
}

/** Whether the text of the status bar item says so now. */
export async function isInStatusBar(expected: RegExp): Promise<boolean> {
    return (await texts('.statusbar-item')).some((text) => /\d failures?:/.test(text) && expected.test(text));
}

/** Waits until the status bar shows that time of the simulation. */
export async function timeOnce(label: string): Promise<void> {
    await poll(`${label} in the status bar`, async () =>
        (await texts('.statusbar-item')).some((text) => text.trim() === label),
    );
}

export async function noStatusBar(): Promise<void> {
    await poll('no simulation in the status bar', async () => {
        return !(await texts('.statusbar-item')).some((text) => /\d failures?:/.test(text));
    });
}

/** Takes one of the choices of the quick pick in sight. */
export async function choose(text: string): Promise<void> {
    await click(`.quick-input-list .monaco-list-row:has-text(${JSON.stringify(text)})`);
}

export async function fail(uri: vscode.Uri, element: string): Promise<void> {
    await vscode.commands.executeCommand(simulationCommands.fail, { uri: uri.toString(), element });
}

export async function recover(uri: vscode.Uri, element: string): Promise<void> {
    await vscode.commands.executeCommand(simulationCommands.recover, { uri: uri.toString(), element });
}

export async function endSimulation(): Promise<void> {
    await vscode.commands.executeCommand(simulationCommands.clear);
}
