import { CommanderError } from 'commander';
import { listenToStreams } from './cli/output.js';
import { createProgram, fail } from './cli/program.js';

/** Set by the build from package.json. */
declare const TSBTOPO_VERSION: string;

// The `tsbtopo` command. Exit codes: 0 fine, 1 findings, 2 usage or unreadable input.
listenToStreams();
createProgram(TSBTOPO_VERSION)
    .parseAsync()
    .catch((error: unknown) => {
        if (!(error instanceof CommanderError)) fail(error);
        // after `--help` nothing is wrong, unless it could not be written
        else if (error.exitCode !== 0) process.exitCode = 2;
    });
