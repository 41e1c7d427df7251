import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { details, layers } from '../diagram/box.js';
import { themes } from '../diagram/palette.js';
import { visible } from '../encoding/visible.js';
import { groupings } from '../matrix/grouping.js';
import { atOption, sinceOption } from './at-option.js';
import type { CheckOptions } from './check.js';
import { completion, shells, type Shell } from './completion.js';
import { day } from './day-option.js';
import type { DiffOptions } from './diff.js';
import { lastingSeconds, seconds } from './duration-option.js';
import type { ElementsOptions } from './elements.js';
import type { FormatOptions } from './format.js';
import { checkFormats, diffFormats, driftFormats, matrixFormats, pictureFormats } from './formats/choices.js';
import { failOnChoices } from './formats/found.js';
import type { ImportCommandOptions } from './import.js';
import type { MatrixOptions } from './matrix.js';
import { namedBy, typedIn } from './named-by.js';
import { complain, print, printer, reasonOf } from './output.js';
import type { PathOptions } from './path.js';
import type { PictureOptions } from './picture.js';
import type { ReportOptions } from './report.js';
import type { SimulateOptions } from './simulate.js';

/**
 * The commands of `tsbtopo`, with their options and help. Each sets the exit code. What a command does is imported when it
 * is called, so that none waits for the code of another.
 */
export function createProgram(version: string): Command {
    const program = new Command('tsbtopo')
        .description('See what failures would do to a Tetrate Service Bridge estate described in .tsbtopo files.')
        .version(version, '-v, --version', 'print the version')
        .addOption(new Option('-V').hideHelp())
        .helpOption('-h, --help', 'print help')
        .helpCommand('help [command]', 'print the help of a command')
        .exitOverride()
        .configureOutput({
            writeOut: printer(fail),
            outputError: (text, write) => write(messageOf(text)),
        });
    program.on('option:V', () => {
        void print(`${version}\n`);
        throw new CommanderError(0, 'commander.version', version);
    });
    addHelp(program, [
        'tsbtopo check                            what is wrong or risky in this folder',
        'tsbtopo diff main                        what a change makes worse or better',
        'tsbtopo elements                         what can fail, the gravest first',
        'tsbtopo simulate --fail east             what one failure does',
        'tsbtopo path --to shop.example.com       the hops to a host',
    ]);

    const exits = (code: Promise<number>) => code.then((exit) => void (process.exitCode = exit));
    addCheck(program, exits, version);
    addDiff(program, exits);
    addElements(program, exits);
    addSimulate(program, exits);
    addPath(program, exits);
    addPicture(program, exits);
    addImport(program, exits, version);
    addMatrix(program, exits);
    addReport(program, exits);
    addFormat(program, exits);
    addExplain(program, exits);
    program
        .command('completion')
        .description('Print a script with which a shell completes commands, options and names.')
        .addArgument(new Argument('<shell>', 'for which shell').choices(shells))
        .action((shell: Shell) => print(completion(program, shell)));
    addHelp(program.commands.at(-1)!, [
        'source <(tsbtopo completion bash)        in ~/.bashrc',
        'source <(tsbtopo completion zsh)         in ~/.zshrc, below compinit',
        'tsbtopo completion fish | source         in ~/.config/fish/config.fish',
    ]);
    addComplete(program, exits);
    return program;
}

/** What completion scripts ask; people have no use for it. */
function addComplete(program: Command, exits: Exits): void {
    program
        .command('complete', { hidden: true })
        .addArgument(new Argument('<what>', 'a flag, or the name of a command'))
        .addArgument(new Argument('[words...]', 'the command line behind tsbtopo, up to there'))
        .action((what: string, [name = '', ...words]: string[]) => {
            const options = program.commands.find((command) => command.name() === name)?.options ?? [];
            const takesValue = (flag: string) => options.some(({ long, required }) => long === flag && required);
            const named = namedBy.get(what);
            return named
                ? exits(import('./complete.js').then((to) => to.complete(named, typedIn(words, takesValue))))
                : undefined;
        });
}

