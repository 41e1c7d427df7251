import { table, type Table } from '../knowledge/table.js';
import { elementsOf } from '../topology/elements.js';
import { servicesInside, type Topology } from '../topology/topology.js';
import { explainedNames } from './explain.js';
import { print } from './output.js';
import { readWorkspace } from './workspace.js';

/** What values of an option, or an argument, are names of. */
export type Named = 'element' | 'target' | 'cluster' | 'service' | 'topology' | 'word';

/** What the values of options name, by their flags, and what the arguments of commands name. */
export const namedBy: Table<Named> = table({
    explain: 'word',
    '--fail': 'element',
    '--given': 'element',
    '--restart': 'element',
    '--promote': 'element',
    '--to': 'target',
    '--from': 'cluster',
    '--deploy': 'service',
    '--scale': 'service',
    '--topology': 'topology',
});

const namesIn: Readonly<Record<Exclude<Named, 'word'>, (topology: Topology) => readonly string[]>> = {
    element: (topology) => elementsOf(topology).all.map(({ name }) => name),
    target: (topology) => [
        ...topology.services.flatMap(({ exposures }) => exposures.map(({ host }) => host)),
        ...servicesInside(topology).map(({ shortName }) => shortName),
        ...topology.externalServices.map(({ name }) => name),
    ],
    cluster: ({ clusters }) => clusters.map(({ name }) => name),
    service: (topology) => servicesInside(topology).map(({ shortName }) => shortName),
    topology: ({ name }) => [name],
};

/** What of a command line decides which names there are. */
export interface Typed {
    readonly paths: readonly string[];
    readonly topology?: string;
}

/**
 * `tsbtopo complete`, which completion scripts call: the names that can stand at a place, one a line. Files are read, and
 * nothing is checked or judged, since somebody is waiting for the names.
 *
 * @returns the exit code
 */
export async function complete(named: Named, { paths, topology }: Typed): Promise<number> {
    const names = await namesOf(named, paths, topology);
    if (names.length > 0) await print(`${[...new Set(names)].join('\n')}\n`);
    return 0;
}

async function namesOf(named: Named, paths: readonly string[], topology: string | undefined): Promise<string[]> {
    if (named === 'word') return explainedNames();
    try {
        const { services } = await readWorkspace(paths.length > 0 ? paths : ['.'], { isChecked: false });
        return services.workspace.Topologies.all()
            .filter(({ name }) => topology === undefined || named === 'topology' || name === topology)
            .flatMap(namesIn[named]);
    } catch {
        return [];
    }
}

/**
 * What has been typed behind a command: paths, and which topology.
 *
 * @param takesValue whether an option is followed by a value
 */
export function typedIn(words: readonly string[], takesValue: (flag: string) => boolean): Typed {
    const paths: string[] = [];
    let topology: string | undefined;
    for (let index = 0; index < words.length; index++) {
        const word = words[index]!;
        if (!word.startsWith('-')) paths.push(word);
        else if (takesValue(word)) {
            index++;
            if (word === '--topology') topology = words[index];
        }
    }
    return { paths, ...(topology !== undefined && { topology }) };
}
