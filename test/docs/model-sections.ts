import { analysisOf } from '../../server/failure/analysis.js';
import { publishedAssumptions } from '../../server/impact/published.js';
import { alternativesTo } from '../../server/knowledge/alternatives.js';
import { caveats } from '../../server/knowledge/caveats.js';
import { clocks, type ClockId } from '../../server/knowledge/clocks.js';
import { componentKinds, type ComponentKindId, type Remedy } from '../../server/knowledge/components.js';
import { contradictions, type Contradiction } from '../../server/knowledge/contradictions.js';
import { allDefaults } from '../../server/knowledge/defaults.js';
import { flowIds, flows, type Condition, type Flow, type FlowId, type FlowNeed } from '../../server/knowledge/flows.js';
import { operationMeanings, operations, operationTitles, severitySigns } from '../../server/knowledge/operations.js';
import { rules } from '../../server/knowledge/rules.js';
import { sources, type Confidence, type Source, type SourceTag } from '../../server/knowledge/sources.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { table } from './generated-sections.js';

/** The parts of docs/model.md that list facts, written from the facts themselves. */
export function modelSections(reference: Topology): Readonly<Record<string, string>> {
    return {
        operations: table(
            ['operation', 'what it means'],
            operations.map((operation) => [operationTitles[operation], operationMeanings[operation]]),
        ),
        rules: table(
            ['rule', 'name', 'what it says', 'certainty', 'source'],
            Object.values(rules).map((rule) => [rule.id, rule.name, rule.says, ...provenance(rule)]),
        ),
        facets: operations.map(facetsOf).join('\n\n'),
        stretches: flowIds
            .filter((id) => !flows[id].facet)
            .map((id) => `**${flows[id].title}**: ${extent(flows[id])}. Needs:\n\n${needs(flows[id])}`)
            .join('\n\n'),
        components: componentTables(),
        recovery: recoveryTable(),
        defaults: table(
            ['unsaid', 'assumed', 'why', 'certainty', 'source', 'judged again with'],
            allDefaults.map((entry) => [
                `\`${entry.id}\``,
                `\`${entry.says}\``,
                entry.why,
                ...provenance(entry),
                alternativesTo(entry.id)
                    .others.map(({ says }) => `\`${says}\``)
                    .join(', ') || '—',
            ]),
        ),
        clocks: table(
            ['clock', 'published life', 'what happens when it runs out', 'certainty', 'source'],
            Object.values(clocks).map((clock) => [
                clock.title,
                'life' in clock ? hours(clock.life) : 'as the file says',
                clock.consequence,
                ...provenance(clock),
            ]),
        ),
        marks: table(
            ['what fails', ...operations.map((operation) => operationTitles[operation])],
            publishedFailures.map(([title, element]) => {
                const marks = analysisOf(reference).marksOf(asElementName(element));
                return [
                    `${title} (\`${element}\`)`,
                    ...operations.map((operation) => (marks ? severitySigns[marks[operation]] : 'unknown element')),
                ];
            }),
        ),
        assumptions: publishedAssumptions.map(({ differs }) => `- ${differs}`).join('\n'),
        contradictions: Object.values<Contradiction>(contradictions)
            .map(({ topic, readings }) => `- **${topic}**: ${readings.map(reading).join('; but ')}`)
            .join('\n'),
        caveats: table(
            ['what is told', 'certainty', 'source'],
            Object.values(caveats).map((caveat) => [caveat.says, ...provenance(caveat)]),
        ),
        sources: sourceList(),
    };
}

/** The six failures of the published page, as elements of examples/reference.tsbtopo. */
const publishedFailures = [
    ['Workload cluster', 'east'],
    ['Edge control plane', 'east.edge-control-plane'],
    ['Connection to the management cluster', 'link:east/mgmt'],
    ['Central control plane', 'mgmt.central-control-plane'],
    ['Management plane', 'mgmt.management-plane'],
    ['Management cluster', 'mgmt'],
] as const;

