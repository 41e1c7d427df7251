import { visible } from '../../encoding/visible.js';
import type {
    Anchor,
    Callee,
    GatewayName,
    ImportedCluster,
    ImportedEdge,
    ImportedEstate,
    ImportedExposure,
    ImportedGateway,
    ImportedHelper,
    ImportedHome,
    ImportedLink,
    ImportedManagement,
    ImportedService,
    ImportedTarget,
    Question,
} from '../estate.js';
import { percent } from '../../words/english.js';
import { compareTexts, shownPlaces, type Place } from '../place.js';

/** How names are written: in quotes where the language wants it; `rule` is a rule of the grammar for names. */
export type WriteName = (name: string, rule: string) => string;

export interface Writing {
    readonly writeName: WriteName;
    /** A text with its placeholders as files have them. */
    readonly shown: (text: string) => string;
    /** Whether lines say where they come from. */
    readonly withSources: boolean;
}

/** A line of the text; its block, if it has one, stands below it. */
interface Line {
    readonly text: string;
    readonly at?: readonly Place[];
    /** A comment of its own, instead of where it comes from. */
    readonly remark?: string;
    readonly block?: readonly Line[];
}

/** The first line of a text that import has written; anything else is somebody's own. */
export const firstWords = '// Written by tsbtopo import';

/** An estate as a person would write it. The same estate gives the same text, byte for byte. */
export function written(estate: ImportedEstate, writing: Writing): string {
    const write = writer(estate, writing);
    const groups = [
        [write.header(), ...write.questions({ kind: 'topology' })],
        write.regions(),
        [write.management()],
        write.defaults(),
        ...write.clusters(),
        write.network(),
        ...estate.services.map((service) => [write.service(service)]),
        estate.externals.map(write.external),
    ];
    const texts = groups.filter((lines) => lines.length > 0).map((lines) => rendered(lines, writing));
    return `${texts.join('\n\n')}\n`;
}

function rendered(lines: readonly Line[], { withSources, shown }: Writing): string {
    const out: string[] = [];
    const add = (line: Line, depth: number, above: string) => {
        const indent = '    '.repeat(depth);
        const places = line.at && line.at.length > 0 ? shownPlaces(line.at) : '';
        const comment = line.remark ?? (withSources && places !== above ? places : '');
        const behind = comment === '' ? '' : ` // ${visible(shown(comment))}`;
        const block = line.block ?? [];
        if (block.length === 0) {
            out.push(`${indent}${line.text}${behind}`);
            return;
        }
        out.push(`${indent}${line.text} {${behind}`);
        for (const inner of block) add(inner, depth + 1, places === '' ? above : places);
        out.push(`${indent}}`);
    };
    for (const line of lines) add(line, 0, '');
    return out.join('\n');
}

/** The one form that a question has: a comment which tools know by its first signs. */
export function questionText({ asked, why, at, seen = [] }: Question): string {
    const shares = seen.map(({ cluster, share }) => `${percent(share)} on ${cluster}`).join(', ');
    return `? ${asked}: ${why}${seen.length > 0 ? `; seen: ${shares}` : ''}${at.length > 0 ? `, ${shownPlaces(at)}` : ''}`;
}

