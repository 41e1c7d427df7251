import * as vscode from 'vscode';
import { commandLink, text } from '../../server/encoding/markdown.js';
import type { SimulationEvent, SimulationTime, SimulationView } from '../../server/protocol/simulation-state.js';
import { commandIds } from './command-ids.js';
import { countOfFailures } from './wording.js';

/** How many events a tooltip lists, the current one in their middle. */
const mostEvents = 9;
/** How much of an event a tooltip tells, in characters. */
const longestText = 110;

/** Commands to which the tooltip links. */
export const linkedCommands = [
    commandIds.nextEvent,
    commandIds.previousEvent,
    commandIds.goToTime,
    commandIds.lastFor,
    commandIds.beganAt,
    commandIds.restartElement,
    commandIds.whatHappensWhen,
];

/** "4 h 48 min"; "from 4 h 48 min" for what may happen from then on. */
export function eventTime({ certain, label }: SimulationEvent): string {
    return certain ? label : vscode.l10n.t('from {0}', label);
}

/** "after 4 h 48 min"; "at 14:53" where somebody has said when it began. */
export function timePhrase({ label, began }: SimulationTime): string {
    return began === undefined ? vscode.l10n.t('after {0}', label) : vscode.l10n.t('at {0}', label);
}

/** "1 failure", "2 failures after 4 h 48 min". */
export function scenarioAtTime(view: SimulationView): string {
    const failures = countOfFailures(view);
    return view.time.at > 0 ? `${failures} ${timePhrase(view.time)}` : failures;
}

export function hasNext({ time }: SimulationView): boolean {
    return time.events.some(({ at }) => at > time.at);
}

export function hasPrevious({ time }: SimulationView): boolean {
    return time.at > 0;
}

/** What happens when, with the current event marked, and how to move through it. Markdown with links to commands. */
export function timeMarkdown(view: SimulationView): string {
    const { topology, uri, time } = view;
    const first = Math.max(0, Math.min(time.current - Math.floor(mostEvents / 2), time.events.length - mostEvents));
    const shown = time.events.slice(first, first + mostEvents);
    const rows = shown.map((event, index) => {
        const when = onOneLine(text(eventTime(event)));
        const isCurrent = first + index === time.current;
        const label = isCurrent ? `**${when}**` : commandLink(when, commandIds.goToTime, { uri, at: event.at });
        return `| ${label} | ${onOneLine(text(event.hurt))} | ${text(shortened(event.text, longestText))} |`;
    });
    const more = [
        ...(first > 0 ? [vscode.l10n.t('{0} earlier', first)] : []),
        ...(time.events.length > first + shown.length
            ? [vscode.l10n.t('{0} later', time.events.length - first - shown.length)]
            : []),
    ];
    return [
        `**${text(topology)}** ${time.at > 0 ? timePhrase(time) : time.label}`,
        ['| | | |', '|:--|:--|:--|', ...rows].join('\n'),
        ...(more.length > 0 ? [vscode.l10n.t('… and {0}', more.join(', '))] : []),
        [
            ...(hasPrevious(view) ? [commandLink(vscode.l10n.t('Previous'), commandIds.previousEvent, { uri })] : []),
            ...(hasNext(view) ? [commandLink(vscode.l10n.t('Next'), commandIds.nextEvent, { uri })] : []),
            commandLink(vscode.l10n.t('Go to…'), commandIds.goToTime, { uri }),
            commandLink(vscode.l10n.t('What happens when?'), commandIds.whatHappensWhen),
        ].join(' · '),
        [
            vscode.l10n.t('Failures last {0}', commandLink(time.lasts, commandIds.lastFor, { uri })),
            commandLink(
                time.began === undefined ? vscode.l10n.t('It began at…') : vscode.l10n.t('It began at {0}', time.began),
                commandIds.beganAt,
                { uri },
            ),
            commandLink(vscode.l10n.t('Restart something…'), commandIds.restartElement, { uri }),
        ].join(' · '),
    ].join('\n\n');
}

function onOneLine(words: string): string {
    return words.replaceAll(' ', '\u00a0');
}

/** A text up to the last whole word that has room. */
export function shortened(words: string, longest: number): string {
    if (words.length <= longest) return words;
    const whole = words.slice(0, Math.max(0, words.lastIndexOf(' ', longest)));
    return `${whole.replace(/[,;:.]$/, '')}…`;
}
