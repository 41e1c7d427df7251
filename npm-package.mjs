// Packs the command line and the language server for npm, from the bundles in dist/:
//
//   npm run package:npm     makes dist/tsbtopo-VERSION.tgz, with the programs tsbtopo and tsbtopo-server
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = import.meta.dirname;
const bundled = ['cli.cjs', 'cli', 'server.cjs', 'THIRD-PARTY-NOTICES.txt'];

/**
 * @param {string} dist folder with the bundles and the notices
 * @param {string} into folder for the package
 * @returns {string} the package
 */
export function packForNpm(dist, into) {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-npm-'));
    try {
        mkdirSync(join(folder, 'dist'));
        for (const name of bundled) cpSync(join(dist, name), join(folder, 'dist', name), { recursive: true });
        writeFileSync(join(folder, 'dist/server-stdio.cjs'), serverProgram);
        for (const name of ['cli.cjs', 'server-stdio.cjs']) chmodSync(join(folder, 'dist', name), 0o755);
        copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
        writeFileSync(join(folder, 'README.md'), readme);
        writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
        const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', resolve(into)], {
            cwd: folder,
            encoding: 'utf8',
            shell: process.platform === 'win32',
        });
        if (status !== 0) throw new Error(`npm pack: ${stderr}`);
        return join(resolve(into), JSON.parse(stdout)[0].filename);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** The bundles hold everything, so the package depends on nothing. */
function manifest() {
    const { name, version, license, engines, keywords } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    return {
        name,
        version,
        description: 'Simulates failures of a Tetrate Service Bridge estate: command line and language server.',
        license,
        keywords,
        engines: { node: engines.node },
        bin: { tsbtopo: 'dist/cli.cjs', 'tsbtopo-server': 'dist/server-stdio.cjs' },
        files: ['dist'],
    };
}

/** As a program of its own the server needs to be told of no channel: there is only standard input and output. */
const serverProgram = `#!/usr/bin/env node
if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
require('./server.cjs');
`;

const readme = `# tsbtopo

Simulates failures of a Tetrate Service Bridge estate that is described in \`.tsbtopo\` files.

\`\`\`sh
npx tsbtopo check .
npx tsbtopo simulate . --fail mgmt
npx tsbtopo --help
\`\`\`

\`tsbtopo-server\` is the language server, over standard input and output, for editors other than VS Code.

Apache-2.0; \`dist/THIRD-PARTY-NOTICES.txt\` names the code of others in it.
`;

if (process.argv[1] === import.meta.filename) console.log(packForNpm(join(ROOT, 'dist'), join(ROOT, 'dist')));
