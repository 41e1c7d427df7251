import * as vscode from 'vscode';
import type { Gravity } from '../../server/failure/gravity.js';
import type { FailureGroup, TopologySummary, WeighedElement } from '../../server/simulation/protocol.js';
import { linkedCommands } from '../client/options.js';
import { countOfElements } from '../client/status.js';
import type { RunningSimulations } from '../simulation/running.js';
import { countOf } from '../simulation/wording.js';
import { collapsed, expanded, kindIcon, leaf, openAt, stateIcon, treeItem } from './items.js';
import type { Row } from './rows.js';
import type { ViewServer } from './server.js';

const groups: Readonly<Record<Gravity, { label: string; tooltip: string; icon: () => vscode.ThemeIcon }>> = {
    total: {
        label: vscode.l10n.t('Something is lost'),
        tooltip: vscode.l10n.t('Each of these failures takes a host or an operation as a whole.'),
        icon: () => stateIcon('error', 'total'),
    },
    limited: {
        label: vscode.l10n.t('Something is limited'),
        tooltip: vscode.l10n.t('Each of these failures takes a part of an operation.'),
        icon: () => stateIcon('warning', 'limited'),
    },
    redundancy: {
        label: vscode.l10n.t('Only redundancy is lost'),
        tooltip: vscode.l10n.t(
            'With each of these failures everything goes on: something else takes over, or changes wait.',
        ),
        icon: () => new vscode.ThemeIcon('shield'),
    },
    nothing: {
        label: vscode.l10n.t('Nothing happens'),
        tooltip: vscode.l10n.t('Nobody would notice these failures.'),
        icon: () => stateIcon('pass', 'held'),
    },
};

/** Everything that can fail, by what its failure alone comes to: the gravest first. */
export function failureRows(server: ViewServer, running: RunningSimulations) {
    return async (token: vscode.CancellationToken): Promise<Row[]> => {
        const topologies = await server.topologies(token);
        const [only, ...others] = topologies;
        if (only && others.length === 0) return groupRows(only, token);
        return topologies.map((topology) => ({
            id: topology.uri,
            uri: topology.uri,
            item: treeItem(topology.topology, expanded, {
                description: countOfElements(topology.elements),
                contextValue: 'topology',
            }),
            children: (later) => groupRows(topology, later),
        }));
    };

    async function groupRows({ uri }: TopologySummary, token: vscode.CancellationToken): Promise<Row[]> {
        return (await server.failures({ uri }, token)).map((group) => groupRow(uri, group));
    }

    function groupRow(uri: string, { gravity, count }: FailureGroup): Row {
        const { label, tooltip, icon } = groups[gravity];
        const id = `${uri}#${gravity}`;
        return {
            id,
            uri,
            // the worst is what one comes for
            item: treeItem(label, gravity === 'total' ? expanded : collapsed, {
                description: count.toLocaleString(),
                tooltip,
                iconPath: icon(),
                contextValue: 'group',
                spoken: `${label}: ${countOf(count)}`,
            }),
            children: async (token) => elementRows(id, uri, await server.elements({ uri, gravity }, token)),
        };
    }

    function elementRows(parent: string, uri: string, elements: readonly WeighedElement[]): Row[] {
        const failed = new Set(running.of(uri)?.failures);
        return elements.map((element) => elementRow(parent, uri, element, failed.has(element.name)));
    }

    function elementRow(parent: string, uri: string, element: WeighedElement, isFailed: boolean): Row {
        const { name, label, kind, title, marks, marksInWords, headline, at, hasParts } = element;
        const id = `${parent}/${name}`;
        const item = treeItem(label, hasParts ? collapsed : leaf, {
            description: isFailed ? vscode.l10n.t('failed (simulated)') : [marks, headline].filter(Boolean).join('  '),
            iconPath: isFailed ? stateIcon('close', 'failed') : kindIcon(kind),
            contextValue: `${isFailed ? 'failure' : 'element'} ${kind}`,
            command: openAt(at),
            spoken: [`${title} ${label}`, isFailed ? vscode.l10n.t('failed, simulated') : marksInWords, headline].join(
                '. ',
            ),
        });
        return {
            id,
            uri,
            element: name,
            item,
            tooltip: async (token) => {
                const text = await server.explanation({ uri, element: name }, token);
                if (text === null) return undefined;
                const markdown = new vscode.MarkdownString(text);
                markdown.isTrusted = { enabledCommands: linkedCommands };
                return markdown;
            },
            ...(hasParts && {
                children: async (token) => elementRows(id, uri, await server.elements({ uri, within: name }, token)),
            }),
        };
    }
}
