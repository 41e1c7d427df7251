import * as vscode from 'vscode';
import type { ProblemSeverity } from '../../server/knowledge/severities.js';
import type { FindingItem, TopologySummary } from '../../server/protocol/views.js';
import { findingsIn } from '../client/status.js';
import { collapsed, expanded, leaf, openAt, treeItem } from './items.js';
import type { Row } from './rows.js';
import type { ViewServer } from './server.js';
import { topologyRows } from './topologies.js';

const groups: Readonly<Record<ProblemSeverity, { label: string; icon: string; color: string }>> = {
    error: { label: vscode.l10n.t('Errors'), icon: 'error', color: 'problemsErrorIcon.foreground' },
    warning: { label: vscode.l10n.t('Warnings'), icon: 'warning', color: 'problemsWarningIcon.foreground' },
    info: { label: vscode.l10n.t('Info'), icon: 'info', color: 'problemsInfoIcon.foreground' },
    hint: { label: vscode.l10n.t('Hints'), icon: 'lightbulb', color: 'problemsInfoIcon.foreground' },
};

/** What there is to say of each topology, all its files together. */
export function findingRows(server: ViewServer) {
    return async (token: vscode.CancellationToken): Promise<Row[]> => {
        const topologies = (await server.topologies({}, token)).filter(({ findings }) =>
            Object.values(findings).some((count) => count > 0),
        );
        const say = { description: ({ findings }: TopologySummary) => findingsIn(findings), children: groupRows };
        return topologyRows(server, topologies, say, token);
    };

    async function groupRows({ uri }: TopologySummary, token: vscode.CancellationToken): Promise<Row[]> {
        const findings = await server.findings({ uri }, token);
        return (Object.keys(groups) as ProblemSeverity[]).flatMap((severity) => {
            const found = findings.filter((finding) => finding.severity === severity);
            return found.length > 0 ? [groupRow(`${uri}#${severity}`, severity, found)] : [];
        });
    }
}

function groupRow(id: string, severity: ProblemSeverity, findings: readonly FindingItem[]): Row {
    const { label, icon, color } = groups[severity];
    return {
        id,
        item: treeItem(label, severity === 'error' || severity === 'warning' ? expanded : collapsed, {
            description: findings.length.toLocaleString(),
            iconPath: new vscode.ThemeIcon(icon, new vscode.ThemeColor(color)),
        }),
        children: () => {
            const seen = new Map<string, number>();
            return findings.map((finding) => {
                // the place moves with each edit above it: a row is told by what it says
                const key = `${id}/${finding.code}/${finding.message}`;
                const count = seen.get(key) ?? 0;
                seen.set(key, count + 1);
                return findingRow(`${key}/${count}`, finding);
            });
        },
    };
}

function findingRow(id: string, { message, code, at }: FindingItem): Row {
    const file = vscode.workspace.asRelativePath(vscode.Uri.parse(at.uri));
    const place = `${file}:${at.range.start.line + 1}`;
    const tooltip = new vscode.MarkdownString()
        .appendText(message)
        .appendMarkdown('\n\n')
        .appendText(`${code} · ${place}`);
    return {
        id,
        item: treeItem(message, leaf, {
            description: place,
            tooltip,
            command: openAt(at),
            spoken: `${message} ${place}`,
        }),
    };
}
