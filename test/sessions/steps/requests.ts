import { TextDocument, type Position } from 'vscode-languageserver-textdocument';
import { type ElementList, simulationCommands } from '../../../server/protocol/simulation.js';
import { viewRequests } from '../../../server/protocol/views.js';
import type { Random } from '../../fuzz/random.js';
import { shownPath } from './documents.js';
import type { Session, Step } from './step.js';

/** What editors ask of a place in a document. */
const ofPlaces = [
    ...['hover', 'completion', 'definition', 'typeDefinition', 'documentHighlight'],
    'prepareCallHierarchy',
];

/** What editors ask of a whole document. */
const ofDocuments = [
    ...['codeLens', 'documentSymbol', 'semanticTokens/full', 'foldingRange', 'documentLink', 'formatting'],
];

/** Asks without waiting for the answer. */
export const ask: Step = (session) => request(session, false);

/** Asks, and does not want to know any more. */
export const askAndCancel: Step = (session) => request(session, true);

function request(session: Session, isCancelled: boolean): string | undefined {
    const { world, client, random } = session;
    const path = shownPath(session);
    if (path === undefined) return undefined;
    const uri = world.uri(path);
    const textDocument = { uri };
    const view = random.below(5) === 0 ? random.pick([viewRequests.topologies, viewRequests.findings]) : undefined;
    const method = view ?? `textDocument/${random.pick([...ofPlaces, ...ofDocuments])}`;
    const position = randomPosition(world.shown.get(uri)!.text, random);
    const options = { tabSize: 2, insertSpaces: true };
    void client.ask(method, view ? { uri } : { textDocument, position, options }, isCancelled);
    return `${isCancelled ? 'ask and cancel' : 'ask'} ${method} of ${path}`;
}

export const fail: Step = async (session) => {
    const { random } = session;
    const known = await elementsOf(session);
    if (known === undefined || known.elements.length === 0) return undefined;
    const { uri, elements } = known;
    const element = random.pick(elements);
    execute(session, simulationCommands.fail, { uri, element });
    return `fail ${element} of ${uri}`;
};

export const recover: Step = (session) => {
    const { random, client } = session;
    const [running] = client.state.simulations;
    if (running === undefined) return undefined;
    const element = random.pick(running.failures);
    execute(session, simulationCommands.recover, { uri: running.uri, element });
    return `recover ${element}`;
};

/** Looks at another time, or says for how long it lasts, or what is restarted then. */
export const moveInTime: Step = (session) => {
    const { client, random } = session;
    const [running] = client.state.simulations;
    if (running === undefined) return undefined;
    const { uri, failures } = running;
    const [command, argument] = random.pick<readonly [string, object]>([
        [simulationCommands.lookAt, { at: 'next' }],
        [simulationCommands.lookAt, { at: random.pick(['0s', '90m', '5h', '2d']) }],
        [simulationCommands.lastFor, { duration: random.pick(['1h', '4h', null]) }],
        [simulationCommands.restart, { element: random.pick(failures) }],
    ]);
    execute(session, command, { uri, ...argument });
    return `${command} ${JSON.stringify(argument)}`;
};

/** What can fail in the estate of a document, as it is once everything said so far is worked in. */
async function elementsOf(session: Session): Promise<{ uri: string; elements: readonly string[] } | undefined> {
    const { world, client } = session;
    const path = shownPath(session);
    if (path === undefined) return undefined;
    await client.settled(world.shown);
    const uri = world.uri(path);
    const list = await client.ask<ElementList>('workspace/executeCommand', {
        command: simulationCommands.elements,
        arguments: [{ uri }],
    });
    return list && { uri, elements: list.elements.map(({ name }) => name) };
}

function execute({ client }: Session, command: string, argument: object): void {
    void client.ask('workspace/executeCommand', { command, arguments: [argument] });
}

/** A place in a text, rather in a word than beside it. */
export function randomPosition(text: string, { below, pick }: Random): Position {
    const words = [...text.matchAll(/[\w-]+/g)];
    const word = below(4) === 0 ? undefined : pick(words);
    const offset = word ? word.index + below(word[0].length + 1) : below(text.length + 1);
    return TextDocument.create('', 'tsbtopo', 0, text).positionAt(offset);
}
