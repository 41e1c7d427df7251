import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { sectionNames, withSections } from './generated-sections.js';
import { modelSections } from './model-sections.js';

const root = resolve(import.meta.dirname, '../..');
const page = resolve(root, 'docs/model.md');

test('docs/model.md lists the facts as they are (UPDATE_DOCS=1 writes it anew)', async () => {
    const { topology } = await estate(readFileSync(resolve(root, 'examples/reference.tsbtopo'), 'utf8'));
    const sections = modelSections(topology);
    const written = readFileSync(page, 'utf8');
    const current = withSections(written, sections);
    if (process.env['UPDATE_DOCS']) {
        writeFileSync(page, current);
    } else {
        expect(written).toBe(current);
    }
    expect(sectionNames(written).sort()).toEqual(Object.keys(sections).sort());
});
