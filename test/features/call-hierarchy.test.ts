import { describe, expect, test } from 'vitest';
import type { CallHierarchyItem, Range } from 'vscode-languageserver';
import { editor, type Editor } from './editor.js';

const files = {
    'shop.tsbtopo': `topology t
service cart on east {
    calls shop/payments, prices
    requires payments
    external authorization by guard
}
service shop/payments { requires stripe }`,
    'rest.tsbtopo': `topology t
workload cluster east
service prices
service guard
service report { calls payments rate limit by guard }
external service stripe`,
};

async function prepared(name: string, mark: string): Promise<{ opened: Editor; item: CallHierarchyItem | undefined }> {
    const opened = await editor(files);
    const { services, document, uri } = opened;
    const textDocument = document(name).textDocument;
    const position = textDocument.positionAt(textDocument.getText().indexOf(mark) + mark.length);
    const [item] =
        (await services.tsbtopo.lsp.CallHierarchyProvider!.prepareCallHierarchy(document(name), {
            textDocument: { uri: uri(name) },
            position,
        })) ?? [];
    return { opened, item };
}

const lines = (ranges: readonly Range[]) => ranges.map(({ start }) => start.line).join(' ');

async function incoming(name: string, mark: string): Promise<string[]> {
    const { opened, item } = await prepared(name, mark);
    const calls = await opened.services.tsbtopo.lsp.CallHierarchyProvider!.incomingCalls({ item: item! });
    return (calls ?? []).map(({ from, fromRanges }) => `${from.name}: ${lines(fromRanges)}`).sort();
}

async function outgoing(name: string, mark: string): Promise<string[]> {
    const { opened, item } = await prepared(name, mark);
    const calls = await opened.services.tsbtopo.lsp.CallHierarchyProvider!.outgoingCalls({ item: item! });
    return (calls ?? []).map(({ to, fromRanges }) => `${to.name}: ${lines(fromRanges)}`);
}

describe('an item', () => {
    test('is the service, also where it is called', async () => {
        const { opened, item } = await prepared('shop.tsbtopo', 'calls shop/pay');
        expect(item).toMatchObject({
            name: 'payments',
            detail: 'service in namespace shop',
            uri: opened.uri('shop.tsbtopo'),
            range: { start: { line: 6, character: 0 } },
            selectionRange: { start: { line: 6, character: 13 } },
        });
    });

    test.each(['on ea', 'external auth', 'calls sh', 'topology t\n'])('is nothing else: %s', async (mark) => {
        expect((await prepared('shop.tsbtopo', mark)).item).toBeUndefined();
    });
});

test('whom a service calls: by `calls`, `requires` and `by`, in any file', async () => {
    expect(await outgoing('shop.tsbtopo', 'service cart')).toEqual(['payments: 2 3', 'prices: 2', 'guard: 4']);
    expect(await outgoing('rest.tsbtopo', 'external service stripe')).toEqual([]);
});

test('who calls it', async () => {
    expect(await incoming('shop.tsbtopo', 'service shop/payments')).toEqual(['cart: 2 3', 'report: 4']);
    expect(await incoming('rest.tsbtopo', 'service guard')).toEqual(['cart: 4', 'report: 4']);
    expect(await incoming('rest.tsbtopo', 'external service stripe')).toEqual(['payments: 6']);
    expect(await incoming('shop.tsbtopo', 'service cart')).toEqual([]);
});

test('one walks from call to call', async () => {
    const { opened, item } = await prepared('shop.tsbtopo', 'service cart');
    const { CallHierarchyProvider } = opened.services.tsbtopo.lsp;
    const [payments] = (await CallHierarchyProvider!.outgoingCalls({ item: item! })) ?? [];
    const [stripe] = (await CallHierarchyProvider!.outgoingCalls({ item: payments!.to })) ?? [];
    expect(stripe?.to).toMatchObject({ name: 'stripe', detail: 'external service', uri: opened.uri('rest.tsbtopo') });
});

test('what is gone since calls nobody', async () => {
    const { opened, item } = await prepared('shop.tsbtopo', 'service cart');
    await opened.type({ 'shop.tsbtopo': undefined });
    expect(await opened.services.tsbtopo.lsp.CallHierarchyProvider!.outgoingCalls({ item: item! })).toEqual([]);
});