/**
 * Runs `tsbtopo`, and sets the exit code: 0 fine, 1 findings, 2 usage or unreadable input. Help may still be on its way to a slow
 * reader when this has ended.
 *
 * @param words the arguments; those of this process, unless given
 */
export async function runProgram(version: string, words?: readonly string[]): Promise<void> {
    try {
        await createProgram(version).parseAsync(words, words && { from: 'user' });
    } catch (error) {
        if (!(error instanceof CommanderError)) fail(error);
        // after `--help` nothing is wrong, unless it could not be written
        else if (error.exitCode !== 0) process.exitCode = 2;
    }
}

/** Ends a command with a message and exit code 2. */
export function fail(error: unknown): void {
    process.exitCode = 2;
    complain(reasonOf(error));
}

type Exits = (code: Promise<number>) => Promise<void>;

function addCheck(program: Command, exits: Exits, version: string): void {
    const command = program
        .command('check')
        .description('Check files and folders: errors, risks, and what the estate leaves to chance.')
        .addArgument(pathsArgument())
        .addOption(formatOption(...checkFormats))
        .addOption(
            new Option('--fail-on <severity>', 'exit with 1 from this severity on')
                .choices(failOnChoices)
                .default('error'),
        )
        .option('--hints', 'print hints, too')
        .option('--today <date>', 'the day for what is accepted until a day, such as 2027-03-31', day)
        .addOption(repeatable('--with <file>', 'rules that every topology here has to keep, such as policy.tsbtopo'))
        .action((paths: string[], options: CheckOptions) =>
            exits(import('./check.js').then((to) => to.check(paths, options, version))),
        );
    addHelp(
        command,
        [
            'tsbtopo check',
            'tsbtopo check examples --fail-on warning',
            'tsbtopo check --format json > findings.json',
            'tsbtopo check --format sarif > tsbtopo.sarif',
        ],
        'Exit code: 1 if there is an error, or a finding of the severity that --fail-on names or a graver one.',
    );
}

function addDiff(program: Command, exits: Exits): void {
    const command = program
        .command('diff')
        .description('Tell what a change does to failures: what got worse, and what got better.')
        .argument('<old>', 'a file, a folder, or a revision of git such as main or HEAD~2:estates')
        .argument('[new]', 'the same', '.')
        .addOption(formatOption(...diffFormats))
        .addOption(topologyOption())
        .action((old: string, now: string, options: DiffOptions) =>
            exits(import('./diff.js').then((to) => to.diff(old, now, options))),
        );
    addHelp(
        command,
        [
            'tsbtopo diff main',
            'tsbtopo diff main examples/acme --format markdown',
            'tsbtopo diff v1.2 HEAD',
            'tsbtopo diff before.tsbtopo after.tsbtopo',
        ],
        'Exit code: 1 if something got worse.',
    );
}

function addElements(program: Command, exits: Exits): void {
    const command = program
        .command('elements')
        .description('List what can fail, the gravest first.')
        .addArgument(pathsArgument())
        .option('--limit <number>', 'how many; 0 for all (default: 30, all as JSON)', wholeNumber)
        .option('--components', 'components too, such as east.istiod')
        .addOption(formatOption('text', 'json'))
        .addOption(topologyOption())
        .action((paths: string[], options: ElementsOptions) =>
            exits(import('./elements.js').then((to) => to.elements(paths, options))),
        );
    addHelp(command, [
        'tsbtopo elements',
        'tsbtopo elements examples/acme --limit 5',
        'tsbtopo elements examples/acme --components --format json',
    ]);
}

