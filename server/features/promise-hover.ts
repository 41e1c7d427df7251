import { AstUtils, GrammarAST, type AstNode, type CstNode } from 'langium';
import { code } from '../encoding/markdown.js';
import { judgePromises } from '../estate/promises.js';
import type { Snapshot } from '../estate/snapshot.js';
import * as ast from '../language/generated/ast.js';
import { toSubject } from '../language/lower/to-promises.js';
import type { TsbtopoServices } from '../language/services.js';
import { componentKinds } from '../knowledge/components.js';
import { meantBy } from '../promises/actions.js';
import { graphFor } from '../promises/judge.js';
import { judgedPhrase } from '../promises/problems.js';
import { causeOf } from '../promises/things.js';
import { noPromises, type Subject } from '../topology/promises.js';
import { count, enumerated } from '../words/english.js';

/** For so long a hover waits for what is not judged yet, milliseconds. */
const patience = 100;

/** What a word tells that stands in a promise: of a thing what it means, of a promise whether it is kept. */
export function promiseMarkdown(leaf: CstNode, estate: Snapshot, services: TsbtopoServices): string | undefined {
    const node = leaf.astNode;
    const thing = AstUtils.getContainerOfType(node, isSubject);
    if (thing) return thingMarkdown(thing, estate);
    const promise = AstUtils.getContainerOfType(node, isPromise);
    if (!promise || node !== promise || (ast.isScenario(node) && GrammarAST.isKeyword(leaf.grammarSource))) {
        const isOfPromise = ast.isAcceptance(node) || ast.isAcceptedFailure(node) || ast.isScenarioLine(node);
        return isOfPromise && !GrammarAST.isKeyword(leaf.grammarSource) ? `**${code(leaf.text)}**` : undefined;
    }
    return verdictMarkdown(promise, services);
}

function isSubject(node: AstNode): node is ast.Subject {
    return ast.isOperationSubject(node) || ast.isChoice(node) || ast.isLinkThing(node) || isNamed(node);
}

/** The place of a choice is told with the choice. */
function isNamed(node: AstNode): node is ast.NamedThing | ast.PlaneThing {
    return ast.isPlaneThing(node) || (ast.isNamedThing(node) && !ast.isChoice(node.$container));
}

function isPromise(node: AstNode): node is ast.Scenario | ast.Objective {
    return ast.isScenario(node) || ast.isObjective(node);
}

function thingMarkdown(node: ast.Subject, { topology }: Snapshot): string | undefined {
    const subject = toSubject(node);
    return subject && `**${code(subject.written)}**: ${meaningOf(subject, topology)}.`;
}

function meaningOf(subject: Subject, topology: Snapshot['topology']): string {
    const graph = graphFor(topology, noPromises);
    if (subject.kind === 'choice' && subject.of !== 'host') {
        const cause = causeOf(graph, subject);
        if (cause.kind === 'unknown') return 'nothing of that kind is known';
        const all = cause.kind === 'choice' ? cause.of : cause.elements;
        const names = enumerated(all.map(({ name }) => code(name)));
        return all.length === 0 ? 'there is none here' : `${count(all.length, 'element')}, ${names}`;
    }
    const judged = meantBy(graph, subject);
    if ('written' in judged) return 'nothing here is called so';
    const kinds = judged.map((each) => (each.kind === 'element' ? componentKinds[each.element.kind].title : each.kind));
    return `${[...new Set(kinds)].join(', ')} ${enumerated(judged.map(judgedPhrase))}`;
}

function verdictMarkdown(promise: ast.Scenario | ast.Objective, services: TsbtopoServices): string | undefined {
    const estate = services.workspace.Estates.of(AstUtils.getDocument(promise).uri);
    const judged = estate && judgePromises(estate, services, patience);
    const what = ast.isScenario(promise) ? 'scenario' : 'objective';
    if (!judged || judged === 'unfinished') return `**${what}**: not judged yet.`;
    const range = promise.$cstNode?.range;
    const uri = AstUtils.getDocument(promise).uri.toString();
    const problems = judged.problems.filter(
        ({ at }) =>
            at.uri === uri && range && at.range.start.line >= range.start.line && at.range.end.line <= range.end.line,
    );
    if (problems.length === 0) return `**${what}**: ✓ as promised.`;
    return [`**${what}**: ✗`, ...problems.map(({ message }) => `- ${code(message)}`)].join('\n');
}
