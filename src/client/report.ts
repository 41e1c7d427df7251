import * as vscode from 'vscode';
import { commandIds } from '../simulation/command-ids.js';
import type { SimulationServer } from '../simulation/server.js';
import { topologyFile } from './documents.js';
import { reportingErrors } from './errors.js';
import type { TopologyClient } from './language-server.js';

/** Offers to put together what a report of a mistake needs. It is shown to the user, and sent nowhere. */
export function offerReport(
    client: TopologyClient,
    server: SimulationServer,
    { extension }: vscode.ExtensionContext,
): vscode.Disposable {
    const register = vscode.commands.registerCommand;
    return register(commandIds.reportIssue, reportingErrors(show));

    async function show(): Promise<void> {
        const { version } = extension.packageJSON as { version: string };
        const uri = (await topologyFile())?.toString();
        const estate = uri === undefined ? undefined : await server.withoutNames({ uri }).catch(() => undefined);
        const content = reportOf(version, estate, client.log);
        await vscode.window.showTextDocument(
            await vscode.workspace.openTextDocument({ language: 'markdown', content }),
        );
    }
}

/** The page; the log may name files and elements, which its heading says. */
function reportOf(version: string, estate: string | undefined, log: readonly string[]): string {
    return [
        `# ${vscode.l10n.t('TSB Topology: report of a mistake')}`,
        vscode.l10n.t('Look through this page before you pass it on. What did you do, and what happened?'),
        `## ${vscode.l10n.t('Versions')}`,
        `TSB Topology ${version}, ${vscode.env.appName} ${vscode.version} (${process.platform} ${process.arch}, Node ${process.versions.node})`,
        `## ${vscode.l10n.t('The estate, with names replaced')}`,
        estate === undefined ? '–' : fenced(estate),
        `## ${vscode.l10n.t('The end of the log, which may contain names')}`,
        log.length === 0 ? '–' : fenced(log.join('\n')),
        '',
    ].join('\n\n');
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}\n${text.trimEnd()}\n${fence}`;
}
