import * as vscode from 'vscode';
import { pageIn } from '../webview/page.js';
import type { PageWords } from './messages.js';
import html from './page.html';

/**
 * The page in which a matrix is shown.
 *
 * @param dist the folder of what was built
 * @param uri the address of the estate, which the page keeps for a reload
 */
export function matrixIn(webview: vscode.Webview, dist: vscode.Uri, uri: string): string {
    return pageIn(webview, dist, {
        bundle: 'matrix',
        html,
        values: new Map(Object.entries({ ...words(), uri })),
        words: wordsOfScript(),
    });
}

function words() {
    return {
        matrix: vscode.l10n.t('Matrix'),
        filter: vscode.l10n.t('Filter'),
        filterFailures: vscode.l10n.t('Filter failures'),
        group: vscode.l10n.t('Group'),
        noGroups: vscode.l10n.t('No groups'),
        whoNotices: vscode.l10n.t('Who notices'),
        kind: vscode.l10n.t('Kind'),
        region: vscode.l10n.t('Region'),
        cluster: vscode.l10n.t('Cluster'),
        sort: vscode.l10n.t('Sort'),
        gravestFirst: vscode.l10n.t('The gravest first'),
        byName: vscode.l10n.t('By name'),
        components: vscode.l10n.t('Components'),
        whatEachDoes: vscode.l10n.t('What each failure does'),
    };
}

/** What the script of the page says by itself. */
function wordsOfScript(): PageWords {
    return {
        ofAll: vscode.l10n.t('{0} of {1}', '{0}', '{1}'),
        weighing: vscode.l10n.t('{0} of {1}, {2} still to be weighed', '{0}', '{1}', '{2}'),
        nothing: vscode.l10n.t('Nothing that can fail is declared yet.'),
        failed: vscode.l10n.t('failed (simulated)'),
        unaffected: vscode.l10n.t('unaffected'),
        sortBy: vscode.l10n.t('Sort by it'),
        promises: vscode.l10n.t('Promises: {0}', '{0}'),
        judging: vscode.l10n.t('Promises: being judged…'),
        simulateCounterexample: vscode.l10n.t('Simulate the counterexample'),
        morePromises: vscode.l10n.t('And {0} more', '{0}'),
    };
}
