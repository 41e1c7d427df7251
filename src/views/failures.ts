import * as vscode from 'vscode';
import type { Gravity } from '../../server/failure/gravity.js';
import type { FailureGroup, TopologySummary, WeighedElement } from '../../server/protocol/views.js';
import { linkedCommands } from '../client/options.js';
import { countOfElements } from '../client/status.js';
import type { RunningSimulations } from '../simulation/running.js';
import { countOf } from '../simulation/wording.js';
import { collapsed, expanded, kindIcon, leaf, openAt, stateIcon, treeItem } from './items.js';
import type { Row } from './rows.js';
import type { ViewServer } from './server.js';
import { topologyRows } from './topologies.js';

const groups: Readonly<Record<Gravity, { label: string; tooltip: string; icon: () => vscode.ThemeIcon }>> = {
    down: {
        label: vscode.l10n.t('Down'),
        tooltip: vscode.l10n.t('Each of these failures takes down a host, a service or workloads.'),
        icon: () => stateIcon('error', 'total'),
    },
    degraded: {
        label: vscode.l10n.t('Degraded'),
        tooltip: vscode.l10n.t(
            'With each of these failures users lose a share of their requests, or a part of the answers.',
        ),
        icon: () => stateIcon('warning', 'limited'),
    },
    failover: {
        label: vscode.l10n.t('Failover'),
        tooltip: vscode.l10n.t(
            'With each of these failures users are down for a moment, and then served from elsewhere.',
        ),
        icon: () => stateIcon('arrow-swap', 'failover'),
    },
    operators: {
        label: vscode.l10n.t('Only operators notice'),
        tooltip: vscode.l10n.t('Users notice none of these failures; what operators do is limited, or waits.'),
        icon: () => stateIcon('tools', 'operators'),
    },
    spare: {
        label: vscode.l10n.t('Only a spare is lost'),
        tooltip: vscode.l10n.t('With each of these failures everything goes on, with fewer spares.'),
        icon: () => stateIcon('shield', 'spare'),
    },
    none: {
        label: vscode.l10n.t('Nobody notices'),
        tooltip: vscode.l10n.t('Nobody would notice these failures.'),
        icon: () => stateIcon('pass', 'held'),
    },
};

/** Everything that can fail, by what its failure alone comes to: the gravest first. */
export function failureRows(server: ViewServer, running: RunningSimulations) {
    return async (token: vscode.CancellationToken): Promise<Row[]> => {
        const say = { description: ({ elements }: TopologySummary) => countOfElements(elements), children: groupRows };
        return topologyRows(server, await server.topologies({}, token), say, token);
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
            item: treeItem(label, gravity === 'down' ? expanded : collapsed, {
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
        const { name, label, kind, title, marksInWords, headline, at, hasParts } = element;
        const id = `${parent}/${name}`;
        const item = treeItem(label, hasParts ? collapsed : leaf, {
            description: isFailed ? vscode.l10n.t('failed (simulated)') : headline,
            iconPath: isFailed ? stateIcon('close', 'failed') : kindIcon(kind),
            contextValue: `${isFailed ? 'failure' : 'element'} ${kind}`,
            command: openAt(at),
            spoken: [`${title} ${label}`, isFailed ? vscode.l10n.t('failed, simulated') : headline, marksInWords].join(
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
