import type { Command, Option } from 'commander';
import { namedBy } from './named-by.js';

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

/**
 * A script for a shell that completes the commands of a program, their options, values of which there are few, and names:
 * for these it asks `tsbtopo complete` each time.
 */
export function completion(program: Command, shell: Shell): string {
    const isHidden = (command: Command) => command.name() === 'complete';
    const commands = program.commands.filter((command) => !isHidden(command)).map(completed);
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
    const names = [...namedBy.keys()].filter((key) => key.startsWith('-'));
    const perCommand = commands.map(({ name, options, choices }) => {
        const flags = options.map(({ flag }) => flag).join(' ');
        const values = namedBy.has(name) ? `asked=${name}` : `words="${choices.join(' ')}"`;
        return `        ${name}) if [[ $current == -* ]]; then words="${flags}"; else ${values}; fi ;;`;
    });
    return `${[
        '# completion of tsbtopo for bash',
        '_tsbtopo() {',
        // bash takes a name apart at `:`, `=` and `>`; what it replaces is the last piece
        '    local line="${COMP_LINE:0:COMP_POINT}" words="" asked="" quote="" kept="" name current',
        '    local -a typed; read -ra typed <<< "$line"',
        '    [[ $line == *[[:space:]] ]] && typed+=("")',
        '    local last=$((${#typed[@]} - 1)); current="${typed[last]}"',
        '    local before="${typed[last - 1]}"',
        '    case "${typed[1]} $before" in',
        ...values,
        '    esac',
        `    case "$before" in ${names.join('|')}) asked="$before" ;; esac`,
        '    if [[ -z $words$asked && $last -gt 1 ]]; then case "${typed[1]}" in',
        ...perCommand,
        '    esac; fi',
        `    if [[ $last -eq 1 ]]; then words="${commands.map(({ name }) => name).join(' ')} help --help --version"; fi`,
        '    COMPREPLY=()',
        '    if [[ -z $asked ]]; then COMPREPLY=($(compgen -W "$words" -- "$current")); return; fi',
        '    case "$current" in [\\\'\\"]*) quote="${current:0:1}"; current="${current:1}" ;; esac',
        '    [[ -z $quote ]] && kept="${current%"${current##*[:=]}"}"',
        '    while IFS= read -r name; do',
        '        [[ $name == "${current//\\\\/}"* ]] || continue',
        '        [[ -z $quote ]] && printf -v name %q "$name"',
        '        COMPREPLY+=("${name#"$kept"}")',
        '    done < <("${typed[0]}" complete -- "$asked" "${typed[@]:1:last - 1}" 2>/dev/null)',
        '}',
        'complete -o default -F _tsbtopo tsbtopo',
    ].join('\n')}\n`;
}

function zsh(commands: readonly Completed[]): string {
    const argumentsOf = (name: string, choices: readonly string[]) =>
        namedBy.has(name) ? `{_tsbtopo_names ${name}}` : choices.length > 0 ? `(${choices.join(' ')})` : '_files';
    const perCommand = commands.flatMap(({ name, options, choices }) => [
        `        ${name}) _arguments \\`,
        ...options.map(({ flag, description, takesValue, choices: values }) => {
            const names = namedBy.has(flag) ? `{_tsbtopo_names ${flag}}` : '';
            const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : names}` : '';
            return `            ${quoted(`*${flag}[${description.replace(/[[\]:]/g, '\\$&')}]${value}`)} \\`;
        }),
        `            ${quoted(`*:argument:${argumentsOf(name, choices)}`)} ;;`,
    ]);
    return `${[
        '#compdef tsbtopo',
        '_tsbtopo_names() {',
        '    local -a names=("${(@f)$(tsbtopo complete -- $1 "${(@)words[1,CURRENT-1]}" 2>/dev/null)}")',
        '    compadd -a names',
        '}',
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
    const asked = (what: string) => quotedForFish(`(tsbtopo complete -- ${what} (commandline -opc)[2..] 2>/dev/null)`);
    const lines = commands.flatMap(({ name, description, options, choices }) => {
        const within = `complete -c tsbtopo -n '__fish_seen_subcommand_from ${name}'`;
        return [
            `complete -c tsbtopo -n __fish_use_subcommand -f -a ${name} -d ${quotedForFish(description)}`,
            ...(choices.length > 0 ? [`${within} -f -a '${choices.join(' ')}'`] : []),
            ...(namedBy.has(name) ? [`${within} -f -a ${asked(name)}`] : []),
            ...options.map(({ flag, description, takesValue, choices: values }) => {
                const names = namedBy.has(flag) ? ` -a ${asked(flag)}` : '';
                const value = takesValue ? ` -x${values.length > 0 ? ` -a '${values.join(' ')}'` : names}` : '';
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