const conditions: Readonly<Record<Condition, string>> = {
    'telemetry-store-behind-management':
        'where the store is inside the management cluster or behind front-envoy, and the cluster is another one',
    'telemetry-store-via-front-envoy': 'where the store is reached via front-envoy',
    'listener-is-front-envoy': 'where the listener is front-envoy',
    'gitops-sync': 'where GitOps of the cluster is `sync`',
    'gitops-async': 'where GitOps of the cluster is `async`',
    'management-gitops': 'where GitOps of the management plane is on',
    'identity-provider': 'where an identity provider is declared',
    'configuration-promotes-itself': 'where a copy of Postgres promotes itself',
    'metrics-promote-themselves': 'where a copy of the telemetry store promotes itself',
    'has-management-cluster': 'where there is a management cluster',
    'is-remote': 'where the cluster is another one',
    'has-no-name': 'of workloads that no service names',
};

const scopes: Readonly<Record<Flow['scope'], string>> = {
    estate: 'one in the estate',
    cluster: 'one for each cluster with an edge control plane',
    home: 'one for each home of each service',
    path: 'one for each request path',
};

const ranks = {
    primary: 'primary',
    secondary: 'secondary',
    note: 'a note (it adds a sentence and never a mark)',
} as const;

function facetsOf(operation: (typeof operations)[number]): string {
    const facets = flowIds.filter((id) => flows[id].facet?.operation === operation);
    const texts = facets.map((id) => {
        const flow = flows[id];
        const rank = flow.facet ? ranks[flow.facet.rank] : '';
        if (flow.scope === 'path')
            return `**${flow.title}**: ${rank}, ${extent(flow)}, see [request paths](#request-paths).`;
        if (flow.needs.length === 0)
            return `**${flow.title}**: ${rank}, ${extent(flow)}, see [copies of stores](#copies-of-stores).`;
        return `**${flow.title}**: ${rank}, ${extent(flow)}. Needs:\n\n${needs(flow)}`;
    });
    return [`### ${operationTitles[operation]}`, ...texts].join('\n\n');
}

/** How many of a flow there are. A management cluster goes without saying. */
function extent({ scope, where }: Flow): string {
    const only = where && where !== 'has-management-cluster' ? `, only ${conditions[where]}` : '';
    return `${scopes[scope]}${only}`;
}

function needs(flow: Flow): string {
    return flow.needs.map(needLine).join('\n');
}

function needLine(need: FlowNeed): string {
    const only = need.where ? ` (only ${conditions[need.where]})` : '';
    const held = need.buffered
        ? ' With a declared metrics buffer the facet is then limited, and not lost at once.'
        : '';
    return `- ${nameOf(need.on)}${only}: ${need.because}.${held} *${provenance(need).join(', ')}*`;
}

function nameOf(on: FlowNeed['on']): string {
    switch (on) {
        case 'link-to-management':
            return 'the link to the management cluster';
        case 'management-dns':
            return 'the DNS of the management cluster';
        case 'telemetry-store':
            return 'the telemetry store';
        default:
            if (isFlow(on)) return flows[on].title;
            return isClock(on) ? `valid ${clocks[on].renews}` : componentKinds[on].title;
    }
}

function isFlow(on: FlowNeed['on']): on is FlowId {
    return Object.hasOwn(flows, on);
}

function isClock(on: FlowNeed['on']): on is ClockId {
    return Object.hasOwn(clocks, on);
}

const groups: readonly { readonly title: string; readonly wholes: readonly ComponentKindId[] }[] = [
    { title: 'The management plane and its parts', wholes: ['management-plane'] },
    {
        title: 'Stores, secrets and the identity provider',
        wholes: [
            'postgres',
            'elasticsearch',
            'banyandb',
            'store-copy',
            'iam-signing-key',
            'root-ca',
            'identity-provider',
        ],
    },
    { title: 'The central control plane', wholes: ['central-control-plane'] },
    { title: 'The edge control plane and its parts', wholes: ['edge-control-plane'] },
    { title: 'The data plane and its parts', wholes: ['data-plane'] },
    {
        title: 'Places, clusters and links',
        wholes: [
            'region',
            'zone',
            'management-cluster',
            'hosted-management-cluster',
            'standby-management-cluster',
            'workload-cluster',
            'kubernetes-api',
            'cluster-dns',
            'link',
            'directed-link',
        ],
    },
    { title: 'Services', wholes: ['service', 'instances', 'external-service'] },
    { title: 'Shared fates', wholes: ['shared-fate'] },
];

