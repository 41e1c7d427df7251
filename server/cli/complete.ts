import { elementsOf } from '../topology/elements.js';
import { servicesInside, type Topology } from '../topology/topology.js';
import { explainedNames } from './explain.js';
import type { Named, Typed } from './named-by.js';
import { print } from './output.js';
import { readWorkspace } from './workspace.js';

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
