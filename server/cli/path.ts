import { json } from '../encoding/json.js';
import { visible } from '../encoding/visible.js';
import { pathsOfCallers } from '../impact/callers.js';
import type { Way } from '../impact/hop.js';
import { callPath, hostPath, pathLines } from '../impact/path.js';
import { vainCalls, vainHost } from '../impact/vain-ways.js';
import { colours } from './colours.js';
import { elementNamed } from './element-named.js';
import { fileErrorsIn, fileErrorsText } from './file-errors.js';
import { print } from './output.js';
import { chooseEstate, readWorkspace } from './workspace.js';
import { UsageError } from './usage-error.js';
import { similarNames } from '../topology/similar-names.js';
import { serviceNamed, servicesInside, type Exposure, type Service, type Topology } from '../topology/topology.js';
import type { Outcome } from '../failure/outcome.js';

/** Changes with any change of the shape of `path --format json`; see docs/json.md. */
export const pathSchemaVersion = 1;

/** How many names of hosts and services a message lists. */
const mostNames = 10;

export interface PathOptions {
    readonly to: string;
    readonly from?: string;
    readonly fail?: readonly string[];
    readonly format: 'text' | 'json';
    readonly topology?: string;
}

/**
 * `tsbtopo path`: the hops to a host from outside, or to a service from a cluster, those that are up and those that are down.
 *
 * @returns the exit code: 0 if the way holds, 1 if it is broken or loses a share of the requests, 2 if the files have errors
 * @throws UsageError where there is no such host, service or cluster, or nobody who calls it
 */
export async function path(paths: readonly string[], options: PathOptions): Promise<number> {
    const workspace = await readWorkspace(paths);
    const estate = chooseEstate(workspace, options.topology);
    const failures = (options.fail ?? []).map((text) => elementNamed(estate, text));
    const errors = fileErrorsIn(workspace, estate);
    const outcome = estate.outcomeOfAll(failures);
    const ways = waysTo(outcome, options);
    await print(
        options.format === 'json'
            ? json({ schemaVersion: pathSchemaVersion, topology: estate.topology.name, paths: ways, errors })
            : `${fileErrorsText(errors)}${ways.map((way) => asText(way)).join('\n\n')}\n`,
    );
    if (errors.length > 0) return 2;
    return ways.every((way) => way.alive && way.lostShare === 0) ? 0 : 1;
}

function waysTo(outcome: Outcome, { to, from }: PathOptions): Way[] {
    const { topology } = outcome.graph;
    if (from !== undefined) checkCluster(topology, from);
    const exposures = topology.services.flatMap((service) =>
        service.exposures.map((exposure) => ({ service, exposure })),
    );
    const host = exposures.find(({ exposure }) => exposure.host === to);
    if (host && from === undefined) return [wayToHost(outcome, host)];
    if (host) {
        throw new UsageError(
            `${visible(to)} is a host, which ${host.exposure.inside ? 'the mesh asks from any cluster' : 'clients outside ask'}: leave out --from, or ask for the service, --to ${host.service.shortName}.`,
        );
    }
    const callee = calleeNamed(outcome, to);
    const clusters = from === undefined ? topology.clusters.map(({ name }) => name) : [from];
    const ways = pathsOfCallers(outcome, callee, clusters).map((way) => callPath(outcome, way));
    const exposed = from === undefined ? callee.name : undefined;
    const hosts = exposures
        .filter(({ service }) => service.shortName === exposed)
        .map((exposure) => wayToHost(outcome, exposure));
    const all = [...hosts, ...ways, ...vainCalls(outcome, callee, clusters)];
    if (all.length === 0) {
        const reached = exposures.filter(({ service }) => service.shortName === callee.name);
        const [host] = reached.map(({ exposure }) => exposure.host);
        const hint = host === undefined ? '' : ` Clients come by its hosts: --to ${host}.`;
        throw new UsageError(
            `Nobody calls '${visible(to)}'${from === undefined ? '' : ` from '${visible(from)}'`}.${visible(hint)}`,
        );
    }
    return all;
}

function wayToHost(outcome: Outcome, { service, exposure }: { service: Service; exposure: Exposure }): Way {
    const served = outcome.graph.traffic.hosts.find((host) => host.exposure === exposure);
    return served ? hostPath(outcome, served) : vainHost(outcome, service, exposure);
}

/** @throws UsageError where no cluster is called so */
function checkCluster({ clusters }: Topology, name: string): void {
    const names = clusters.map((cluster) => cluster.name);
    if (!names.includes(name)) throw new UsageError(`There is no cluster '${visible(name)}'.${meant(name, names)}`);
}

/** @throws UsageError where no service is called so */
function calleeNamed({ graph: { topology } }: Outcome, name: string) {
    const service = serviceNamed(topology, name);
    if (service) return { kind: 'service', name: service.shortName } as const;
    if (topology.externalServices.some((external) => external.name === name))
        return { kind: 'external-service', name } as const;
    const known = [
        ...topology.services.flatMap(({ exposures }) => exposures.map(({ host }) => host)),
        ...servicesInside(topology).map(({ shortName }) => shortName),
        ...topology.externalServices.map((external) => external.name),
    ];
    throw new UsageError(`There is no host or service '${visible(name)}' that can be reached.${meant(name, known)}`);
}

/** The names that were probably meant, or else those that there are. */
function meant(name: string, known: readonly string[]): string {
    const similar = similarNames(name, known);
    if (similar.length > 0) return ` Did you mean ${similar.join(' or ')}?`;
    if (known.length === 0) return '';
    const alike = known.filter((each) => each.includes(name));
    const shown = alike.length > 0 ? alike : known;
    const rest = shown.length > mostNames ? ` and ${shown.length - mostNames} more` : '';
    return ` There is: ${shown.slice(0, mostNames).join(', ')}${rest}.`;
}

function asText(way: Way): string {
    const sign = (alive: boolean) => (alive ? colours.green('✓') : colours.red('✗'));
    return pathLines(way, {
        sign,
        partly: colours.yellow('⚠'),
        title: colours.bold,
        spare: colours.dim,
        branch: colours.dim,
    }).join('\n');
}