function componentTables(): string {
    const listed = new Set<ComponentKindId>();
    const tables = groups.map(({ title, wholes }) => {
        const kinds = wholes.flatMap((whole) => [whole, ...partsOf(whole)]).filter((kind) => !listed.has(kind));
        kinds.forEach((kind) => listed.add(kind));
        const rows = kinds.map(componentRow);
        return `### ${title}\n\n${table(['component', 'what it is for', 'needs', 'certainty', 'source'], rows)}`;
    });
    const forgotten = kindIds.filter((kind) => !listed.has(kind));
    if (forgotten.length > 0) {
        throw new Error(`No table lists the component ${forgotten.join(', ')}.`);
    }
    return tables.join('\n\n');
}

function partsOf(whole: ComponentKindId): ComponentKindId[] {
    const isCluster = whole === 'management-cluster';
    return isCluster ? [] : kindIds.filter((kind) => componentKinds[kind].partOf === whole);
}

const kindIds = Object.keys(componentKinds) as ComponentKindId[];

function componentRow(id: ComponentKindId): string[] {
    const kind = componentKinds[id];
    const needed = (kind.needs ?? []).map(({ on, because }) => `${componentKinds[on].title}: ${because}`);
    return [kind.title, kind.purpose, needed.join('; ') || '—', ...provenance(kind)];
}

function recoveryTable(): string {
    const byOrder = [...kindIds].sort((a, b) => componentKinds[a].recoveryOrder - componentKinds[b].recoveryOrder);
    const rows = new Map<string, { titles: string[]; cells: string[] }>();
    for (const id of byOrder) {
        const { title, recovery, restoration, recoveryOrder } = componentKinds[id];
        const cells = [remedy(recovery), restoration ? remedy(restoration) : '—'];
        const key = [recoveryOrder, ...cells].join('\n');
        const row = rows.get(key) ?? { titles: [], cells };
        row.titles.push(title);
        rows.set(key, row);
    }
    return table(
        ['component', 'when it is available again', 'when it cannot be recovered'],
        [...rows.values()].map(({ titles, cells }) => [titles.join(', '), ...cells]),
    );
}

/** A remedy as a table cell; the component's own name is in the first cell. */
function remedy({ says, takes, atHand, ...known }: Remedy): string {
    const text = capital(says.replaceAll('{name}', 'it').replaceAll('{cluster}', 'the cluster'));
    const time = takes ? ` Takes ${takes}.` : '';
    const hand = atHand ? ` At hand: ${atHand.join('; ')}.` : '';
    return `${text}${time}${hand} *${provenance(known).join(', ')}*`;
}

/** How well a fact is known, and from where; the links stand in the last section. */
function provenance({ confidence, source }: { confidence: Confidence; source: SourceTag }): [string, string] {
    return [confidence, isPublic(source) ? `[${source}]` : source];
}

function reading({ says, source }: Contradiction['readings'][number]): string {
    return `${says} *(${isPublic(source) ? `[${source}]` : source})*`;
}

function isPublic(tag: SourceTag): boolean {
    return 'url' in sources[tag];
}

function sourceList(): string {
    const all = Object.entries<Source>(sources);
    const rows = all.map(([tag, { title, url }]) => [url ? `[${tag}]` : tag, title]);
    const links = all.flatMap(([tag, { url }]) => (url ? [`[${tag}]: ${url}`] : []));
    return `${table(['short name', 'source'], rows)}\n\n${links.join('\n')}`;
}

function hours(seconds: number): string {
    return seconds % 86_400 === 0 && seconds > 86_400 ? `${seconds / 86_400} days` : `${seconds / 3_600} h`;
}

function capital(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
