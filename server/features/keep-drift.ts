import { applyEdits, modify } from 'jsonc-parser';
import { TextDocument, URI, UriUtils } from 'langium';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import { driftName } from '../drift/drift.js';
import { visible } from '../encoding/visible.js';
import type { Problem } from '../estate/problem.js';
import type { TsbtopoServices } from '../language/services.js';
import { settingsFileName } from '../language/workspace/settings.js';
import { saveSettingsCommand } from '../protocol/import.js';

/** Keeps what the files say, and has nobody told of it any more: the name of the difference goes into `tsbtopo.json`. */
export function keptDrift(
    { drift, at }: Problem,
    { workspace, shared }: TsbtopoServices,
    canSave: boolean,
): CodeAction | undefined {
    if (!drift || !at.uri.startsWith('file:')) return undefined;
    const name = driftName(drift);
    const known = workspace.ProjectSettings.of(URI.parse(at.uri));
    const folder = shared.workspace.WorkspaceManager.workspaceFolders
        ?.map(({ uri }) => URI.parse(uri))
        .find((each) => UriUtils.contains(each, at.uri));
    const beside = UriUtils.joinPath(folder ?? UriUtils.dirname(URI.parse(at.uri)), settingsFileName).toString();
    const before = known?.text ?? '{}\n';
    const options = { formattingOptions: { insertSpaces: true, tabSize: 4, eol: '\n' } };
    const path = known && known.ignoredDrift.length > 0 ? ['ignoreDrift', -1] : ['ignoreDrift'];
    const after = applyEdits(before, modify(before, path, path.length === 1 ? [name] : name, options));
    const uri = known?.uri ?? beside;
    const lines = TextDocument.create(uri, 'json', 0, known ? before : '');
    const range = { start: lines.positionAt(0), end: lines.positionAt(lines.getText().length) };
    return {
        title: visible(`Keep it, and stop telling: \`${name}\``),
        kind: CodeActionKind.QuickFix,
        edit: {
            documentChanges: [
                ...(known
                    ? []
                    : [{ kind: 'create' as const, uri, options: { overwrite: false, ignoreIfExists: true } }]),
                { textDocument: { uri, version: null }, edits: [{ range, newText: after }] },
            ],
        },
        // settings hold once they are saved
        ...(canSave && { command: { title: '', command: saveSettingsCommand, arguments: [uri] } }),
    };
}
