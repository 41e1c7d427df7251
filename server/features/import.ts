import { DocumentState } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { driftOf, importedStatesOf, readImported } from '../estate/imported.js';
import { Scratch } from '../estate/scratch.js';
import { snapshotsOf } from '../estate/snapshot.js';
import { weighedQuestions } from '../estate/weighed-questions.js';
import { howLine } from '../import/how.js';
import { importEstate, type Imported } from '../import/import.js';
import { reportOf, reportText } from '../import/report.js';
import { sealed } from '../import/writing/seal.js';
import { nameWriter } from '../language/naming/written-names.js';
import type { TsbtopoServices } from '../language/services.js';
import {
    importRequests,
    type CompareAnswer,
    type CompareArgument,
    type ImportAnswer,
    type ImportArgument,
    type ImportSource,
} from '../protocol/import.js';
import { answering } from './answers.js';

/** Makes files of YAML, and compares files with it. Of the sources only the last are kept, until others come. */
export class Imports {
    private readonly scratch = new Scratch();
    private last: readonly ImportSource[] = [];

    constructor(private readonly services: TsbtopoServices) {}

    async run({ sources }: ImportArgument): Promise<ImportAnswer> {
        const imported = this.imported(sources);
        const report = reportOf(imported, await weighedQuestions(imported));
        return {
            topology: report.topology,
            text: sealed(imported.text),
            report: reportText(report),
            objects: report.objects,
            questions: report.questions.length,
        };
    }

    async compare({ uri, sources = this.last }: CompareArgument): Promise<CompareAnswer | null> {
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return null;
        const { text, estate: found, reading } = this.imported(sources, estate.topology.name);
        const state = reading.seen.length > 0 ? await readImported(this.scratch, text, found.covered) : undefined;
        if (!state) return null;
        importedStatesOf(this.services).set(estate.key, state);
        const drift = driftOf(estate.topology, state, this.services);
        return { topology: estate.topology.name, differences: drift.length, uri: drift[0]?.at.uri ?? null };
    }

    private imported(sources: readonly ImportSource[], name?: string): Imported {
        this.last = sources;
        return importEstate(sources, {
            ...(name !== undefined && { name }),
            known: { variables: new Map(), values: new Map() },
            withSources: true,
            writeName: nameWriter(this.services.Grammar),
        });
    }
}

export function answerImports(connection: Connection, services: TsbtopoServices, imports: Imports): void {
    const answer = answering(connection, services, DocumentState.Validated);
    answer(importRequests.run, (argument: ImportArgument) => imports.run(argument));
    answer(importRequests.compare, (argument: CompareArgument) => imports.compare(argument));
    answer(importRequests.how, () => howLine);
}
