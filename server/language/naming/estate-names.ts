import type { AstNodeDescription } from 'langium';
import type { NameDescription } from './declared.js';

/** What is declared under each name; several where a name is used twice. */
export type NameTable = ReadonlyMap<string, readonly AstNodeDescription[]>;

type GrowingTable = Map<string, readonly NameDescription[]>;

/**
 * The names of one estate. Each table is filled on first use, and then answers in constant time: with thousands of
 * elements a search through all of them for each reference would take seconds.
 */
export class EstateNames {
    private tables: ReturnType<typeof emptyTables> | undefined;

    /** @param declared the names that the files declare; looked up anew after {@link forget} */
    constructor(private readonly declared: () => Iterable<NameDescription>) {}

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

function addTo(tables: ReturnType<typeof emptyTables>, description: NameDescription): void {
    const { name, inFull } = description;
    switch (description.type) {
        case 'Region':
            return add(tables.regions, name, description);
        case 'ManagementCluster':
        case 'WorkloadCluster':
            return add(tables.clusters, name, description);
        case 'Gateway':
            add(tables.gateways, name, description);
            if (inFull !== undefined) add(tables.gatewaysInClusters, inFull, description);
            return;
        case 'Service':
            add(tables.callables, name, description);
            return add(tables.qualifiedServices, inFull!, description);
        case 'ExternalService':
            return add(tables.callables, name, description);
    }
}

function add(table: GrowingTable, name: string, description: NameDescription): void {
    const known = table.get(name);
    if (!known) table.set(name, description.alone);
    else if (known.length === 1) table.set(name, [...known, description]);
    else (known as NameDescription[]).push(description);
}
