import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { code } from '../../encoding/markdown.js';
import { partsOf, type Part } from '../../estate/comparison-text.js';
import type { SourceLocation } from '../../topology/topology.js';
import { count } from '../../words/english.js';
import type { ComparedTopology } from './compared.js';

/** All that there is to tell of a topology, with places as seen from the current folder. */
export function partsTold({ comparison }: Pick<ComparedTopology, 'comparison'>): Part[] {
    return partsOf(comparison, { ofFinding: (at) => code(placeOf(at)), ofElement: () => '' });
}

/** Of several, those of which there is something to tell, and how many others there are. */
export function withoutSilent(topologies: readonly ComparedTopology[]) {
    if (topologies.length < 2) return { told: topologies, silent: 0 };
    const told = topologies.filter(({ comparison }) => partsTold({ comparison }).length > 0);
    return { told, silent: topologies.length - told.length };
}

/** Of topologies of which there is nothing to tell. */
export function noDifference(number: number): string {
    return `No difference in ${count(number, 'topology').replace('topologys', 'topologies')}.`;
}

/** `a.tsbtopo:3`, from the current folder. */
function placeOf({ uri, range }: SourceLocation): string {
    return `${path.relative(process.cwd(), fileURLToPath(uri))}:${range.start.line + 1}`;
}
