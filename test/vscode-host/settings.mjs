import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A VS Code that shows what was asked for, and nothing that pops up by itself. */
const QUIET = {
    'chat.disableAIFeatures': true,
    'extensions.autoCheckUpdates': false,
    'extensions.ignoreRecommendations': true,
    // the browser's VS Code saves by itself, desktop VS Code does not
    'files.autoSave': 'off',
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
};

/** Writes the user's settings of a VS Code that has not started yet. */
export function writeUserSettings(userDataDir, settings = {}) {
    const folder = join(userDataDir, 'User');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
}
