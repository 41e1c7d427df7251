import { AstUtils, type AstNode, type ValidationAcceptor } from 'langium';
import { knownVersions } from '../../knowledge/versions.js';
import type { Estate, Estates } from '../naming/estates.js';
import { headerOf } from '../naming/estates.js';
import * as ast from '../generated/ast.js';
import { clusterOfGateway, nameOfGateway, qualifiedName } from '../naming/names.js';
import { withoutPatch } from '../lower/to-topology.js';
import { report } from './check.js';

/** What is declared twice, or in the wrong place; across all files of a topology. */
export function declarationChecks(estates: () => Estates) {
    const estateOf = (node: AstNode): Estate | undefined => estates().of(AstUtils.getDocument(node).uri);
    return {
        File: (file: ast.File, accept: ValidationAcceptor) => checkMembership(file, estateOf(file), accept),
        Header: (header: ast.Header, accept: ValidationAcceptor) => {
            checkPlaceOfHeader(header, accept);
            checkVersion(header, estateOf(header), accept);
        },
        Region: (region: ast.Region, accept: ValidationAcceptor) => {
            checkUnique(
                region,
                `The region \`${region.name}\``,
                estateOf(region)?.names.regions.get(region.name),
                accept,
            );
            checkZones(region, accept);
        },
        Cluster: (cluster: ast.Cluster, accept: ValidationAcceptor) => {
            const sameName = estateOf(cluster)?.names.clusters.get(cluster.name);
            checkUnique(cluster, `The cluster \`${cluster.name}\``, sameName, accept);
        },
        Gateway: (gateway: ast.Gateway, accept: ValidationAcceptor) => checkGateway(gateway, estateOf(gateway), accept),
        Service: (service: ast.Service, accept: ValidationAcceptor) => {
            if (service.name) {
                const name = qualifiedName(service);
                const sameName = estateOf(service)?.names.qualifiedServices.get(name);
                checkUnique(service, `The service \`${name}\``, sameName, accept);
            }
        },
        ExternalService: (service: ast.ExternalService, accept: ValidationAcceptor) => {
            const sameName = estateOf(service)?.names.callables.get(service.name) ?? [];
            const external = sameName.filter(({ node }) => ast.isExternalService(node));
            checkUnique(service, `The external service \`${service.name}\``, external, accept);
            const inside = sameName.find(({ node }) => ast.isService(node))?.node;
            if (inside) {
                const message = `A service is called \`${service.name}\`, too. Give one of them another name.`;
                const related = { node: inside, message: 'The service.' };
                report(accept, service, 'duplicate-declaration', message, { related });
            }
        },
        SharedFate: (fate: ast.SharedFate, accept: ValidationAcceptor) => {
            const all = (estateOf(fate)?.documents ?? []).flatMap(({ parseResult }) =>
                parseResult.value.declarations.filter(ast.isSharedFate),
            );
            const first = all.find(({ name }) => name === fate.name);
            const any = fate.things.find((thing) => ast.isChoice(thing) && thing.quantifier === 'any');
            if (any) {
                const message = 'What fails together is all of it: say `every`.';
                report(accept, any, 'odd-choice', message, { property: 'quantifier', suggestions: ['every'] });
            }
            const names = estateOf(fate)?.names;
            const other = [names?.clusters, names?.regions, names?.callables, names?.gateways]
                .flatMap((table) => table?.get(fate.name) ?? [])
                .find(({ node }) => node !== undefined)?.node;
            if (fate.name && other) {
                const message = `Something else is called \`${fate.name}\`, too. Give one of them another name.`;
                const related = { node: other, message: 'The other one.' };
                report(accept, fate, 'duplicate-declaration', message, { property: 'name', related });
            }
            if (fate.name && first && first !== fate) {
                const related = { node: first, message: 'The first one.' };
                const message = `The shared fate \`${fate.name}\` is already declared.`;
                report(accept, fate, 'duplicate-declaration', message, { property: 'name', related });
            }
        },
        WorkloadDefaults: (block: ast.WorkloadDefaults, accept: ValidationAcceptor) => {
            const all = estateOf(block)?.documents.flatMap(({ parseResult }) =>
                parseResult.value.declarations.filter(ast.isWorkloadDefaults),
            );
            const first = all?.[0];
            if (first && first !== block) {
                const related = { node: first, message: 'The first ones.' };
                report(accept, block, 'duplicate-declaration', 'The defaults are already declared.', { related });
            }
        },
    };
}

