import { AstUtils, type AstNode, type ValidationAcceptor } from 'langium';
import { fixedCodes, ruleCodes } from '../../knowledge/rule-codes.js';
import { similarNames } from '../../topology/similar-names.js';
import * as ast from '../generated/ast.js';
import type { Estate, Estates } from '../naming/estates.js';
import { nodeOfProperty } from '../naming/names.js';
import { durationInSeconds, wholeNumber } from '../syntax/amounts.js';
import { isClockTime } from '../syntax/clock-times.js';
import { isDay } from '../syntax/days.js';
import { didYouMean } from '../syntax/did-you-mean.js';
import { report, writtenText } from './check.js';
import { checkDuration, checkQuoted } from './values.js';

/** What cannot be meant in scenarios, objectives and acceptances, whatever the estate is. */
export function promiseChecks(estates: () => Estates) {
    return {
        Scenario: (scenario: ast.Scenario, accept: ValidationAcceptor) => {
            checkQuoted(scenario, 'name', accept);
            checkOneClock(scenario, accept);
            checkScenarioName(scenario, estates().of(AstUtils.getDocument(scenario).uri), accept);
        },
        ScenarioLine: checkLine,
        Failing: (failing: ast.Failing, accept: ValidationAcceptor) => {
            checkDuration(failing, 'duration', failing.duration, accept, 1);
            if (failing.manner) later(failing, 'manner', failing.manner, accept);
            else if (failing.part !== undefined) later(failing, 'part', `fail ${failing.part} of`, accept);
        },
        Step: checkStep,
        Expectation: (expectation: ast.Expectation, accept: ValidationAcceptor) => {
            const { places, subjects } = expectation;
            if (places.length > 0) later(expectation, 'places', 'from', accept);
            subjects.forEach((subject) => checkSubject(subject, accept));
        },
        Objective: ({ subjects }: ast.Objective, accept: ValidationAcceptor) =>
            subjects.forEach((subject) => checkSubject(subject, accept)),
        Survival: (promise: ast.Survival, accept: ValidationAcceptor) => {
            checkDuration(promise, 'duration', promise.duration, accept, 1);
            checkCause(promise.cause, accept);
        },
        Recovery: (promise: ast.Recovery, accept: ValidationAcceptor) => {
            checkDuration(promise, 'within', promise.within, accept);
            checkCause(promise.cause, accept);
        },
        LossBound: (promise: ast.LossBound, accept: ValidationAcceptor) => {
            checkDuration(promise, 'most', promise.most, accept);
            checkCause(promise.cause, accept);
        },
        Availability: (promise: ast.Availability, accept: ValidationAcceptor) =>
            later(promise, 'percentage', 'is available', accept),
        Choice: (choice: ast.Choice, accept: ValidationAcceptor) => {
            if (choice.count !== undefined && wholeNumber(choice.count) === 0) {
                report(accept, choice, 'odd-number', 'Of nothing there is no choice.', { property: 'count' });
            }
        },
        NamedThing: checkThing,
        Acceptance: (acceptance: ast.Acceptance, accept: ValidationAcceptor) => {
            checkDay(acceptance, accept);
            acceptance.codes.forEach((code, index) => checkCode(acceptance, code, index, accept));
        },
        AcceptedFailure: (acceptance: ast.AcceptedFailure, accept: ValidationAcceptor) => {
            checkDay(acceptance, accept);
            acceptance.things.forEach((thing) => checkAccepted(thing, accept));
        },
    };
}

/** What the grammar has and the engine has not, says so, once and in one sentence. */
function later(node: AstNode, property: string, what: string, accept: ValidationAcceptor): void {
    const message = `\`${what}\` comes in a later version; what it says is not checked yet.`;
    report(accept, node, 'later-version', message, { property });
}

// -------------------------------------------------------------------------------------------------------- scenarios

function checkScenarioName(scenario: ast.Scenario, estate: Estate | undefined, accept: ValidationAcceptor): void {
    const all = (estate?.documents ?? []).flatMap(({ parseResult }) =>
        parseResult.value.declarations.filter(ast.isScenario),
    );
    const first = all.find(({ name }) => name === scenario.name);
    if (first && first !== scenario) {
        const related = { node: first, message: 'The first one.' };
        const message = `A scenario is already called "${scenario.name}".`;
        report(accept, scenario, 'duplicate-declaration', message, { property: 'name', related });
    }
}

