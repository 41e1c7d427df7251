import { GrammarAST, URI, UriUtils, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { RenameProvider } from 'langium/lsp';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { RenameParams, TextDocumentPositionParams } from 'vscode-languageserver';
import { TextEdit, type Range, type WorkspaceEdit } from 'vscode-languageserver-types';
import { visible } from '../../encoding/visible.js';
import * as ast from '../generated/ast.js';
import { isGenerated } from '../lower/joined.js';
import { clusterOfGateway, nodeOfProperty } from '../naming/names.js';
import { nameAt, occurrencesOf, wordAt, type Meaning, type Occurrence } from '../navigation/occurrences.js';
import { whatIsInTheWay } from './rename-conflicts.js';
import type { TsbtopoServices } from '../services.js';
import { forEachReference } from '../syntax/tree.js';
import { nameWriter, type NameWriter } from '../naming/written-names.js';

/**
 * Renames something in all files of its estate: puts the new name in quotes where needed, names gateways that have no
 * name, and refuses a name that would then mean something else, or that import would write anew.
 */
export class TsbtopoRename implements RenameProvider {
    private readonly write: NameWriter;

    constructor(private readonly services: TsbtopoServices) {
        this.write = nameWriter(services.Grammar);
    }

    /** @returns the place of the name, and the name without quotes. @throws ResponseError for everything else */
    prepareRename(document: LangiumDocument, { position }: TextDocumentPositionParams): Range {
        const name = nameAt(document, position, this.services);
        if (!name) throw refusal(whyNoName(wordAt(document, position, this.services)));
        const imported = whyImported(occurrencesOf(name.meaning, this.services));
        if (imported) throw refusal(imported);
        const { range, text } = name.text;
        const answer = { range, placeholder: currentName(name.meaning) ?? withoutQuotes(text) };
        // Langium's type knows only the place; the protocol allows both, and the handler passes it on
        return answer as unknown as Range;
    }

    rename(document: LangiumDocument, { position, newName: typed }: RenameParams): WorkspaceEdit {
        const name = nameAt(document, position, this.services);
        if (!name) throw refusal(whyNoName(wordAt(document, position, this.services)));
        const { meaning } = name;
        const newName = withoutQuotes(typed.trim());
        if (newName === '') throw refusal('A name must not be empty.');
        if (/[\r\n]/.test(newName)) throw refusal('A name stands in one line.');
        if (newName === currentName(meaning)) return { changes: {} };

        const occurrences = occurrencesOf(meaning, this.services);
        const obstacle = whyImported(occurrences) ?? whatIsInTheWay(meaning, newName, occurrences, this.services);
        if (obstacle) throw refusal(obstacle);
        const written = this.write(newName, ruleOf(meaning));
        const changes = new Map<string, TextEdit[]>();
        for (const occurrence of occurrences) {
            const edits = changes.get(occurrence.uri) ?? [];
            edits.push(this.editOf(occurrence, meaning, written));
            changes.set(occurrence.uri, edits);
        }
        return { changes: Object.fromEntries(changes) };
    }

    private editOf({ range, declares }: Occurrence, meaning: Meaning, written: string): TextEdit {
        const gateway = meaning.kind === 'declaration' && ast.isGateway(meaning.node) ? meaning.node : undefined;
        const lastRole = gateway && !gateway.name && nodeOfProperty(gateway, 'roles', gateway.roles.length - 1);
        return declares && lastRole
            ? TextEdit.insert(lastRole.range.end, ` ${written}`)
            : TextEdit.replace(range, written);
    }
}

function currentName(meaning: Meaning): string | undefined {
    if (meaning.kind !== 'declaration') return meaning.name;
    return 'name' in meaning.node && typeof meaning.node.name === 'string' ? meaning.node.name : undefined;
}

/** The rule of the grammar by which a name is written. */
function ruleOf(meaning: Meaning): string {
    if (meaning.kind !== 'declaration') return 'ServiceName';
    const { node } = meaning;
    if (ast.isRegion(node) || ast.isZone(node)) return 'RegionName';
    // what is required outside of services stands where items begin with words that are names elsewhere
    if (ast.isExternalService(node) || ast.isService(node)) return 'ExternalName';
    return ast.isGateway(node) && clusterOfGateway(node) ? 'GatewayName' : 'ServiceName';
}

function withoutQuotes(text: string): string {
    const [, inside] = /^"((?:\\.|[^"\\])*)"$/.exec(text) ?? [];
    return inside === undefined ? text : inside.replace(/\\(.)/g, '$1');
}

function whyNoName(word: CstNode | undefined): string {
    if (!word || word.hidden || !/[\w"]/.test(word.text)) return 'There is no name here.';
    if (GrammarAST.isKeyword(word.grammarSource) && !isReferenced(word)) {
        return `\`${word.text}\` is a word of the language, and stays as it is.`;
    }
    return isReferenced(word)
        ? `\`${word.text}\` means nothing yet, so that there is nothing to rename.`
        : `\`${word.text}\` stands only here: change it in place.`;
}

/** Why something stays as it is called: the next import would bring the old name back. */
function whyImported(occurrences: readonly Occurrence[]): string | undefined {
    const uri = occurrences.map((each) => each.uri).find(isGenerated);
    if (uri === undefined) return undefined;
    const file = UriUtils.basename(URI.parse(uri));
    return (
        `\`${file}\` is written anew by each import, with the name that it has in its sources. Rename it there, or give ` +
        `the file another name if it is not imported again: \`${file.replace('.import', '')}\`.`
    );
}

function isReferenced({ astNode, offset }: CstNode): boolean {
    return referencesOf(astNode).some((text) => text && text.offset <= offset && offset < text.end);
}

function referencesOf(node: AstNode): (CstNode | undefined)[] {
    const found: (CstNode | undefined)[] = [];
    forEachReference(node, ({ reference }) => found.push(reference.$refNode));
    return found;
}

function refusal(message: string): ResponseError<void> {
    return new ResponseError(LSPErrorCodes.RequestFailed, visible(message));
}
