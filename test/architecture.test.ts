import { globSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { stronglyConnected } from '../server/engine/index.js';

const root = resolve(import.meta.dirname, '..');

const pure = [
    'encoding',
    'words',
    'engine',
    'knowledge',
    'topology',
    'failure',
    'impact',
    'findings',
    'diagram',
    'matrix',
    'report',
    'comparison',
    'promises',
];
const mayUseNode = ['cli', 'main.ts', 'cli.ts'];

/** Which rooms of `server/` a room may import from; the arrows of ARCHITECTURE.md, with all that lies behind each. */
const arrows: Readonly<Record<string, readonly string[]>> = {
    encoding: [],
    words: ['knowledge', 'encoding'],
    engine: [],
    knowledge: [],
    topology: ['knowledge'],
    failure: ['engine', 'topology', 'knowledge'],
    impact: ['failure', 'engine', 'topology', 'knowledge', 'words', 'encoding'],
    findings: ['impact', 'failure', 'topology', 'knowledge', 'words', 'encoding'],
    diagram: ['impact', 'failure', 'engine', 'topology', 'knowledge', 'words', 'encoding'],
    matrix: ['impact', 'failure', 'engine', 'topology', 'knowledge', 'words', 'encoding'],
    report: ['matrix', 'diagram', 'impact', 'failure', 'engine', 'topology', 'knowledge', 'words', 'encoding'],
    protocol: ['diagram', 'matrix', 'impact', 'failure', 'topology', 'knowledge'],
    comparison: ['impact', 'failure', 'engine', 'topology', 'knowledge', 'words', 'encoding'],
    promises: ['impact', 'failure', 'engine', 'topology', 'knowledge', 'words', 'encoding'],
    simulation: ['protocol', 'impact', 'failure', 'topology', 'knowledge', 'words', 'encoding'],
    language: ['topology', 'knowledge', 'words', 'encoding'],
    import: ['words', 'encoding'],
    drift: ['import', 'topology'],
    estate: ['language', 'import', 'drift', ...pure],
    fixes: ['estate', 'language', 'import', 'drift', ...pure],
    features: ['fixes', 'estate', 'language', 'simulation', 'protocol', 'import', 'drift', ...pure],
    cli: ['import', 'drift', 'fixes', 'estate', 'language', ...pure],
    'main.ts': ['features'],
    'cli.ts': ['cli', 'encoding'],
};

interface Import {
    readonly target: string;
    readonly typeOnly: boolean;
}

const importsIn = new Map<string, Import[]>();

/** Comments are no code. */
const parsing = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

/** Every module that a source names: imports, exports from elsewhere, `import()` and `import('…').Type`. */
function importsOf(source: string): Import[] {
    const known = importsIn.get(source);
    if (known) return known;
    const imports: Import[] = [];
    importsIn.set(source, imports);
    const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
        if (specifier && ts.isStringLiteral(specifier)) imports.push({ target: specifier.text, typeOnly });
    };
    const hasInner = /\bimport\s*\(/.test(source);
    const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
        else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
        else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
        else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
            add(node.arguments[0], false);
        }
        // all others stand outside of everything
        if (hasInner || ts.isSourceFile(node)) ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile('any.ts', source, parsing));
    return imports;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
    if (!clause) return false;
    if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
    const named = clause.namedBindings;
    return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

/** What a file imports although it must not: "server/topology/a.ts imports server/failure/b.ts". */
function violations(file: string, source: string): string[] {
    return importsOf(source)
        .filter((found) => !isAllowed(file, found))
        .map(({ target }) => `${file} imports ${resolved(file, target)}`);
}

function resolved(file: string, target: string): string {
    return target.startsWith('.') ? posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts') : target;
}

