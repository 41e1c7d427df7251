import * as vscode from 'vscode';
import { pageIn } from '../webview/page.js';
import html from './page.html';

/**
 * The page in which a picture is shown.
 *
 * @param dist the folder of what was built
 * @param uri the address of the estate, which the page keeps for a reload
 */
export function pictureIn(webview: vscode.Webview, dist: vscode.Uri, uri: string): string {
    return pageIn(webview, dist, {
        bundle: 'picture',
        html,
        values: new Map(Object.entries({ ...words(), uri })),
        words: wordsOfScript(),
        paints: true,
    });
}

function words() {
    return {
        picture: vscode.l10n.t('Picture'),
        layers: vscode.l10n.t('Layers'),
        traffic: vscode.l10n.t('Requests'),
        configuration: vscode.l10n.t('Configuration'),
        metrics: vscode.l10n.t('Metrics'),
        spares: vscode.l10n.t('Spare ways'),
        search: vscode.l10n.t('Search'),
        searchIn: vscode.l10n.t('Search in the picture'),
        tidy: vscode.l10n.t('Tidy'),
        tidyMeans: vscode.l10n.t('Arrange everything anew'),
        list: vscode.l10n.t('List'),
        asList: vscode.l10n.t('The picture as a list'),
        nothing: vscode.l10n.t('There is no topology to draw.'),
        zoom: vscode.l10n.t('Zoom'),
        smaller: vscode.l10n.t('Smaller'),
        larger: vscode.l10n.t('Larger'),
        fit: vscode.l10n.t('Fit'),
        whole: vscode.l10n.t('All of it'),
        time: vscode.l10n.t('Time'),
    };
}

/** What the script of the page says by itself. */
function wordsOfScript(): Readonly<Record<'foundOf' | 'foundNothing' | 'time', string>> {
    return {
        foundOf: vscode.l10n.t('{0} of {1}', '{0}', '{1}'),
        foundNothing: vscode.l10n.t('Nothing found'),
        time: vscode.l10n.t('Time'),
    };
}
