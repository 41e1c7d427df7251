import type { AstNode } from 'langium';
import { operations } from '../../knowledge/operations.js';
import { directedLinkName, instancesName, linkName, nameOfKind } from '../../topology/element-name.js';
import type {
    Acceptance,
    AcceptedFailure,
    Choice,
    DeclaredScenario,
    Expectation,
    NamedThing,
    Objective,
    ObjectivePromise,
    Promises,
    ScenarioLine,
    Subject,
    Thing,
} from '../../topology/promises.js';
import * as ast from '../generated/ast.js';
import { locationOf, nameLocationOf } from '../naming/location.js';
import { durationInSeconds, wholeNumber } from '../syntax/amounts.js';
import { allDeclared, allItems } from '../syntax/items.js';
import { clockTimesOf } from '../syntax/clock-times.js';
import { forEachNode } from '../syntax/tree.js';

/**
 * What the files of an estate promise; what cannot be read of it is left out, and has a diagnostic of its own.
 *
 * @param placesOf all blocks that say something of what a block is about; the block itself, where there is no other
 */
export function toPromises(
    files: readonly ast.File[],
    placesOf: (block: AstNode) => readonly AstNode[] = (block) => [block],
): Promises {
    const lists = files.map(({ declarations }) => declarations);
    return {
        scenarios: allDeclared(lists, 'Scenario').map(toScenario),
        objectives: allDeclared(lists, 'Objective').flatMap((objective) => toObjective(objective) ?? []),
        acceptances: lists.flatMap(acceptancesAmong).flatMap((node) => toAcceptance(node, placesOf)),
    };
}

const written = (node: AstNode) => (node.$cstNode?.text ?? '').replace(/\s+/g, ' ');
const writtenAt = (node: AstNode) => ({ written: written(node), at: locationOf(node) });

// ------------------------------------------------------------------------------------------------------- scenarios

function toScenario(scenario: ast.Scenario): DeclaredScenario {
    const times = timesOf(scenario);
    const lines = scenario.items.map((line) => toLine(line, times.of(line)));
    const known = lines.filter((line) => line !== undefined);
    return {
        name: scenario.name ?? '',
        lines: known,
        isPartial: known.length < lines.length,
        ...(times.clock !== undefined && { clock: times.clock }),
        at: locationOf(scenario),
        nameAt: nameLocationOf(scenario),
    };
}

/** The times of a scenario's lines in seconds: null where one cannot be read, undefined where none is said. */
function timesOf({ items }: ast.Scenario) {
    const clock = clockTimesOf(items.map(({ at }) => at));
    const byLine = new Map(items.map((line, index) => [line, clock?.times[index]]));
    return {
        clock: clock?.first,
        of: (line: ast.ScenarioLine): number | null | undefined => {
            if (line.at === undefined) return undefined;
            return byLine.get(line) ?? durationInSeconds(line.at) ?? null;
        },
    };
}

/** Undefined for what this version does not know. */
function toLine({ happening }: ast.ScenarioLine, time: number | null | undefined): ScenarioLine | undefined {
    if (!happening || time === null) return undefined;
    switch (happening.$type) {
        case 'Failing': {
            const { manner, part, things, duration } = happening;
            const lasts = duration === undefined ? undefined : durationInSeconds(duration);
            if (manner || part !== undefined || (duration !== undefined && lasts === undefined)) return undefined;
            const step = { kind: 'step', action: 'fail', things: toThings(things), time: time ?? 0 } as const;
            return { ...step, ...(lasts !== undefined && { duration: lasts }), at: locationOf(happening) };
        }
        case 'Step': {
            const { verb, things } = happening;
            const common = { things: toThings(things), time: time ?? 0, at: locationOf(happening) };
            if (verb === 'recover' || verb === 'restart' || verb === 'promote')
                return { kind: 'step', action: verb, ...common };
            return verb === 'deploy' || verb === 'scale' ? { kind: 'action', action: verb, ...common } : undefined;
        }
        case 'Expectation':
            return toExpectation(happening, time);
    }
}

function toExpectation(expectation: ast.Expectation, time: number | undefined): Expectation | undefined {
    const { subjects, negated, state, places } = expectation;
    if (!state || places.length > 0) return undefined;
    return {
        kind: 'expect',
        subjects: subjects.flatMap((subject) => toSubject(subject) ?? []),
        negated,
        state,
        ...(time !== undefined && { time }),
        at: locationOf(expectation),
    };
}

// ------------------------------------------------------------------------------------------------------ objectives

