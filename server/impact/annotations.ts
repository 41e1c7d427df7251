import { isAlive, type Outcome } from '../failure/outcome.js';
import type { Element } from '../topology/element.js';
import type { SourceLocation } from '../topology/topology.js';
import { factsOf } from './facts.js';
import type { AnnotationState } from '../knowledge/states.js';
import { joined, type Remark } from './remark.js';
import { entryRemarks, hostRemarks, networkRemarks, remarker } from './remarks.js';

/** How a line of the file fares in a simulation: what is drawn at its end. */
export interface Annotation {
    readonly at: SourceLocation;
    readonly state: AnnotationState;
    /** Plain text, short enough for the end of a line. */
    readonly text: string;
    /** The names on the line that are no longer there: what failed, or went with something else. */
    readonly struck: readonly SourceLocation[];
}

/**
 * One annotation for each line that a simulation touches; lines that it does not touch stay calm.
 *
 * @param since for how long what failed has been down, in seconds
 */
export function annotationsOf(outcome: Outcome, since = 0): Annotation[] {
    // what was repaired may still have to start, and what has run out to be renewed
    const { failures, starting, expired, promoted, divided } = outcome.state;
    if ([failures, starting, expired, promoted, divided].every(({ length }) => length === 0)) return [];
    const facts = factsOf(outcome);
    const remarksOn = remarker(facts, since);
    const isDown = (element: Element) => !isAlive(outcome, element.name);
    const lines = new Map<string, Line>();
    const lineAt = (at: SourceLocation): Line => {
        const key = `${at.uri}#${at.range.start.line}`;
        const line = lines.get(key) ?? { at, elements: [], others: [] };
        lines.set(key, line);
        return line;
    };
    for (const element of outcome.graph.elements.all) lineAt(element.at).elements.push(element);
    const others = [...hostRemarks(facts), ...entryRemarks(facts), ...networkRemarks(facts)];
    for (const { at, remark: other } of others) lineAt(at).others.push(other);
    return [...lines.values()].flatMap(({ at, elements, others }) => {
        const told = joined([...elements.flatMap(remarksOn(elements)), ...others]);
        if (!told) return [];
        const struck = elements.filter((element) => element.declared && isDown(element)).map((element) => element.at);
        return [{ at, ...told, struck }];
    });
}

interface Line {
    readonly at: SourceLocation;
    readonly elements: Element[];
    readonly others: Remark[];
}
