import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine, root } from '../cli/run.js';
import { readPage } from './examples.js';

const page = readPage('cli.md');
const { run } = commandLine();

const examples = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.trim().split('\n'));

test('docs/cli.md has a section for each command', async () => {
    const { out } = await run('--help');
    const [, list = ''] = /^Commands:\n(.*?)\n\n/ms.exec(out) ?? [];
    const commands = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name).filter((name) => name !== 'help');
    expect([...page.matchAll(/^### tsbtopo (\w+)$/gm)].map(([, name]) => name)).toEqual(commands);
});

test.each(examples)(
    '%s',
    async (example) => {
        const cwd = example.includes(' examples') ? root : resolve(root, 'examples/acme');
        const { exit, err } = await run(example.replace('tsbtopo ', ''), cwd);
        expect({ exit: exit === 2, err }).toEqual({ exit: false, err: '' });
    },
    60_000,
);
