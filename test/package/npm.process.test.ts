import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { forCommandLine, forNode } from '../../bundles.mjs';
import { noticesOf, packagesIn } from '../../notices.mjs';
import { packForNpm } from '../../npm-package.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-install-'));
const installed = join(folder, 'node_modules');
const program = (name: string) => join(installed, '.bin', name);
const shell = process.platform === 'win32';

beforeAll(async () => {
    const dist = join(folder, 'bundles');
    const bundles = [...forCommandLine('0.0.0'), { ...forNode, entryPoints: { server: join(root, 'server/main.ts') } }];
    const built = await Promise.all(
        bundles.map((bundle) =>
            esbuild.build({ ...bundle, outdir: dist, absWorkingDir: root, metafile: true as const }),
        ),
    );
    const packages = built.flatMap(({ metafile }) => packagesIn(metafile));
    writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), noticesOf(packages, root));
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const options = ['--offline', '--no-audit', '--no-fund', '--silent'];
    execFileSync('npm', ['install', ...options, packForNpm(dist, folder)], { cwd: folder, shell });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package for npm is installed without a network, and checks files', () => {
    const name = 'five-lines.tsbtopo';
    writeFileSync(join(folder, name), readFileSync(join(root, 'examples', name)));
    expect(execFileSync(program('tsbtopo'), ['check', name], { cwd: folder, encoding: 'utf8', shell })).toContain(
        'in 1 file',
    );
});

test('its server answers over standard input and output', async () => {
    const server = spawn(program('tsbtopo-server'), { shell });
    const connection = createMessageConnection(
        new StreamMessageReader(server.stdout),
        new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    const { capabilities } = await connection.sendRequest<{ capabilities: object }>('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: {},
    });
    expect(capabilities).toHaveProperty('hoverProvider');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    connection.dispose();
});

test('it carries its licence and those of others, and depends on nothing', () => {
    const read = (name: string) => readFileSync(join(installed, 'tsbtopo', name), 'utf8');
    expect(read('LICENSE')).toContain('Apache License');
    expect(read('dist/THIRD-PARTY-NOTICES.txt')).toContain('langium 4');
    expect(JSON.parse(read('package.json'))).not.toHaveProperty('dependencies');
});