type Described = { readonly node?: AstNode };

function checkUnique(
    node: AstNode,
    what: string,
    sameName: readonly Described[] | undefined,
    accept: ValidationAcceptor,
): void {
    const first = sameName?.[0]?.node;
    if (first && first !== node) {
        const related = { node: first, message: 'The first declaration.' };
        report(accept, node, 'duplicate-declaration', `${what} is already declared.`, { related });
    }
}

function checkMembership(file: ast.File, estate: Estate | undefined, accept: ValidationAcceptor): void {
    const first = file.declarations[0];
    if (first && estate && estate.undecidedBetween.length > 0) {
        const names = estate.undecidedBetween.map((name) => `\`${name}\``).join(', ');
        report(
            accept,
            first,
            'which-topology',
            `This folder has several topologies (${names}). Say to which one the file belongs: begin it with \`topology\` and the name.`,
            { suggestions: estate.undecidedBetween },
        );
    }
}

function checkPlaceOfHeader(header: ast.Header, accept: ValidationAcceptor): void {
    const { declarations } = header.$container;
    const first = declarations.find(ast.isHeader);
    if (first && first !== header) {
        const related = { node: first, message: 'The first header.' };
        report(accept, header, 'duplicate-declaration', 'A file belongs to one topology.', { related });
    } else if (declarations[0] !== header) {
        report(accept, header, 'late-header', '`topology` stands at the beginning of a file.');
    }
}

function checkVersion(header: ast.Header, estate: Estate | undefined, accept: ValidationAcceptor): void {
    if (!header.version) {
        return;
    }
    const version = withoutPatch(header.version);
    if (!knownVersions.includes(version)) {
        const known = `${knownVersions[0]} to ${knownVersions.at(-1)}`;
        const message = `TSB ${header.version} is not known. Known are ${known}.`;
        report(accept, header, 'unknown-version', message, { severity: 'warning', property: 'version' });
    }
    const headers = estate?.documents.map(({ parseResult }) => headerOf(parseResult.value)) ?? [];
    const first = headers.find((other) => other?.version);
    if (first?.version && headers.includes(header) && withoutPatch(first.version) !== version) {
        const message = `Another file says that this topology is for TSB ${first.version}.`;
        const related = { node: first, message: 'The other file.' };
        report(accept, header, 'two-versions', message, { property: 'version', related });
    }
}

function checkZones(region: ast.Region, accept: ValidationAcceptor): void {
    const seen = new Map<string, ast.Zone>();
    for (const zone of region.items.filter(ast.isZones).flatMap((item) => item.zones)) {
        const first = seen.get(zone.name);
        if (first) {
            const related = { node: first, message: 'The first one.' };
            report(accept, zone, 'duplicate-declaration', `The zone \`${zone.name}\` is already listed.`, { related });
        } else if (zone.name) {
            seen.set(zone.name, zone);
        }
    }
}

function checkGateway(gateway: ast.Gateway, estate: Estate | undefined, accept: ValidationAcceptor): void {
    const name = nameOfGateway(gateway);
    const cluster = clusterOfGateway(gateway)?.name;
    if (!name || !estate) {
        return;
    }
    if (gateway.name) {
        const there = estate.names.gatewaysInClusters.get(`${cluster}.${name}`);
        const named = there?.filter(({ node }) => ast.isGateway(node) && node.name);
        checkUnique(gateway, `The gateway \`${name}\``, named, accept);
        return;
    }
    const first = estate.names.gatewaysInClusters.get(`${cluster}.${name}`)?.[0]?.node;
    if (first && first !== gateway) {
        const message = `\`${cluster}\` already has an unnamed ${name} gateway. Give this one a name.`;
        const related = { node: first, message: 'The other one.' };
        report(accept, gateway, 'duplicate-declaration', message, { property: 'roles', related });
    }
}
