import {
    Cancellation,
    DefaultDocumentValidator,
    interruptAndCheck,
    type AstNode,
    type DiagnosticInfo,
    type LangiumDocument,
    type ParseResult,
    type ReferenceInfo,
    type ValidationAcceptor,
    type ValidationOptions,
    type ValidationSeverity,
} from 'langium';
import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver-types';
import { visible } from '../../encoding/visible.js';
import { senseOf } from '../naming/sense.js';
import type { ProblemData } from '../syntax/problem-data.js';
import { internalErrorDiagnostic } from '../workspace/internal-errors.js';
import type { ForeignSignError } from '../syntax/lexer.js';
import { problemOf } from '../syntax/parser.js';
import * as ast from '../generated/ast.js';
import { rangeInside } from '../syntax/positions.js';
import { isShownBefore, maximalSyntaxErrors, type SyntaxMistake } from '../syntax/recovery.js';
import { describeReference } from '../naming/reference-messages.js';
import type { TsbtopoServices } from '../services.js';
import type { LeftOutReason } from '../workspace/workspace-files.js';
import { forEachNode } from '../syntax/tree.js';
import { nameWriter, type NameWriter } from '../naming/written-names.js';

/** So many unknown names of one file are compared with those that exist; each takes a look at every name. */
const maximalSuggestions = 50;

/**
 * Turns what the lexer, the parser and the linker could not read into messages; each with a code, and with what was
 * probably meant.
 */
export class TsbtopoDocumentValidator extends DefaultDocumentValidator {
    private readonly services: TsbtopoServices;
    private readonly write: NameWriter;
    /** With which checks, and what they found, by the sense of the declarations. */
    private checked: { readonly checksOf: unknown; readonly found: WeakMap<object, Checked> } | undefined;

    constructor(services: TsbtopoServices) {
        super(services);
        this.services = services;
        this.write = nameWriter(services.Grammar);
    }

    /** As Langium does it, but a step that fails costs one message, and every message stands in its file. */
    override async validateDocument(
        document: LangiumDocument,
        options: ValidationOptions = {},
        cancelToken = Cancellation.CancellationToken.None,
    ): Promise<Diagnostic[]> {
        await interruptAndCheck(cancelToken);
        const { parseResult, textDocument } = document;
        const found: Diagnostic[] = [];
        const attempt = async (step: () => void | Promise<void>) => {
            try {
                await step();
            } catch (error) {
                const met = { doing: 'checking', uri: document.uri.toString(), error };
                this.services.workspace.InternalErrors.tell(met);
                found.push(internalErrorDiagnostic(met));
            }
        };
        if (!options.categories || options.categories.includes('built-in')) {
            await attempt(() => this.processLexingErrors(parseResult, found));
            await attempt(() => this.processParsingErrors(parseResult, found));
            await attempt(() => this.processLinkingErrors(document, found));
        }
        await attempt(
            async () => void found.push(...(await this.validateAst(parseResult.value, options, cancelToken))),
        );
        await interruptAndCheck(cancelToken);
        const reason = this.services.workspace.LeftOut.reasonFor(document.uri.toString());
        if (reason !== undefined) found.push(this.leftOut(reason));
        const failed = found.find(isInternalError);
        return found
            .filter((diagnostic) => !isInternalError(diagnostic) || diagnostic === failed)
            .map((diagnostic) => ({ ...diagnostic, range: rangeInside(textDocument, diagnostic.range) }));
    }

    protected override processLexingErrors(parseResult: ParseResult, diagnostics: Diagnostic[]): void {
        const brokenLines = linesOfMistakes(parseResult);
        for (const error of parseResult.lexerErrors) {
            const { line = 1, column = 1, length, message } = error;
            const range = {
                start: { line: line - 1, character: column - 1 },
                end: { line: line - 1, character: column - 1 + length },
            };
            if (!isForeignSign(error)) {
                diagnostics.push(this.error('unreadable', message, range));
            } else if (!brokenLines.has(line - 1)) {
                diagnostics.push(this.error('unknown-word', message, range, [error.suggestion]));
            }
        }
    }

    protected override processParsingErrors(parseResult: ParseResult, diagnostics: Diagnostic[]): void {
        const signs = new Map(
            parseResult.lexerErrors.filter(isForeignSign).map((sign) => [`${sign.line}:${sign.column}`, sign.length]),
        );
        const errors = parseResult.parserErrors.slice(0, maximalSyntaxErrors) as SyntaxMistake[];
        for (const error of errors.filter(({ isFollowUp }) => !isFollowUp)) {
            const problem = problemOf(error);
            const code = problem?.code ?? 'syntax';
            const behind = isShownBefore(error, problem?.atPrevious ?? false);
            const { suggestions = [], insertions = [] } = problem ?? {};
            diagnostics.push({
                ...this.error(code, error.message, withSign(rangeOf(error, behind), signs), suggestions),
                ...(insertions.length > 0 && { data: { suggestions, insertions, behind } satisfies ProblemData }),
            });
        }
        const last = errors[maximalSyntaxErrors - 1];
        if (last) {
            const message = `Stopped after ${maximalSyntaxErrors} mistakes: the rest of this file is not read.`;
            const range = rangeOf(last, isShownBefore(last, false));
            diagnostics.push(this.error('too-many-mistakes', message, range));
        }
    }