function writer(estate: ImportedEstate, { writeName, shown }: Writing) {
    const name = (text: string, rule: string) => writeName(visible(shown(text)), rule);
    const text = (value: string) => `"${visible(shown(value)).replace(/["\\]/g, '\\$&')}"`;
    const cluster = (value: string) => name(value, 'ClusterName');
    const gateway = ({ cluster: where, name: own }: GatewayName) =>
        `${cluster(where)}.${name(own, 'GatewayReferenceName')}`;
    const callee = ({ namespace, name: own }: Callee) =>
        namespace === undefined
            ? name(own, 'ServiceName')
            : `${name(namespace, 'NamespaceName')}/${name(own, 'ServiceName')}`;
    const questions = (about: Anchor): Line[] =>
        estate.questions
            .filter((question) => sameAnchor(question.about, about))
            .map((question) => ({ text: '//', remark: questionText(question) }))
            .map(({ remark }) => ({ text: `// ${visible(shown(remark))}` }))
            .sort((a, b) => compareTexts(a.text, b.text));
    const inPlace = ({ region, zone }: Pick<ImportedCluster, 'region' | 'zone'>) => {
        if (!region) return '';
        const inZone = zone === undefined ? '' : `/${name(zone, 'ZoneName')}`;
        return ` in ${name(region.value, 'RegionName')}${inZone}`;
    };
    const edge = ({ tokenTtl, certificateAuthority, gitops }: ImportedEdge): Line[] => [
        ...(tokenTtl ? [{ text: `token ttl ${tokenTtl.value}`, at: tokenTtl.at }] : []),
        ...(certificateAuthority
            ? [{ text: `certificate authority ${certificateAuthority.value}`, at: certificateAuthority.at }]
            : []),
        ...(gitops ? [{ text: `gitops ${gitops.value}`, at: gitops.at }] : []),
    ];
    const edgeBlock = (lines: readonly Line[]): Line[] =>
        lines.length === 0 ? [] : [{ text: 'edge control plane', block: lines }];
    const helper = ({ what, by, fails, at }: ImportedHelper): Line => ({
        text: `${what} by ${callee(by)}${fails ? ` fails ${fails}` : ''}`,
        at,
    });
    const oneGateway = (each: ImportedGateway): Line => {
        const across =
            each.zones.length > 0 ? ` across zones ${each.zones.map((zone) => name(zone, 'ZoneName')).join(', ')}` : '';
        const replicas = each.replicas === undefined ? undefined : `replicas ${each.replicas}${across}`;
        const text = `gateway ${each.roles.join(', ')} ${name(each.name, 'GatewayName')}`;
        if (each.helpers.length === 0)
            return { text: replicas === undefined ? text : `${text} { ${replicas} }`, at: each.at };
        const block = [...(replicas === undefined ? [] : [{ text: replicas }]), ...each.helpers.map(helper)];
        return { text, at: each.at, block };
    };
    const common = commonEdge(estate.clusters);

    return {
        questions,
        header: (): Line => ({
            text: `topology ${name(estate.name, 'TopologyName')}${estate.version ? ` for tsb ${estate.version.value}` : ''}`,
            ...(estate.version && { at: estate.version.at }),
        }),
        regions: (): Line[] =>
            [...estate.regions].map(([region, zones]) => ({
                text: `region ${name(region, 'RegionName')}${zones.length > 0 ? ` { zones ${zones.map((zone) => name(zone, 'ZoneName')).join(', ')} }` : ''}`,
            })),
        management: (): Line => {
            const { management } = estate;
            const plane = managementPlane(management);
            const block: Line[] = [
                ...questions({ kind: 'cluster', name: management.name }),
                ...(plane.length > 0 || questions({ kind: 'management plane' }).length > 0
                    ? [{ text: 'management plane', block: [...plane, ...questions({ kind: 'management plane' })] }]
                    : []),
                ...edgeBlock(edge(management.edge)),
                ...management.gateways.map(oneGateway),
            ];
            return {
                text: `${management.hosted ? 'hosted ' : ''}management cluster ${cluster(management.name)}${inPlace(management)}`,
                at: management.at,
                block,
            };
        },
        defaults: (): Line[] => {
            const lines = edge(common);
            return lines.length === 0 ? [] : [{ text: 'defaults for workload clusters', block: edgeBlock(lines) }];
        },
        clusters: (): Line[][] => {
            const byRegion = new Map<string, ImportedCluster[]>();
            const inOrder = [...estate.clusters].sort((a, b) => compareTexts(a.region?.value, b.region?.value));
            for (const each of inOrder) {
                const region = each.region?.value ?? '';
                byRegion.set(region, [...(byRegion.get(region) ?? []), each]);
            }
            return [...byRegion.values()].map((group) =>
                group.map((each): Line => {
                    const pairs = each.labels.map(([key, value]) => `${name(key, 'LabelKey')} = ${text(value)}`);
                    return {
                        text: `workload cluster ${cluster(each.name)}${inPlace(each)}`,
                        at: each.at,
                        block: [
                            ...questions({ kind: 'cluster', name: each.name }),
                            ...(pairs.length > 0 ? [{ text: `labels ${pairs.join(', ')}` }] : []),
                            ...edgeBlock(edge(beside(each.edge, common))),
                            ...each.gateways.map(oneGateway),
                        ],
                    };
                }),
            );
        },
        network: (): Line[] => {
            const asked = questions({ kind: 'network' });
            if (estate.network.length === 0) return asked;
            return [{ text: 'network', block: [...links(estate.network, cluster), ...asked] }];
        },
        service: (service: ImportedService): Line => {
            const { namespace, name: own, homes } = service;
            const isPlain = homes.every(
                ({ replicas, isVirtualMachines }) => replicas === undefined && !isVirtualMachines,
            );
            const on =
                isPlain && homes.length > 0 ? ` on ${homes.map((home) => cluster(home.cluster)).join(', ')}` : '';
            const block: Line[] = [
                ...(isPlain ? [] : homeLines(homes, cluster)),
                ...(service.owner ? [{ text: `owner ${text(service.owner.value)}`, at: service.owner.at }] : []),
                ...(service.partOf
                    ? [{ text: `labels part-of = ${text(service.partOf.value)}`, at: service.partOf.at }]
                    : []),
                ...exposureLines(service.exposures, { text, gateway, cluster, name }),
                ...callLines(service, callee, gateway),
                ...(service.failover ? [{ text: 'failover east-west', at: service.failover.at }] : []),
                ...(service.outlierDetection ? [{ text: 'outlier detection', at: service.outlierDetection.at }] : []),
                ...service.helpers.map(helper),
                ...questions({ kind: 'service', namespace, name: own }),
            ];
            return { text: `service ${callee({ namespace, name: own })}${on}`, at: service.at, block };
        },
        external: ({ name: own, at }: ImportedEstate['externals'][number]): Line => ({
            text: `external service ${name(own, 'ServiceName')}`,
            at,
        }),
    };
}

