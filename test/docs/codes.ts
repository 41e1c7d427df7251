import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const server = resolve(import.meta.dirname, '../../server');

/** The codes of all diagnostics, as the source says them: findings, what the language finds in a file, and of promises. */
export function codesInSource(): CodesInSource {
    return (found ??= findCodes());
}

type CodesInSource = Readonly<Record<'findings' | 'language' | 'promises', readonly string[]>>;

let found: CodesInSource | undefined;

function findCodes(): CodesInSource {
    const language = readdirSync(resolve(server, 'language'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.startsWith('generated'))
        .map((name) => resolve(server, 'language', name));
    const beside = ['estate/abouts.ts', 'estate/questions.ts', 'estate/imported.ts'].map((name) =>
        resolve(server, name),
    );
    return {
        findings: sorted(unionMembers(resolve(server, 'findings/finding.ts'), 'FindingCode')),
        language: sorted([...language, ...beside].flatMap(codesIn)),
        promises: sorted([
            ...unionMembers(resolve(server, 'promises/problems.ts'), 'PromiseCode'),
            ...unionMembers(resolve(server, 'estate/acceptances.ts'), 'AcceptanceCode'),
        ]),
    };
}

function sorted(codes: readonly string[]): string[] {
    return [...new Set(codes)].sort();
}

function parse(file: string): ts.SourceFile {
    return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
}

function unionMembers(file: string, name: string): string[] {
    const found: string[] = [];
    visit(parse(file), (node) => {
        if (ts.isTypeAliasDeclaration(node) && node.name.text === name) found.push(...texts(node.type));
    });
    return found;
}

/** Texts in places where a code stands: a property or a variable `code`, `report(…, …, CODE, …)`, `error(CODE, …)`. */
function codesIn(file: string): string[] {
    const found: string[] = [];
    visit(parse(file), (node) => {
        const place = placeOfCode(node);
        if (place) found.push(...texts(place));
    });
    return found;
}

function placeOfCode(node: ts.Node): ts.Node | undefined {
    if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) {
        return isCode(node.name) ? node.initializer : undefined;
    }
    if (ts.isPropertySignature(node)) {
        return isCode(node.name) ? node.type : undefined;
    }
    if (ts.isCallExpression(node)) {
        const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
        const name = ts.isIdentifier(called) ? called.text : '';
        return name === 'report' ? node.arguments[2] : name === 'error' ? node.arguments[0] : undefined;
    }
    return undefined;
}

function isCode(name: ts.Node): boolean {
    return ts.isIdentifier(name) && name.text === 'code';
}

function texts(node: ts.Node): string[] {
    const found: string[] = [];
    visit(node, (child) => {
        if (ts.isStringLiteral(child)) found.push(child.text);
    });
    return found;
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
    each(node);
    ts.forEachChild(node, (child) => visit(child, each));
}
