import { TextDocument, URI } from 'langium';
import { driftBetween } from '../drift/differences.js';
import { driftMessage, driftName, isIgnored, type Drift } from '../drift/drift.js';
import type { Covered } from '../import/estate.js';
import { nameWriter } from '../language/naming/written-names.js';
import type { TsbtopoServices } from '../language/services.js';
import { atFixedPlaces } from '../topology/fixed-places.js';
import type { SourceLocation, Topology } from '../topology/topology.js';
import type { Scratch } from './scratch.js';

/** An estate as import has read it: its text, and what that says. */
export interface ImportedState {
    readonly text: string;
    readonly topology: Topology;
    readonly covered: Covered;
}

/** Reads the text that import has written; undefined where it declares nothing. */
export function readImported(scratch: Scratch, text: string, covered: Covered): Promise<ImportedState | undefined> {
    return scratch.with(new Map([[importedUri, text]]), [], ({ workspace }) => {
        const topology = workspace.Topologies.of(importedUri);
        // the next import is read in its place
        return topology && { text, topology: atFixedPlaces(topology), covered };
    });
}

const importedUri = 'file:///import.tsbtopo';

/** How files differ from an estate that was imported, each at a place in one of the files. */
export interface PlacedDrift extends Drift {
    readonly at: SourceLocation;
}

/** Those of all files of an estate, in the order of the estate; without what its project leaves to others. */
export function driftOf(here: Topology, imported: ImportedState, services: TsbtopoServices): PlacedDrift[] {
    const first = here.at ?? { uri: here.files[0] ?? '', range: { start: nowhere, end: nowhere } };
    const ignored = services.workspace.ProjectSettings.ignoredDrift(URI.parse(first.uri));
    return differences(here, imported, services)
        .filter((drift) => !isIgnored(drift, ignored))
        .map((drift) => ({ ...drift, at: drift.at ?? first }));
}

const found = new WeakMap<Topology, { readonly imported: ImportedState; readonly drift: readonly Drift[] }>();

/** Asked once for each file of an estate, and found out once. */
function differences(here: Topology, imported: ImportedState, { Grammar }: TsbtopoServices): readonly Drift[] {
    const before = found.get(here);
    if (before?.imported === imported) return before.drift;
    const { topology: there, covered, text } = imported;
    const lines = TextDocument.create(importedUri, 'tsbtopo', 0, text);
    const textAt = ({ range }: SourceLocation) => lines.getText(range);
    const drift = driftBetween({ there, here, covered, write: nameWriter(Grammar), textAt });
    found.set(here, { imported, drift });
    return drift;
}

const nowhere = { line: 0, character: 0 };

/** The estates that somebody has imported while these services run, by the key of the estate that they were compared with. */
export interface ImportedStates {
    /** Undefined forgets it. */
    set(this: void, key: string, imported: ImportedState | undefined): void;
    of(this: void, key: string): ImportedState | undefined;
    onChange(this: void, listener: () => void): void;
}

const known = new WeakMap<TsbtopoServices, ImportedStates>();

export function importedStatesOf(services: TsbtopoServices): ImportedStates {
    const states = known.get(services) ?? newStates();
    known.set(services, states);
    return states;
}

function newStates(): ImportedStates {
    const byKey = new Map<string, ImportedState>();
    const listeners: (() => void)[] = [];
    return {
        set: (key, imported) => {
            if (imported) byKey.set(key, imported);
            else byKey.delete(key);
            for (const listener of listeners) listener();
        },
        of: (key) => byKey.get(key),
        onChange: (listener) => void listeners.push(listener),
    };
}

/** What a problem about a difference consists of, but for its identity. */
export function asProblem(drift: PlacedDrift) {
    return {
        code: 'drift',
        severity: 'info' as const,
        message: driftMessage(drift),
        at: drift.at,
        related: [],
        suggestions: [],
        insertions: [],
        behind: false,
        drift,
        identity: JSON.stringify(['drift', drift.sign, driftName(drift)]),
    };
}
