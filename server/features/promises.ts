import { DocumentState, interruptAndCheck } from 'langium';
import { ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import { namedPromises, promiseStates, unjudgedPromises, type StatedPromise } from '../estate/promise-states.js';
import { hasPromises, judgePromises, promisesOf } from '../estate/promises.js';
import type { TsbtopoServices } from '../language/services.js';
import type { EstateArgument } from '../protocol/arguments.js';
import { promiseRequests, type JudgedPromise, type KeepArgument, type PromisingEstate } from '../protocol/promises.js';
import type { Simulations } from '../simulation/simulations.js';
import { answering } from './answers.js';
import { keepScenario } from './keep-scenario.js';
import { broken } from './promise-lens.js';

const invalidParams = -32602;

/** So long promises are judged before it is looked whether the client still wants to know, milliseconds. */
const piece = 10;

/** Answers which promises there are, whether they are kept, and how the running simulation is one more. */
export function answerPromises(connection: Connection, services: TsbtopoServices, simulations: Simulations): void {
    const answer = answering(connection, services, DocumentState.Validated);
    answer(promiseRequests.list, () => promisingEstates(services));
    answer(promiseRequests.judge, (argument: EstateArgument, token) => judgedPromises(argument, services, token));
    answer(promiseRequests.keep, (argument: KeepArgument) => keepScenario(argument, services, simulations));
}

/** All topologies that promise anything, each with its scenarios and then its objectives. */
export function promisingEstates(services: TsbtopoServices): PromisingEstate[] {
    return services.workspace.Estates.all()
        .filter(hasPromises)
        .map((estate) => ({
            topology: estate.name,
            uri: estate.documents[0]!.uri.toString(),
            promises: namedPromises(promisesOf(estate)).map(({ id, kind, label, at }) => ({ id, kind, label, at })),
        }));
}

/**
 * Whether the promises of an estate are kept; not judged where a mistake of this tool keeps that from being found out.
 *
 * @throws ResponseError for a file of no topology
 */
export async function judgedPromises(
    { uri }: EstateArgument,
    services: TsbtopoServices,
    token: CancellationToken,
): Promise<JudgedPromise[]> {
    for (;;) {
        // an edit may have come meanwhile
        const estate = services.workspace.Estates.of(uri);
        if (!estate) throw new ResponseError(invalidParams, `${uri} is not a topology file of this workspace.`);
        const judged = judgePromises(estate, services, piece);
        if (judged !== 'unfinished') {
            const { day } = services.workspace.Today;
            const stated = judged ? promiseStates(judged, day) : unjudgedPromises(promisesOf(estate));
            return stated.map((each) => told(each, uri));
        }
        await interruptAndCheck(token);
    }
}

function told({ id, state, reasons, verdict }: StatedPromise, uri: string): JudgedPromise {
    const counterexample = broken(uri, verdict);
    return {
        id,
        state,
        messages: reasons.map(({ message, at, difference }) => ({
            ...{ text: message, at },
            ...(difference && { difference }),
        })),
        ...(counterexample && { counterexample }),
    };
}