function sameAnchor(a: Anchor, b: Anchor): boolean {
    if (a.kind === 'service') return b.kind === 'service' && a.namespace === b.namespace && a.name === b.name;
    if (a.kind === 'cluster') return b.kind === 'cluster' && a.name === b.name;
    return a.kind === b.kind;
}

function managementPlane({ postgres, telemetryStore, identityProvider, gitops }: ImportedManagement): Line[] {
    const { kind, placement, path } = telemetryStore?.value ?? {};
    const way = path === 'front-envoy' ? ' via front-envoy' : path === 'direct' ? ' direct' : '';
    return [
        ...(postgres ? [{ text: `postgres ${postgres.value}`, at: postgres.at }] : []),
        ...(telemetryStore
            ? [{ text: `${kind ?? ''}${placement ? ` ${placement}` : ''}${way}`, at: telemetryStore.at }]
            : []),
        ...(identityProvider ? [{ text: `identity-provider ${identityProvider.value}`, at: identityProvider.at }] : []),
        ...(gitops ? [{ text: gitops.value ? 'gitops' : 'gitops off', at: gitops.at }] : []),
    ];
}

/** What all workload clusters have in common, where there are several. */
function commonEdge(clusters: readonly ImportedCluster[]): ImportedEdge {
    if (clusters.length < 2) return {};
    const same = <T extends string>(of: (edge: ImportedEdge) => { readonly value: T } | undefined): T | undefined => {
        const values = new Set(clusters.map(({ edge }) => of(edge)?.value));
        return values.size === 1 ? [...values][0] : undefined;
    };
    const said = <T extends string>(value: T | undefined) => value && { value, at: [] };
    return {
        tokenTtl: said(same(({ tokenTtl }) => tokenTtl)),
        certificateAuthority: said(same(({ certificateAuthority }) => certificateAuthority)),
        gitops: said(same(({ gitops }) => gitops)),
    };
}

/** What a cluster says beside what all have in common. */
function beside(edge: ImportedEdge, common: ImportedEdge): ImportedEdge {
    return {
        tokenTtl: common.tokenTtl ? undefined : edge.tokenTtl,
        certificateAuthority: common.certificateAuthority ? undefined : edge.certificateAuthority,
        gitops: common.gitops ? undefined : edge.gitops,
    };
}

