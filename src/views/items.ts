import * as vscode from 'vscode';
import type { ComponentKindId } from '../../server/knowledge/components.js';
import type { SourceLocation } from '../../server/topology/topology.js';
import { stateColors } from '../simulation/decorations.js';

export const expanded = vscode.TreeItemCollapsibleState.Expanded;
export const collapsed = vscode.TreeItemCollapsibleState.Collapsed;
export const leaf = vscode.TreeItemCollapsibleState.None;

type Look = Pick<vscode.TreeItem, 'description' | 'tooltip' | 'iconPath' | 'contextValue' | 'command'> & {
    /** What a screen reader says instead of label and description, or of the tooltip where there is one. */
    readonly spoken?: string;
};

export function treeItem(label: string, state: vscode.TreeItemCollapsibleState, look: Look): vscode.TreeItem {
    const { spoken, ...properties } = look;
    const item = Object.assign(new vscode.TreeItem(label, state), properties);
    if (spoken !== undefined) item.accessibilityInformation = { label: spoken };
    return item;
}

/** Leads to a place and leaves the focus in the tree, so that one can walk down the rows. */
export function openAt({ uri, range }: SourceLocation): vscode.Command {
    const { line, character } = range.start;
    const selection = new vscode.Range(line, character, line, character);
    return {
        title: vscode.l10n.t('Go to Declaration'),
        command: 'vscode.open',
        arguments: [vscode.Uri.parse(uri), { selection, preserveFocus: true } satisfies vscode.TextDocumentShowOptions],
    };
}

/** An icon in the colour of a state of the simulation. */
export function stateIcon(id: string, state: keyof typeof stateColors): vscode.ThemeIcon {
    return new vscode.ThemeIcon(id, new vscode.ThemeColor(stateColors[state]));
}

/** Product icons by kind; kinds that are not named are components. */
const kindIcons: Partial<Record<ComponentKindId, string>> = {
    region: 'globe',
    zone: 'location',
    'management-cluster': 'server-environment',
    'hosted-management-cluster': 'cloud',
    'standby-management-cluster': 'server-environment',
    'workload-cluster': 'server',
    'management-plane': 'layers',
    'central-control-plane': 'layers',
    'edge-control-plane': 'layers',
    'data-plane': 'layers',
    postgres: 'database',
    elasticsearch: 'database',
    banyandb: 'database',
    'iam-signing-key': 'key',
    'root-ca': 'key',
    'identity-provider': 'account',
    gateway: 'sign-in',
    service: 'package',
    instances: 'vm',
    'external-service': 'cloud',
    link: 'arrow-swap',
    'directed-link': 'arrow-right',
};

export function kindIcon(kind: ComponentKindId): vscode.ThemeIcon {
    return new vscode.ThemeIcon(kindIcons[kind] ?? 'symbol-property');
}
