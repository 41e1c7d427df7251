import type { Command, Option } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** What a shell has to know of a command. */
interface Completed {
    readonly name: string;
    readonly description: string;
    readonly options: readonly CompletedOption[];
    /** What its argument can be; files where it says nothing. */
    readonly choices: readonly string[];
}

interface CompletedOption {
    readonly flag: string;
    readonly description: string;
    readonly choices: readonly string[];
    readonly takesValue: boolean;
}

/** A script for a shell that completes the commands of a program, their options, and the values of which there are few. */
export function completion(program: Command, shell: Shell): string {
    const commands = program.commands.map(completed);
    return { bash, zsh, fish }[shell](commands);
}

function completed(command: Command): Completed {
    return {
        name: command.name(),
        description: command.description(),
        options: [...command.options.map(completedOption), help],
        choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    };
}

const help: CompletedOption = { flag: '--help', description: 'print help', choices: [], takesValue: false };

function completedOption({ long, description, argChoices, required }: Option): CompletedOption {
    return { flag: long ?? '', description, choices: argChoices ?? [], takesValue: required };
}

function bash(commands: readonly Completed[]): string {
    const values = commands.flatMap(({ name, options }) =>
        options
            .filter(({ choices }) => choices.length > 0)
            .map(({ flag, choices }) => `        "${name} ${flag}") words="${choices.join(' ')}" ;;`),
    );
    const perCommand = commands.map(({ name, options, choices }) => {
        const flags = options.map(({ flag }) => flag).join(' ');
        return `        ${name}) if [[ $current == -* ]]; then words="${flags}"; else words="${choices.join(' ')}"; fi ;;`;
    });
    return `${[
        '# completion of tsbtopo for bash',
        '_tsbtopo() {',
        '    local current="${COMP_WORDS[COMP_CWORD]}" words=""',
        '    case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD-1]}" in',
        ...values,
        '    esac',
        '    if [[ -z $words && $COMP_CWORD -gt 1 ]]; then case "${COMP_WORDS[1]}" in',
        ...perCommand,
        '    esac; fi',
        `    if [[ $COMP_CWORD -eq 1 ]]; then words="${commands.map(({ name }) => name).join(' ')} help --help --version"; fi`,
        '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
        '}',
        'complete -o default -F _tsbtopo tsbtopo',
    ].join('\n')}\n`;
}

function zsh(commands: readonly Completed[]): string {
    const perCommand = commands.flatMap(({ name, options, choices }) => [
        `        ${name}) _arguments \\`,
        ...options.map(({ flag, description, takesValue, choices: values }) => {
            const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : ''}` : '';
            return `            ${quoted(`*${flag}[${description.replace(/[[\]:]/g, '\\$&')}]${value}`)} \\`;
        }),
        `            ${quoted(`*:argument:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}`)} ;;`,
    ]);
    return `${[
        '#compdef tsbtopo',
        '_tsbtopo() {',
        '    local -a commands=(',
        ...commands.map(
            ({ name, description }) => `        ${quoted(`${name}:${description.replaceAll(':', '\\:')}`)}`,
        ),
        '    )',
        '    if (( CURRENT == 2 )); then _describe command commands; return; fi',
        '    shift words; (( CURRENT-- ))',
        '    case $words[1] in',
        ...perCommand,
        '    esac',
        '}',
        'compdef _tsbtopo tsbtopo',
    ].join('\n')}\n`;
}

function fish(commands: readonly Completed[]): string {
    const lines = commands.flatMap(({ name, description, options, choices }) => {
        const within = `complete -c tsbtopo -n '__fish_seen_subcommand_from ${name}'`;
        return [
            `complete -c tsbtopo -n __fish_use_subcommand -f -a ${name} -d ${quotedForFish(description)}`,
            ...(choices.length > 0 ? [`${within} -f -a '${choices.join(' ')}'`] : []),
            ...options.map(({ flag, description, takesValue, choices: values }) => {
                const value = takesValue ? ` -x${values.length > 0 ? ` -a '${values.join(' ')}'` : ''}` : '';
                return `${within} -l ${flag.slice(2)}${value} -d ${quotedForFish(description)}`;
            }),
        ];
    });
    return `${['# completion of tsbtopo for fish', ...lines].join('\n')}\n`;
}

/** A text as one word of bash and zsh. */
function quoted(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A text as one word of fish, which knows `\'` inside of quotes. */
function quotedForFish(text: string): string {
    return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
