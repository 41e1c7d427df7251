import type { Reference } from 'langium';
import { changeBetween } from '../../topology/unchanged.js';
import type * as ast from '../generated/ast.js';
import { declaredBy, handOver } from './declared.js';
import { isLinked } from './linker.js';
import { forgetNamesIn } from './scope-computation.js';
import { signatureOf } from './signature.js';

/**
 * Brings the names of a file up to date with an edit: where a declaration declares what the one before did in its place, it takes
 * over its names.
 *
 * @returns what declares something else now, before the edit and after it
 */
export function followEdit(before: ast.File, now: ast.File): ast.Declaration[] {
    const [last, declarations] = [before.declarations, now.declarations];
    const { start, gone, instead } = changeBetween(last.map(signatureOf), declarations.map(signatureOf));
    const shift = declarations.length - last.length;
    for (const [index, declaration] of declarations.entries()) {
        if (index < start) handOver(last[index]!, declaration);
        else if (index >= start + instead.length) handOver(last[index - shift]!, declaration);
    }
    forgetNamesIn(now);
    return [...last.slice(start, start + gone.length), ...declarations.slice(start, start + instead.length)];
}

/** What of an estate may mean something else once some declarations declare something else. */
export type Concern = (declaration: ast.Declaration, references: readonly Reference[] | undefined) => boolean;

/**
 * Whom it concerns that some declarations declare something else: who names what they declare, declares that, too, or names
 * what means nothing yet. A region concerns everybody, since services look at it by their clusters, without its name.
 *
 * @param edited before the edit and after it
 */
export function concernOf(edited: readonly ast.Declaration[]): Concern {
    if (edited.some(({ $type }) => $type === 'Region')) return () => true;
    const names = new Set(edited.flatMap((each) => declaredBy(each).names.map(({ name }) => name)));
    return (declaration, references) =>
        !isPlain(declaration) ||
        references === undefined ||
        references.some((reference) => names.has(reference.$refText) || !isLinked(reference)) ||
        declaredBy(declaration).names.some(({ name }) => names.has(name));
}

/** It looks at nothing but what it names. Of all else there is little, and it is always looked at anew. */
function isPlain({ $type }: ast.Declaration): boolean {
    return $type === 'Service' || $type === 'ExternalService' || $type === 'WorkloadCluster' || $type === 'Network';
}
