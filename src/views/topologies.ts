import * as vscode from 'vscode';
import type { TopologySummary } from '../../server/protocol/views.js';
import { collapsed, expanded, treeItem } from './items.js';
import type { Row } from './rows.js';
import type { ViewServer } from './server.js';

/**
 * What a view says of each topology: the rows themselves where there is one. That of the file one looks at comes first,
 * and is open; all are where one looks at none.
 */
export async function topologyRows(
    server: ViewServer,
    topologies: readonly TopologySummary[],
    say: {
        readonly description: (topology: TopologySummary) => string;
        readonly children: (topology: TopologySummary, token: vscode.CancellationToken) => Promise<Row[]>;
    },
    token: vscode.CancellationToken,
): Promise<Row[]> {
    const [only, ...others] = topologies;
    if (only && others.length === 0) return say.children(only, token);
    const isInFront = await frontOf(server, token);
    return [...topologies]
        .sort((a, b) => Number(isInFront(b)) - Number(isInFront(a)))
        .map((topology): Row => {
            const { uri } = topology;
            return {
                // one that comes to the front is another row, so that it opens although it was closed where it stood
                id: isInFront(topology) ? `${uri}#front` : uri,
                uri,
                item: treeItem(topology.topology, isInFront(topology) ? expanded : collapsed, {
                    description: say.description(topology),
                    contextValue: 'topology',
                }),
                children: (later) => say.children(topology, later),
            };
        });
}

/** Whether a topology is that of the file one looks at. */
async function frontOf(
    server: ViewServer,
    token: vscode.CancellationToken,
): Promise<(topology: TopologySummary) => boolean> {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const [front] = uri === undefined ? [] : await server.topologies({ uri }, token);
    return front === undefined ? () => true : (topology) => topology.uri === front.uri;
}
