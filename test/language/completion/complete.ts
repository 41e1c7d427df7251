import { TextDocument } from 'langium';
import { TextEdit, type CompletionItem, type CompletionList } from 'vscode-languageserver-types';
import { estate } from '../../fixture.js';

interface Options {
    /** Whether the client knows places to be filled in. */
    readonly snippets?: boolean;
    /** The character that made the client ask. */
    readonly trigger?: string;
}

/** What is proposed at the first `<|>`, in the order in which it is shown. */
export async function complete(
    input: string | Record<string, string>,
    { snippets = false, trigger }: Options = {},
): Promise<CompletionList & { readonly text: string }> {
    const { services, documents, positions } = await estate(input);
    const { uri, ...position } = positions[0]!;
    const document = [...documents.values()].find((each) => each.uri.toString() === uri)!;
    const provider = services.lsp.CompletionProvider!;
    Object.assign(provider, { clientCapabilities: { completionItem: { snippetSupport: snippets } } });
    const list = await provider.getCompletion(document, {
        textDocument: { uri },
        position,
        ...(trigger && { context: { triggerKind: 2, triggerCharacter: trigger } }),
    });
    return { ...list!, text: document.textDocument.getText() };
}

/** The labels of what is proposed, without whole constructs. */
export async function labels(input: string | Record<string, string>, options?: Options): Promise<string> {
    const { items } = await complete(input, options);
    return items
        .filter((item) => !isConstruct(item))
        .map(({ label }) => label)
        .join(', ');
}

/** Whether an item is a whole construct. */
export function isConstruct({ sortText }: CompletionItem): boolean {
    return sortText!.startsWith('4');
}

/** The text after a proposal was accepted, in a client without places to be filled in. */
export async function accepted(marked: string, label: string): Promise<string> {
    const { items, text } = await complete(marked);
    return withItem(
        text,
        items.find((item) => item.label === label)!,
    );
}

/** The text with a proposal in it. */
export function withItem(text: string, { textEdit }: CompletionItem): string {
    if (!TextEdit.is(textEdit)) {
        throw new Error('No edit for this client.');
    }
    return TextDocument.applyEdits(TextDocument.create('', '', 0, text), [textEdit]);
}
