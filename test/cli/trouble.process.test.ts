import { spawn } from 'node:child_process';
import {
    chmodSync,
    existsSync,
    linkSync,
    lstatSync,
    mkdirSync,
    readFileSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './run.js';

/** What goes wrong around the command line: files that are none, readers that leave, disks that are full. */
const { run, path, shell } = commandLine({
    'sound/a.tsbtopo': 'management cluster mgmt\nworkload cluster east\n',
    'odd/a.tsbtopo': 'management cluster mgmt\nworkload cluster east\n',
    'linked.tsbtopo': 'region   us\n',
    'mode.tsbtopo': 'region   us\n',
});

let socket: Server;

beforeAll(async () => {
    symlinkSync('nowhere', path('odd/.#a.tsbtopo'));
    symlinkSync('loop.tsbtopo', path('odd/loop.tsbtopo'));
    symlinkSync('/dev/zero', path('odd/zero.tsbtopo'));
    symlinkSync('a.tsbtopo', path('odd/other-name.tsbtopo'));
    symlinkSync('..', path('odd/up.tsbtopo'));
    mkdirSync(path('odd/folder.tsbtopo'));
    writeFileSync(path('odd/utf16.tsbtopo'), Buffer.from('\ufeffregion us', 'utf16le'));
    await shell('mkfifo odd/pipe.tsbtopo');
    socket = createServer().listen(path('odd/socket.tsbtopo'));
});
afterAll(() => socket.close());

describe('files', () => {
    test('each bad one costs one message, and the others are read', async () => {
        const { exit, out, err } = await run('check odd');
        expect(err.trim().split('\n').sort()).toEqual([
            'tsbtopo: odd/loop.tsbtopo is left out: it leads nowhere.',
            'tsbtopo: odd/other-name.tsbtopo is left out: it is a symbolic link.',
            'tsbtopo: odd/pipe.tsbtopo is left out: it is a pipe.',
            'tsbtopo: odd/socket.tsbtopo is left out: it is a socket.',
            'tsbtopo: odd/up.tsbtopo is left out: it is a symbolic link.',
            'tsbtopo: odd/utf16.tsbtopo cannot be read: it is written in UTF-16 (little-endian), not in UTF-8.',
            'tsbtopo: odd/zero.tsbtopo is left out: it is a device.',
        ]);
        expect(out).toMatch(/ in 1 file; 1 file cannot be read /);
        expect(exit).toBe(2);
    });

    test('what is named and is no file is refused at once', async () => {
        expect(await run('check odd/pipe.tsbtopo')).toMatchObject({
            exit: 2,
            err: 'tsbtopo: odd/pipe.tsbtopo cannot be read: it is a pipe.\n',
        });
    });
});

describe('output', () => {
    test('a reader who leaves is no trouble', async () => {
        const exit = await new Promise((done) => {
            const child = spawn(process.execPath, [path('.bundle/cli.cjs'), 'check', 'sound'], {
                cwd: path('.'),
                stdio: ['ignore', 'pipe', 'pipe'],
            });
            let errors = '';
            child.stderr.on('data', (chunk) => (errors += String(chunk)));
            child.stdout.destroy();
            child.on('close', (code) => done({ code, errors }));
        });
        expect(exit).toEqual({ code: 0, errors: '' });
    });

    test.each(existsSync('/dev/full') ? ['check sound', 'simulate sound --fail east', '--help'] : [])(
        'a full disk is one line, and exit code 2: %s',
        async (args) => {
            const { exit, err } = await shell(`node .bundle/cli.cjs ${args} > /dev/full`);
            expect(err).toBe('tsbtopo: the output cannot be written: no space left on device\n');
            expect(exit).toBe(2);
        },
    );
});

describe('format', () => {
    test('keeps links to the same file, and its mode', async () => {
        linkSync(path('linked.tsbtopo'), path('twin.tsbtopo'));
        chmodSync(path('mode.tsbtopo'), 0o640);
        expect(await run('format linked.tsbtopo mode.tsbtopo')).toMatchObject({ exit: 0, err: '' });
        expect(readFileSync(path('twin.tsbtopo'), 'utf8')).toBe('region us\n');
        expect(statSync(path('twin.tsbtopo')).ino).toBe(statSync(path('linked.tsbtopo')).ino);
        expect(lstatSync(path('mode.tsbtopo')).mode & 0o777).toBe(0o640);
    });

    test('keeps the owner', async () => {
        writeFileSync(path('owned.tsbtopo'), 'region   us\n');
        // only root may give a file away
        await shell('chown 1234:1235 owned.tsbtopo');
        const before = statSync(path('owned.tsbtopo'));
        expect(await run('format owned.tsbtopo')).toMatchObject({ exit: 0 });
        const { uid, gid } = statSync(path('owned.tsbtopo'));
        expect({ uid, gid }).toEqual({ uid: before.uid, gid: before.gid });
    });
});