function isAllowed(file: string, { target, typeOnly }: Import): boolean {
    const [top, room = ''] = file.split('/');
    if (!target.startsWith('.')) return top === 'src' || isPackageAllowed(room, target);
    const [targetTop, targetRoom = ''] = resolved(file, target).split('/');
    // the command line prints pages of the documentation
    if (room === 'cli' && targetTop === 'docs' && target.endsWith('.md')) return true;
    if (top === 'server')
        return targetTop === 'server' && (targetRoom === room || !!arrows[room]?.includes(targetRoom));
    if (targetTop === 'src' || typeOnly) return true;
    // the client speaks the server's protocol, and shares words and encoders, each written once
    const shared =
        ['protocol', 'knowledge', 'words', 'encoding'].includes(targetRoom) ||
        target.endsWith('/topology/element-name.js');
    return targetTop === 'server' && shared;
}

function isPackageAllowed(room: string, name: string): boolean {
    if (name === 'vscode' || pure.includes(room)) return false;
    return mayUseNode.includes(room) || !(isBuiltin(name) || name.endsWith('/node'));
}

const files = globSync('{server,src}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));

test('every import follows the arrows of ARCHITECTURE.md', () => {
    expect(files.flatMap((file) => violations(file, readFileSync(resolve(root, file), 'utf8')))).toEqual([]);
});

test('whatever starts programs or replaces modules is no fast test', () => {
    const fast = globSync('test/**/*.test.ts', { cwd: root }).filter(
        (file) => !/\.(process|proof)\.test\.ts$/.test(file) && !/^test.editor/.test(file),
    );
    const slow = /\bvi\.(mock|stubEnv|stubGlobal)\b|\b(spawn|execFile|bundledServer|commandLine)\(/;
    const replaces = (file: string) => slow.test(readFileSync(resolve(root, file), 'utf8'));
    expect(fast.length).toBeGreaterThan(100);
    expect(fast.filter(replaces)).toEqual([]);
    expect(replaces('test/features/firewall.process.test.ts')).toBe(true);
});

test('no import leads in a circle, of types neither', () => {
    const leadsTo = new Map(
        files.map((file): [string, string[]] => {
            const targets = importsOf(readFileSync(resolve(root, file), 'utf8')).map(({ target }) => target);
            return [file, targets.filter((target) => target.startsWith('.')).map((target) => resolved(file, target))];
        }),
    );
    const circles = stronglyConnected(files, (file) => leadsTo.get(file) ?? []).filter(({ length }) => length > 1);
    expect(circles).toEqual([]);
});

test('rooms of the language import those that stand before them', () => {
    const order = ['generated', 'syntax', 'naming', 'workspace', 'lower', 'checks', 'navigation', 'writing'];
    const roomOf = (file: string) => order.indexOf(file.split('/')[2] ?? '');
    const inRooms = files.filter((file) => file.startsWith('server/language/') && roomOf(file) >= 0);
    const against = inRooms.flatMap((file) =>
        importsOf(readFileSync(resolve(root, file), 'utf8'))
            .map(({ target }) => resolved(file, target))
            .filter((target) => target.startsWith('server/language/') && roomOf(target) > roomOf(file))
            .map((target) => `${file} imports ${target}`),
    );
    expect(new Set(inRooms.map(roomOf)).size).toBe(order.length);
    expect(against).toEqual([]);
});

test('editor, command line and fixes ask the façade of an estate, and nobody behind it', () => {
    const behind = /server\/(failure\/(analysis|build)|findings\/findings)\.ts$/;
    const outside = files.filter((file) => /^server\/(features|cli|fixes|simulation)\//.test(file));
    const asked = outside.flatMap((file) =>
        importsOf(readFileSync(resolve(root, file), 'utf8'))
            .map(({ target }) => resolved(file, target))
            .filter((target) => behind.test(target))
            .map((target) => `${file} imports ${target}`),
    );
    expect(outside.length).toBeGreaterThan(80);
    expect(asked).toEqual([]);
});

test('names of elements are put together and taken apart in one file', () => {
    const glued =
        /`(region|zone|service|external|link|store):\$\{|\}@\$\{|'(region|zone|service|external|link|store):'|\((region\|zone|service\|region)/;
    const text = (file: string) => readFileSync(resolve(root, file), 'utf8');
    expect(glued.test(text('server/topology/element-name.ts'))).toBe(true);
    expect(files.filter((file) => file !== 'server/topology/element-name.ts' && glued.test(text(file)))).toEqual([]);
});

test('from outside the engine only its façade is imported', () => {
    const inside = files
        .filter((file) => !file.startsWith('server/engine/'))
        .flatMap((file) =>
            importsOf(readFileSync(resolve(root, file), 'utf8')).map(({ target }) => resolved(file, target)),
        )
        .filter((target) => target.startsWith('server/engine/'));
    expect(new Set(inside)).toEqual(new Set(['server/engine/index.ts']));
});

test('every room of the server has its arrows, and is looked into', () => {
    const isSource = (name: string) => !name.includes('.') || name.endsWith('.ts');
    expect(readdirSync(resolve(root, 'server')).filter(isSource).sort()).toEqual(Object.keys(arrows).sort());
    for (const room of Object.keys(arrows)) {
        expect(files.some((file) => file.startsWith(`server/${room}`))).toBe(true);
    }
});

test('ARCHITECTURE.md tells the same arrows', () => {
    const text = readFileSync(resolve(root, 'ARCHITECTURE.md'), 'utf8').replaceAll('\n', ' ');
    const told = [
        '`cli, features → estate → findings → impact → failure → topology → knowledge`',
        '`failure → engine`',
        '`estate → language → topology`',
        '`cli, features → fixes → estate`',
        '`features → simulation → failure`',
        '`cli → diagram → impact`',
        '`cli, features → report → matrix → impact`',
    ];
    for (const arrows of told) expect(text).toContain(arrows);
});

describe('what would be noticed', () => {
    test.each([
        ['server/topology/a.ts', `import { b } from '../failure/b.js';`],
        ['server/topology/a.ts', `import type { B } from '../failure/b.js';`],
        ['server/impact/a.ts', `export * from '../findings/b.js';`],
        ['server/impact/a.ts', `type B = import('../language/b.js').B;`],
        ['server/findings/a.ts', `const b = await import('../language/b.js');`],
        ['server/knowledge/a.ts', `import { AstUtils } from 'langium';`],
        ['server/failure/a.ts', `import { readFileSync } from 'fs';`],
        ['server/language/a.ts', `import { NodeFileSystem } from 'langium/node';`],
        ['server/language/checks/a.ts', `import { b } from '../../failure/b.js';`],
        ['server/simulation/a.ts', `import { b } from '../language/b.js';`],
        ['server/findings/a.ts', `import { b } from '../fixes/b.js';`],
        ['server/features/a.ts', `import path from 'node:path';`],
        ['server/features/a.ts', `import { createConnection } from 'vscode-languageserver/node';`],
        ['server/features/a.ts', `import { b } from '../cli/b.js';`],
        ['server/features/a.ts', `import type * as vscode from 'vscode';`],
        ['server/impact/a.ts', `import { b } from '../../src/b.js';`],
        ['server/features/a.ts', `import page from '../../docs/glossary.md';`],
        ['src/a.ts', `import { Simulations } from '../server/simulation/simulations.js';`],
        ['src/a/b.ts', `import '../../server/features/language-server.js';`],
    ])('%s: %s', (file, source) => {
        expect(violations(file, source)).toHaveLength(1);
    });

    test.each([
        ['server/failure/a.ts', `import { b } from '../topology/b.js'; import { c } from './c.js';`],
        ['server/language/checks/a.ts', `import { b } from '../b.js'; import { AstUtils } from 'langium';`],
        ['server/features/a.ts', `import { b } from '../language/b.js'; import 'vscode-languageserver';`],
        ['server/cli/a.ts', `import path from 'node:path'; import pc from 'picocolors';`],
        ['server/cli/a.ts', `import page from '../../docs/glossary.md';`],
        ['server/main.ts', `import { NodeFileSystem } from 'langium/node';`],
        ['src/a.ts', `import * as vscode from 'vscode'; import { b } from '../server/protocol/simulation.js';`],
        ['src/a.ts', `import { type B } from '../server/impact/b.js'; import { c } from './c.js';`],
    ])('but not %s: %s', (file, source) => {
        expect(violations(file, source)).toEqual([]);
    });
});
