import type { Diagnostic } from 'vscode-languageserver-types';
import { estate, type Fixture } from '../fixture.js';

/** The messages of one text or several files: `code «text in question» message`, in reading order. */
export async function problems(input: string | Record<string, string>): Promise<string[]> {
    return problemsOf(await estate(input));
}

/** The messages of a workspace, in reading order of each file. */
export function problemsOf({ documents }: Fixture): string[] {
    return [...documents.values()].flatMap(({ diagnostics = [], textDocument }) =>
        [...diagnostics]
            .sort(
                (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
            )
            .map(({ code, message, range }) => `${code} «${textDocument.getText(range)}» ${textOf(message)}`),
    );
}

/** What is left of a text in the topology: clusters with their gateways, services with their homes. */
export async function outlineOf(text: string): Promise<string> {
    const { topology } = await estate(text);
    const clusters = topology.clusters.map(({ name, gateways }) =>
        [name, ...gateways.map((each) => each.name)].join('+'),
    );
    const services = topology.services.map(({ shortName, homes }) =>
        [shortName, ...homes.map((h) => h.cluster)].join('@'),
    );
    return [...clusters, ...services].join(' ');
}

/** The words of a message, which the protocol also allows to be Markdown. */
export function textOf(message: Diagnostic['message']): string {
    return typeof message === 'string' ? message : message.value;
}

/** A text with a word at each place between two of its words. */
export function* typosIn(text: string, word: string): Generator<string> {
    for (const { index } of text.matchAll(/(?<=\S)(?=\s)/g))
        yield `${text.slice(0, index)} ${word} ${text.slice(index)}`;
}
