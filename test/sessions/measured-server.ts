import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '../../server/features/language-server.js';
import { heapRequest } from './memory.js';

// The server as server/main.ts starts it, and one request more: how much it holds once garbage is collected.
const connection = createConnection(ProposedFeatures.all);
connection.onRequest(heapRequest, () => {
    gc!();
    return process.memoryUsage().heapUsed;
});
serve(connection, NodeFileSystem);
