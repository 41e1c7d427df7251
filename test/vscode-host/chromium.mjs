// Finds a Chromium, or installs it where that is possible without asking anyone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {string} the path of a Chromium, with fonts for text and for ✅ ⚠️ ❌. Throws when there is none. */
export function ensureChromium() {
    const missing = [];
    if (!findChromium() && !process.env.CHROMIUM_PATH) missing.push('chromium', 'fonts-dejavu-core');
    if (!hasEmojiFont()) missing.push('fonts-noto-color-emoji');
    if (missing.length > 0 && canInstall()) aptInstall(missing);

    const chromium = findChromium();
    if (!chromium) {
        const at = process.env.CHROMIUM_PATH ? ` at CHROMIUM_PATH=${process.env.CHROMIUM_PATH}` : '';
        throw new Error(
            `The editor tests need Chromium (or Chrome) to show VS Code, and found none${at}.\n` +
                'Install it, for example with "sudo apt-get install chromium fonts-noto-color-emoji",\n' +
                'or set CHROMIUM_PATH to its executable.',
        );
    }
    return chromium;
}

function findChromium() {
    const folders = (process.env.PATH ?? '').split(delimiter);
    const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
    const candidates = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : onPath;
    return candidates.find(
        // asked for its version, because Ubuntu has a chromium-browser that only says where to get one
        (path) => existsSync(path) && succeeds(path, ['--version']),
    );
}

function hasEmojiFont() {
    const list = spawnSync('fc-list', [':lang=und-zsye', 'family'], { encoding: 'utf8' });
    return list.status === 0 && list.stdout.trim() !== '';
}

/** Root on Debian or Ubuntu: most likely a container. */
function canInstall() {
    return process.getuid?.() === 0 && existsSync('/etc/debian_version') && succeeds('apt-get', ['--version']);
}

function aptInstall(packages) {
    console.log(`Installing ${packages.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
        const apt = spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
        if (apt.status !== 0) console.error(`apt-get ${args.join(' ')} failed:\n${apt.stdout}${apt.stderr}`);
    }
}

function succeeds(command, args) {
    return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
