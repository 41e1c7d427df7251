import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The YAML and JSON of a folder, by their names in it. */
export function estateIn(root: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
        globSync('**/*.{yaml,json}', { cwd: root })
            .map((name) => name.replaceAll('\\', '/'))
            .sort()
            .map((name) => [name, readFileSync(resolve(root, name), 'utf8')]),
    );
}
