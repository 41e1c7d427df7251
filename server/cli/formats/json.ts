import { json } from '../../encoding/json.js';
import { acceptedIn, type Checked } from './found.js';

/** Changes with any change of the shape of `check --format json`; see docs/json.md. */
export const checkSchemaVersion = 2;

/** Every problem, hints too, as docs/json.md says. */
export function asJson({ found, read }: Checked): string {
    const diagnostics = found.map(({ file, problem: { code, severity, message, at, accepted = false } }) => ({
        file,
        line: at.range.start.line + 1,
        column: at.range.start.character + 1,
        endLine: at.range.end.line + 1,
        endColumn: at.range.end.character + 1,
        severity,
        code,
        message,
        accepted,
    }));
    return json({
        schemaVersion: checkSchemaVersion,
        files: read.files.length,
        accepted: acceptedIn(found),
        diagnostics,
    });
}
