import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { estate } from '../fixture.js';
import { shareOf } from '../share.js';
import { problemsOf, typosIn } from './tell.js';

test('a name that every object has, where a word of the language is expected', async () => {
    const example = readFileSync(resolve(import.meta.dirname, '../../examples/reference.tsbtopo'), 'utf8');
    let fixture = await estate(example);
    for (const text of shareOf([...typosIn(example, 'constructor')])) {
        fixture = await fixture.change({ 'main.tsbtopo': text });
        findingsOf(fixture.topology);
        expect(fixture.diagnostics.map(({ code }) => code)).not.toContain('internal-error');
        expect(problemsOf(fixture).join()).not.toContain('native code');
    }
});
