import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EmptyFileSystem } from 'langium';
import { json } from '../encoding/json.js';
import { visible } from '../encoding/visible.js';
import { howText } from '../import/how.js';
import { importEstate } from '../import/import.js';
import { valuesIn, variablesIn } from '../import/reading/values.js';
import { importSchemaVersion, reportOf, reportText } from '../import/report.js';
import { isUntouched, sealed } from '../import/writing/seal.js';
import { weighedQuestions } from '../estate/weighed-questions.js';
import { createTsbtopoServices } from '../language/create-services.js';
import { nameWriter } from '../language/naming/written-names.js';
import { isFolder, readText } from './files.js';
import type { DriftFormat } from './formats/choices.js';
import { sourcesOf, type ClusterOfFile } from './import-files.js';
import { checkDrift } from './import-check.js';
import { print, reasonOf } from './output.js';
import { Progress } from './progress.js';
import { replaceFile } from './replace-file.js';
import { UsageError } from './usage-error.js';
import { count } from '../words/english.js';

export interface ImportCommandOptions {
    readonly topology?: string;
    readonly output?: string;
    readonly cluster?: readonly string[];
    readonly values?: readonly string[];
    readonly env?: readonly string[];
    readonly format: DriftFormat;
    /** A folder or a file that is to be compared with the estate. */
    readonly check?: string;
    /** Differences that are left to others. */
    readonly ignore?: readonly string[];
    /** Whether lines say where they come from. */
    readonly sources: boolean;
    readonly how?: boolean;
}

/**
 * `tsbtopo import`: a `.tsbtopo` from the YAML and JSON of an estate. Without `--output` the text goes to standard output,
 * and the report to standard error.
 *
 * @param version of this program
 * @returns the exit code: 0, or 1 if something was not understood; of `--check` that of {@link checkDrift}
 * @throws UsageError where sources cannot be found, or the file cannot or must not be written
 */
export async function importSources(
    paths: readonly string[],
    options: ImportCommandOptions,
    version: string,
): Promise<number> {
    if (options.how) {
        await print(howText);
        return 0;
    }
    if (paths.length === 0) throw new UsageError('Say what to import: files, folders, or - for standard input.');
    const { check, format } = options;
    if (check === undefined && (format === 'github' || format === 'sarif'))
        throw new UsageError(`--format ${format} is for --check.`);
    if (check === undefined && options.ignore) throw new UsageError('--ignore is for --check.');
    if (check !== undefined && options.output !== undefined && options.output !== '-')
        throw new UsageError('--check writes no file, so it takes no --output.');
    const known = {
        variables: merged((options.env ?? []).map((file) => variablesIn(textOf(file)))),
        values: merged((options.values ?? []).map(valuesOf)),
    };
    const sources = await sourcesOf(paths, (options.cluster ?? []).map(clusterOfFile));
    const { Grammar } = createTsbtopoServices(EmptyFileSystem).tsbtopo;
    const progress = new Progress();
    const imported = importEstate(sources, {
        ...(options.topology !== undefined && { name: options.topology }),
        known,
        withSources: options.sources,
        writeName: nameWriter(Grammar),
        onSource: (number, of) => progress.say(`Reading ${number} of ${count(of, 'file')}…`),
    });
    if (check !== undefined) {
        progress.end();
        const { topology, ignore = [] } = options;
        return checkDrift(imported, check, { topology, ignore, format, version });
    }
    progress.begin('Trying what the answers to its questions would change…');
    const report = reportOf(imported, await weighedQuestions(imported));
    progress.end();
    const text = sealed(imported.text);
    const file =
        options.output === undefined || options.output === '-' ? undefined : target(options.output, report.topology);
    if (file !== undefined) write(file, text);
    const asJson = format === 'json';
    const asText = reportText(report);
    if (asJson) await print(json({ schemaVersion: importSchemaVersion, ...report, text }));
    else if (file === undefined) {
        await print(text);
        process.stderr.write(asText);
    } else await print(`${asText}\nWritten: ${visible(file)}\n`);
    return report.notUnderstood.length > 0 ? 1 : 0;
}

function merged(maps: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
    return new Map(maps.flatMap((map) => [...map]));
}

/** @throws UsageError */
function textOf(file: string): string {
    try {
        return readText(file);
    } catch (error) {
        throw new UsageError(`${visible(file)} cannot be read: ${reasonOf(error)}.`);
    }
}

function valuesOf(file: string): ReadonlyMap<string, string> {
    const values = valuesIn(textOf(file));
    if (!values) throw new UsageError(`${visible(file)} is no YAML.`);
    return values;
}

function clusterOfFile(text: string): ClusterOfFile {
    const [, cluster, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (cluster === undefined || file === undefined)
        throw new UsageError(`--cluster ${visible(text)}: say --cluster NAME=FILE.`);
    return { cluster, file };
}

const suffix = '.import.tsbtopo';

/** Where to write: the name of a file that is written anew each time ends in `.import.tsbtopo`. */
function target(given: string, topology: string): string {
    if (existsSync(given) && isFolder(given)) return path.join(given, `${topology.replace(/[^\w.-]+/g, '-')}${suffix}`);
    if (given.endsWith(suffix)) return given;
    const better = `${given.replace(/(\.tsbtopo)?$/, '')}${suffix}`;
    throw new UsageError(
        `A file that import writes is written anew each time, so its name ends in ${suffix}: ${visible(better)}`,
    );
}

/** @throws UsageError where the file has been changed by somebody, or cannot be written */
function write(file: string, text: string): void {
    const exists = existsSync(file);
    if (exists && !isUntouched(textOf(file)))
        throw new UsageError(
            `${visible(file)} has been changed since it was written, and would be written over. Move the changes into a file of your own, or take the file away.`,
        );
    try {
        if (exists) replaceFile(file, text);
        else writeFileSync(file, text);
    } catch (error) {
        throw new UsageError(`${visible(file)} cannot be written: ${reasonOf(error)}`);
    }
}
