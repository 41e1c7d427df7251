import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test } from 'vitest';
import { namedFiles } from '../client/named-files.js';

test('the package has all that the extension needs, and no picture that nobody sees', async () => {
    const shipped = await listFiles({ packageManager: PackageManager.None });
    for (const path of namedFiles.filter((path) => !path.startsWith('dist/'))) expect(shipped).toContain(path);
    for (const path of shipped.filter((path) => path.startsWith('media/') && path.endsWith('.svg'))) {
        expect(namedFiles).toContain(path);
    }
});
