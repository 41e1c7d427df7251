import { code } from '../encoding/markdown.js';
import { gapPhrase } from '../impact/gap.js';
import { elementPhrase, facetPhrase } from '../impact/phrases.js';
import { operationTitles, severityWords } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import { capitalized, enumerated, percent, verb } from '../words/english.js';
import { duration } from '../words/times.js';
import type { Change } from './changes.js';
import type { Comparison, FailureChange } from './compare.js';
import type { Dependence } from './dependences.js';
import type { Fare, Subject } from './standing.js';

/** What it all comes to, in one sentence. Markdown. */
export function verdictOf(comparison: Comparison, findings: { readonly come: number; readonly gone: number }): string {
    const { worse, better, dependences, elements, renamed } = comparison;
    const [dependence] = groupedDependences(dependences.come);
    if (dependence) return `This change makes ${dependence}.`;
    const [first] = worse;
    if (first) return `This change makes ${worseClause(first)}.`;
    if (findings.come > 0) return 'This change makes no failure worse, and brings a new risk.';
    const [gone] = groupedDependences(dependences.gone, 'no longer');
    if (gone) return `This change makes nothing worse: ${gone}.`;
    if (better.length > 0) return `This change makes nothing worse: ${betterClause(better[0]!)}.`;
    if (findings.gone > 0) return 'This change makes no failure worse, and ends a risk.';
    const isMore = elements.added.length + elements.removed.length + renamed.length > 0;
    return isMore
        ? 'This change makes no difference to what failures do to anything that was there before.'
        : 'This change makes no difference to what failures do.';
}

/**
 * "`checkout` and `cart` depend on region `us-east` alone": a clause for each cause, those with the most first. Markdown.
 *
 * @param when before the verb, as in a sentence of its own; undefined as after "makes"
 */
export function groupedDependences(dependences: readonly Dependence[], when?: 'now' | 'no longer'): string[] {
    const groups = new Map<string, Dependence[]>();
    for (const dependence of dependences) {
        const key = dependence.on.map(({ name }) => name).join('\n');
        groups.set(key, [...(groups.get(key) ?? []), dependence]);
    }
    return [...groups.values()]
        .sort((a, b) => b.length - a.length)
        .map((group) => {
            const who = enumerated(group.map(({ subject }) => nameOf(subject)));
            const on = enumerated(group[0]!.on.map((element) => `${elementPhrase(element)} alone`));
            const depends = when ? `${when} ${verb(group.length, 'depends', 'depend')}` : 'depend';
            return `${who} ${depends} on ${on}`;
        });
}

/** As after "makes": "`checkout` down when `east` fails". */
function worseClause({ elements, changes }: FailureChange): string {
    const [change] = changes;
    return `${nameOf(change!.of)} ${stateOf(change!.now)}${since(change!.at)} when ${elementPhrase(elements[0]!)} fails`;
}

function betterClause({ elements, changes }: FailureChange): string {
    const [change] = changes;
    const { of, before, now } = change!;
    return `${nameOf(of)} ${is(now)}, and no longer ${stateOf(before)}, when ${elementPhrase(elements[0]!)} fails`;
}

function since(at: number): string {
    return at === 0 ? '' : ` after ${duration(at)}`;
}

/** "cluster `east`, and 5 parts of it": of whose failure something is told. Markdown. */
export function elementsPhrase({ elements }: FailureChange, most = 3): string {
    const names = new Set(elements.map(({ name }) => name));
    const whole = elements.filter(({ parents }) => !parents.some((parent) => names.has(parent)));
    const parts = elements.length - whole.length;
    const told = enumerated(whole.map(elementPhrase), { last: 'or', most });
    return parts === 0
        ? told
        : `${told} (or ${parts === 1 ? 'a part' : `${parts} parts`} of ${whole.length === 1 ? 'it' : 'these'})`;
}

/** What changes when that fails, one clause for all that change alike: "`a` and `b` down (were served)". Markdown. */
export function changeClauses(changes: readonly Change[], most = 3): string[] {
    const alike = new Map<string, Change[]>();
    for (const change of changes) {
        const key = JSON.stringify([change.of.kind, transition(change, 1)]);
        alike.set(key, [...(alike.get(key) ?? []), change]);
    }
    return [...alike.values()].map((group) => {
        const who = enumerated(
            group.map(({ of }) => nameOf(of)),
            { most },
        );
        return `${who} ${transition(group[0]!, group.length)}`;
    });
}

function transition({ of, isWorse, at, before, now, sameAt }: Change, number: number): string {
    const was = number === 1 && of.kind !== 'operation' ? 'was' : 'were';
    // the same comes about at another time
    if (sameAt !== undefined && isWorse)
        return `${stateOf(now)}${since(at) || ' at once'} (${was} so after ${duration(sameAt)})`;
    if (sameAt !== undefined)
        return `${stateOf(before)} after ${duration(sameAt)} (${was} so${since(at) || ' at once'})`;
    if (of.kind === 'host' && before.kind === 'host' && now.kind === 'host' && before.is === now.is)
        return `${detailOf(now)}${since(at)} (${was} ${detailOf(before)})`;
    return `${stateOf(now)}${since(at)} (${was} ${stateOf(before)})`;
}

function nameOf(of: Subject): string {
    switch (of.kind) {
        case 'host':
            return code(of.host);
        case 'service':
            return code(of.service);
        case 'operation':
            return operationTitles[of.operation].toLowerCase();
        case 'configuration':
            return `configuration of ${code(of.cluster)}`;
        case 'facet':
            return facetPhrase(of);
    }
}

function is(fare: Fare): string {
    return `${fare.kind === 'configuration' || fare.kind === 'operation' ? 'are' : 'is'} ${stateOf(fare)}`;
}

function stateOf(fare: Fare): string {
    switch (fare.kind) {
        case 'host':
            return fare.is === 'failover' ? `served after a failover, ${gapOf(fare)}` : fare.is;
        case 'service':
            return fare.is === 'spare' ? 'in fewer clusters' : fare.is;
        case 'operation':
            return severityWords[fare.is];
        case 'configuration':
            return fare.is;
        case 'facet':
            return fare.is === 'limited' ? 'held back' : fare.is === 'lost' ? 'lost' : 'unaffected';
    }
}

type HostFare = Extract<Fare, { readonly kind: 'host' }>;

/** What tells two fares of a host apart that are the same in a word. */
function detailOf(fare: HostFare): string {
    const share = fare.lostShare > 0 ? `, ${percent(fare.lostShare)} of its requests lost` : '';
    const gap = fare.gap && fare.is !== 'failover' ? `, ${gapPhrase(fare.gap)}` : '';
    return `${stateOf(fare)}${share}${gap}`;
}

function gapOf({ gap }: HostFare): string {
    return gap ? gapPhrase(gap) : 'without a gap';
}

/** A line of the list of elements that have come or are gone. Markdown. */
export function elementListing(elements: readonly Element[], most: number): string {
    return capitalized(enumerated(elements.map(elementPhrase), { most }));
}
