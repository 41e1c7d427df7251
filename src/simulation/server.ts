import { ExecuteCommandRequest, State, type BaseLanguageClient } from 'vscode-languageclient';
import type {
    ElementArgument,
    EstateArgument,
    PlaceArgument,
    RestartArgument,
} from '../../server/protocol/arguments.js';
import {
    type BeginningArgument,
    type DurationArgument,
    type ElementList,
    type PageArgument,
    type RunbookArgument,
    type ScenarioArgument,
    simulationCommands,
    type TimeArgument,
} from '../../server/protocol/simulation.js';
import { NoServer } from '../client/errors.js';

/** What the client asks of the server. Each of them throws an error with a message for the user if the server refuses. */
export interface SimulationServer {
    /** Runs a scenario, as the server told it before. */
    run(argument: ScenarioArgument): Promise<void>;
    /** The files of an estate with all names replaced. */
    withoutNames(argument: EstateArgument): Promise<string>;
    fail(argument: ElementArgument): Promise<void>;
    recover(argument: ElementArgument): Promise<void>;
    /** Ends the scenario of a topology; without an argument, all of them. */
    clear(argument?: EstateArgument): Promise<void>;
    /** Looks at another time; the result is that time, in seconds. */
    lookAt(argument: TimeArgument): Promise<number>;
    lastFor(argument: DurationArgument): Promise<void>;
    /** Says what the clock on the wall showed at the beginning. */
    beganAt(argument: BeginningArgument): Promise<void>;
    /** Restarts an element at the time that is looked at. */
    restart(argument: ElementArgument): Promise<void>;
    cancelRestart(argument: RestartArgument): Promise<void>;
    /** Promotes what stands by at the time that is looked at. */
    promote(argument: ElementArgument): Promise<void>;
    cancelPromotion(argument: RestartArgument): Promise<void>;
    elements(argument: EstateArgument): Promise<ElementList>;
    /** Why a service would, or would not, fail over, in Markdown. */
    failover(argument: ElementArgument): Promise<string>;
    /** Whether an element may be taken down while the running scenario lasts, in Markdown. */
    maintenance(argument: ElementArgument): Promise<string>;
    /** The name of the element at a place; null where there is none. */
    elementAt(argument: PlaceArgument): Promise<string | null>;
    /** Null where nothing is made to fail. */
    runbook(argument: RunbookArgument): Promise<string | null>;
    /** The answer to a question, in Markdown. */
    page(argument: PageArgument): Promise<string>;
}

export function simulationServer(client: BaseLanguageClient): SimulationServer {
    async function ask<T>(command: string, argument?: EstateArgument): Promise<T> {
        if (client.state !== State.Running && client.state !== State.Starting) throw new NoServer();
        const args = argument === undefined ? [] : [argument];
        return (await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args })) as T;
    }
    return {
        run: (argument) => ask(simulationCommands.run, argument),
        withoutNames: (argument) => ask(simulationCommands.withoutNames, argument),
        fail: (argument) => ask(simulationCommands.fail, argument),
        recover: (argument) => ask(simulationCommands.recover, argument),
        clear: (argument) => ask(simulationCommands.clear, argument),
        lookAt: (argument) => ask(simulationCommands.lookAt, argument),
        lastFor: (argument) => ask(simulationCommands.lastFor, argument),
        beganAt: (argument) => ask(simulationCommands.beganAt, argument),
        restart: (argument) => ask(simulationCommands.restart, argument),
        cancelRestart: (argument) => ask(simulationCommands.cancelRestart, argument),
        promote: (argument) => ask(simulationCommands.promote, argument),
        cancelPromotion: (argument) => ask(simulationCommands.cancelPromotion, argument),
        elements: (argument) => ask(simulationCommands.elements, argument),
        failover: (argument) => ask(simulationCommands.failover, argument),
        maintenance: (argument) => ask(simulationCommands.maintenance, argument),
        elementAt: (argument) => ask(simulationCommands.elementAt, argument),
        runbook: (argument) => ask(simulationCommands.runbook, argument),
        page: (argument) => ask(simulationCommands.page, argument),
    };
}
