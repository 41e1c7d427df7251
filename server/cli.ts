import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { check, type CheckOptions } from './cli/check.js';
import { seconds } from './cli/duration-option.js';
import { format, type FormatOptions } from './cli/format.js';
import { complain, listenToStreams, print, reasonOf } from './cli/output.js';
import { path, type PathOptions } from './cli/path.js';
import { simulate, type SimulateOptions } from './cli/simulate.js';
import { UsageError } from './cli/usage-error.js';
import { visible } from './encoding/visible.js';

/** Set by the build from package.json. */
declare const TSBTOPO_VERSION: string;

const collect = (value: string, previous: readonly string[]): string[] => {
    if (value.trim() === '') throw new InvalidArgumentError('An element needs a name.');
    return [...previous, value];
};

/** The `tsbtopo` command. Exit codes: 0 fine, 1 findings, 2 usage or unreadable input. */
async function run(): Promise<void> {
    const program = new Command('tsbtopo')
        .description('See what failures would do to a Tetrate Service Bridge estate described in .tsbtopo files.')
        .version(TSBTOPO_VERSION)
        .exitOverride()
        .configureOutput({
            writeOut: (text) => void print(text).catch(fail),
            outputError: (text, write) => write(`${text.trimEnd().split('\n').map(visible).join('\n')}\n`),
        })
        .configureHelp({ showGlobalOptions: true });

    program
        .command('check')
        .description('Check files and folders: errors, risks, and what the estate leaves to chance.')
        .argument('<paths...>', 'files, or folders with .tsbtopo files')
        .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
        .addOption(
            new Option('--fail-on <severity>', 'exit with 1 from this severity on')
                .choices(['error', 'warning', 'info'])
                .default('error'),
        )
        .option('--hints', 'print hints, too', false)
        .action(async (paths: string[], options: CheckOptions) => {
            process.exitCode = await check(paths, options);
        });

    program
        .command('format')
        .description('Give files the layout that the editor gives them.')
        .argument('<paths...>', 'files, or folders with .tsbtopo files; - for standard input')
        .option('--check', 'change nothing, exit with 1 if something would change', false)
        .action(async (paths: string[], options: FormatOptions) => {
            process.exitCode = await format(paths, options);
        });

    program
        .command('simulate')
        .description('Tell what failures do, all at once, and how it goes on from there.')
        .argument('<paths...>', 'files, or folders with .tsbtopo files')
        .option(
            '--fail <element>',
            'what fails, such as east, mp, east.istiod, link:east/mgmt; repeatable',
            collect,
            [],
        )
        .option('--given <element>', 'what is down already: what would the rest add to it? repeatable', collect, [])
        .option('--restart <element>', 'what is restarted, at the time of --at; repeatable', collect, [])
        .option('--deploy <service>', 'whether this could be deployed then; repeatable', collect, [])
        .option('--scale <service>', 'whether this could be scaled then; repeatable', collect, [])
        .option('--for <duration>', 'how long it lasts before all is repaired, such as 90m, 4h, 7d', seconds)
        .option('--at <duration>', 'the time to look at, from the beginning', seconds)
        .addOption(
            new Option('--format <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'),
        )
        .option('--topology <name>', 'which topology, where there are several')
        .action(async (paths: string[], options: SimulateOptions) => {
            if (options.fail.length + options.given.length + options.restart.length === 0)
                throw new UsageError('Say what fails (--fail ELEMENT), or what is restarted (--restart ELEMENT).');
            process.exitCode = await simulate(paths, options);
        });

    program
        .command('path')
        .description('Show the hops to a host or a service, living and dead.')
        .argument('<paths...>', 'files, or folders with .tsbtopo files')
        .requiredOption('--to <name>', 'a host such as shop.example.com, or a service')
        .option('--from <cluster>', 'where the caller is; without it: clients outside, and every caller')
        .option('--fail <element>', 'what fails meanwhile; repeatable', collect, [])
        .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
        .option('--topology <name>', 'which topology, where there are several')
        .action(async (paths: string[], options: PathOptions) => {
            process.exitCode = await path(paths, options);
        });

    await program.parseAsync();
}

listenToStreams();
run().catch((error: unknown) => {
    if (!(error instanceof CommanderError)) fail(error);
    // after `--help` nothing is wrong, unless it could not be written
    else if (error.exitCode !== 0) process.exitCode = 2;
});

function fail(error: unknown): void {
    process.exitCode = 2;
    complain(reasonOf(error));
}
