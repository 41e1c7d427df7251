import * as vscode from 'vscode';
import {
    operationMeanings,
    operations,
    operationTitles,
    severityWords,
    type Severity,
} from '../../server/knowledge/operations.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import type { RunningSimulations } from '../simulation/running.js';
import { countOfFailures, stateWord } from '../simulation/wording.js';
import { collapsed, expanded, leaf, openAt, stateIcon, treeItem } from './items.js';
import type { Row } from './rows.js';

type Loss = SimulationView['losses'][number];

/** So many losses are in sight from the start. */
const mostExpanded = 12;

const lossIcons: Readonly<Record<Loss['kind'], string>> = { host: 'globe', service: 'package', cluster: 'server' };

const operationIcons: Readonly<Record<Severity, () => vscode.ThemeIcon>> = {
    unaffected: () => stateIcon('pass', 'held'),
    limited: () => stateIcon('warning', 'limited'),
    total: () => stateIcon('error', 'total'),
};

const lossStateIcons: Readonly<Record<Loss['state'], () => vscode.ThemeIcon>> = {
    total: operationIcons.total,
    limited: operationIcons.limited,
    operators: () => stateIcon('tools', 'operators'),
};

/** Each topology in which something is made to fail: its failures, how the four operations fare, and what is lost. */
export function scenarioRows(running: RunningSimulations) {
    return (): Row[] =>
        running.all.map((view) => ({
            id: view.uri,
            uri: view.uri,
            item: treeItem(view.topology, expanded, {
                description: view.headline,
                contextValue: 'scenario',
                tooltip: view.headline,
                spoken: `${view.topology}, ${countOfFailures(view)}. ${view.marksInWords}. ${view.headline}`,
            }),
            children: () => [
                ...failureRows(view),
                ...operationRows(view),
                ...lossRows(view, 'total', stateWord('total')),
                ...lossRows(view, 'limited', stateWord('limited')),
                ...lossRows(view, 'operators', stateWord('operators')),
            ],
        }));
}

function failureRows({ uri, failed }: SimulationView): Row[] {
    return failed.map(({ name, at }) => ({
        id: `${uri}#failure/${name}`,
        uri,
        element: name,
        item: treeItem(name, leaf, {
            description: at ? vscode.l10n.t('failed (simulated)') : vscode.l10n.t('no longer in the file'),
            iconPath: stateIcon('close', 'failed'),
            contextValue: 'failure',
            command: at && openAt(at),
        }),
    }));
}

function operationRows({ uri, operations: severities }: SimulationView): Row[] {
    return operations.map((operation) => ({
        id: `${uri}#operation/${operation}`,
        uri,
        item: treeItem(operationTitles[operation], leaf, {
            description: severityWords[severities[operation]],
            iconPath: operationIcons[severities[operation]](),
            tooltip: operationMeanings[operation],
            contextValue: 'operation',
            spoken: `${operationTitles[operation]}: ${severityWords[severities[operation]]}`,
        }),
    }));
}

function lossRows({ uri, losses }: SimulationView, state: Loss['state'], label: string): Row[] {
    const found = losses.filter((loss) => loss.state === state);
    if (found.length === 0) return [];
    const id = `${uri}#${state}`;
    return [
        {
            id,
            uri,
            item: treeItem(label, found.length > mostExpanded ? collapsed : expanded, {
                description: found.length.toLocaleString(),
                iconPath: lossStateIcons[state](),
                contextValue: 'losses',
            }),
            children: () =>
                found.map(({ kind, name, text, at }) => ({
                    id: `${id}/${kind}/${name}`,
                    uri,
                    item: treeItem(name, leaf, {
                        description: text,
                        tooltip: `${kind} ${name}: ${text}`,
                        iconPath: stateIcon(lossIcons[kind], state),
                        contextValue: 'loss',
                        command: openAt(at),
                        spoken: `${kind} ${name}, ${stateWord(state)}: ${text}`,
                    }),
                })),
        },
    ];
}
