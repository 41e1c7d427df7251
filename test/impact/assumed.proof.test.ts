import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { assumptionsAtOnce, type Assumption } from '../../server/impact/assumed.js';
import { alternativesTo } from '../../server/knowledge/alternatives.js';
import { assumedIn, withoutDefault } from '../../server/topology/settings.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { share } from '../share.js';
import { elementNames } from '../failure/names-in.js';
import { randomEstate } from '../failure/random-estate.js';
import { unsaid } from './unsaid.js';

test('undoing an assumption that is not listed changes no mark; one that is, those that it lists', () => {
    fc.assert(
        fc.property(randomEstate, fc.nat(), (random, choice) => {
            const topology = unsaid(random);
            const { graph } = analysisOf(topology);
            const names = elementNames(topology).filter((name) => graph.nodeOfElement.has(name as ElementName));
            const failure = names[choice % names.length] as ElementName | undefined;
            if (failure === undefined) return;
            const outcome = simulate(graph, [failure]);
            const listed = assumptionsAtOnce(outcome);
            for (const id of assumedIn(topology).keys()) {
                for (const { value, says } of alternativesTo(id).others) {
                    const other = analysisOf(withoutDefault(topology, id, value)).graph;
                    // without a network that is open there is no link to fail
                    if (!other.nodeOfElement.has(failure)) continue;
                    const changed = changedMarks(outcome, simulate(other, [failure]));
                    const turned = listed.filter((each) => each.id === id && each.instead === says);
                    const told = turned.flatMap(({ turns }) => turns.map(keyOf));
                    expect({ failure, id, says, marks: told.sort() }).toEqual({ failure, id, says, marks: changed });
                }
            }
        }),
        { numRuns: share(60) },
    );
});

function keyOf({ kind, what, operation, here, otherwise }: Assumption['turns'][number]): string {
    return [kind, what, ...(operation === null ? [] : [operation]), here, otherwise].join(' ');
}

/** "service api unaffected limited", for each mark that both outcomes have and that differs. */
function changedMarks(one: Outcome, other: Outcome): string[] {
    const of = ({ operations, clusters, hosts, services }: Outcome) =>
        new Map<string, string>([
            ...Object.entries(operations).map(([what, mark]) => [`operation ${what}`, mark] as const),
            ...hosts.map(({ host, severity }) => [`host ${host}`, severity] as const),
            ...services.map(({ name, severity }) => [`service ${name}`, severity] as const),
            ...clusters.flatMap(({ name, operations: marks }) =>
                Object.entries(marks).map(([what, mark]) => [`cluster ${name} ${what}`, mark] as const),
            ),
        ]);
    const otherwise = of(other);
    return [...of(one)]
        .flatMap(([mark, severity]) => {
            const turned = otherwise.get(mark);
            return turned === undefined || turned === severity ? [] : [`${mark} ${severity} ${turned}`];
        })
        .sort();
}
