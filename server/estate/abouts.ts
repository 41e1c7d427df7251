import { isCompositeCstNode, type AstNode, type CstNode } from 'langium';
import { visible } from '../encoding/visible.js';
import * as ast from '../language/generated/ast.js';
import { fits, joinedDeclarations, type Joined } from '../language/lower/joined.js';
import type { Clash } from '../language/lower/joined-items.js';
import type { Estate } from '../language/naming/estates.js';
import { locationOf } from '../language/naming/location.js';
import type { Declared, Subject } from '../language/naming/subjects.js';
import { didYouMean } from '../language/syntax/did-you-mean.js';
import type { SourceLocation } from '../topology/topology.js';
import type { EstateProblem } from './estate-problem.js';

const known = new WeakMap<Joined, readonly EstateProblem[]>();

/** What is wrong with what `about` says in an estate: found out once for all of its files. */
export function aboutProblems(estate: Estate): readonly EstateProblem[] {
    const joined = joinedDeclarations(estate);
    const last = known.get(joined);
    if (last) return last;
    const problems = [
        ...[...joined.subjects].flatMap(([about, subjects]) => problemsOfAbout(about, subjects, joined)),
        ...joined.clashes.flatMap(problemsOfClash),
    ];
    known.set(joined, problems);
    return problems;
}

function problemsOfAbout(about: ast.About, subjects: readonly Subject[], joined: Joined): EstateProblem[] {
    return about.things.flatMap((thing, index) => {
        const subject = subjects[index]!;
        const problem = problemOfSubject(thing, subject, joined, about.items);
        if (problem) return [problem];
        const misfits = about.items.filter((item) => !fits(item, subject));
        return misfits.map((item) => misfit(item, subject));
    });
}

const none = { related: [], suggestions: [] };

function problemOfSubject(
    thing: ast.Thing,
    subject: Subject,
    { homeless }: Joined,
    items: readonly ast.AboutItem[],
): EstateProblem | undefined {
    const at = locationOf(thing);
    switch (subject.kind) {
        case 'unknown': {
            const { near, name } = subject;
            const message = `Nothing is called \`${visible(name)}\`${near.length > 0 ? '.' : ' any more.'}${didYouMean(near.map(visible))}`;
            return { ...none, code: 'about-nothing', severity: 'error', message, at, suggestions: near };
        }
        case 'ambiguous': {
            const listed = subject.candidates.slice(0, 3).map((each) => `\`${visible(each)}\``);
            const message = `\`${visible(subject.name)}\` can mean ${listed.length} things: say ${listed.join(' or ')}.`;
            const suggestions = subject.candidates;
            return { ...none, code: 'ambiguous-name', severity: 'error', message, at, suggestions };
        }
        case 'wordless': {
            const isRead = items.length > 0 && items.every((item) => fits(item, subject));
            if (isRead && !isOfServices(thing)) return undefined;
            const name = `\`${visible(subject.name)}\``;
            const message = isRead
                ? `There are services among ${name}: each says by itself what it requires.`
                : `Of ${name} only what it \`requires\` can be said yet: the rest comes in a later version.`;
            return { ...none, code: 'later-version', severity: 'error', message, at };
        }
        case 'fate': {
            const message = `What is said of the shared fate \`${visible(subject.name)}\` stands in its own block.`;
            return { ...none, code: 'later-version', severity: 'error', message, at };
        }
        case 'home': {
            if (!homeless.has(thing)) return undefined;
            const message = `\`${visible(subject.node.name)}\` does not run on \`${visible(subject.cluster.name)}\`.`;
            return { ...none, code: 'about-nothing', severity: 'error', message, at };
        }
        default:
            return undefined;
    }
}

/** A choice that services are among, of which each says by itself what it requires. */
function isOfServices(thing: ast.Thing): boolean {
    if (!ast.isChoice(thing)) return false;
    return thing.kinds.length === 0 || thing.kinds.some((kind) => kind === 'service' || kind === 'component');
}

// ------------------------------------------------------------------------------------------------------------ items

function misfit(item: ast.AboutItem, subject: Subject): EstateProblem {
    const what = `\`${firstWords(item)}\``;
    const who = nounOf(subject);
    const message =
        ast.isCalls(item) || ast.isRequires(item)
            ? subject.kind === 'home'
                ? `What a service ${ast.isCalls(item) ? 'calls' : 'requires'} is said of it, wherever it runs: \`about ${visible(subject.node.name)}\`.`
                : `${who} ${ast.isCalls(item) ? 'calls nobody' : 'requires nothing'}; services do.`
            : ast.isNamespace(item)
              ? 'The namespace is a part of the name: it is said where the service is declared.'
              : `${what} is not said of ${who.charAt(0).toLowerCase()}${who.slice(1)}.`;
    const { uri, range } = locationOf(item);
    return { ...none, code: 'misplaced-item', severity: 'error', message, at: { uri, range } };
}

/** The words of the language with which an item begins: `rate limit`. */
function firstWords({ $cstNode }: AstNode): string {
    const words: string[] = [];
    for (const { text, tokenType } of leavesOf($cstNode)) {
        if (tokenType.name !== text || !/^[a-z]/.test(text)) break;
        words.push(text);
    }
    return words.join(' ');
}

function* leavesOf(node: CstNode | undefined): Generator<{ text: string; tokenType: { name: string } }> {
    if (!node || node.hidden) return;
    if (isCompositeCstNode(node)) for (const child of node.content) yield* leavesOf(child);
    else if ('tokenType' in node) yield node as never;
}

const nouns: Readonly<Record<Declared['$type'], string>> = {
    Region: 'A region',
    ManagementCluster: 'A cluster',
    WorkloadCluster: 'A cluster',
    Gateway: 'A gateway',
    Service: 'A service',
    ExternalService: 'An external service',
};

function nounOf(subject: Subject): string {
    switch (subject.kind) {
        case 'declaration':
            return nouns[subject.node.$type];
        case 'home':
            return 'A service on a cluster';
        case 'host':
            return 'A host';
        case 'part':
            return `\`${subject.part.replaceAll('-', ' ')}\``;
        default:
            return 'This';
    }
}

// ---------------------------------------------------------------------------------------------------------- clashes

function problemsOfClash({ what, first, second, isOverruled }: Clash): EstateProblem[] {
    const [one, other] = [first, second].map(locationOf) as [SourceLocation, SourceLocation];
    if (isOverruled) {
        if (written(first) === written(second)) return [];
        const message = `The import says \`${visible(written(second))}\`; what is said here holds.`;
        const related = [{ at: other, message: 'What the import says.' }];
        return [{ code: 'overrules-import', severity: 'hint', message, at: one, related, suggestions: [] }];
    }
    const message = `\`${visible(what)}\` is said twice of the same thing.`;
    const told = (at: SourceLocation, place: SourceLocation): EstateProblem => ({
        code: 'said-twice',
        severity: 'error',
        message,
        at,
        related: [{ at: place, message: 'The other place.' }],
        suggestions: [],
    });
    return [told(one, other), told(other, one)];
}

function written({ $cstNode }: AstNode): string {
    return ($cstNode?.text ?? '').replace(/\s+/g, ' ');
}
