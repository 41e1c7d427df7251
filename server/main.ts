import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './features/language-server.js';

// The language server as a process: `node server.cjs --stdio`, or over the channel that VS Code opens.
serve(createConnection(ProposedFeatures.all), NodeFileSystem);
