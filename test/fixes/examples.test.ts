import { describe, expect, test } from 'vitest';
import { remedies } from '../../server/fixes/table.js';
import { examplesIn, filesOf, readPage } from '../docs/examples.js';
import { estate } from '../fixture.js';
import { fixesOf, textsAfter } from './fixes.js';

const examples = examplesIn(readPage('diagnostics.md')).filter(({ tag }) => tag === 'bad');

describe('each example', () => {
    test.each(examples)('$section', async ({ section, text, setting }) => {
        const files = filesOf(text + setting);
        const fixes = await fixesOf(files, section);
        const before = await estate(files);
        console.log(`##### ${section}\n${text}` + fixes.map((f) => `--- ${f.isPreferred ? '*' : ' '} ${f.headline}\n` + Object.entries(textsAfter(before, f.changes)).map(([n, t]) => (Object.keys(files).length > 1 ? `[${n}]\n` : '') + t.replace(setting, '')).join('\n')).join('\n'));
        expect(fixes.length > 0).toBe('fixer' in remedies[section]!);
    });
});
