import { listenToStreams } from './cli/output.js';
import { runProgram } from './cli/program.js';

/** Set by the build from package.json. */
declare const TSBTOPO_VERSION: string;

// The `tsbtopo` command.
listenToStreams();
void runProgram(TSBTOPO_VERSION);
