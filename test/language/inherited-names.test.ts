import { expect, test } from 'vitest';
import { editor } from '../features/editor.js';
import { estate } from '../fixture.js';

/** What every object has without being told; as texts of a user they mean nothing. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

/** A file in which they are the names of everything. */
const named = (name: string) => `topology ${name}
region ${name} { zones ${name}  labels ${name} ${name}  owner ${name} }
management cluster m in ${name}/${name}
workload cluster ${name} in ${name}/${name} { gateway ingress, east-west ${name}  owner ${name} }
service ${name}/${name} on ${name} {
    exposed "${name}" via ${name}
    calls ${name}/${name}
    labels ${name} ${name}
    owner ${name}
}
`;

test.each(inherited)('%s as a name', async (name) => {
    const { topology, diagnostics } = await estate(named(name));
    // a host has no `_`
    expect(diagnostics.map(({ code }) => code).filter((code) => code !== 'odd-host')).toEqual(['call-to-itself']);
    const [service] = topology.services;
    expect(service).toMatchObject({ name, owner: name, homes: [{ cluster: name }] });
    expect([...service!.labels]).toEqual([[name, name]]);
});

test.each(inherited)('%s as a name, in what the editor shows', async (name) => {
    const { document, hover, lenses, services } = await editor(named(name));
    const { textDocument } = document();
    const text = textDocument.getText();
    for (const { index } of text.matchAll(new RegExp(name, 'g'))) {
        const position = textDocument.positionAt(index + 1);
        expect(await hover(position)).not.toContain('native code');
        const params = { textDocument: { uri: textDocument.uri }, position };
        await services.tsbtopo.lsp.CompletionProvider!.getCompletion(document(), params);
    }
    expect((await lenses()).join()).toContain('Simulate failure');
});