/** Homes of the same kind in one line. */
function homeLines(homes: readonly ImportedHome[], cluster: (name: string) => string): Line[] {
    const groups = new Map<string, ImportedHome[]>();
    for (const home of homes) {
        const { replicas, isVirtualMachines } = home;
        const alike = [
            ...(replicas === undefined || isVirtualMachines ? [] : [`replicas ${replicas}`]),
            ...(isVirtualMachines ? ['virtual machines'] : []),
        ].join('  ');
        groups.set(alike, [...(groups.get(alike) ?? []), home]);
    }
    return [...groups].map(([alike, alikes]) => ({
        text: `on ${alikes.map((home) => cluster(home.cluster)).join(', ')}${alike === '' ? '' : ` { ${alike} }`}`,
        at: alikes.flatMap(({ at }) => at),
    }));
}

interface Names {
    readonly text: (value: string) => string;
    readonly gateway: (name: GatewayName) => string;
    readonly cluster: (name: string) => string;
    readonly name: (name: string, rule: string) => string;
}

/** Hosts that go the same ways in one line. */
function exposureLines(exposures: readonly ImportedExposure[], names: Names): Line[] {
    const alike = new Map<string, { readonly hosts: string[]; readonly isInside: boolean; readonly at: Place[] }>();
    for (const exposure of exposures) {
        const ways = waysText(exposure, names);
        const line = alike.get(ways + String(exposure.isInside)) ?? { hosts: [], isInside: exposure.isInside, at: [] };
        line.hosts.push(names.text(exposure.host));
        line.at.push(...exposure.at);
        alike.set(ways + String(exposure.isInside), line);
    }
    return [...alike].map(([id, { hosts, isInside, at }]) => ({
        text: `exposed ${isInside ? 'inside ' : ''}${hosts.join(', ')}${id.slice(0, -String(isInside).length)}`,
        at,
    }));
}

function waysText({ via, through, to }: ImportedExposure, { gateway, cluster, name }: Names): string {
    const target = ({ cluster: where, gateway: own, weight }: ImportedTarget) =>
        `${cluster(where)}${own === undefined ? '' : `.${name(own, 'GatewayReferenceName')}`}${weight === undefined ? '' : ` weight ${weight}`}`;
    return [
        ...(via.length > 0 ? [` via ${via.map(gateway).join(', ')}`] : []),
        ...through.map((hop) => ` through ${hop.map(gateway).join(', ')}`),
        ...(to.length > 0 ? [` to ${to.map(target).join(', ')}`] : []),
    ].join('');
}

/** Calls that were seen, one a line, since each says how often. */
function callLines(
    { calls }: ImportedService,
    callee: (name: Callee) => string,
    gateway: (name: GatewayName) => string,
): Line[] {
    const most = Math.max(0, ...calls.map(({ requests }) => requests));
    return calls.map((call) => {
        const power = Math.max(0, Math.floor(Math.log10(call.requests)));
        const rarely = call.requests < most / 1000 ? 'rarely, ' : '';
        return {
            text: `calls ${callee(call.callee)}${call.through.length > 0 ? ` through ${call.through.map(gateway).join(', ')}` : ''}`,
            remark: `seen: ${rarely}about 10^${power} requests, ${shownPlaces([call.at])}`,
        };
    });
}

/** Links both ways in one line; those from one cluster together. */
function links(all: readonly ImportedLink[], cluster: (name: string) => string): Line[] {
    const has = new Set(all.map(({ from, to }) => JSON.stringify([from, to])));
    const isBoth = ({ from, to }: ImportedLink) => has.has(JSON.stringify([to, from]));
    const lines = new Map<string, { readonly from: string; readonly arrow: string; to: string[]; at: Place[] }>();
    for (const link of all) {
        const arrow = isBoth(link) ? '<->' : '->';
        if (arrow === '<->' && link.from > link.to) continue;
        const id = `${link.from} ${arrow}`;
        const line = lines.get(id) ?? { from: link.from, arrow, to: [], at: [] };
        line.to.push(link.to);
        line.at.push(...link.at);
        lines.set(id, line);
    }
    return [...lines.values()].map(({ from, arrow, to, at }) => ({
        text: `${cluster(from)} ${arrow} ${to.map(cluster).join(', ')}`,
        at,
    }));
}
