import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { editor, type Editor } from './editor.js';

const severities = ['', 'error', 'warning', 'info', 'hint'];

/** `line severity code` of everything that is said of a file; hints left out. */
function said({ services, document }: Editor, name?: string): string[] {
    return diagnosticsOf(document(name), services.tsbtopo)
        .filter(({ severity }) => severity !== 4)
        .map(({ range, severity, code }) => `${range.start.line} ${severities[severity ?? 0]} ${code}`);
}

const plane = `management cluster mgmt {
    management plane {
        postgres { backup }
        elasticsearch direct { backup }
        iam-signing-key { backup }
    }
}`;

describe('one estate over several files', () => {
    const files = {
        'a.tsbtopo': `topology t\n${plane}\nworkload cluster east { gateway tier1 front }`,
        'b.tsbtopo': 'topology t\nservice shop on east',
    };

    test('a sound one is quiet', async () => {
        const opened = await editor(files);
        expect([said(opened, 'a.tsbtopo'), said(opened, 'b.tsbtopo')]).toEqual([[], []]);
    });

    test('each finding stands in the file that it is about', async () => {
        const opened = await editor({ ...files, 'b.tsbtopo': 'topology t\nservice shop' });
        expect([said(opened, 'a.tsbtopo'), said(opened, 'b.tsbtopo')]).toEqual([
            [],
            ['1 warning service-without-home'],
        ]);
    });

    test('an edit in one file changes what is said of another', async () => {
        const opened = await editor(files);
        await opened.type({ 'a.tsbtopo': `topology t\n${plane}` });
        expect(said(opened, 'a.tsbtopo')).toEqual(['1 info no-workload-cluster']);
        expect(said(opened, 'b.tsbtopo')).toContain('1 error unknown-cluster');
        await opened.type({ 'b.tsbtopo': 'topology t\nworkload cluster west' });
        expect(said(opened, 'a.tsbtopo')).toEqual([]);
        await opened.type({ 'b.tsbtopo': undefined });
        expect(said(opened, 'a.tsbtopo')).toEqual(['1 info no-workload-cluster']);
    });

    test('two topologies in one folder do not mix', async () => {
        const opened = await editor({ ...files, 'b.tsbtopo': 'topology u\nworkload cluster west' });
        expect(said(opened, 'a.tsbtopo')).toEqual([]);
        expect(said(opened, 'b.tsbtopo')).toEqual(['0 error no-management-cluster']);
    });
});

describe('what a diagnostic carries', () => {
    test('code, source, one line of range, related places', async () => {
        const opened = await editor(
            'management cluster a {\n  management plane {\n    postgres external in us { backup in us }\n  }\n}\nregion us\nworkload cluster b',
        );
        const found = diagnosticsOf(opened.document(), opened.services.tsbtopo).find(
            ({ code }) => code === 'backup-shares-fate',
        );
        expect(found).toMatchObject({
            source: 'tsbtopo',
            severity: 2,
            range: { start: { line: 2 }, end: { line: 2 } },
            relatedInformation: [{ message: 'Postgres stands here', location: { uri: opened.uri() } }],
        });
    });

    test('about a block it is shown at the line that opens it', async () => {
        const opened = await editor('management cluster mgmt {\n  management plane {\n    root-ca\n  }\n}');
        const found = diagnosticsOf(opened.document(), opened.services.tsbtopo).find(
            ({ code }) => code === 'postgres-protection-unsaid',
        );
        expect(found?.range).toEqual({ start: { line: 1, character: 2 }, end: { line: 2, character: 0 } });
    });

    test('a link to the documentation, where the client says where that is', async () => {
        const opened = await editor('workload cluster east\nservice shop on wesst');
        const hrefs = (docs?: string) =>
            diagnosticsOf(opened.document(), opened.services.tsbtopo, docs).map(
                ({ codeDescription }) => codeDescription?.href,
            );
        expect(hrefs()).not.toContain(expect.anything());
        const linked = hrefs('https://example.com/docs');
        expect(linked).toContain('https://example.com/docs/diagnostics.md#unknown-cluster');
        expect(linked).toContain('https://example.com/docs/diagnostics.md#no-management-cluster');
    });
});
