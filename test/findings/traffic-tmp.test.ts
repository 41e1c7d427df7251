import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { estate } from '../fixture.js';
const show = async (title: string, files: Record<string, string>) => {
    const { topologies, diagnostics } = await estate(files);
    console.log('##', title, diagnostics.map((d) => d.message));
    for (const t of topologies) for (const f of findingsOf(t)) console.log(`${f.severity} ${f.code} ${f.at.uri.slice(8)}:${f.at.range.start.line + 1}:${f.at.range.start.character}  ${f.message}\n`, (f.related ?? []).map((r) => `   ${r.at.range.start.line + 1}: ${r.message}`).join('\n'));
};
test('x', async () => {
    const read = (dir: string) => Object.fromEntries(readdirSync(dir).filter((n) => n.endsWith('.tsbtopo')).map((n) => [n, readFileSync(`${dir}/${n}`, 'utf8')]));
    const main = read('/work/main/examples');
    for (const n of Object.keys(main)) await show(n, { [n]: main[n]! });
    await show('acme', read('/work/main/examples/acme'));
    await show('two', read('/work/main/examples/two-topologies'));
    await show('editor', { 'acme.tsbtopo': readFileSync('test/editor/workspace/acme.tsbtopo', 'utf8') });
});
