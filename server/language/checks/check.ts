import type { AstNode, ValidationAcceptor, ValidationSeverity } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import type { ProblemData, RelatedNode } from '../syntax/problem-data.js';
import { nodeOfProperty } from '../naming/names.js';
import { lasting } from '../naming/declared.js';
import { nameRangeOf } from '../naming/location.js';

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
    const data: ProblemData = {
        ...(suggestions && { suggestions }),
        ...(related && { related: [relatedTo(related.node, related.message)] }),
    };
    accept(severity, message, {
        node,
        range: rangeOf(node, property, index),
        code,
        data,
    });
}

function rangeOf(node: AstNode, property: string | undefined, index: number | undefined): Range {
    const text = property && nodeOfProperty(node, property, index);
    return text ? text.range : nameRangeOf(node);
}

/** Not by its place in the text, where it moves without this file being checked again. */
function relatedTo(node: AstNode, message: string): RelatedNode {
    return { node: lasting(node), message };
}

/** The text that a property was read from, as it is written. */
export function writtenText(node: AstNode, property: string, index?: number): string | undefined {
    return nodeOfProperty(node, property, index)?.text;
}
