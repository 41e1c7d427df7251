import type { CompletionContext } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { componentKinds } from '../../../knowledge/components.js';
import { isStoreName } from '../../../topology/element-name.js';
import type { Element } from '../../../topology/element.js';
import { elementsOf } from '../../../topology/elements.js';
import { writtenName } from '../../../topology/things.js';
import type { Cluster, Topology } from '../../../topology/topology.js';
import { lineAround, prefixBefore } from './cursor.js';
import { sortText, type Proposal } from './proposal.js';

/** Whether the things of a line are those that are promoted: only what stands by can be. */
export function isPromoted(context: CompletionContext): boolean {
    return /\bpromote\s+([^{}]*,\s*)?\S*$/.test(lineAround(context).before);
}

/**
 * What can fail without a declaration of its own, where things are named: what belongs to the management plane, such as
 * `postgres`, and behind `east.` the parts of that cluster.
 *
 * @param write a name as the file has to write it
 */
export function partProposals(
    context: CompletionContext,
    topology: Topology,
    write: (name: string) => string,
): Proposal[] {
    const [, cluster] = /^(.*)\.$/.exec(prefixBefore(context) ?? '') ?? [];
    if (cluster !== undefined) {
        const length = `${write(cluster)}.`.length;
        const parts = alone(topology, ({ name }) => name === cluster).filter(isPartOfCluster);
        return parts.map((part) => proposal(part, writtenName(part, write).slice(length)));
    }
    const isMeant = isPromoted(context) ? isCopy : isOfManagement;
    return alone(topology, isManagement)
        .filter(isMeant)
        .map((part) => proposal(part, writtenName(part, write)));
}

function proposal({ kind }: Element, label: string): Proposal {
    const { title } = componentKinds[kind];
    return { label, kind: CompletionItemKind.Value, detail: title, sortText: sortText('value') };
}

/** What can fail in some clusters, as if there were nothing else. */
function alone(topology: Topology, isMeant: (cluster: Cluster) => boolean): readonly Element[] {
    const clusters = topology.clusters.filter(isMeant);
    return elementsOf({ ...topology, clusters, services: [], externalServices: [], sharedFates: [] }).all;
}

const isManagement = ({ kind }: Cluster) => kind === 'management';
const isCopy = ({ kind }: Element) => kind === 'store-copy';

/** Neither declared as such nor called by what it is between: the stores, what is behind them, and the identity provider. */
const isOfManagement = ({ name, kind }: Element) => isStoreName(name) || kind === 'identity-provider';

/** Gateways are proposed like all else that is declared. */
const isPartOfCluster = ({ name, cluster, kind }: Element) =>
    cluster !== undefined && name.startsWith(`${cluster}.`) && kind !== 'gateway';