function addSimulate(program: Command, exits: Exits): void {
    const command = program
        .command('simulate')
        .description('Tell what failures do, all at once, and how it goes on from there.')
        .addArgument(pathsArgument())
        .addOption(repeatable('--fail <element>', 'what fails, such as east, mp, east.istiod, link:east/mgmt'))
        .option('--scenario <name>', 'a scenario that a file declares')
        .addOption(repeatable('--given <element>', 'what is down already: what would the rest add to it?'))
        .addOption(repeatable('--restart <element>', 'what is restarted, at the time of --at'))
        .addOption(repeatable('--promote <element>', 'what is promoted, at the time of --at, such as a standby'))
        .addOption(repeatable('--deploy <service>', 'whether this could be deployed while something fails'))
        .addOption(repeatable('--scale <service>', 'whether this could be scaled while something fails'))
        .option('--for <duration>', 'how long it lasts before all is repaired, such as 90m, 4h, 7d', lastingSeconds)
        .option('--at <time>', 'the time to look at, from the beginning; with --since also 15:10, or now', atOption)
        .option('--since <time>', 'when it began, such as 14:05: times are those of the clock', sinceOption)
        .option('--verbose', 'everything that is known of it, as text')
        .option('--all-next', 'in JSON: every further failure that would hurt, also as it does with all else up')
        .addOption(formatOption('text', 'json', 'markdown'))
        .addOption(topologyOption())
        .action((paths: string[], options: SimulateOptions) =>
            exits(import('./simulate.js').then((to) => to.simulate(paths, options))),
        );
    addHelp(
        command,
        [
            'tsbtopo simulate --fail east',
            'tsbtopo simulate examples/acme --fail region:us-east --verbose',
            'tsbtopo simulate examples/acme --fail us-east --format markdown > runbook.md',
            'tsbtopo simulate examples/acme --fail mp --for 4h --at 90m',
            'tsbtopo simulate examples/standby-management-plane.tsbtopo --fail primary --at 30m --promote secondary',
            'tsbtopo simulate --fail region:us-east --since 2026-11-28T14:05Z --at now',
            'tsbtopo simulate examples/acme --given mgmt --restart east.istiod --deploy payments',
        ],
        'It needs --fail, --given, --restart or --promote, or a --scenario of the files: a deployment is no failure, and works in health.',
    );
}

function addPath(program: Command, exits: Exits): void {
    const command = program
        .command('path')
        .description('Show the hops to a host or a service, those that are up and those that are down.')
        .addArgument(pathsArgument())
        .requiredOption('--to <name>', 'a host such as shop.example.com, or a service')
        .option('--from <cluster>', 'where the caller is; without it: clients outside, and every caller')
        .addOption(repeatable('--fail <element>', 'what fails meanwhile'))
        .addOption(formatOption('text', 'json'))
        .addOption(topologyOption())
        .action((paths: string[], options: PathOptions) =>
            exits(import('./path.js').then((to) => to.path(paths, options))),
        );
    addHelp(
        command,
        [
            'tsbtopo path examples/acme --to shop.example.com',
            'tsbtopo path examples/acme --to payments --from west --fail east',
        ],
        'Exit code: 1 if a path is broken, or loses a share of the requests.',
    );
}

