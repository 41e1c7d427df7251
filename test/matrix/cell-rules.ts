import { describe, expect, test } from 'vitest';
import { plain } from '../../server/encoding/markdown.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { blastRadiusOf } from '../../server/failure/blast-radius.js';
import { simulate } from '../../server/failure/outcome.js';
import { gravityOfHost, gravityOfService } from '../../server/failure/traffic-outcome.js';
import { gravitySigns } from '../../server/impact/gravity-words.js';
import { glance } from '../../server/impact/summary.js';
import { userRows } from '../../server/impact/user-rows.js';
import { operations } from '../../server/knowledge/operations.js';
import { cellText } from '../../server/matrix/cell.js';
import { elementsIn, matrixOf } from '../../server/matrix/matrix.js';
import { topologiesAt } from '../diagram/estates.js';

/** Tests that each cell says what a simulation says, of the estates at some paths. */
export function testCellsOf(paths: readonly string[]): void {
    describe('a cell says what an outcome says', () => {
        test.each(paths)('for every failure of %s', async (path) => {
            for (const topology of await topologiesAt(path)) {
                const { graph, blasts } = analysisOf(topology);
                const health = simulate(graph, []);
                const { columns, rowOf, cellOf } = matrixOf(health);
                // an empty cell of a table means that all is as in health, and that is unaffected
                expect(health.hosts.map(gravityOfHost).filter((mark) => mark !== 'none')).toEqual([]);
                expect(health.services.map(gravityOfService).filter((mark) => mark !== 'none')).toEqual([]);
                let checked = 0;
                for (const element of elementsIn(health.graph)) {
                    const outcome = simulate(graph, [element.name]);
                    const row = rowOf(element);
                    const marks = [
                        ...operations.map((operation) => outcome.operations[operation]),
                        ...outcome.hosts.map(gravityOfHost),
                        ...outcome.services.map(gravityOfService),
                    ];
                    expect(row.cells.all().map(({ mark }) => mark)).toEqual(marks);
                    // each of them by itself is the same: of some columns, which take turns
                    for (const [column, cell] of row.cells.all().entries())
                        if (column % 7 === checked % 7) expect(cellOf(element, column)).toEqual(cell);
                    checked++;
                    expect(row.cells.all().map(({ kind }) => kind)).toEqual(columns.map(({ kind }) => kind));
                    expect(row).toMatchObject(blasts.weightOf(element.name));
                    expect(`${gravitySigns[row.gravity]} ${row.headline}`).toBe(glance(blastRadiusOf(outcome)));
                    // a hover has a line for each user to which something happens, with this sign and these words
                    const told = userRows(outcome, []).map(({ kind, name, gravity, phrase }) => ({
                        ...{ kind, name, gravity, text: plain(phrase) },
                    }));
                    const touched = row.cells.affected().flatMap(({ cell }) => {
                        if (cell.kind === 'operation') return [];
                        const name = cell.kind === 'host' ? cell.of.host : cell.of.name;
                        return [{ kind: cell.kind, name, gravity: cell.mark, text: cellText(cell) }];
                    });
                    expect(touched).toEqual(told);
                }
            }
        });
    });
}
