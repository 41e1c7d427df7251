import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inProcess, root } from '../cli/in-process.js';
import { readPage } from './examples.js';

const page = readPage('cli.md');
const { run } = inProcess();

const examples = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.trim().split('\n'));

test('docs/cli.md has a section for each command', async () => {
    const { out } = await run('--help');
    const [, list = ''] = /^Commands:\n(.*?)\n\n/ms.exec(out) ?? [];
    const commands = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name).filter((name) => name !== 'help');
    expect([...page.matchAll(/^### tsbtopo (\w+)$/gm)].map(([, name]) => name)).toEqual(commands);
});

// an example writes it
afterAll(() => rmSync(resolve(root, 'report.html'), { force: true }));

test.each(examples)('%s', async (example) => {
    const cwd = example.includes(' examples') ? root : resolve(root, 'examples/acme');
    const { exit, err } = await run(example.replace('tsbtopo ', ''), cwd);
    expect({ exit: exit === 2, err }).toEqual({ exit: false, err: '' });
});
