import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { fixedCodes, ruleCodes } from '../../knowledge/rule-codes.js';
import { problemSeverities } from '../../knowledge/severities.js';
import { similarNames } from '../../topology/similar-names.js';
import { didYouMean } from '../syntax/did-you-mean.js';

/** The file in which a project says how grave it takes rules to be. */
export const settingsFileName = 'tsbtopo.json';

/** How grave a rule is in a project, as `--fail-on` and the file write it. */
export const ruleSeverities = [...problemSeverities, 'off'] as const;

export type RuleSeverity = (typeof ruleSeverities)[number];

/** What a project says. */
export interface Settings {
    /** By the code of a diagnostic. */
    readonly rules: ReadonlyMap<string, RuleSeverity>;
    /** Differences from the estate that the project keeps, or leaves to others: patterns, as of `import --ignore`. */
    readonly ignoredDrift: readonly string[];
    readonly problems: readonly SettingsProblem[];
}

/** What cannot be read or meant in a file of settings. Everything else in it holds. */
export interface SettingsProblem {
    readonly code: 'settings-unreadable' | 'settings-unknown' | 'settings-value' | 'settings-fixed';
    readonly message: string;
    readonly offset: number;
    readonly length: number;
}

/** Reads a file of settings: JSON, in which comments and commas at the end may stand. */
export function readSettings(text: string): Settings {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    const problems = errors.map(({ error, offset, length }): SettingsProblem => ({
        code: 'settings-unreadable',
        message: `This is not JSON: ${printParseErrorCode(error)
            .replace(/(?<!^)([A-Z])/g, ' $1')
            .toLowerCase()}.`,
        offset,
        length,
    }));
    if (!root) return { rules: new Map(), ignoredDrift: [], problems };
    if (root.type !== 'object') {
        const problem = at(root, 'settings-value', 'Settings are an object: { "rules": { … } }.');
        return { rules: new Map(), ignoredDrift: [], problems: [...problems, problem] };
    }
    for (const { children: [key] = [] } of root.children ?? []) {
        if (key && !['$schema', ...settings].includes(String(key.value)))
            problems.push(at(key, 'settings-unknown', unknown('setting', String(key.value), settings)));
    }
    const given = findNodeAtLocation(root, ['rules']);
    if (given && given.type !== 'object')
        problems.push(at(given, 'settings-value', 'Rules are an object: { "CODE": "warning" }.'));
    const rules = new Map<string, RuleSeverity>();
    for (const { children: [key, value] = [] } of given?.type === 'object' ? (given.children ?? []) : []) {
        if (!key || !value) continue;
        const problem = problemOf(key, value);
        if (problem) problems.push(problem);
        else rules.set(String(key.value), value.value as RuleSeverity);
    }
    const ignored = findNodeAtLocation(root, ['ignoreDrift']);
    const patterns = ignored?.type === 'array' ? (ignored.children ?? []) : [];
    const odd = ignored?.type === 'array' ? patterns.find(({ type }) => type !== 'string') : ignored;
    if (odd) problems.push(at(odd, 'settings-value', 'Ignored drift is a list of texts: ["service shop/* replicas"].'));
    const ignoredDrift = patterns.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    return { rules, ignoredDrift, problems };
}

const settings = ['rules', 'ignoreDrift'];

const adjustable: ReadonlySet<string> = new Set(ruleCodes);
const fixed: ReadonlySet<string> = new Set(fixedCodes);
const severities: ReadonlySet<unknown> = new Set(ruleSeverities);

function problemOf(key: Node, value: Node): SettingsProblem | undefined {
    const code = String(key.value);
    if (fixed.has(code)) {
        const says = `\`${code}\` says what cannot be read or meant, and so decides what is part of a result: it stays an error.`;
        return at(key, 'settings-fixed', says);
    }
    if (!adjustable.has(code)) return at(key, 'settings-unknown', unknown('rule', code, ruleCodes));
    if (severities.has(value.value)) return undefined;
    const similar = typeof value.value === 'string' ? similarNames(value.value, ruleSeverities) : [];
    const choices = ruleSeverities.map((severity) => `"${severity}"`).join(', ');
    return at(value, 'settings-value', `A rule is one of ${choices}.${didYouMean(similar)}`);
}

function unknown(what: string, name: string, known: readonly string[]): string {
    return `There is no ${what} \`${name}\`.${didYouMean(similarNames(name, known))}`;
}

function at({ offset, length }: Node, code: SettingsProblem['code'], message: string): SettingsProblem {
    return { code, message, offset, length };
}
