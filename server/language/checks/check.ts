import { type AstNode, type ValidationAcceptor, type ValidationSeverity } from 'langium';
import type { DiagnosticRelatedInformation, Range } from 'vscode-languageserver-types';
import type { SuggestionData } from '../syntax/did-you-mean.js';
import { nodeOfProperty } from '../naming/names.js';
import { locationOf, nameLocationOf } from '../naming/location.js';

/** Where in a node to show a message: at a property, at a word, or at the node's name (its first word without one). */
export interface Finding {
    readonly severity?: ValidationSeverity;
    readonly property?: string;
    readonly index?: number;
    /** The other place that the message speaks of. */
    readonly related?: { readonly node: AstNode; readonly message: string };
    /** What could stand there instead. */
    readonly suggestions?: readonly string[];
}

/** Reports what is wrong with a node. */
export function report(
    accept: ValidationAcceptor,
    node: AstNode,
    code: string,
    message: string,
    finding: Finding = {},
): void {
    const { severity = 'error', property, index, related, suggestions } = finding;
    const data: SuggestionData | undefined = suggestions && { suggestions };
    accept(severity, message, {
        node,
        range: rangeOf(node, property, index),
        code,
        ...(related && { relatedInformation: [relatedTo(related.node, related.message)] }),
        ...(data && { data }),
    });
}

function rangeOf(node: AstNode, property: string | undefined, index: number | undefined): Range {
    const text = property && nodeOfProperty(node, property, index);
    return text ? text.range : nameLocationOf(node).range;
}

function relatedTo(node: AstNode, message: string): DiagnosticRelatedInformation {
    const name = nodeOfProperty(node, 'name');
    const { uri, range } = name ? nameLocationOf(node) : locationOf(node);
    return { location: { uri, range }, message };
}

/** The text that a property was read from, as it is written. */
export function writtenText(node: AstNode, property: string, index?: number): string | undefined {
    return nodeOfProperty(node, property, index)?.text;
}