function checkLine(line: ast.ScenarioLine, accept: ValidationAcceptor): void {
    const { at, $cstNode } = line;
    if (at === undefined) return;
    if (/:/.test(at) && !isClockTime(at)) {
        const message = `\`${at}\` is no time of the clock. Write it as 14:05, from 00:00 to 23:59, without a date.`;
        report(accept, line, 'odd-time', message, { property: 'at' });
    } else if (!isClockTime(at)) checkDuration(line, 'at', at, accept);
    if (!$cstNode) return;
    const text = $cstNode.root.fullText;
    const before = text.slice(text.lastIndexOf('\n', $cstNode.offset - 1) + 1, $cstNode.offset).trim();
    if (before !== '' && !before.endsWith('{') && !before.endsWith('*/')) {
        const message = 'The time stands first in its line, before what happens then: `at 1h fail east`.';
        report(accept, line, 'odd-time', message, { property: 'at' });
    }
}

function checkStep(step: ast.Step, accept: ValidationAcceptor): void {
    const { verb, to } = step;
    if (verb === 'move') later(step, 'verb', verb, accept);
    else if (to !== undefined && verb !== 'scale') {
        const message = `Only \`scale\` has a number: \`${verb}\` ends before \`to\`.`;
        report(accept, step, 'odd-number', message, { property: 'to' });
    } else if (to !== undefined && wholeNumber(to) === undefined) {
        const message = `\`${to}\` is no number of replicas. Write it as \`to 5\`.`;
        report(accept, step, 'odd-number', message, { property: 'to' });
    }
}

function checkOneClock({ items }: ast.Scenario, accept: ValidationAcceptor): void {
    const timed = items.filter(({ at }) => at !== undefined);
    if (!timed.some(({ at }) => isClockTime(at!))) return;
    for (const line of timed.filter(({ at }) => durationInSeconds(at) !== undefined)) {
        const message = 'Times of the clock and times from the beginning do not mix in one scenario.';
        report(accept, line, 'odd-time', message, { property: 'at' });
    }
}

// ----------------------------------------------------------------------------------------------------------- things

function checkSubject(subject: ast.Subject, accept: ValidationAcceptor): void {
    if (!ast.isChoice(subject) || subject.quantifier !== 'any') return;
    const message =
        'Of whom something is promised, it is promised of each: say `every`. `any` is only ever what fails.';
    report(accept, subject, 'odd-choice', message, { property: 'quantifier', suggestions: ['every'] });
}

function checkCause(cause: ast.Thing | undefined, accept: ValidationAcceptor): void {
    if (!ast.isChoice(cause) || cause.quantifier !== 'every') return;
    const message = '`every` would be all of them at once: say `any`.';
    report(accept, cause, 'odd-choice', message, { property: 'quantifier', suggestions: ['any'] });
}

function checkAccepted(thing: ast.Thing, accept: ValidationAcceptor): void {
    if (!ast.isChoice(thing) || thing.quantifier !== 'any') return;
    const message = 'What is accepted is one failure, and no other: say its name, or `every` for all of them at once.';
    report(accept, thing, 'odd-choice', message, { property: 'quantifier', suggestions: ['every'] });
}

/** Names as the command line has them are one odd word in a file. */
function checkThing(thing: ast.NamedThing, accept: ValidationAcceptor): void {
    const written = writtenText(thing, 'thing');
    if (written === undefined || written.startsWith('"')) return;
    const [, kind, name] = /^(region|service|external|cluster|zone|store|link):(.+)$/.exec(written) ?? [];
    const [, service, home] = /^([^@]+)@(.+)$/.exec(written) ?? [];
    const suggestion =
        kind !== undefined
            ? `${kind === 'external' ? 'external service ' : kind === 'store' || kind === 'zone' ? '' : `${kind} `}${name}`
            : home !== undefined
              ? `${service} on ${home}`
              : undefined;
    if (suggestion === undefined) return;
    const message = `In a file this is \`${suggestion}\`.`;
    report(accept, thing, 'odd-thing', message, { property: 'thing', suggestions: [suggestion] });
}

// ------------------------------------------------------------------------------------------------------ acceptances

function checkDay(acceptance: ast.Acceptance | ast.AcceptedFailure, accept: ValidationAcceptor): void {
    const { until, reason } = acceptance;
    if (until !== undefined && !isDay(until)) {
        const message = `\`${until}\` is no day. Write it as 2027-03-31.`;
        report(accept, acceptance, 'odd-day', message, { property: 'until' });
    }
    if (reason !== undefined && reason.trim() === '') {
        report(accept, acceptance, 'needs-reason', 'Say why, in a few words: `because "…"`.', { property: 'reason' });
    }
}

function checkCode(acceptance: ast.Acceptance, code: string, index: number, accept: ValidationAcceptor): void {
    const known = new Set<string>([...ruleCodes, ...fixedCodes]);
    if (known.has(code)) return;
    const suggestions = similarNames(code, known);
    const message = `There is no diagnostic \`${code}\`.${didYouMean(suggestions)}`;
    if (nodeOfProperty(acceptance, 'codes', index)) {
        report(accept, acceptance, 'unknown-code', message, { property: 'codes', index, suggestions });
    }
}
