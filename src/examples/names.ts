import { words } from '../../server/knowledge/words.js';

/** The files in examples/ that one can begin with, in the order in which they are offered. */
export const exampleNames = [
    'minimal',
    'single-cluster',
    'two-regions',
    'hub-and-spoke',
    'dmz-tier1',
    'standby-management-plane',
    'hosted-management-plane',
    'hundred-clusters',
    'empty',
] as const;

export type ExampleName = (typeof exampleNames)[number];

/** What a topology, and the file that describes it, can be called without quotes and on every file system. */
export const plainName = /^[A-Za-z]\w*(-\w+)*$/;

/** The words that are explained, and those that are not. */
const wordsOfTheLanguage = new Set([
    ...[...words.values()].flatMap(({ form }) => form.match(/[\w-]+/g) ?? []),
    ...['through'],
]);

/** The text of an example, as the topology of another name. Two estates of one name would be taken for one. */
export function renamed(example: string, name: string): string {
    const written = wordsOfTheLanguage.has(name) ? `"${name}"` : name;
    return example.replace(/^topology \S+/m, () => `topology ${written}`);
}

/** The name of the topology that a file belongs to, as its header says. */
export function topologyIn(text: string): string | undefined {
    const header = /^\s*topology\s+(?:"([^"\n]+)"|([\w-]+))/m.exec(text);
    return header?.[1] ?? header?.[2];
}

/** A name that is not taken: the given one, else with a number behind it. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
    if (!taken.has(name)) return name;
    for (let number = 2; ; number++) {
        if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
    }
}
