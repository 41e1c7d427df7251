import { ruleCodes } from '../../server/knowledge/rule-codes.js';
import { ruleSeverities } from '../../server/language/workspace/settings.js';

/** A field as docs/json.md describes it. */
export interface Field {
    readonly path: string;
    readonly type: string;
    readonly meaning: string;
}

/** The fields that a page lists for a command. */
export function fieldsIn(page: string, command: string): Field[] {
    const [, table] = new RegExp(`<!-- fields: ${command} -->(.*?)<!-- end of fields -->`, 's').exec(page)!;
    return table!
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .flatMap((line) => {
            const [, names = '', type = '', meaning = ''] = line.split('|').map((cell) => cell.trim());
            return [...names.matchAll(/`([^`]+)`/g)].map(([, path = '']) => ({ path, type, meaning }));
        });
}

interface Schema {
    $schema?: string;
    title?: string;
    description?: string;
    type?: string | string[];
    enum?: unknown[];
    $ref?: string;
    items?: Schema;
    properties?: { [name: string]: Schema };
    additionalProperties?: Schema | boolean;
    required?: string[];
}

const draft = 'https://json-schema.org/draft/2020-12/schema';

/** The JSON Schema of an output, from the fields that the documentation lists. */
export function schemaOf(command: string, fields: readonly Field[]): Schema {
    const root: Schema = {
        $schema: draft,
        title: `tsbtopo ${command.replace('-', ' --')} --format json`,
        type: 'object',
    };
    for (const field of fields) place(root, field);
    return root;
}

/**
 * The JSON Schema of `tsbtopo.json`.
 *
 * @param page docs/diagnostics.md, which says what each rule is about
 */
export function settingsSchema(page: string): Schema {
    const rule = (code: string): Schema => ({ description: firstSentence(page, code), enum: [...ruleSeverities] });
    return {
        $schema: draft,
        title: 'tsbtopo.json: how grave a project takes rules to be, and which drift it leaves out',
        type: 'object',
        properties: {
            $schema: { type: 'string' },
            rules: {
                description: 'By the code of a diagnostic; errors stay errors.',
                type: 'object',
                properties: Object.fromEntries(ruleCodes.map((code) => [code, rule(code)])),
                additionalProperties: false,
            },
            ignoreDrift: {
                description: 'Differences from the estate that are left out, by their names; `*` is any text.',
                type: 'array',
                items: { type: 'string' },
            },
        },
        additionalProperties: false,
    };
}

/** What the page says first of a rule, besides how grave it is; plain text. */
export function firstSentence(page: string, code: string): string {
    const [, section = ''] = new RegExp(`^## ${code}\n(.*?)(?=^## |(?![^]))`, 'ms').exec(page) ?? [];
    const [, paragraph = ''] = /^(\*\w.*?)\n\n/ms.exec(section) ?? [];
    const text = paragraph
        .replace(/\s+/g, ' ')
        .replace(/^\*\w+\.\* /, '')
        .replace(/^\*\w+\*, or \*\w+\*[^.]*\. /, '')
        .replaceAll('*', '');
    return withoutLinks((/^.*?[.?](?= [A-Z]|$)/.exec(text) ?? [text])[0]);
}

/** The pages to which links lead are not beside a schema. */
function withoutLinks(markdown: string): string {
    return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
}

/** Puts a field where its path says: `a[].b` into the items of `a`, `a.*` into whatever `a` has. */
function place(root: Schema, field: Field): void {
    const steps = field.path.replaceAll('[]', '.[]').split('.');
    let at = root;
    const walked: string[] = ['#'];
    for (const [index, step] of steps.entries()) {
        const isLast = index === steps.length - 1;
        const before = steps[index - 2];
        if (step === '[]') {
            at = at.items ??= {};
            walked.push('items');
        } else if (step === '*') {
            at = (at.additionalProperties ??= {}) as Schema;
            walked.push('additionalProperties');
        } else {
            if (isLast && !field.type.includes('may be absent')) (at.required ??= []).push(step);
            // a chain goes on below in the same way
            const again = isLast && before === step && steps[index - 1] === '[]';
            if (again)
                Object.assign((at.properties ??= {}), { [step]: { type: 'array', items: { $ref: walked.join('/') } } });
            at = (at.properties ??= {})[step] ??= {};
            walked.push('properties', step);
            if (again) return;
        }
        if (isLast) Object.assign(at, typeOf(field));
    }
}

const types = new Map([
    ['list', 'array'],
    ['object', 'object'],
    ['text', 'string'],
    ['number', 'number'],
    ['boolean', 'boolean'],
]);

function typeOf({ type, meaning }: Field): Schema {
    const description = meaning === '' ? {} : { description: withoutLinks(meaning) };
    const isNullable = type.includes('or null');
    const words = [...type.matchAll(/`([^`]+)`/g)].map(([, word]) => (/^\d+$/.test(word!) ? Number(word) : word!));
    if (words.length > 0) return { ...description, enum: [...words, ...(isNullable ? [null] : [])] };
    const name = types.get(type.split(/[ ,]/)[0]!)!;
    return { ...description, type: isNullable ? [name, 'null'] : name };
}
