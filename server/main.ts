import { setFlagsFromString } from 'node:v8';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './features/language-server.js';

// Garbage is collected once it is six tenths of what is in use, and not a multiple: an editor has other programs beside it.
setFlagsFromString('--heap-growing-percent=60');

// The language server as a process: `node server.cjs --stdio`, or over the channel that VS Code opens.
const connection = createConnection(ProposedFeatures.all);
// what no firewall met ends in the log, not with the process
process.on('unhandledRejection', (error) => {
    connection.console.error(`Unhandled: ${error instanceof Error ? error.stack : String(error)}`);
});
serve(connection, NodeFileSystem);
