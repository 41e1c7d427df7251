import { analysisOf } from '../failure/analysis.js';
import { holdersOf } from '../failure/required.js';
import { calleeKey } from '../failure/routes.js';
import { isMet, startingOf } from '../failure/startup.js';
import { bareName, instancesName, serviceName } from '../topology/element-name.js';
import { helpersOf } from '../topology/named-by.js';
import { elementsOf } from '../topology/elements.js';
import {
    requiredBy,
    type Callee,
    type DeclaredNeed,
    type Home,
    type Service,
    type SourceLocation,
} from '../topology/topology.js';
import { unreachable, verbOf } from './calls.js';
import type { Finding } from './finding.js';
import { lineOfFile, names, pointTo, related } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** What is wrong with requirements of services by what is none, and of what starts. */
export function requirementFindings(view: TrafficView): Finding[] {
    return [...unreachedFindings(view), ...neverAgainFindings(view), ...view.ofEachService(startOnlyFindings)];
}

/** Services that something requires, which is no service, and to which no way leads from where it stands. */
function unreachedFindings(view: TrafficView): Finding[] {
    const { topology } = view;
    const needs = topology.needs.filter(({ anyOf }) => anyOf.some(({ kind }) => kind === 'service'));
    if (needs.length === 0) return [];
    const elements = elementsOf(topology);
    return [...asSaid(needs).values()].flatMap((same) => {
        const holders = same.flatMap((need) => holdersOf({ elements }, need));
        const standing = holders.flatMap(({ name, cluster }) => (cluster === undefined ? [] : [{ name, cluster }]));
        const [{ anyOf, when, at }] = same as readonly [DeclaredNeed];
        const [first, ...others] = standing;
        if (!first) return [];
        const from = {
            name: `${bareName(first.name)}${others.length > 0 ? ` and ${others.length} more` : ''}`,
            clusters: [...new Set(standing.map(({ cluster }) => cluster))],
            needs: [anyOf.map((one): Callee => ({ ...one, at }))],
            otherwise: 'It is no requirement there: nothing is lost for want of it.',
            passesRelays: true,
        };
        return anyOf.flatMap((one) => unreachable(view, from, { callee: { ...one, at }, verb: verbOf(when) }));
    });
}

/** Services without which nothing runs or starts where they run, so that none of their instances comes back once all are gone. */
function neverAgainFindings({ topology, routes, ofEachService }: TrafficView): Finding[] {
    const named = new Map<string, SourceLocation>();
    for (const { anyOf, at } of [...topology.needs, ...ofEachService(needsOf)].filter(isNeededWhileDown)) {
        for (const { kind, name } of anyOf) if (kind === 'service' && !named.has(name)) named.set(name, at);
    }
    if (named.size === 0) return [];
    const analysis = analysisOf(topology);
    const { graph } = analysis;
    return [...named].flatMap(([name, at]): Finding[] => {
        const service = routes.service(name);
        if (!service || service.homes.length === 0 || service.hasUnknownHomes) return [];
        const isStuck = ({ cluster }: Home) => {
            const instances = graph.elements.byName.get(instancesName(name, cluster));
            const needs = (instances && startingOf(graph, instances)?.needs) ?? [];
            return !needs.every((need) => isMet(need, (node) => analysis.takesDown(serviceName(name), node)));
        };
        if (!service.homes.every(isStuck)) return [];
        const where = service.homes.map(({ cluster }) => cluster);
        return [
            {
                code: 'never-starts-again',
                severity: 'warning',
                message: `'${name}' is required where it runs itself, on ${names(where)}: once ${where.length === 1 ? 'its instances there are' : 'all of its instances are'} down, none of them starts again by itself. Take it out of what has to wait for it, or let it answer from a cluster that does without.`,
                at,
                ...related([pointTo(service.nameAt, `'${name}'`)]),
            },
        ];
    });
}

/** Whom a service says to require to start, and does not say to ask while it runs. */
function startOnlyFindings(_: TrafficView, service: Service): Finding[] {
    const asked = new Set([...service.calls, ...requiredBy(service), ...helpersOf(service)].map(calleeKey));
    return (service.needs ?? []).flatMap(({ anyOf, when, at }) =>
        when !== 'start'
            ? []
            : anyOf
                  .filter((one) => one.kind === 'service' && !asked.has(calleeKey(one)))
                  .map(({ name }): Finding => {
                      const line = lineOfFile(`calls ${name}`);
                      const message = `'${service.shortName}' needs '${name}' to start only: what runs goes on without it. If it asks '${name}' while it runs, too, say ${line} or \`requires ${name}\` as well.`;
                      return { code: 'needed-to-start-only', severity: 'hint', message, at };
                  }),
    );
}

/** What is required of services at every moment is judged by the way. */
function isNeededWhileDown({ when }: Pick<DeclaredNeed, 'when'>): boolean {
    return typeof when === 'string';
}

function needsOf(_: TrafficView, { needs = [] }: Service): NonNullable<Service['needs']> {
    return needs;
}

/** Those that one line says of several things stand together. */
function asSaid(needs: readonly DeclaredNeed[]): ReadonlyMap<string, readonly DeclaredNeed[]> {
    const lines = new Map<string, DeclaredNeed[]>();
    for (const need of needs) {
        const key = JSON.stringify([need.at, need.anyOf]);
        lines.set(key, [...(lines.get(key) ?? []), need]);
    }
    return lines;
}
