import { gravities, type Gravity } from '../failure/gravity.js';
import type { Outcome } from '../failure/outcome.js';
import type { Fares } from '../failure/sweep.js';
import { gravityOfHost, gravityOfService, type HostOutcome, type ServiceOutcome } from '../failure/traffic-outcome.js';
import { plain } from '../encoding/markdown.js';
import { hostPhrase, servicePhrase } from '../impact/workloads.js';
import { operations, severities, severityWords, type Severity } from '../knowledge/operations.js';
import type { AnnotationState } from '../knowledge/states.js';
import type { Column } from './columns.js';

/** How one column fares in one failure: the mark that an outcome gives it. */
export type Cell =
    | { readonly kind: 'operation'; readonly mark: Severity }
    | { readonly kind: 'host'; readonly mark: Gravity; readonly of: HostOutcome }
    | { readonly kind: 'service'; readonly mark: Gravity; readonly of: ServiceOutcome };

/** The cells of a failure. Next to nothing happens to most columns of a large estate: only the others are kept. */
export class Cells {
    /** @param touched by column; all others are as in health */
    constructor(
        private readonly health: readonly Cell[],
        private readonly touched: ReadonlyMap<number, Cell>,
    ) {}

    /** That of a column. */
    at(column: number): Cell {
        return this.touched.get(column) ?? this.health[column]!;
    }

    /** One for each column. */
    all(): readonly Cell[] {
        return this.health.map((cell, column) => this.touched.get(column) ?? cell);
    }

    /** Those to which something happens, in the order of the columns. In health that is nothing. */
    affected(): readonly { readonly column: number; readonly cell: Cell }[] {
        return [...this.touched].flatMap(([column, cell]) => (isUntouched(cell) ? [] : [{ column, cell }]));
    }
}

/** The cell of a host that fares so. */
export function hostCell(of: HostOutcome): Cell {
    return { kind: 'host', mark: gravityOfHost(of), of };
}

/** The cell of a service that fares so. */
export function serviceCell(of: ServiceOutcome): Cell {
    return { kind: 'service', mark: gravityOfService(of), of };
}

/** Makes the cells of failures, one for each column; those of which all is as in health are the same every time. */
export function cellsBeside(health: Pick<Outcome, 'operations' | 'hosts' | 'services'>): (fares: Fares) => Cells {
    const operationCells = (of: Outcome['operations']) =>
        operations.map((operation): Cell => ({ kind: 'operation', mark: of[operation] }));
    const firstHost = operations.length;
    const firstService = firstHost + health.hosts.length;
    const inHealth = [
        ...operationCells(health.operations),
        ...health.hosts.map(hostCell),
        ...health.services.map(serviceCell),
    ];
    return ({ radius, hosts, services }) => {
        const touched = new Map(operationCells(radius.operations).entries());
        for (const [place, of] of hosts) touched.set(firstHost + place, hostCell(of));
        for (const [place, of] of services) touched.set(firstService + place, serviceCell(of));
        return new Cells(inHealth, touched);
    };
}

/** Whether nothing happens to the column. */
export function isUntouched({ mark }: Cell): boolean {
    return mark === 'unaffected' || mark === 'none';
}

/** How grave a cell is beside others, of any kind: 0 is the gravest. */
export function rankOf(cell: Cell): number {
    if (cell.kind !== 'operation') return gravities.indexOf(cell.mark);
    return gravities.indexOf(gravityOfSeverity[cell.mark]);
}

const gravityOfSeverity: Readonly<Record<Severity, Gravity>> = {
    total: 'down',
    limited: 'degraded',
    unaffected: 'none',
};

/** How it fares in one or two words: "lost", "down", "fails over", "unaffected". */
export function cellWord(cell: Cell): string {
    return cell.kind === 'operation' ? severityWords[cell.mark] : userWords[cell.mark];
}

const userWords: Readonly<Record<Gravity, string>> = {
    down: 'down',
    degraded: 'degraded',
    failover: 'fails over',
    operators: 'noticed by operators',
    spare: 'a spare is lost',
    none: 'unaffected',
};

/** The same with all that one line says of it: "down: no request gets through". Plain text. */
export function cellText(cell: Cell): string {
    const phrase =
        cell.kind === 'host' ? hostPhrase(cell.of) : cell.kind === 'service' ? servicePhrase(cell.of) : undefined;
    return phrase === undefined ? cellWord(cell) : plain(phrase);
}

/** The sign that the picture and the file have for it; undefined where nothing happens. */
export function cellState(cell: Cell): AnnotationState | undefined {
    return cell.kind === 'operation' ? stateOfSeverity[cell.mark] : stateOfGravity[cell.mark];
}

const stateOfSeverity: Readonly<Record<Severity, AnnotationState | undefined>> = {
    total: 'total',
    limited: 'limited',
    unaffected: undefined,
};

/** The sign of a gravity. */
export const stateOfGravity: Readonly<Record<Gravity, AnnotationState | undefined>> = {
    down: 'total',
    degraded: 'limited',
    failover: 'failover',
    operators: 'operators',
    spare: 'spare',
    none: undefined,
};

/** The marks that a column may have, the gravest first. */
export function marksOf({ kind }: Column): readonly (Severity | Gravity)[] {
    return kind === 'operation' ? [...severities].reverse() : gravities;
}
