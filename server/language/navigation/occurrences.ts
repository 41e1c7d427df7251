import {
    AstUtils,
    CstUtils,
    GrammarUtils,
    isReference,
    type AstNode,
    type CstNode,
    type LangiumDocument,
} from 'langium';
import type { Position, Range } from 'vscode-languageserver-types';
import { headerOf, type Estate } from '../naming/estates.js';
import * as ast from '../generated/ast.js';
import { nodeOfProperty } from '../naming/names.js';
import type { TsbtopoServices } from '../services.js';
import { forEachNode } from '../syntax/tree.js';

/** What a name stands for. Namespaces and topologies are not declared anywhere; they are wherever their names are. */
export type Meaning =
    | { readonly kind: 'declaration'; readonly node: AstNode }
    | { readonly kind: 'namespace'; readonly name: string; readonly estate: Estate }
    | { readonly kind: 'topology'; readonly name: string; readonly estate: Estate };

/** A name at a place of a file. */
export interface NameAt {
    /** Its text, quotes included. */
    readonly text: CstNode;
    readonly meaning: Meaning;
}

/** The word at a position or right before it. */
export function wordAt({ parseResult, textDocument }: LangiumDocument, position: Position, services: TsbtopoServices) {
    const { nameRegexp } = services.parser.GrammarConfig;
    const offset = textDocument.offsetAt(position);
    return CstUtils.findDeclarationNodeAtOffset(parseResult.value.$cstNode, offset, nameRegexp);
}

/** The name at a position or right before it; undefined for other words, and for names that mean nothing. */
export function nameAt(document: LangiumDocument, position: Position, services: TsbtopoServices): NameAt | undefined {
    const text = wordAt(document, position, services);
    if (!text) return undefined;
    const meaning = meaningOfWord(text, services.workspace.Estates.of(document.uri), services);
    return meaning && { text, meaning };
}

function meaningOfWord(text: CstNode, estate: Estate | undefined, services: TsbtopoServices): Meaning | undefined {
    const node = text.astNode;
    const property = GrammarUtils.findAssignment(text)?.feature;
    const name = (property === 'namespace' || property === 'name') && propertyText(node, property);
    if (estate && name && (property === 'namespace' || ast.isNamespace(node))) {
        return { kind: 'namespace', name, estate };
    }
    if (estate && name && ast.isHeader(node)) {
        return { kind: 'topology', name, estate };
    }
    const [declaration] = services.references.References.findDeclarations(text);
    return declaration && { kind: 'declaration', node: declaration };
}

/** A place where a name stands. */
export interface Occurrence {
    readonly uri: string;
    readonly range: Range;
    readonly declares: boolean;
    /** The node that names it, of a reference. */
    readonly reference?: AstNode;
}

/** Every place in the estate where the same thing is named, the declaration first. */
export function occurrencesOf(meaning: Meaning, services: TsbtopoServices): Occurrence[] {
    switch (meaning.kind) {
        case 'declaration':
            return [...declarationOf(meaning.node, services), ...referencesTo(meaning.node, services)];
        case 'namespace':
            return meaning.estate.documents.flatMap((document) => namespacesIn(document, meaning.name));
        case 'topology':
            return meaning.estate.documents.flatMap((document) => {
                const header = headerOf(document.parseResult.value);
                return header ? occurrence(document, nodeOfProperty(header, 'name'), true) : [];
            });
    }
}

function declarationOf(node: AstNode, services: TsbtopoServices): Occurrence[] {
    return occurrence(AstUtils.getDocument(node), services.references.NameProvider.getNameNode(node), true);
}

/** The references to a declaration in all files of the workspace. */
export function referencesTo(node: AstNode, services: TsbtopoServices): Occurrence[] {
    const found: Occurrence[] = [];
    const { Linker } = services.references;
    for (const document of services.shared.workspace.LangiumDocuments.all) {
        for (const reference of Linker.referencesOf(document)) {
            if (!isReference(reference) || reference.ref !== node || !reference.$refNode) continue;
            const { range, astNode } = reference.$refNode;
            found.push({ uri: document.uri.toString(), range, declares: false, reference: astNode });
        }
    }
    return found;
}

function namespacesIn(document: LangiumDocument, name: string): Occurrence[] {
    const found: Occurrence[] = [];
    forEachNode(document.parseResult.value, (node) => {
        const property = ast.isNamespace(node) ? 'name' : 'namespace';
        const names = ast.isNamespace(node) || ast.isService(node) || ast.isServiceReference(node);
        if (names && propertyText(node, property) === name) {
            found.push(...occurrence(document, nodeOfProperty(node, property), false));
        }
    });
    return found;
}

function occurrence({ uri }: LangiumDocument, text: CstNode | undefined, declares: boolean): Occurrence[] {
    return text ? [{ uri: uri.toString(), range: text.range, declares }] : [];
}

function propertyText(node: AstNode, property: string): string | undefined {
    const value: unknown = node[property as keyof AstNode];
    return typeof value === 'string' ? value : undefined;
}
