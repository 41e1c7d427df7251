import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { withoutNames } from '../../server/features/without-names.js';
import { findingsOf } from '../../server/findings/findings.js';
import { estate, type Fixture } from '../fixture.js';

const root = resolve(import.meta.dirname, '../../examples');

const problems = ({ diagnostics, topology }: Fixture) =>
    [...diagnostics, ...findingsOf(topology)].map(({ code }) => code).sort();

test.each(globSync('*.tsbtopo', { cwd: root }).filter((file) => !file.includes('hundred')))(
    '%s without names is the same estate, and tells no name',
    async (file) => {
        const before = await estate({ [basename(file)]: readFileSync(resolve(root, file), 'utf8') });
        const text = withoutNames([before.document], before.services);
        const { topology } = before;
        const names = [topology, ...topology.clusters, ...topology.services, ...topology.regions].map(
            ({ name }) => name,
        );
        const keywords = new Set(['edge', 'central', 'data', 'control']);
        const words = new Set(text.match(/[\w-]+/g));
        expect(names.filter((name) => words.has(name) && !keywords.has(name))).toEqual([]);
        expect(text).not.toContain('example.com');
        const after = await estate(text);
        expect(after.diagnostics.map(({ code }) => code)).toEqual(before.diagnostics.map(({ code }) => code));
        expect(problems(after)).toEqual(problems(before));
        expect(after.topology.services.length).toBe(topology.services.length);
        expect(after.topology.clusters.map(({ gateways }) => gateways.length)).toEqual(
            topology.clusters.map(({ gateways }) => gateways.length),
        );
    },
);

test('comments, texts and what cannot be read tell nothing either', async () => {
    const { document, services } = await estate(
        '// secret\nservice "sec.ret" { owner "mail: secret@x" /* secret */ }\n§secret "secret',
    );
    expect(withoutNames([document], services)).not.toMatch(/secret|sec|ret|mail/);
});
