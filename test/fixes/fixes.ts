import { Cancellation } from 'langium';
import { applied, byFile, type Change } from '../../server/estate/change.js';
import { problemsIn } from '../../server/estate/problem.js';
import { refactoringsAt } from '../../server/fixes/refactorings/refactorings.js';
import type { Refactoring } from '../../server/fixes/refactorings/refactoring.js';
import { Scratch } from '../../server/estate/scratch.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { surroundingsIn } from '../../server/fixes/surroundings.js';
import { VerifiedFixes, type VerifiedFix } from '../../server/fixes/verified.js';
import { estate, type Fixture } from '../fixture.js';

/** Building its parser takes long, and nothing of a trial is left for the next one. */
const scratch = new Scratch();

/** Files by name; a text alone is the only file. */
export type Files = string | Record<string, string>;

/** The fixes that are offered for the problems of one code; with a mark `<|>` only for those on its line. */
export async function fixesOf(input: Files, code: string): Promise<VerifiedFix[]> {
    const { documents, services, positions } = await estate(input);
    snapshotsOf(services, scratch);
    const around = surroundingsIn(services);
    const verified = new VerifiedFixes();
    const fixes: VerifiedFix[] = [];
    const [mark] = positions;
    for (const document of documents.values()) {
        const problems = problemsIn(document, services).filter(
            ({ code: its, at }) =>
                its === code && (!mark || (at.uri === mark.uri && at.range.start.line === mark.line)),
        );
        for (const problem of problems) {
            fixes.push(...(await verified.of(problem, around(document)!, Cancellation.CancellationToken.None)));
        }
    }
    return fixes;
}

/** What is offered: its titles, the preferred one with a star. */
export async function titles(input: Files, code: string): Promise<string[]> {
    return (await fixesOf(input, code)).map(({ headline, isPreferred }) => (isPreferred ? `* ${headline}` : headline));
}

/** The text of the first file after the fix with a title; of all files where there are several. */
export async function fixed(input: Files, code: string, title: string): Promise<string | Record<string, string>> {
    const fixes = await fixesOf(input, code);
    const fix = fixes.find((each) => each.title === title);
    if (!fix) throw new Error(`There is no "${title}", but ${fixes.map((each) => each.title).join(', ')}.`);
    return after(await estate(input), fix.changes);
}

/** The refactorings at the mark `<|>`. */
export async function refactorings(input: Files): Promise<Refactoring[]> {
    return refactoringsIn(await estate(input));
}

function refactoringsIn({ documents, services, positions }: Fixture): Refactoring[] {
    const [mark] = positions;
    const document = [...documents.values()].find(({ uri }) => uri.toString() === mark!.uri)!;
    const uris = new Set([...documents.values()].map(({ uri }) => uri.toString()));
    return refactoringsAt(surroundingsIn(services)(document)!, mark!, (uri) => uris.has(uri));
}

/** The text after the refactoring with a title at the mark; of all files where there are several then. */
export async function refactored(input: Files, title: string): Promise<string | Record<string, string>> {
    const fixture = await estate(input);
    const found = refactoringsIn(fixture);
    const wanted = found.find((each) => each.title === title);
    if (!wanted) throw new Error(`There is no "${title}", but ${found.map((each) => each.title).join(', ')}.`);
    const { newFile } = wanted;
    const texts = after(fixture, wanted.changes);
    if (!newFile) return texts;
    const all = typeof texts === 'string' ? { 'main.tsbtopo': texts } : texts;
    return { ...all, [nameOf(newFile.uri)]: newFile.text };
}

/** The texts of all files after some changes, by name; of the only file as it is. */
export function after({ documents }: Fixture, changes: readonly Change[]): string | Record<string, string> {
    const changed = byFile(changes);
    const texts = [...documents.values()].map(({ uri, textDocument }) => [
        nameOf(uri.toString()),
        applied(textDocument.getText(), changed.get(uri.toString()) ?? []),
    ]);
    return texts.length === 1 ? texts[0]![1]! : (Object.fromEntries(texts) as Record<string, string>);
}

function nameOf(uri: string): string {
    return uri.replace('file:///', '');
}
