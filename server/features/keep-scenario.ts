import { URI } from 'langium';
import { ResponseError } from 'vscode-languageserver';
import { keptScenario } from '../estate/kept-scenario.js';
import { promisesOf } from '../estate/promises.js';
import { snapshotsOf } from '../estate/snapshot.js';
import { saidBeside } from '../fixes/beside.js';
import { surroundingsIn } from '../fixes/surroundings.js';
import { isGenerated } from '../language/lower/joined.js';
import type { TsbtopoServices } from '../language/services.js';
import type { KeepArgument, KeptScenario } from '../protocol/promises.js';
import type { Simulations } from '../simulation/simulations.js';

const invalidParams = -32602;

/**
 * The running simulation as a scenario with what holds as its expectations: behind the last scenario of the estate, else
 * at the end of the file that the client names; in one beside it if import writes that anew each time. Null where nothing is simulated.
 *
 * @throws ResponseError for a file of no topology, and for a name that is empty or taken
 */
export function keepScenario(
    { uri, name }: KeepArgument,
    services: TsbtopoServices,
    simulations: Simulations,
): KeptScenario | null {
    const estate = services.workspace.Estates.of(uri);
    const snapshot = snapshotsOf(services).of(uri);
    if (!estate || !snapshot)
        throw new ResponseError(invalidParams, `${uri} is not a topology file of this workspace.`);
    const { scenarios } = promisesOf(estate);
    const isName = typeof name === 'string' && name.trim() !== '' && !/[\r\n]/.test(name);
    if (!isName) throw new ResponseError(invalidParams, 'A scenario needs a name in one line.');
    if (scenarios.some((scenario) => scenario.name === name))
        throw new ResponseError(invalidParams, `A scenario is already called "${name}".`);
    const simulation = simulations.simulationOf(snapshot.key, snapshot.topology);
    if (!simulation) return null;
    const { timeline, at } = simulation;
    const text = keptScenario(snapshot.topology, name, timeline, at);
    if (text === undefined) return null;
    const last = scenarios.filter(({ at }) => !isGenerated(at.uri)).at(-1);
    if (last) return behind(last.at, text, services);
    return isGenerated(uri) ? besideImport(uri, text, services) : atEnd(uri, text, services);
}

/** Behind a declaration, and a comment that follows it in its line. */
function behind(
    { uri, range: { end } }: { readonly uri: string; readonly range: { readonly end: KeptScenario['at'] } },
    text: string,
    services: TsbtopoServices,
): KeptScenario {
    const { textDocument: document } = documentOf(uri, services);
    const rest = document.getText({ start: end, end: { line: end.line + 1, character: 0 } }).replace(/[\r\n]+$/, '');
    const isComment = /^\s*(\/\/.*)?$/.test(rest);
    const at = isComment ? { line: end.line, character: end.character + rest.length } : end;
    return { uri, at, text: `\n\n${text}`, isNewFile: false };
}

function atEnd(uri: string, text: string, services: TsbtopoServices): KeptScenario {
    const { textDocument: document } = documentOf(uri, services);
    const whole = document.getText();
    const gap = whole === '' || whole.endsWith('\n') ? '\n' : '\n\n';
    return { uri, at: document.positionAt(whole.length), text: `${gap}${text}\n`, isNewFile: false };
}

function besideImport(uri: string, text: string, services: TsbtopoServices): KeptScenario | null {
    const around = surroundingsIn(services)(documentOf(uri, services));
    const [change] = around ? saidBeside(around, undefined, text) : [];
    if (!change) return null;
    const { LangiumDocuments } = services.shared.workspace;
    const file = LangiumDocuments.getDocument(URI.parse(change.uri))?.textDocument;
    return {
        uri: change.uri,
        at: file?.positionAt(change.start) ?? { line: 0, character: 0 },
        text: change.text,
        isNewFile: file === undefined,
    };
}

function documentOf(uri: string, { shared }: TsbtopoServices) {
    return shared.workspace.LangiumDocuments.getDocument(URI.parse(uri))!;
}
