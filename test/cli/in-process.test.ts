import { expect, test, vi } from 'vitest';
import { inProcess } from './in-process.js';

const { run, path } = inProcess({
    'one/a.tsbtopo': 'topology one\nworkload cluster east\nservice shop on wesst\n',
    'two/a.tsbtopo': 'topology two\nmanagement cluster mgmt\n',
});

/** What all calls have in common: whether it is as it was. */
const shared = () => ({
    folder: process.cwd(),
    exit: process.exitCode,
    taken: [process.stdout, process.stderr].map((stream) => vi.isMockFunction(Reflect.get(stream, 'write'))),
});

test('a call leaves nothing behind in the process, and hands nothing on to the next one', async () => {
    const before = shared();
    const unknown = await run('simulate nowhere --fail east', path('two'));
    expect(unknown).toEqual({ exit: 2, out: '', err: 'tsbtopo: There is no file or folder nowhere.\n' });
    expect(shared()).toEqual(before);
    expect(await run('format --check a.tsbtopo', path('two'))).toEqual({
        exit: 0,
        out: '0 files would change, 1 fine already\n',
        err: '',
    });
    await expect(run('check', path('three'))).rejects.toThrow('ENOENT');
    expect(shared()).toEqual(before);
});

test('calls that are made at once take turns, each in its own folder', async () => {
    const [one, two] = await Promise.all([run('check', path('one')), run('elements', path('two'))]);
    expect(one).toMatchObject({ exit: 1, err: '' });
    expect(one.out).toMatch(/^a\.tsbtopo:3:17 error /m);
    expect(two).toMatchObject({ exit: 0, err: '' });
    expect(two.out).toContain('mgmt');
});