function addPicture(program: Command, exits: Exits): void {
    const command = program
        .command('picture')
        .description('Draw the estate, and into it what failures do.')
        .addArgument(pathsArgument())
        .addOption(repeatable('--fail <element>', 'what fails, such as east, mp, east.istiod, link:east/mgmt'))
        .addOption(repeatable('--given <element>', 'what is down already'))
        .addOption(repeatable('--promote <element>', 'what is promoted, at the time of --at, such as a standby'))
        .option('--for <duration>', 'how long it lasts before all is repaired, such as 90m, 4h, 7d', lastingSeconds)
        .option('--at <duration>', 'the time to draw, from the beginning', seconds)
        .addOption(oneOfSeveral('--layer <layer>', 'what goes where; all of them up to 12 clusters', layers))
        .addOption(
            new Option('--detail <level>', 'what is drawn one by one; chosen by the size of the estate').choices(
                details,
            ),
        )
        .addOption(new Option('--theme <theme>', 'colours of an SVG').choices(themes).default('auto'))
        .addOption(formatOption(...pictureFormats))
        .option('-o, --output <file>', 'where to write it; - for standard output', '-')
        .addOption(topologyOption())
        .action((paths: string[], options: PictureOptions) =>
            exits(import('./picture.js').then((to) => to.picture(paths, options))),
        );
    addHelp(
        command,
        [
            'tsbtopo picture examples/acme > acme.svg',
            'tsbtopo picture examples/acme --fail us-east --at 1d > us-east.svg',
            'tsbtopo picture examples/standby-management-plane.tsbtopo --fail primary --at 30m --promote secondary > dr.svg',
            'tsbtopo picture examples/acme --layer traffic --format mermaid',
            'tsbtopo picture examples/hundred-clusters.tsbtopo --fail eu-central > hundred.svg',
        ],
        'Mermaid and Graphviz place things themselves; only an SVG has places that stay.',
    );
}

function addImport(program: Command, exits: Exits, version: string): void {
    const command = program
        .command('import')
        .description(
            'Write a .tsbtopo from the YAML and JSON of an estate: TSB, install, Kubernetes and Istio objects.',
        )
        .argument('[sources...]', 'files, or folders with YAML and JSON; - for standard input')
        .addOption(repeatable('--cluster <name=file>', 'which cluster a dump, or a folder of them, is of'))
        .addOption(repeatable('--values <file>', 'Helm values that fill in {{ .Values.x }} and ${x}'))
        .addOption(repeatable('--env <file>', 'lines NAME=value that fill in $NAME and ${NAME}'))
        .option('--no-sources', 'do not say where each line comes from')
        .option('--how', 'print the command lines that make the dumps')
        .option('--check <folder>', 'write nothing, and tell how the estate differs from the files of a folder')
        .addOption(
            repeatable('--ignore <difference>', 'with --check: what to leave out, such as "service shop/* replicas"'),
        )
        .addOption(
            new Option('--format <format>', 'how to print; github and sarif with --check')
                .choices(driftFormats)
                .default('text'),
        )
        .option('-o, --output <file>', 'where to write it, NAME.import.tsbtopo; - for standard output', '-')
        .addOption(
            new Option(
                '--topology <name>',
                'what to call it, after the organization if nothing is said; with --check which one',
            ),
        )
        .action((sources: string[], options: ImportCommandOptions) =>
            exits(import('./import.js').then((to) => to.importSources(sources, options, version))),
        );
    addHelp(
        command,
        ['tsbtopo import --how', 'tsbtopo import - --format json < dumps.json'],
        [
            'With dumps in two folders: tsbtopo import tsb dumps -o acme.import.tsbtopo',
            'And whether they still fit: tsbtopo import tsb dumps --check .',
            'Nothing leaves this machine, and no Secret is read. Exit code: 1 if something was not understood;',
            'of --check: 0 if nothing differs, 1 if something does, 2 if that cannot be told.',
        ].join('\n'),
    );
}

function addMatrix(program: Command, exits: Exits): void {
    const command = program
        .command('matrix')
        .description('Write a table: what each failure does to operations, hosts and services.')
        .addArgument(pathsArgument())
        .addOption(new Option('--group <what>', 'put rows together').choices(groupings))
        .option('--declared', 'only what the files declare, without components such as east.istiod')
        .option('--limit <number>', 'how many rows; 0 for all (default: 30 as text, else all)', wholeNumber)
        .addOption(formatOption(...matrixFormats))
        .option('-o, --output <file>', 'where to write it; - for standard output', '-')
        .addOption(topologyOption())
        .action((paths: string[], options: MatrixOptions) =>
            exits(import('./matrix.js').then((to) => to.matrix(paths, options))),
        );
    addHelp(command, [
        'tsbtopo matrix examples/acme',
        'tsbtopo matrix examples/acme --declared --group region',
        'tsbtopo matrix examples/acme --format csv > fmea.csv',
    ]);
}

