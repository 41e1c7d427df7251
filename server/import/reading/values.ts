import { yamlCursor, isUnreadable } from './yaml.js';
import type { Cursor } from './shape.js';

/**
 * Values for placeholders, from a file of Helm values, by their paths: `cluster.name`.
 *
 * @returns undefined where the file is no YAML
 */
export function valuesIn(text: string): ReadonlyMap<string, string> | undefined {
    const cursor = yamlCursor(text, 1);
    if (isUnreadable(cursor)) return undefined;
    const found = new Map<string, string>();
    const look = (at: Cursor, path: string, depth: number) => {
        const value = at.scalar();
        if (value !== undefined && path !== '') found.set(path, String(value));
        if (depth > 10 || found.size > 10_000) return;
        for (const key of at.keys() ?? []) {
            const inner = at.field(key);
            if (inner) look(inner, path === '' ? key : `${path}.${key}`, depth + 1);
        }
    };
    look(cursor, '', 0);
    return found;
}

/** Values for placeholders, from lines `NAME=value`; a line may begin with `export`, and a value stand in quotes. */
export function variablesIn(text: string): ReadonlyMap<string, string> {
    return new Map(
        text.split(/\r?\n/).flatMap((line): [string, string][] => {
            const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line);
            if (!match) return [];
            return [[match[1]!, match[2]!.trim().replace(/^(["'])(.*)\1$/, '$2')]];
        }),
    );
}
