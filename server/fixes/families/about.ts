import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { subjectsIn } from '../../language/naming/subjects.js';
import { declared } from '../declare.js';
import type { Fix, Fixer } from '../fix.js';
import { fix } from '../words.js';
import { nodeAt, replaced, textOf, withoutEntry, withoutItem } from '../write.js';

/** What an `about` is about, and is not there: what was probably meant, a declaration of it, or nothing. */
export const aboutNothing: Fixer = function* (problem, around) {
    const node = nodeAt(around.document, problem.at.range.start);
    const about = node && AstUtils.getContainerOfType(node, ast.isAbout);
    const thing = about?.things.find(
        ({ $cstNode }) =>
            $cstNode?.range.start.line === problem.at.range.start.line &&
            $cstNode.range.start.character === problem.at.range.start.character,
    );
    if (!about || !thing) return;
    for (const near of problem.suggestions) {
        yield fix(`Change \`${textOf(thing)}\` to \`${near}\``, replaced(thing, near));
    }
    const subject = subjectsIn(around.estate)(thing);
    const declaration = subject.kind === 'unknown' ? subject.declares : undefined;
    if (declaration) {
        const type = typeOf(declaration);
        yield fix(`Declare it: \`${declaration}\``, declared(around, type, declaration));
    }
    yield about.things.length > 1
        ? fix(`Take \`${textOf(thing)}\` out`, withoutEntry(thing))
        : fix('Take this `about` out', withoutItem(about));
};

function typeOf(declaration: string): ast.Declaration['$type'] {
    if (declaration.startsWith('region')) return 'Region';
    if (declaration.startsWith('workload')) return 'WorkloadCluster';
    return declaration.startsWith('external') ? 'ExternalService' : 'Service';
}

/** What is said at two places: one of them says it no more. */
export const saidTwice: Fixer = function* (problem, around) {
    yield withoutSaying(nodeAt(around.document, problem.at.range.start), 'Take this one out');
};

/** What is said otherwise than import has it: the import holds. */
export const overrulesImport: Fixer = function* (problem, around) {
    yield withoutSaying(nodeAt(around.document, problem.at.range.start), 'Leave it to the import');
};

function withoutSaying(node: ReturnType<typeof nodeAt>, title: string): Fix | undefined {
    if (!node?.$container) return undefined;
    return fix(title, ast.isLabel(node) ? withoutEntry(node) : withoutItem(node));
}