    protected override processLinkingErrors(document: LangiumDocument, diagnostics: Diagnostic[]): void {
        const names = this.services.workspace.Estates.of(document.uri)?.names;
        // of this file alone: what is said of it changes with nothing but the names of the others
        const unread = new Set(unreadWords(document));
        let count = 0;
        for (const reference of document.references) {
            const { error, $refNode } = reference;
            if (
                error &&
                names &&
                $refNode &&
                !isNameOfThing(error.info) &&
                !unread.has(error.info.reference.$refText)
            ) {
                const suggest = count++ < maximalSuggestions;
                const problem = describeReference(error, { names, write: this.write, suggest });
                if (problem) {
                    diagnostics.push(this.error(problem.code, problem.message, $refNode.range, problem.suggestions));
                }
            }
        }
    }

    /** Checks what the edit touched, and whom it concerns where names have changed: what else is said stays right. */
    protected override async validateAst(
        file: AstNode,
        options: ValidationOptions,
        cancelToken: Cancellation.CancellationToken,
    ): Promise<Diagnostic[]> {
        const checksOf = this.services.validation.ValidationRegistry.checksFor(options.categories);
        const found: Diagnostic[] = [];
        const accept: ValidationAcceptor = (severity, message, info) =>
            found.push(this.toDiagnostic(severity, message, info));
        const check = async (node: AstNode) => {
            for (const each of checksOf(node.$type)) {
                const pending = each(node, accept, cancelToken);
                if (pending) await pending;
            }
        };
        await check(file);
        if (this.checked?.checksOf !== checksOf) this.checked = { checksOf, found: new WeakMap() };
        const known = this.checked.found;
        for (const [index, declaration] of (ast.isFile(file) ? file.declarations : []).entries()) {
            if (index % pieceLength === 0) await interruptAndCheck(cancelToken);
            const line = declaration.$cstNode?.range.start.line ?? 0;
            const last = known.get(senseOf(declaration));
            if (last) {
                for (const each of last.found) found.push(movedBy(each, line - last.line));
                continue;
            }
            const first = found.length;
            const nodes: AstNode[] = [];
            forEachNode(declaration, (node) => nodes.push(node));
            for (const node of nodes) await check(node);
            if (!found.some(isInternalError)) known.set(senseOf(declaration), { line, found: found.slice(first) });
        }
        return found;
    }

    /** Messages quote what stands in the file. */
    protected override toDiagnostic<N extends AstNode>(
        severity: ValidationSeverity,
        message: string,
        info: DiagnosticInfo<N, string>,
    ): Diagnostic {
        return super.toDiagnostic(severity, visible(message), info);
    }

    private leftOut(reason: LeftOutReason): Diagnostic {
        return {
            severity: DiagnosticSeverity.Information,
            range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
            message: `This file is no part of the workspace: ${reason}. It is read alone, while it is open.`,
            code: 'left-out',
            source: this.getSource(),
        };
    }

    private error(code: string, message: string, range: Range, suggestions: readonly string[] = []): Diagnostic {
        const data: ProblemData | undefined = suggestions.length > 0 ? { suggestions } : undefined;
        return {
            severity: DiagnosticSeverity.Error,
            range,
            message: visible(message),
            code,
            source: this.getSource(),
            ...(data && { data }),
        };
    }
}

/** What was found in a declaration, and on which line it began then. */
interface Checked {
    readonly line: number;
    readonly found: readonly Diagnostic[];
}

/** So many declarations are checked before somebody else has a turn. */
const pieceLength = 100;

function movedBy(diagnostic: Diagnostic, lines: number): Diagnostic {
    if (lines === 0) return diagnostic;
    const { start, end } = diagnostic.range;
    const range = { start: { ...start, line: start.line + lines }, end: { ...end, line: end.line + lines } };
    return { ...diagnostic, range };
}

/** What a promise names need have no declaration of its own: the room of promises tells what is unknown there. */
function isNameOfThing({ container }: ReferenceInfo): boolean {
    return ast.isNamedThing(container);
}

/** A line says one thing about its form: what the parser does not understand, or else a sign that was read over. */
function linesOfMistakes({ parserErrors }: ParseResult): ReadonlySet<number> {
    const lines = new Set<number>();
    for (const error of parserErrors as SyntaxMistake[]) {
        const behind = isShownBefore(error, problemOf(error)?.atPrevious ?? false);
        lines.add(rangeOf(error, behind).start.line);
    }
    return lines;
}

/** The range of a word, with a sign that belongs to it. */
function withSign({ start, end }: Range, signs: ReadonlyMap<string, number>): Range {
    const length = signs.get(`${start.line + 1}:${start.character + 1}`) ?? 0;
    return { start, end: { ...end, character: Math.max(end.character, start.character + length) } };
}

/** No line with a mistake is looked at any further. */
const maximalLine = 200;

/** Words of a file that the parser passed over: what they name is not unknown. */
function unreadWords({ parseResult, textDocument }: LangiumDocument): string[] {
    const errors = parseResult.parserErrors.filter(({ token }) => token.startOffset >= 0);
    return errors.flatMap(({ token }) => {
        const line = textDocument.getText().slice(token.startOffset, token.startOffset + maximalLine);
        return line.split(/[\r\n]/, 1)[0]!.match(/[\p{L}\p{N}_-]+/gu) ?? [];
    });
}

function isForeignSign(error: object): error is ForeignSignError {
    return 'suggestion' in error;
}

function isInternalError({ code }: Diagnostic): boolean {
    return code === 'internal-error';
}

function rangeOf({ token, previousToken }: SyntaxMistake, atPrevious: boolean): Range {
    const place = atPrevious && previousToken ? previousToken : token;
    return {
        start: { line: place.startLine! - 1, character: place.startColumn! - 1 },
        end: { line: place.endLine! - 1, character: place.endColumn! },
    };
}
