import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

type Texts = Readonly<Record<string, string>>;

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Texts;

const english = read('package.nls.json');
const languages = ['de'];

/** `%key%` of every text in the manifest. */
const keysInManifest = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);

/** Names that are the same in every language. */
const properNames = ['TSB Topology', 'tsbtopo'];

/** Properties of the manifest that a user reads. */
const readByUsers =
    /^(title|shortTitle|category|label|name|altText|contents|(markdown|long)?[dD]escription|(markdownE|e)num(Item)?Descriptions|markdownDeprecationMessage)$/;

/** What stands in `contributes`, as paths, where users read it. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
    if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsOf(item, `${path}[${index}]`));
    if (typeof value === 'object' && value !== null) {
        return Object.entries(value).flatMap(([key, item]) => textsOf(item, `${path}.${key}`));
    }
    const property = path
        .replace(/(\[\d+\])+$/, '')
        .split('.')
        .at(-1)!;
    return typeof value === 'string' && readByUsers.test(property) ? [[path, value]] : [];
}

/** The calls of `vscode.l10n.t` in the client: the text, and how many values it is given. */
const calls = globSync('src/**/*.ts').flatMap((file) => {
    const found: { file: string; text: string | undefined; values: number }[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && node.expression.getText().endsWith('l10n.t')) {
            const [text, ...values] = node.arguments;
            const literal = text && ts.isStringLiteralLike(text) ? text.text : undefined;
            found.push({ file, text: literal, values: values.length });
        }
        ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
    return found;
});

function placeholdersIn(text: string): string[] {
    return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}

/** Links to commands and code, which a translation keeps. */
function fixedPartsOf(text: string): string[] {
    return [...text.matchAll(/\]\((\S+?)\)|`([^`]+)`/g)].map(([, link, code]) => link ?? code!).sort();
}

describe('the manifest', () => {
    it('has no text for users outside of package.nls.json', () => {
        const { description, contributes } = manifest;
        const literal = textsOf({ description, contributes }).filter(
            ([, text]) => !/^%.+%$/.test(text) && !properNames.includes(text),
        );
        expect(literal).toEqual([]);
    });

    it('uses every text of package.nls.json once, and no other', () => {
        expect(Object.keys(english).sort()).toEqual([...keysInManifest].sort());
    });
});

describe.each(languages)('%s', (language) => {
    const manifestTexts = read(`package.nls.${language}.json`);
    const clientTexts = read(`l10n/bundle.l10n.${language}.json`);

    it('has every text of the manifest, and no other', () => {
        expect(Object.keys(manifestTexts)).toEqual(Object.keys(english));
    });

    it('leads to the same commands, and keeps what is code', () => {
        for (const [key, text] of Object.entries(english)) {
            expect(fixedPartsOf(manifestTexts[key]!), key).toEqual(fixedPartsOf(text));
        }
    });

    it('has every text of the client, and no other', () => {
        expect(Object.keys(clientTexts).sort()).toEqual([...new Set(calls.map(({ text }) => text))].sort());
    });

    it('has the same places for values', () => {
        for (const [text, translation] of Object.entries(clientTexts)) {
            expect(placeholdersIn(translation), text).toEqual(placeholdersIn(text));
        }
    });

    it('leaves nothing empty', () => {
        for (const text of [...Object.values(manifestTexts), ...Object.values(clientTexts)]) {
            expect(text.trim()).not.toBe('');
        }
    });
});

test('the client says a text as it is translated: a literal, with a value for each place', () => {
    expect(calls.length).toBeGreaterThan(30);
    for (const { file, text, values } of calls) {
        expect(text, file).toBeDefined();
        const places = Array.from({ length: values }, (_, index) => `{${index}}`);
        expect(placeholdersIn(text!), text).toEqual(places);
    }
});

test('the client gives VS Code no text that is not said by `vscode.l10n.t`', () => {
    const shown = /^(title|label|name|text|detail|tooltip|placeHolder|placeholder|prompt|message|spoken)$/;
    const plain: string[] = [];
    const look = (file: string, name: string, value: ts.Node | undefined): void => {
        if (!value || !shown.test(name)) return;
        if (ts.isConditionalExpression(value)) {
            look(file, name, value.whenTrue);
            look(file, name, value.whenFalse);
        }
        const text = ts.isStringLiteralLike(value) ? value.text : '';
        if (/\p{L}{2}/u.test(text) && !properNames.includes(text)) plain.push(`${file}: ${text}`);
    };
    for (const file of globSync('src/**/*.ts')) {
        const visit = (node: ts.Node): void => {
            if (ts.isPropertyAssignment(node)) look(file, node.name.getText(), node.initializer);
            if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) {
                look(file, node.left.name.text, node.right);
            }
            if (
                ts.isCallExpression(node) &&
                /\.show(Information|Warning|Error)Message$/.test(node.expression.getText())
            ) {
                look(file, 'message', node.arguments[0]);
            }
            ts.forEachChild(node, visit);
        };
        visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
    }
    expect(plain).toEqual([]);
});

test('the client has no words that are not said by `vscode.l10n.t`', () => {
    /** What is the same in every language. */
    const fixed = /TSB Topology|tsbtopo simulate/g;
    const plain: string[] = [];
    for (const file of globSync('src/**/*.ts')) {
        const visit = (node: ts.Node): void => {
            if (ts.isCallExpression(node) && node.expression.getText().endsWith('l10n.t')) {
                return node.arguments.slice(1).forEach(visit);
            }
            const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
            if (isText || ts.isTemplateMiddleOrTemplateTail(node)) {
                if (/\p{L}{2,} \p{L}{2,}/u.test(node.text.replace(fixed, ''))) plain.push(`${file}: ${node.text}`);
            }
            ts.forEachChild(node, visit);
        };
        visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
    }
    expect(plain).toEqual([]);
});

test('a text for one thing has a text for several', () => {
    const texts = calls.map(({ text }) => text!);
    for (const one of texts.filter((text) => text.startsWith('1 '))) {
        expect(texts).toContain(`{0} ${one.slice(2)}s`);
    }
});
