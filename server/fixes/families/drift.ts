import { AstUtils, type AstNode } from 'langium';
import { driftLine, type TakeOver } from '../../drift/drift.js';
import type { Change } from '../../estate/change.js';
import { fileOf, fileTextOf } from '../../estate/file-text.js';
import { isUntouched, sealed } from '../../import/writing/seal.js';
import * as ast from '../../language/generated/ast.js';
import type { SourceLocation } from '../../topology/topology.js';
import { declared } from '../declare.js';
import type { Fixer, Surroundings } from '../fix.js';
import { indentationAt, insertion, lineEnd, replacement } from '../text.js';
import { fix } from '../words.js';
import {
    edgeControlPlane,
    managementPlane,
    nodeOf,
    replaced,
    replacedProperty,
    textOf,
    withItem,
    withNested,
    withoutEntry,
    withoutItem,
    type Owner,
} from '../write.js';

/**
 * The estate has something otherwise than the files: what import has written is written anew, whatever else is changed
 * where it stands.
 */
export const driftTakenOver: Fixer = function* ({ drift }, around) {
    if (!drift) return;
    const file = fileTextOf(around.document);
    const state = around.imported;
    if (state && file.uri.endsWith('.import.tsbtopo') && isUntouched(file.text)) {
        const piece = { offset: 0, end: file.text.length };
        yield fix('Take over from the estate: write this file anew', [replacement(file, piece, sealed(state.text))]);
        return;
    }
    const { takeOver } = drift;
    if (takeOver) yield fix(`Take over from the estate: \`${driftLine(drift)}\``, changesOf(takeOver, around));
    if (takeOver?.kind !== 'add') return;
    // what is new may need each other
    const all = around.snapshot
        .problems()
        .flatMap(({ drift: each }) => (each?.takeOver?.kind === 'add' ? each.takeOver : []));
    if (all.length > 1)
        yield fix(
            `Take over all that is new in the estate (${all.length})`,
            ...all.map((each) => changesOf(each, around)),
        );
};

function changesOf(takeOver: TakeOver, around: Surroundings): Change[] {
    switch (takeOver.kind) {
        case 'remove':
            return removed(around, takeOver.at);
        case 'behind': {
            const file = around.estate.documents.find(({ uri }) => uri.toString() === takeOver.at.uri);
            const { places } = fileTextOf(file ?? around.document);
            return file ? [insertion(fileTextOf(file), places.offsetAt(takeOver.at.range.end), takeOver.text)] : [];
        }
        case 'add': {
            const owner = takeOver.into && ownerAt(around, takeOver.into);
            if (owner) return withItem(owner, takeOver.text);
            return declared(around, typeOf(takeOver.text), takeOver.text);
        }
        case 'write':
            return written(takeOver, around);
    }
}

const types = [
    ['region', 'Region'],
    ['management cluster', 'ManagementCluster'],
    ['workload cluster', 'WorkloadCluster'],
    ['service', 'Service'],
    ['external service', 'ExternalService'],
] as const;

function typeOf(text: string): ast.Declaration['$type'] {
    return types.find(([words]) => text.startsWith(`${words} `))?.[1] ?? 'Service';
}

function removed(around: Surroundings, at: SourceLocation): Change[] {
    const node = itemAt(around, at);
    if (!node) return [];
    return ast.isHome(node) || ast.isServiceReference(node) ? withoutEntry(node) : withoutItem(node);
}

function written(
    { text, instead, into, plane }: Extract<TakeOver, { readonly kind: 'write' }>,
    around: Surroundings,
): Change[] {
    const old = instead && itemAt(around, instead);
    if (ast.isHome(old)) {
        const service = AstUtils.getContainerOfType(old, ast.isService);
        return service ? [...withoutEntry(old), ...withItem(service, text)] : [];
    }
    if (ast.isHeader(old)) return replacedProperty(old, 'version', text);
    if (old) return replaced(old, `${text}${restOf(old)}`);
    const owner = ownerAt(around, into);
    if (!owner) return [];
    if (ast.isNetwork(owner)) return withLink(owner, text);
    if (plane === 'edge') return withNested(owner, [edgeControlPlane], text);
    return plane === 'management' ? withNested(owner, [managementPlane], text) : withItem(owner, text);
}

/** What stands in the block of an item is for people to know, and stays; so does the place of a store that is still outside. */
function restOf(node: AstNode): string {
    const text = textOf(node);
    const block = text.indexOf('{');
    const { place, placement } = node as Partial<ast.Postgres>;
    const isOutside = place && (placement ?? 'external') === 'external';
    const where = isOutside ? ` in ${textOf(place)}` : '';
    return `${where}${block < 0 ? '' : ` ${text.slice(block)}`}`;
}

function withLink(network: ast.Network, text: string): Change[] {
    const last = network.links.at(-1);
    if (!last?.$cstNode) return [];
    const file = fileOf(network);
    return [
        insertion(
            file,
            lineEnd(file, last.$cstNode.end),
            `${file.eol}${indentationAt(file, last.$cstNode.offset)}${text}`,
        ),
    ];
}

function ownerAt(around: Surroundings, at: SourceLocation): Owner | undefined {
    const isOwner = (node: AstNode): node is Owner => ast.isNetwork(node) || ('items' in node && !ast.isExposure(node));
    return nodeOf(around, at, isOwner);
}

/** The node that fills a place: of a declaration the whole of it. */
function itemAt(around: Surroundings, { uri, range }: SourceLocation): AstNode | undefined {
    const fills = (node: AstNode): node is AstNode => {
        const own = node.$cstNode?.range;
        return own !== undefined && isSamePlace(own.start, range.start) && isSamePlace(own.end, range.end);
    };
    return nodeOf(around, { uri, range }, fills) ?? nodeOf(around, { uri, range }, ast.isHeader);
}

function isSamePlace(a: SourceLocation['range']['start'], b: SourceLocation['range']['start']): boolean {
    return a.line === b.line && a.character === b.character;
}
