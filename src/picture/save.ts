import * as vscode from 'vscode';
import { linkless } from '../../server/encoding/labels.js';
import type { PicturePanel } from './panel.js';

/** Asks for a file, and writes the picture into it: what its name ends with says as what. */
export async function savePicture(panel: PicturePanel): Promise<void> {
    const name = panel.panel.title.replace(/[^\p{L}\p{N}._-]+/gu, '-');
    const target = await vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.joinPath(panel.uri, '..', `${name}.svg`),
        filters: { [vscode.l10n.t('SVG, for pages')]: ['svg'], [vscode.l10n.t('PNG, for slides')]: ['png'] },
    });
    if (target) await writePicture(panel, target);
}

/** Writes the picture into a file, as SVG or, where its name ends so, as PNG in the theme of the window. */
export async function writePicture(panel: PicturePanel, target: vscode.Uri): Promise<void> {
    const isPng = target.path.toLowerCase().endsWith('.png');
    const svg = await panel.text('svg', isPng ? themeNow() : 'auto');
    if (svg === undefined) return;
    const bytes = isPng ? await panel.paint(svg) : new TextEncoder().encode(svg);
    if (!bytes) {
        const file = vscode.workspace.asRelativePath(target);
        void vscode.window.showErrorMessage(linkless(vscode.l10n.t('{0} cannot be painted; SVG can.', file)));
        return;
    }
    await vscode.workspace.fs.writeFile(target, bytes);
}

function themeNow(): 'light' | 'dark' {
    const { kind } = vscode.window.activeColorTheme;
    return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast ? 'dark' : 'light';
}
