import { isDeepStrictEqual } from 'node:util';
import type { CodeLens, Position } from 'vscode-languageserver-protocol';
import type { SimulationState } from '../../server/protocol/simulation-state.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { type TopologySummary, viewRequests } from '../../server/protocol/views.js';
import { randomOf } from '../fuzz/random.js';
import type { SessionClient } from './client.js';
import { randomPosition } from './steps/requests.js';
import type { World } from './world.js';

/** All that a user can see, by what it is. */
export type Visible = Readonly<Record<string, unknown>>;

/** Places of each document that are asked about. */
const mostPlaces = 3;
/** Of the lenses of each document so many are resolved. */
const mostLenses = 12;

/**
 * What a server that has nothing left to do shows of a world.
 *
 * @param seed decides about which places it is asked
 * @param isBroken whether a text has syntax errors: then lenses stay where they were, and say what they said
 */
export async function visibleOf(
    client: SessionClient,
    { shown }: World,
    seed: number,
    isBroken: (text: string) => boolean,
): Promise<Visible> {
    const random = randomOf(seed);
    const asked: Record<string, Promise<unknown>> = {};
    for (const [uri, { text }] of [...shown].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const textDocument = { uri };
        const whole = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
        const about = (method: string, more: object = {}) =>
            client.ask(`textDocument/${method}`, { textDocument, ...more });
        if (!isBroken(text)) asked[`lenses of ${uri}`] = lensesOf(client, uri);
        asked[`symbols of ${uri}`] = about('documentSymbol');
        asked[`tokens of ${uri}`] = client.semanticTokens(uri);
        asked[`hints of ${uri}`] = about('inlayHint', { range: whole });
        asked[`folds of ${uri}`] = about('foldingRange');
        for (let left = mostPlaces; left > 0; left--) {
            const position = randomPosition(text, random);
            for (const method of ['hover', 'definition', 'documentHighlight']) {
                asked[`${method} at ${placeText(position)} of ${uri}`] = about(method, { position });
            }
        }
        asked[`completion in ${uri}`] = about('completion', { position: randomPosition(text, random) });
    }
    const topologies = (await client.ask<TopologySummary[]>(viewRequests.topologies, {})) ?? [];
    for (const { topology, uri } of topologies) {
        asked[`failures of ${topology} (${uri})`] = client.ask(viewRequests.failures, { uri });
        asked[`findings of ${topology} (${uri})`] = client.ask(viewRequests.findings, { uri });
    }
    asked['state'] = client
        .ask<SimulationState>('workspace/executeCommand', { command: simulationCommands.state })
        .then((state) => state && withoutStep(state));
    const answers = await Promise.all(
        Object.entries(asked).map(async ([what, answer]) => [what, await answer] as const),
    );
    const diagnostics = [...client.diagnostics].map(([uri, found]) => [`diagnostics of ${uri}`, found] as const);
    return {
        ...Object.fromEntries([...diagnostics, ...answers]),
        topologies,
        'state that was told': withoutStep(client.state),
    };
}

/** A simulation as it is, not how it came there: who opens it at a time has seen no other time of it. */
function withoutStep({ simulations }: SimulationState): unknown {
    return simulations.map(({ time: { step: _, ...time }, files, ...view }) => ({
        ...view,
        time,
        files: files.map(({ annotations, ...file }) => ({
            ...file,
            annotations: annotations.map(({ changed: __, ...annotation }) => annotation),
        })),
    }));
}

/** How two servers differ that should show the same; undefined where they do not. */
export function differenceOf(known: Visible, fresh: Visible): string | undefined {
    for (const what of new Set([...Object.keys(fresh), ...Object.keys(known)])) {
        if (isDeepStrictEqual(known[what], fresh[what])) continue;
        const [a, b] = [known[what], fresh[what]].map((value) => JSON.stringify(value) ?? 'nothing') as [
            string,
            string,
        ];
        let same = 0;
        while (same < a.length && a[same] === b[same]) same++;
        const around = (text: string) => text.slice(Math.max(0, same - 200), same + 300);
        return `${what}:\n  of the session: ${around(a)}\n  of a fresh server: ${around(b)}`;
    }
    return undefined;
}

async function lensesOf(client: SessionClient, uri: string): Promise<unknown> {
    const lenses = (await client.ask<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })) ?? [];
    const resolved: unknown[] = [];
    for (const lens of lenses.slice(0, mostLenses)) resolved.push(await client.ask('codeLens/resolve', lens));
    return [...resolved, ...lenses.slice(mostLenses)];
}

function placeText({ line, character }: Position): string {
    return `${line + 1}:${character + 1}`;
}
