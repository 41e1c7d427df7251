import { promisedOf } from '../estate/promised.js';
import type { Snapshot } from '../estate/snapshot.js';
import { recommendationsFor } from '../fixes/recommendations.js';
import { problemSeverities } from '../knowledge/severities.js';
import { isDay } from '../language/syntax/days.js';
import type { TsbtopoServices } from '../language/services.js';
import { reportPage } from '../report/page.js';
import { count } from '../words/english.js';
import { fileErrorsIn } from './file-errors.js';
import { complain } from './output.js';
import { chooseEstate, readWorkspace } from './workspace.js';
import { writeOutput } from './write-file.js';

export interface ReportOptions {
    readonly date?: string;
    readonly output?: string;
    readonly topology?: string;
}

/**
 * `tsbtopo report`: all that is known of an estate and its failures, as one page of HTML.
 *
 * @returns the exit code: 0, or 2 if the files have errors
 * @throws UsageError where the file cannot be written
 */
export async function report(paths: readonly string[], { date, output, topology }: ReportOptions): Promise<number> {
    const workspace = await readWorkspace(paths);
    // what is accepted until a day is so on the day of the report
    if (date !== undefined && isDay(date)) workspace.services.workspace.Today.set(date);
    const estate = chooseEstate(workspace, topology);
    const errors = fileErrorsIn(workspace, estate);
    await writeOutput(await reportOf(estate, workspace.services, { isIncomplete: errors.length > 0, date }), output);
    if (errors.length === 0) return 0;
    complain(`the files have ${count(errors.length, 'error')}: the report has what can be read. See tsbtopo check.`);
    return 2;
}

/** The page of an estate. */
export async function reportOf(
    estate: Snapshot,
    services: TsbtopoServices,
    { isIncomplete, date }: { readonly isIncomplete: boolean; readonly date: string | undefined },
): Promise<string> {
    // judged first: what is broken is one of the problems
    const promised = promisedOf(estate);
    const rank = ({ severity }: { severity: (typeof problemSeverities)[number] }) =>
        problemSeverities.indexOf(severity);
    const problems = [...estate.gradedProblems()].sort((a, b) => rank(a) - rank(b));
    return reportPage({
        health: estate.outcomeOfAll([]),
        blasts: estate.blasts,
        view: estate.view,
        problems,
        promised,
        recommendations: await recommendationsFor(problems, estate.elements.size, services),
        isIncomplete,
        ...(date !== undefined && { date }),
    });
}
