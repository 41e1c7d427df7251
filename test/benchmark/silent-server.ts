import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

// The floor of the protocol: a server that reads nothing, and answers at once. It publishes a diagnostic after each key, and
// gives each line with a name as many lenses as the real one does.
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const withLenses = /^ *(?:region|workload cluster|management cluster|service|gateway) /;
const start = { line: 0, character: 0 };

connection.onInitialize(() => ({
    capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        codeLensProvider: { resolveProvider: true },
    },
}));
documents.onDidChangeContent(({ document: { uri, version } }) => {
    const message = `version ${version}`;
    void connection.sendDiagnostics({ uri, diagnostics: [{ range: { start, end: start }, message }] });
});
connection.onHover(() => ({ contents: { kind: 'markdown', value: 'Nothing is known.' } }));
connection.onCodeLens(({ textDocument: { uri } }) => {
    const lines = documents.get(uri)?.getText().split('\n') ?? [];
    return lines.flatMap((text, line) => {
        if (!withLenses.test(text)) return [];
        const range = { start: { line, character: 0 }, end: { line, character: text.length } };
        return ['simulate', 'components', 'summary'].map((part) => ({ range, data: ['1', part] }));
    });
});
connection.onCodeLensResolve((lens) => ({ ...lens, command: { title: 'nothing', command: '' } }));
documents.listen(connection);
connection.listen();
