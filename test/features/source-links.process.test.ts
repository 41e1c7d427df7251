import { expect, test } from 'vitest';
import type { DocumentLink } from 'vscode-languageserver-protocol';
import { bundledServer } from './server.js';

const start = bundledServer();

const imported = `topology acme // tsb/all.yaml ManagementPlane
management cluster mgmt // dumps/my hub.json ManagementPlane tsb/mp
workload cluster east { // tsb/clusters.yaml:3, 19, dumps/east.json ControlPlane istio-system/controlplane
    // ? cluster: no file says which cluster this is; say --cluster NAME=tsb/all.yaml, tsb/all.yaml:7
}
/* tsb/all.yaml:1 */
service shop/cart on east
service shop/web on east { // gone.yaml:1, 2, ../outside.yaml:1, /etc/hosts.yaml
    exposed "shop.example.com" // see tsb/all.yaml:1
    calls shop/cart // seen: about 10^6 requests, dumps/east.json
}
`;

const sources = {
    'estates/tsb/clusters.yaml': '',
    'dumps/my hub.json': '',
    'dumps/east.json': '',
    'tsb/all.yaml': '',
    'outside.yaml': '',
};

test('from lines of an imported file to the files that they come from', async () => {
    const { open, uri, connection, folder, diagnostics, stop } = await start({
        ...sources,
        'estates/acme.import.tsbtopo': imported,
        'estates/mine.tsbtopo': imported,
    });
    const linksIn = async (name: string) => {
        await open(name, imported);
        await diagnostics(name);
        const textDocument = { uri: uri(name) };
        const links = await connection.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument });
        return links.map(({ range: { start: from, end }, target = '' }) => {
            const text = imported.split('\n')[from.line]!.slice(from.character, end.character);
            return `${text} → ${decodeURIComponent(target).replace(uri('').replace(/\/?$/, '/'), '')}`;
        });
    };
    expect(folder).not.toBe('');
    expect(await linksIn('estates/acme.import.tsbtopo')).toEqual([
        'tsb/all.yaml → tsb/all.yaml',
        'dumps/my hub.json → dumps/my hub.json',
        'tsb/clusters.yaml:3 → estates/tsb/clusters.yaml#L3',
        '19 → estates/tsb/clusters.yaml#L19',
        'dumps/east.json → dumps/east.json',
        'tsb/all.yaml:7 → tsb/all.yaml#L7',
        '../outside.yaml:1 → outside.yaml#L1',
        'dumps/east.json → dumps/east.json',
    ]);
    // a file by hand may say so, and means nothing by it
    expect(await linksIn('estates/mine.tsbtopo')).toEqual([]);
    expect(await stop()).toBe(0);
});
