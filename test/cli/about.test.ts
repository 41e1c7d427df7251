import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProcess } from './in-process.js';

const cluster = (name: string) =>
    `apiVersion: api.tsb.tetrate.io/v2\nkind: Cluster\nmetadata: { organization: acme, name: ${name} }\n`;
const gateway =
    'apiVersion: install.tetrate.io/v1alpha1\nkind: IngressGateway\nmetadata: { name: gw, namespace: shop }\n';

const { run, path } = inProcess({
    'tsb/clusters.yaml': `${cluster('east')}---\n${cluster('west')}`,
    'gateways/gw.yaml': gateway,
});

test('import, say more by hand in another file, import again: nothing of the hand is lost', async () => {
    mkdirSync(path('estate'));
    const [imported, byHand] = [path('estate/acme.import.tsbtopo'), path('estate/acme.tsbtopo')];
    const written = 'topology acme\n\nabout east { owner "platform" }\nabout east.gw { replicas 3 }\n';
    const all = 'import tsb gateways --cluster east=gateways';
    expect((await run(`${all} -o estate`)).exit).toBe(0);
    const before = readFileSync(imported, 'utf8');
    writeFileSync(byHand, written);

    expect((await run('check estate --format json')).out).not.toMatch(/about-nothing|overrules-import|said-twice/);
    expect((await run(`${all} --check estate`)).out).not.toMatch(/owner|replicas/);
    expect((await run(`${all} -o estate`)).exit).toBe(0);
    expect(readFileSync(imported, 'utf8')).toBe(before);
    expect(readFileSync(byHand, 'utf8')).toBe(written);

    // the gateway goes from the estate, and what is said of it by hand is told, not lost
    expect((await run('import tsb -o estate')).exit).toBe(0);
    const { exit, out } = await run('check estate');
    expect(exit).toBe(1);
    expect(out).toContain('Nothing is called `east.gw` any more');
    expect(readFileSync(byHand, 'utf8')).toBe(written);
});
