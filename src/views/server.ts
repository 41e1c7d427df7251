import type { CancellationToken } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ElementArgument, EstateArgument } from '../../server/protocol/arguments.js';
import {
    type FailureGroup,
    type FindingItem,
    type TopologySummary,
    viewRequests,
    type WeighedArgument,
    type WeighedElement,
} from '../../server/protocol/views.js';

/** What views ask of the server. */
export interface ViewServer {
    /** All of them, or that of one file. */
    topologies(argument: Partial<EstateArgument>, token: CancellationToken): Promise<TopologySummary[]>;
    failures(argument: EstateArgument, token: CancellationToken): Promise<FailureGroup[]>;
    elements(argument: WeighedArgument, token: CancellationToken): Promise<WeighedElement[]>;
    explanation(argument: ElementArgument, token: CancellationToken): Promise<string | null>;
    findings(argument: EstateArgument, token: CancellationToken): Promise<FindingItem[]>;
}

export function viewServer(client: BaseLanguageClient): ViewServer {
    return {
        topologies: (argument, token) => client.sendRequest(viewRequests.topologies, argument, token),
        failures: (argument, token) => client.sendRequest(viewRequests.failures, argument, token),
        elements: (argument, token) => client.sendRequest(viewRequests.elements, argument, token),
        explanation: (argument, token) => client.sendRequest(viewRequests.explanation, argument, token),
        findings: (argument, token) => client.sendRequest(viewRequests.findings, argument, token),
    };
}