function addReport(program: Command, exits: Exits): void {
    const command = program
        .command('report')
        .description('Write all that is known of an estate and its failures as one page of HTML.')
        .addArgument(pathsArgument())
        .option('--date <date>', 'the date that stands in it; without one it has none')
        .option('-o, --output <file>', 'where to write it; - for standard output', '-')
        .addOption(topologyOption())
        .action((paths: string[], options: ReportOptions) =>
            exits(import('./report.js').then((to) => to.report(paths, options))),
        );
    addHelp(
        command,
        ['tsbtopo report examples/acme > report.html', 'tsbtopo report examples/acme --date 2026-06-30 > june.html'],
        'The page loads nothing from anywhere, and runs nothing. The same files give the same page.',
    );
}

function addFormat(program: Command, exits: Exits): void {
    const command = program
        .command('format')
        .description('Give files the layout that the editor gives them, in place.')
        .addArgument(pathsArgument('files, or folders with .tsbtopo files; - for standard input'))
        .option('--check', 'change nothing, exit with 1 if something would change')
        .action((paths: string[], options: FormatOptions) =>
            exits(import('./format.js').then((to) => to.format(paths, options))),
        );
    addHelp(command, ['tsbtopo format', 'tsbtopo format --check examples', 'tsbtopo format - < estate.tsbtopo']);
}

function addExplain(program: Command, exits: Exits): void {
    const command = program
        .command('explain')
        .description('Explain the code of a diagnostic, or a word of the language or of the results.')
        .argument('<word...>', 'such as single-homed-exposed-service, failover, outlier detection')
        .action((words: string[]) => exits(import('./explain.js').then((to) => to.explain(words.join(' ')))));
    addHelp(command, ['tsbtopo explain single-homed-exposed-service', 'tsbtopo explain failover']);
}

function pathsArgument(description = 'files, or folders with .tsbtopo files'): Argument {
    return new Argument('[paths...]', description).default(['.'], 'the current folder');
}

function formatOption(...formats: readonly string[]): Option {
    return new Option('--format <format>', 'how to print').choices(formats).default(formats[0]);
}

function topologyOption(): Option {
    return new Option('--topology <name>', 'which topology, where there are several');
}

function repeatable(flags: string, description: string): Option {
    return new Option(flags, `${description} (repeatable)`).argParser((value: string, before: string[] = []) => {
        if (value.trim() === '') throw new InvalidArgumentError('It needs a name.');
        return [...before, value];
    });
}

function oneOfSeveral<T extends string>(flags: string, description: string, choices: readonly T[]): Option {
    const option = new Option(flags, `${description} (repeatable)`).choices(choices);
    return option.argParser((value: string, before: string[] = []) => {
        if (!choices.some((choice) => choice === value))
            throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
        return [...before, value];
    });
}

function wholeNumber(text: string): number {
    if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Say a whole number, such as 10.');
    return Number(text);
}

/** Examples at the end of the help, and what else is worth knowing; after a mistake a word on where to find them. */
function addHelp(command: Command, examples: readonly string[], note?: string): void {
    const names = command.parent ? [command.parent.name(), command.name()] : [command.name()];
    command.showHelpAfterError(`See ${names.join(' ')} --help.`);
    const lines = ['', 'Examples:', ...examples.map((example) => `  ${example}`), ...(note ? ['', note] : [])];
    command.addHelpText('after', lines.join('\n'));
}

/** A complaint of the library about the command line, with the prefix that all messages have. */
function messageOf(text: string): string {
    const lines = text.trimEnd().split('\n').map(visible);
    return `${lines.join('\n').replace(/^error: /, 'tsbtopo: ')}\n`;
}
