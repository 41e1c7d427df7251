import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gradedProblemsIn, problemsOfLanguage, problemsOfRules, problemsOfSettings } from '../estate/problem.js';
import { joinRules, judgePromises } from '../estate/promises.js';
import { isFile } from '../language/generated/ast.js';
import type { CheckFormat } from './formats/choices.js';
import { failsFor, inOrder, type Checked, type FailOn, type Found } from './formats/found.js';
import { asGithub } from './formats/github.js';
import { asJson } from './formats/json.js';
import { asJunit } from './formats/junit.js';
import { asMarkdown } from './formats/markdown.js';
import { asText } from './formats/text.js';
import { print } from './output.js';
import { readWorkspace } from './workspace.js';

export interface CheckOptions {
    readonly format: CheckFormat;
    readonly failOn: FailOn;
    readonly hints?: boolean;
    /** The day for what is accepted until a day, `2027-03-31`; undefined: today. */
    readonly today?: string;
    /** Files that join each estate, such as the rules of a platform team. */
    readonly with?: readonly string[];
}

/** What `check` has found, as a format prints it. */
export type CheckPrinter = (checked: Checked) => string;

/** What prints in each format. SARIF brings a page of the documentation along, and digests, which no other one needs. */
export const checkPrinters: Readonly<Record<CheckFormat, () => CheckPrinter | Promise<CheckPrinter>>> = {
    text: () => asText,
    json: () => asJson,
    sarif: () => import('./formats/sarif.js').then(({ asSarif }) => asSarif),
    junit: () => asJunit,
    github: () => asGithub,
    markdown: () => asMarkdown,
};

/**
 * `tsbtopo check`: everything that the editor would say about these files.
 *
 * @param version of this program
 * @returns the exit code: 2 if a file cannot be read, 1 if there is a finding of at least the severity of `failOn`
 */
export async function check(paths: readonly string[], options: CheckOptions, version: string): Promise<number> {
    const { documents, services, unreadable } = await readWorkspace(paths);
    const rules = options.with && options.with.length > 0 ? await readWorkspace(options.with) : undefined;
    const estates = services.workspace.Estates.all();
    services.workspace.Today.set(options.today);
    for (const estate of estates) {
        if (rules) joinRules(estate, rules.documents);
        judgePromises(estate, services);
    }
    const relative = (uri: string) => path.relative(process.cwd(), fileURLToPath(uri));
    const problems = [
        ...documents.flatMap((document) => gradedProblemsIn(document, services)),
        ...(rules?.documents ?? []).flatMap((document) => [
            ...problemsOfLanguage(document, rules!.services),
            ...estates.flatMap((estate) => problemsOfRules(document, estate, services)),
        ]),
        ...[...problemsOfSettings(services).values()].flat(),
    ];
    const found = inOrder(problems.map((problem): Found => ({ file: relative(problem.at.uri), problem })));
    const isDeclared = documents.some(({ parseResult: { value } }) => isFile(value) && value.declarations.length > 0);
    const files = documents.map(({ uri }) => relative(uri.toString()));
    const { format, failOn, hints = false } = options;
    const printed = await checkPrinters[format]();
    await print(printed({ found, read: { files, unreadable, isDeclared }, failOn, hints, version }));
    if (unreadable.length > 0) return 2;
    return found.some(({ problem }) => failsFor(problem.severity, failOn)) ? 1 : 0;
}
