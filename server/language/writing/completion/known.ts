import { AstUtils, type AstNode, type AstNodeDescription } from 'langium';
import type { CompletionContext } from 'langium/lsp';
import type { Estate } from '../../naming/estates.js';
import type { NameTable } from '../../naming/estate-names.js';
import * as ast from '../../generated/ast.js';
import { homeListsOf } from '../../syntax/items.js';
import type { NameWriter } from '../../naming/written-names.js';
import { isAtCursor } from './cursor.js';
import { referenceText, ruleOfReference } from './reference-text.js';

/** Of each kind so many names are enough to choose from. */
const mostNames = 20;

const fallbackDomain = 'example.com';

/** What is known where a construct is to be written, as it has to be written; looked up when it is asked for. */
export class Known {
    private readonly service: ast.Service | undefined;

    constructor(
        private readonly context: CompletionContext,
        private readonly estate: Estate | undefined,
        private readonly write: NameWriter,
    ) {
        this.service = AstUtils.getContainerOfType(context.node, ast.isService);
    }

    /** Whether the file has nothing yet. */
    get isNew(): boolean {
        const file = this.context.document.parseResult.value as ast.File;
        return file.declarations.every((declaration) => isAtCursor(declaration.$cstNode, this.context));
    }

    /** Whether it is the block of a store. */
    get isInStore(): boolean {
        return AstUtils.getContainerOfType(this.context.node, isStore) !== undefined;
    }

    get regions(): string[] {
        return this.named('region', this.estate?.names.regions);
    }

    /** Clusters in which services run. */
    get clusters(): string[] {
        return this.named('cluster', this.estate?.names.clusters, ast.isWorkloadCluster);
    }

    /** Gateways by which clients outside can enter. */
    get gateways(): string[] {
        return this.named('gateway', this.estate?.names.gateways, isEntry);
    }

    /** What the service at the cursor can call. */
    get callees(): string[] {
        return this.named('service', this.estate?.names.callables, (node) => node !== this.service);
    }

    /** The homes of the service at the cursor; all clusters as long as it has none. */
    get homes(): string[] {
        const homes = [...this.homeNodes()].map(({ name }) => this.write(name, 'ClusterName'));
        return homes.length > 0 ? homes : this.clusters;
    }

    /** Clusters that are no homes yet. */
    get newHomes(): string[] {
        const homes = this.homeNodes();
        const isNew = (node: AstNode | undefined) => ast.isWorkloadCluster(node) && !homes.has(node);
        return this.named('cluster', this.estate?.names.clusters, isNew);
    }

    /** Of the region in which the cluster at the cursor stands. */
    get zones(): string[] {
        const cluster = AstUtils.getContainerOfType(this.context.node, ast.isCluster);
        const items = cluster?.place?.region?.ref?.items.filter(ast.isZones) ?? [];
        const zones = items.flatMap((item) => item.zones);
        return zones.slice(0, mostNames).map(({ name }) => this.write(name, 'ZoneName'));
    }

    /** The domain of a host of the estate. */
    get domain(): string {
        for (const { parseResult } of this.estate?.documents ?? []) {
            for (const declaration of parseResult.value.declarations) {
                const hasHosts = ast.isService(declaration) || ast.isExternalService(declaration);
                const exposures = hasHosts ? (declaration.items as readonly AstNode[]).filter(ast.isExposure) : [];
                const domain = exposures.map(({ host }) => host && domainOf(host)).find(Boolean);
                if (domain) {
                    return domain;
                }
            }
        }
        return fallbackDomain;
    }

    /** Whether the cursor is in the block of an external service. */
    get isOutside(): boolean {
        return this.external !== undefined;
    }

    private get external(): ast.ExternalService | undefined {
        return AstUtils.getContainerOfType(this.context.node, ast.isExternalService);
    }

    /** A host for the service at the cursor. */
    get host(): string {
        return hostOf(this.service?.name ?? this.external?.name ?? 'name', this.domain);
    }

    private homeNodes(): Set<ast.Cluster> {
        const homes = this.service ? homeListsOf(this.service).flatMap((list) => list.homes) : [];
        return new Set(homes.flatMap((home) => home.cluster?.ref ?? []));
    }

    private named(
        property: string,
        table: NameTable | undefined,
        belongs: (node: AstNode | undefined) => boolean = () => true,
    ): string[] {
        const found: AstNodeDescription[] = [];
        for (const descriptions of table?.values() ?? []) {
            found.push(...descriptions.filter(({ node }) => belongs(node)));
            if (found.length >= mostNames) {
                break;
            }
        }
        return found.map((description) =>
            referenceText(description, this.estate!.names, this.write, ruleOfReference.get(property)),
        );
    }
}

function isEntry(node: AstNode | undefined): boolean {
    return ast.isGateway(node) && node.roles.some((role) => role === 'tier1' || role === 'ingress');
}

/** The declarations of an estate, and the items in their blocks, in reading order. */
export function* itemsOf(estate: Estate | undefined): Generator<AstNode> {
    for (const { parseResult } of estate?.documents ?? []) {
        for (const declaration of parseResult.value.declarations) {
            yield* withItems(declaration);
        }
    }
}

function* withItems(node: AstNode): Generator<AstNode> {
    yield node;
    if ('items' in node) {
        for (const item of node.items as AstNode[]) {
            yield* withItems(item);
        }
    }
}

/** The domains under which an estate has hosts; an example where it has none. */
export function domainsOf(hosts: Iterable<string>): string[] {
    const domains = [...new Set([...hosts].flatMap((host) => domainOf(host) ?? []))];
    return domains.length > 0 ? domains : [fallbackDomain];
}

/** `example.com` of `shop.example.com`; undefined for a host that is a domain itself. */
function domainOf(host: string): string | undefined {
    const domain = host.slice(host.indexOf('.') + 1);
    return host.includes('.') && domain.includes('.') ? domain : undefined;
}

/** A host for a service, its name in letters that a host can have. */
export function hostOf(service: string, domain: string): string {
    return `${service.toLowerCase().replace(/[^a-z\d]+/g, '-')}.${domain}`;
}

function isStore(node: unknown): node is ast.Postgres | ast.TelemetryStore {
    return ast.isPostgres(node) || ast.isTelemetryStore(node);
}
