import { Cancellation } from 'langium';
import { applied, byFile, type Change } from '../../server/fixes/fix.js';
import { problemsIn } from '../../server/fixes/problem.js';
import { surroundingsIn } from '../../server/fixes/surroundings.js';
import { VerifiedFixes, type VerifiedFix } from '../../server/fixes/verified.js';
import { estate, type Fixture } from '../fixture.js';

/** The fixes that are offered for the problems of one code, in any file of a workspace. */
export async function fixesOf(input: string | Record<string, string>, code: string): Promise<VerifiedFix[]> {
    return offered(await estate(input), code);
}

async function offered({ documents, services }: Fixture, code: string): Promise<VerifiedFix[]> {
    const around = surroundingsIn(services);
    const verified = new VerifiedFixes(services);
    const fixes: VerifiedFix[] = [];
    for (const document of documents.values()) {
        for (const problem of problemsIn(document, services).filter((each) => each.code === code)) {
            fixes.push(...(await verified.of(problem, around(document)!, Cancellation.CancellationToken.None)));
        }
    }
    return fixes;
}

/** The texts of all files after some changes, by the addresses of the files. */
export function textsAfter({ documents }: Fixture, changes: readonly Change[]): Record<string, string> {
    const changed = byFile(changes);
    return Object.fromEntries(
        [...documents.values()].map(({ uri, textDocument }) => [
            uri.toString().replace('file:///', ''),
            applied(textDocument.getText(), changed.get(uri.toString()) ?? []),
        ]),
    );
}
