import type { AstNodeDescription } from 'langium';
import * as ast from '../generated/ast.js';
import { clusterOfGateway, qualifiedName } from './names.js';

/** What is declared under each name; several where a name is used twice. */
export type NameTable = ReadonlyMap<string, readonly AstNodeDescription[]>;

type GrowingTable = Map<string, AstNodeDescription[]>;

/**
 * The names of one estate. Each table is filled on first use, and then answers in constant time: with thousands of
 * elements a search through all of them for each reference would take seconds.
 */
export class EstateNames {
    private tables: ReturnType<typeof emptyTables> | undefined;

    /** @param declared the names that the files declare; looked up anew after {@link forget} */
    constructor(private readonly declared: () => Iterable<AstNodeDescription>) {}

    /** Names have come, gone or changed. */
    forget(): void {
        this.tables = undefined;
    }

    get regions(): NameTable {
        return this.filled().regions;
    }

    get clusters(): NameTable {
        return this.filled().clusters;
    }

    /** Named gateways by their name, unnamed ones by their first role. */
    get gateways(): NameTable {
        return this.filled().gateways;
    }

    /** The same as `cluster.gateway`. */
    get gatewaysInClusters(): NameTable {
        return this.filled().gatewaysInClusters;
    }

    /** Services and external services by their bare name. */
    get callables(): NameTable {
        return this.filled().callables;
    }

    /** Services by `namespace/name`. */
    get qualifiedServices(): NameTable {
        return this.filled().qualifiedServices;
    }

    private filled(): ReturnType<typeof emptyTables> {
        if (!this.tables) {
            this.tables = emptyTables();
            for (const description of this.declared()) {
                addTo(this.tables, description);
            }
        }
        return this.tables;
    }
}

function emptyTables() {
    return {
        regions: new Map() as GrowingTable,
        clusters: new Map() as GrowingTable,
        gateways: new Map() as GrowingTable,
        gatewaysInClusters: new Map() as GrowingTable,
        callables: new Map() as GrowingTable,
        qualifiedServices: new Map() as GrowingTable,
    };
}

function addTo(tables: ReturnType<typeof emptyTables>, description: AstNodeDescription): void {
    const node = description.node;
    if (ast.isRegion(node)) {
        add(tables.regions, description.name, description);
    } else if (ast.isCluster(node)) {
        add(tables.clusters, description.name, description);
    } else if (ast.isGateway(node)) {
        add(tables.gateways, description.name, description);
        const cluster = clusterOfGateway(node);
        if (cluster?.name) {
            add(tables.gatewaysInClusters, `${cluster.name}.${description.name}`, description);
        }
    } else if (ast.isService(node)) {
        add(tables.callables, description.name, description);
        add(tables.qualifiedServices, qualifiedName(node), description);
    } else if (ast.isExternalService(node)) {
        add(tables.callables, description.name, description);
    }
}

function add(table: GrowingTable, name: string, description: AstNodeDescription): void {
    const known = table.get(name);
    if (known) {
        known.push(description);
    } else {
        table.set(name, [description]);
    }
}
