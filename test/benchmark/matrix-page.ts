import { CancellationToken } from 'vscode-languageserver';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { Matrices } from '../../server/features/matrix.js';
import type { TsbtopoServices } from '../../server/language/services.js';
import type { MatrixQuery } from '../../server/protocol/matrix.js';

/** So many rows are in sight. */
const screen = 60;

/** How long somebody waits for the page of a matrix, milliseconds. */
export interface MatrixPageTimes {
    /** Until the first rows are there, as far as they are weighed. */
    readonly firstRows: number;
    /** Until all are weighed, and the gravest are there. */
    readonly allRows: number;
    /** Until the rows stand by the last column. */
    readonly byColumn: number;
    readonly failures: number;
}

/** Plays the page to the server, once the failure graph is there, as it is where lenses are shown. */
export async function matrixPageTimes(services: TsbtopoServices, uri: string): Promise<MatrixPageTimes> {
    const snapshot = snapshotsOf(services).of(uri)!;
    void snapshot.blasts;
    const matrices = new Matrices(services);
    const query: MatrixQuery = { declared: false, filter: '', sort: 'gravity' };
    const ask = async (query: MatrixQuery) => {
        const outline = await matrices.outline({ uri, query }, CancellationToken.None);
        await matrices.lines({ uri, query, from: 0, to: screen }, CancellationToken.None);
        return outline!;
    };
    const start = performance.now();
    let outline = await ask(query);
    const firstRows = performance.now() - start;
    while (outline.toWeigh > 0) outline = await ask(query);
    const allRows = performance.now() - start;
    const asked = performance.now();
    await ask({ ...query, sort: outline.columns.length - 1 });
    return { firstRows, allRows, byColumn: performance.now() - asked, failures: outline.inAll };
}
