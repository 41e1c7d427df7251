import type { Question, SeenShare } from '../estate.js';
import { compareTexts, type Place } from '../place.js';
import { sumOf } from '../reading/sample.js';
import { calleeOf, callersOf } from './callers.js';
import { inLine, key } from './identity.js';
import { placesOf } from './notes.js';
import type { Service, Services } from './services.js';
import type { World } from './world.js';

interface Seen {
    readonly service: Service;
    readonly byCluster: Map<string, number[]>;
    readonly at: Place[];
    /** Whether callers of one cluster were answered on another one. */
    crosses: boolean;
}

/**
 * Reads from samples on which clusters requests to each service were answered, and asks about what no setting explains.
 *
 * @returns what adds to a question about where requests go what was seen of them
 */
export function seenShares(
    world: World,
    services: Services,
    externals: ReadonlySet<string>,
): (question: Question) => Question {
    const seen = seenIn(world, services, externals);
    for (const each of seen.values()) askAbout(world, each);
    return (question) => {
        const { about, asked } = question;
        const isAboutWays = about.kind === 'service' && /^(on\b|exposed |failover )/.test(asked);
        const found = isAboutWays ? seen.get(key(about.namespace, about.name)) : undefined;
        if (!found) return question;
        return { ...question, seen: sharesIn(found), at: [...question.at, ...placesOf(found.at)] };
    };
}

function seenIn(world: World, services: Services, externals: ReadonlySet<string>): Map<string, Seen> {
    const seen = new Map<string, Seen>();
    const unknown = new Set<string>();
    for (const { samples, source } of world.reading.metrics)
        for (const { labels, value } of samples) {
            const of = (name: string) => labels.get(name) ?? '';
            const cluster = of('destination_cluster');
            if (!(value > 0) || cluster === '' || cluster === 'unknown') continue;
            const callee = calleeOf(services, externals, labels);
            const service = callee && services.all.get(key(callee.namespace, callee.name));
            if (!service) continue;
            const id = key(service.namespace, service.name);
            const at = { source: source.name };
            if (!world.named.has(cluster) && cluster !== world.management) {
                world.notes.remark('requests seen in metrics on clusters that no file names by these names', at);
                unknown.add(id);
                continue;
            }
            const known = seen.get(id) ?? { service, byCluster: new Map<string, number[]>(), at: [], crosses: false };
            const before = known.byCluster.get(cluster);
            if (before) before.push(value);
            else known.byCluster.set(cluster, [value]);
            known.at.push(at);
            const from = of('source_cluster');
            const isCall = callersOf(services, of('source_workload_namespace'), of('source_workload')).length > 0;
            if (isCall && from !== cluster && world.named.has(from)) known.crosses = true;
            seen.set(id, known);
        }
    // shares of a part would say too much of it
    for (const id of unknown) seen.delete(id);
    return seen;
}

function sharesIn({ byCluster }: Seen): SeenShare[] {
    const requests = [...byCluster].map(([cluster, values]) => ({ cluster, requests: sumOf(values) }));
    const all = sumOf(requests.map((each) => each.requests));
    return requests
        .sort((a, b) => b.requests - a.requests || compareTexts(a.cluster, b.cluster))
        .map((each) => ({ cluster: each.cluster, share: each.requests / all }));
}

function askAbout({ notes }: World, { service, byCluster, crosses }: Seen): void {
    const { namespace, name, homes, failover, exposures } = service;
    const about = { kind: 'service', namespace, name } as const;
    const isAsked = notes
        .questions()
        .some((each) => each.asked === 'on' && JSON.stringify(each.about) === JSON.stringify(about));
    for (const cluster of byCluster.keys())
        if (!homes.has(cluster) && homes.size > 0 && !isAsked) {
            const answer = `on ${inLine(cluster)}`;
            const why = 'requests were answered there, and none of the files has it there';
            notes.ask({ about, asked: answer, why, answers: [answer], at: [] });
        }
    if (!crosses || homes.size < 2 || failover || exposures.some(({ isInside }) => isInside)) return;
    notes.ask({
        about,
        asked: 'failover east-west',
        why: 'callers on one cluster were answered on another one, and no setting says by which way',
        answers: ['failover east-west'],
        at: [],
    });
}
