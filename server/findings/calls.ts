import { calleeKey, serviceRoute, type Condition, type RemoteHome } from '../failure/routes.js';
import type { Callee, Home, Service } from '../topology/topology.js';
import type { Finding, Remedy, Way } from './finding.js';
import { lineOfFile, names, pointTo, quoted, related } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** Whether services reach what they call, and do not hang on one place of it. */
export function callFindings(view: TrafficView): Finding[] {
    return view.topology.services.flatMap((service) => [
        ...needsOf(service).flatMap((need) => unreachable(view, service, need)),
        ...helperWithOneHome(view, service),
    ]);
}

/** A line that says that one service asks another. */
interface Need {
    readonly callee: Callee;
    /** "calls", "requires": the word between the two. */
    readonly verb: string;
}

/** What a service asks, each once: the first line counts. */
function needsOf({ calls, requires, externalAuthorization, rateLimit }: Service): Need[] {
    const needs = new Map<string, Need>();
    const add = (callee: Callee, verb: string) => {
        const key = calleeKey(callee);
        if (!needs.has(key)) needs.set(key, { callee, verb });
    };
    for (const callee of requires) add(callee, 'requires');
    for (const callee of calls) add(callee, 'calls');
    if (externalAuthorization?.by) add(externalAuthorization.by, 'asks for authorization');
    if (rateLimit?.by) add(rateLimit.by, 'asks for its rate limit');
    return [...needs.values()];
}

function unreachable(view: TrafficView, service: Service, { callee, verb }: Need): Finding[] {
    const called = callee.kind === 'service' ? view.routes.service(callee.name) : undefined;
    if (!called || called === service || called.homes.length === 0) return [];
    const cut = service.homes.filter(({ cluster }) => !view.traffic.path(cluster, callee));
    if (cut.length === 0) return [];
    const missing = cut.flatMap(({ cluster }) => unmetConditions(view, cluster, called));
    const unmet = distinct(missing.map(({ condition }) => condition));
    const from = names(cut.map(({ cluster }) => cluster));
    const reasons = unmet.slice(0, 3).map(({ says }) => says(quoted, lineOfFile));
    return [
        {
            code: 'call-unreachable',
            severity: 'warning',
            message: `'${service.shortName}' ${sentence(verb, called)}, but from ${from} no request gets there, even while nothing fails: ${reasons.join(', and ')}. Mend that, or run '${called.shortName}' on ${from}, too.`,
            at: callee.at,
            remedy: missing.flatMap((each) => remedyOf(each, called)),
            ...related(unmet.map(({ at, says }) => ({ at, message: says(quoted, lineOfFile) }))),
        },
    ];
}

function sentence(verb: string, { shortName }: Service): string {
    const [first, ...rest] = verb.split(' ');
    return [first, `'${shortName}'`, ...rest].join(' ');
}

/** What is missing on the way to the home that is nearest to being reached. */
function unmetConditions({ routes }: TrafficView, from: string, called: Service): Unmet[] {
    let nearest: Unmet[] | undefined;
    for (const remote of serviceRoute(routes, from, called).remotes) {
        const unmet = unmetOf(remote).map((condition) => ({ condition, way: { from, to: remote.home.cluster } }));
        if (!nearest || unmet.length < nearest.length) nearest = unmet;
    }
    return nearest ?? [];
}

interface Unmet {
    readonly condition: Condition;
    readonly way: Way;
}

function remedyOf({ condition, way }: Unmet, { nameAt }: Service): Remedy[] {
    switch (condition.id) {
        case 'failover':
            return [{ do: 'fail-over', service: nameAt }];
        case 'gateway':
            return [{ do: 'declare-gateway', cluster: way.to, role: 'east-west' }];
        case 'reachability':
            return [{ do: 'open', way }];
        default:
            return [];
    }
}

function unmetOf({ conditions }: RemoteHome): Condition[] {
    return conditions().filter(({ met }) => !met);
}

function distinct(conditions: readonly Condition[]): Condition[] {
    return [...new Map(conditions.map((condition) => [condition.says(quoted, lineOfFile), condition])).values()];
}

/** A helper without which requests are refused everywhere, and that runs in one place. */
function helperWithOneHome(view: TrafficView, service: Service): Finding[] {
    const helpers = [
        { helper: service.externalAuthorization, title: 'external authorization' },
        { helper: service.rateLimit, title: 'rate limit' },
    ];
    return helpers.flatMap(({ helper, title }): Finding[] => {
        const by = helper?.by;
        const server = by?.kind === 'service' ? view.routes.service(by.name) : undefined;
        if (!by || !server || server === service || helper.fails.value === 'open') return [];
        const [home, ...otherHomes] = server.homes;
        const asking = service.homes.filter(({ cluster }) => view.traffic.path(cluster, by));
        if (!home || otherHomes.length > 0 || asking.length < 2) return [];
        return [
            {
                code: 'helper-single-point',
                severity: 'warning',
                message: `'${service.shortName}' runs on ${names(clustersOf(asking))}, and its ${title} '${server.shortName}' on '${home.cluster}' only: when that is away, requests are refused everywhere, since it fails closed. Give '${server.shortName}' a second home, or say \`fails open\`.`,
                at: by.at,
                ...related([pointTo(home.at, `the only home of '${server.shortName}'`)]),
            },
        ];
    });
}

function clustersOf(homes: readonly Home[]): string[] {
    return homes.map(({ cluster }) => cluster);
}
