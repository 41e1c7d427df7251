import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { json } from '../../server/encoding/json.js';
import { reportText } from '../../server/import/report.js';
import { files, folder } from './estate-files.js';
import { errorsIn, importFiles } from './imported.js';

test('a whole estate: the text, the report, and nothing that must not be read', async () => {
    const { text, report } = importFiles(files, { name: 'retail', withSources: true });
    await expect(text).toMatchFileSnapshot(resolve(folder, 'retail.import.tsbtopo'));
    await expect(reportText(report)).toMatchFileSnapshot(resolve(folder, 'report.txt'));
    expect(await errorsIn(text)).toEqual([]);
    expect(Object.values(files).join('')).toContain('never-to-be-read');
    expect(text + json(report)).not.toContain('never-to-be-read');
});

test('the same files give the same bytes, in whatever order they come', () => {
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    expect(importFiles(backwards, { withSources: true }).text).toBe(importFiles(files, { withSources: true }).text);
});

test('whoever waits is told before each file', () => {
    const told: string[] = [];
    importFiles(files, { onSource: (number, of) => told.push(`${number}/${of}`) });
    const all = Object.keys(files).length;
    expect(told).toEqual(Object.keys(files).map((_, index) => `${index + 1}/${all}`));
});

test('nobody is dropped without a line: every object is used, read past or not understood', () => {
    const { report } = importFiles(files);
    const number = (counts: readonly { readonly count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);
    // values have no kind; there is one file of them
    expect(report.objects).toBe(number(report.used) + number(report.readPast) + report.notUnderstood.length + 1);
});
