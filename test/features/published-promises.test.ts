import type { Connection, PublishDiagnosticsParams } from 'vscode-languageserver';
import { expect, test, vi } from 'vitest';
import { publishDiagnostics } from '../../server/features/diagnostics.js';
import { editor } from './editor.js';

const many = Array.from({ length: 150 }, (_, index) => `c${index}`);

const estate = (homes: string) => `topology large
management cluster mgmt
${many.map((name) => `workload cluster ${name} { gateway ingress }`).join('\n')}
${many.map((name) => `service s-${name} on ${name}`).join('\n')}
service till on ${homes} { exposed "till.example.com" { gslb ttl 30s } }
service shop on nowhere
objective every host survives any 2 cluster failures
`;

/** An editor with that estate open; what is published of its file, as codes. */
async function opened() {
    const files = await editor(estate('c0, c1'));
    const published: string[][] = [];
    const sendDiagnostics = ({ uri, diagnostics }: PublishDiagnosticsParams) => {
        if (uri === files.uri()) published.push(diagnostics.map(({ code }) => String(code)));
        return Promise.resolve();
    };
    const connection = { sendDiagnostics } as unknown as Connection;
    // however fast a machine is, nothing is judged before anything is published
    publishDiagnostics(connection, files.services.tsbtopo, files.services.client, 0);
    const isBroken = (codes: readonly string[] | undefined) => codes?.includes('objective-broken') === true;
    const once = (broken: boolean) =>
        vi.waitFor(() => expect(isBroken(published.at(-1))).toBe(broken), { timeout: 20_000, interval: 5 });
    return { files, published, isBroken, once };
}

test('what is judged of promises follows mistakes and findings, stays while somebody types, and is given up at the next key', async () => {
    const { files, published, isBroken, once } = await opened();
    await files.type(`${estate('c0, c1')}\n`);
    // mistakes and findings come first, and alone
    expect(published.length).toBe(1);
    expect(published[0]).toContain('unknown-cluster');
    expect(isBroken(published[0])).toBe(false);
    await once(true);
    expect(published.length).toBe(2);

    // an edit that changes nothing of it does not make it blink
    published.length = 0;
    await files.type(`// a comment\n${estate('c0, c1')}\nworkload cluster more\n`);
    await once(true);
    expect(published.every(isBroken)).toBe(true);

    // nobody is told what was true between two keys
    published.length = 0;
    await files.type(estate('c0, c1, c2'));
    await files.type(estate('c0, c1'));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(published.length).toBeGreaterThan(0);
    expect(published.every(isBroken)).toBe(true);

    // and what is mended goes, once that is known
    await files.type(estate('c0, c1, c2'));
    await once(false);
}, 60_000);