function toObjective(objective: ast.Objective): Objective | undefined {
    const promise = objective.promise && toPromise(objective.promise);
    const subjects = objective.subjects.flatMap((subject) => toSubject(subject) ?? []);
    if (!promise || subjects.length === 0) return undefined;
    const sentence = written(objective)
        .replace(/^objective /, '')
        .replace(/ ?\{.*$/s, '');
    return {
        written: sentence,
        at: locationOf(objective),
        nameAt: nameLocationOf(objective),
        subjects,
        promise,
        accepted: allItems(objective.items, 'AcceptedFailure').flatMap((item) => toAcceptedFailure(item) ?? []),
    };
}

function toPromise(promise: NonNullable<ast.Objective['promise']>): ObjectivePromise | undefined {
    const cause = 'cause' in promise && promise.cause ? toThing(promise.cause) : undefined;
    switch (promise.$type) {
        case 'Survival': {
            const lasts = promise.duration === undefined ? undefined : durationInSeconds(promise.duration);
            if (!cause || (promise.duration !== undefined && lasts === undefined)) return undefined;
            return { kind: 'survives', partly: promise.partly, cause, ...(lasts !== undefined && { for: lasts }) };
        }
        case 'Recovery': {
            const within = durationInSeconds(promise.within ?? '');
            return cause && within !== undefined ? { kind: 'recovers', within, cause } : undefined;
        }
        case 'LossBound': {
            const most = durationInSeconds(promise.most ?? '');
            if (most === undefined || (promise.cause && !cause)) return undefined;
            return { kind: 'loses-at-most', most, ...(cause && { cause }) };
        }
        default:
            return undefined;
    }
}

// ------------------------------------------------------------------------------------------------------ acceptances

function toAcceptedFailure(item: ast.AcceptedFailure): AcceptedFailure | undefined {
    const { things, reason, until } = item;
    if (!reason) return undefined;
    return { things: toThings(things), because: reason, ...(until && { until }), at: locationOf(item) };
}

/** A declaration is looked through once: an edit in it makes another one. */
const acceptancesOf = new WeakMap<ast.Declaration, readonly ast.Acceptance[]>();

/** The declarations of a file are another list after each edit of it. */
const acceptancesOfFiles = new WeakMap<readonly ast.Declaration[], readonly ast.Acceptance[]>();

function acceptancesAmong(declarations: readonly ast.Declaration[]): readonly ast.Acceptance[] {
    const acceptances = acceptancesOfFiles.get(declarations) ?? declarations.flatMap(acceptancesIn);
    acceptancesOfFiles.set(declarations, acceptances);
    return acceptances;
}

function acceptancesIn(declaration: ast.Declaration): readonly ast.Acceptance[] {
    const known = acceptancesOf.get(declaration);
    if (known) return known;
    const found: ast.Acceptance[] = [];
    // hardly any declaration accepts something, and a look at its text costs a hundredth of going through it
    if (declaration.$cstNode?.text.includes('accept') !== false) {
        forEachNode(declaration, (node) => {
            if (ast.isAcceptance(node)) found.push(node);
        });
    }
    acceptancesOf.set(declaration, found);
    return found;
}

function toAcceptance(node: ast.Acceptance, placesOf: (block: AstNode) => readonly AstNode[]): Acceptance[] {
    if (!node.reason) return [];
    const within = node.$container.$container ? placesOf(node.$container).map(locationOf) : undefined;
    return [
        {
            codes: node.codes,
            because: node.reason,
            ...(node.until && { until: node.until }),
            at: locationOf(node),
            ...(within && { within }),
        },
    ];
}

// ----------------------------------------------------------------------------------------------------------- things

/** Of whom something is expected; undefined while it is being written. */
export function toSubject(subject: ast.Subject): Subject | undefined {
    if (!ast.isOperationSubject(subject)) return toThing(subject);
    const operation = operations.find((each) => each.toLowerCase() === subject.operation);
    if (!operation) return undefined;
    const cluster = subject.cluster?.$refText;
    return { kind: 'operation', operation, ...(cluster !== undefined && { cluster }), ...writtenAt(subject) };
}

export function toThings(things: readonly ast.Thing[]): Thing[] {
    return things.flatMap((thing) => toThing(thing) ?? []);
}

function toThing(thing: ast.Thing): Thing | undefined {
    switch (thing.$type) {
        case 'Choice':
            return toChoice(thing);
        case 'LinkThing': {
            const [from, to] = [thing.from?.$refText, thing.to?.$refText];
            if (from === undefined || to === undefined) return undefined;
            const name = thing.direction === '->' ? directedLinkName(from, to) : linkName(from, to);
            return { kind: 'named', of: 'link', name, ...writtenAt(thing) };
        }
        case 'PlaneThing': {
            const name = planes.get(thing.plane ?? '');
            return name === undefined ? undefined : { kind: 'named', of: '', name, ...writtenAt(thing) };
        }
        case 'NamedThing':
            return toNamedThing(thing);
    }
}

/** The words of planes stand side by side here. */
const planes: ReadonlyMap<string, string> = new Map([
    ['managementplane', 'management-plane'],
    ['managementcluster', 'management-cluster'],
    ['centralcontrolplane', 'central-control-plane'],
]);

function toChoice(choice: ast.Choice): Choice {
    const { quantifier, count, kinds, label, place } = choice;
    const at = place && toNamedThing(place);
    return {
        kind: 'choice',
        quantifier,
        count: wholeNumber(count) ?? 1,
        of: kinds.join(' '),
        ...(label?.key && label.value !== undefined && { label: { key: label.key, value: label.value } }),
        ...(at && { place: at }),
        ...writtenAt(choice),
    };
}

function toNamedThing(thing: ast.NamedThing): NamedThing | undefined {
    const { kinds, qualifier, parts, home } = thing;
    const [first, ...more] = [thing.thing?.$refText, ...parts.map((part) => part.$refText)];
    if (first === undefined) return undefined;
    const of = kinds.join(' ');
    const bare = [qualifier ? `${qualifier.$refText}/${first}` : first, ...more].join('.');
    const prefix = prefixes.get(of);
    const name = home ? instancesName(bare, home.$refText) : prefix === undefined ? bare : nameOfKind(prefix, bare);
    return { kind: 'named', of, name, ...writtenAt(thing) };
}

/** How names of elements begin, by the kind that stands before the name in a file. */
const prefixes: ReadonlyMap<string, Parameters<typeof nameOfKind>[0]> = new Map([
    ['region', 'region'],
    ['zone', 'zone'],
    ['cluster', 'cluster'],
    ['workload cluster', 'cluster'],
    ['management cluster', 'cluster'],
    ['service', 'service'],
    ['external', 'external'],
    ['external service', 'external'],
]);
