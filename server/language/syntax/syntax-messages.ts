import { LangiumParserErrorMessageProvider, type Grammar } from 'langium';
import { table, type Table } from '../../knowledge/table.js';
import { words } from '../../knowledge/words.js';
import { knownVersions } from '../../knowledge/versions.js';
import { similarNames } from '../../topology/similar-names.js';
import { didYouMean } from './did-you-mean.js';
import { habitOf, neededCopies } from './habits.js';
import { phrasesOfBlock } from './phrases.js';
import { isNameOutside } from './promise-words.js';
import type { SyntaxMistake } from './recovery.js';

/** What is wrong with the form of a file, in the user's words. */
export interface SyntaxProblem {
    readonly code:
        'missing-name' | 'missing-value' | 'missing-word' | 'missing-brace' | 'unknown-word' | 'later-version';
    readonly message: string;
    /** What could stand in place of the token that was found. */
    readonly suggestions: readonly string[];
    /** What could stand before the token that was found. */
    readonly insertions: readonly string[];
    /** Whether to show it at the word before the gap, because what follows stands on another line. */
    readonly atPrevious: boolean;
}

type Token = SyntaxMistake['token'];

/**
 * Tells the describing function below, which knows more of the circumstances, what the parser expected: the names of
 * tokens, one a line.
 */
export class ExpectedTokens extends LangiumParserErrorMessageProvider {
    override buildMismatchTokenMessage({ expected }: { expected: Token['tokenType'] }): string {
        return expected.name;
    }

    override buildNotAllInputParsedMessage(): string {
        return 'EOF';
    }

    override buildNoViableAltMessage({
        expectedPathsPerAlt,
    }: {
        expectedPathsPerAlt: Token['tokenType'][][][];
    }): string {
        return [...new Set(expectedPathsPerAlt.flat().map(([first]) => first?.name ?? ''))].join('\n');
    }
}

/** A function that finds the words for a syntax error of this grammar. */
export function describeSyntaxErrors(grammar: Grammar): (error: SyntaxMistake) => SyntaxProblem {
    const blocks = new Map<string, readonly string[]>();
    const phrases: Phrases = (rule) => {
        const known = blocks.get(rule) ?? phrasesOfBlock(grammar, rule).filter((phrase) => fits(phrase, rule));
        blocks.set(rule, known);
        return known;
    };
    return (error) => {
        const found: Found = {
            rules: (error.context?.ruleStack ?? []).map((rule) => rule.replace(/\u200B$/, '')),
            expected: error.message.split('\n'),
            actual: error.token,
            previous: error.previousToken,
            insideClosedBlock: error.insideClosedBlock ?? false,
            lineBefore: error.lineBefore ?? [],
        };
        const problem = error.isWholeLine
            ? unexpected(found, blockAt(found.rules, error.depth ?? 0), phrases)
            : describe(found, phrases);
        const { actual, previous } = found;
        const elsewhere = isEnd(actual) || previous?.endLine !== actual.startLine;
        return {
            suggestions: [],
            insertions: [],
            atPrevious: !isAboutTheWord(problem.code) && elsewhere && previous !== undefined,
            ...problem,
        };
    };
}

/** Whether a problem is the word that stands there, and not one that is missing before it. */
function isAboutTheWord(code: SyntaxProblem['code']): boolean {
    return code === 'unknown-word' || code === 'later-version';
}

interface Found {
    /** From the file to the innermost rule. */
    readonly rules: readonly string[];
    readonly expected: readonly string[];
    readonly actual: Token;
    readonly previous: Token | undefined;
    readonly insideClosedBlock: boolean;
    readonly lineBefore: readonly string[];
}

type Phrases = (rule: string) => readonly string[];

type Problem = Pick<SyntaxProblem, 'code' | 'message'> & Partial<SyntaxProblem>;

function describe(found: Found, phrases: Phrases): Problem {
    const rule = found.rules.at(-1) ?? 'File';
    const noun = nouns.get(rule);
    if (noun) {
        return missingName(found, noun);
    }
    if (rule === 'About' || found.rules.includes('About')) {
        const unfinished = unfinishedAbout(found, rule);
        if (unfinished) return unfinished;
    }
    if (found.expected.every((token) => token === '}' || token === 'EOF')) {
        return unexpected(found, rule, phrases);
    }
    return missingValue(found, rule) ?? missingWord(found, rule, phrases);
}

// ---------------------------------------------------------------------------------------------------- missing names

const nouns: Table<string> = table({
    TopologyName: 'a topology',
    ClusterName: 'a cluster',
    RegionName: 'a region',
    ZoneName: 'a zone',
    GatewayName: 'a gateway',
    GatewayReferenceName: 'a gateway',
    ServiceName: 'a service',
    ExternalName: 'a service',
    NamespaceName: 'a namespace',
});

/** Rules in which the name belongs to what is declared, and is not a reference. */
const declaring: Table<string> = table({
    Header: 'A topology',
    Region: 'A region',
    ManagementCluster: 'A management cluster',
    WorkloadCluster: 'A workload cluster',
    Service: 'A service',
    ExternalService: 'An external service',
    SharedFate: 'A shared fate',
});

/** Words that can follow a name: where one of them is found, the name has been forgotten. */
const followers = new Set(['in', 'on', 'for', 'to', 'via', 'by', 'weight', 'fails', 'across']);

/** Words that somebody may write before a name out of habit. */
const kinds = new Set(['cluster', 'region', 'zone', 'zones', 'gateway', 'service', 'namespace']);

function missingName({ rules, actual, previous }: Found, noun: string): Problem {
    const declared = declaring.get(rules.at(-2) ?? '');
    const sameLine = previous?.endLine === actual.startLine;
    if (sameLine && isKeyword(actual) && !followers.has(actual.image)) {
        const message =
            !declared && kinds.has(actual.image)
                ? `Here stands the name alone, without \`${actual.image}\`.`
                : `\`${actual.image}\` is a word of the language. To use it as a name, write it in quotes: "${actual.image}".`;
        return { code: 'missing-name', message, suggestions: declared ? [`"${actual.image}"`] : [] };
    }
    const message =
        declared && previous?.image !== '/'
            ? `${declared} needs a name.`
            : `The name of ${noun} is missing after \`${previous?.image}\`.`;
    return { code: 'missing-name', message };
}

/** Behind `about` stands what is meant, and then what is said of it. */
function unfinishedAbout({ rules, expected, previous }: Found, rule: string): Problem | undefined {
    if (rule === 'About' && expected.includes('{')) {
        const message = `What is said of \`${previous?.image}\` stands in a block: \`{ owner "…" }\`.`;
        return { code: 'missing-brace', message };
    }
    const isThing = rule === 'About' || rule === 'Thing' || (rule === 'ThingName' && rules.includes('About'));
    if (!isThing || expected.includes('}')) return undefined;
    const message = `After \`${previous?.image}\` stands what it is about, such as \`shop/web\` or \`east.ingress\`.`;
    return { code: 'missing-name', message };
}

// --------------------------------------------------------------------------------------------------- missing values

const wholeNumbersBehind = new Set(['weight', 'replicas', 'of']);

const numbersInWords = new Set(['majority', 'quorum', 'any', 'all', 'most']);

function missingValue({ rules, actual, previous }: Found, rule: string): Problem | undefined {
    const word = `\`${previous?.image}\``;
    switch (rule) {
        case 'Amount':
            if (rules.at(-2) === 'Replicas' && numbersInWords.has(actual.image)) return missing(neededCopies.message);
            return missing(
                wholeNumbersBehind.has(previous?.image ?? '') || rules.at(-2) === 'Step'
                    ? `${word} needs a whole number.`
                    : `${word} needs a duration, such as 30s, 1h30m or 7d.`,
                usualAmounts.get(rules.at(-2) ?? ''),
            );
        case 'Text':
            return missing(
                rules.at(-2) === 'Exposure' || rules.at(-2) === 'Alias'
                    ? `${word} needs a host name in quotes, such as "shop.example.com".`
                    : `${word} needs a text in quotes.`,
            );
        case 'TextWord':
            return missing('A text with a dot needs quotes.');
        case 'LabelKey':
            return missing(`After ${word} stand a key and a value, such as \`tier gold\`.`);
        case 'LabelValue':
            return missing(
                previous?.image === '='
                    ? 'The value of the label is missing after `=`.'
                    : `The label ${word} needs a value.`,
            );
        case 'Version':
            return missing(`${word} needs a version, such as 1.10.`, [knownVersions.at(-1)!]);
        case 'GatewayRole':
            return missing('A gateway needs a role: tier1, ingress, east-west, egress or vm.', gatewayRoles);
        default:
            return undefined;
    }
}

function missing(message: string, insertions: readonly string[] = []): Problem {
    return { code: 'missing-value', message, insertions };
}

const gatewayRoles = ['ingress', 'tier1', 'east-west', 'egress', 'vm'];

/** What is mostly said, by the rule of the setting. */
const usualAmounts: Table<readonly string[]> = table({
    TokenTtl: ['1h', '24h'],
    LeafCertificateTtl: ['24h'],
    Gslb: ['30s'],
    Backup: ['1h', '1d'],
    Replicas: ['2', '3'],
});

function missingWord({ rules, expected, actual, previous }: Found, rule: string, phrases: Phrases): Problem {
    // two items of a block begin with this word, and neither goes on as the file does
    const begun = phrases(rules.at(-2) ?? '').filter((phrase) => phrase.startsWith(`${actual.image} `));
    if (rule.endsWith('Item') && begun.length > 0) {
        return { code: 'missing-word', message: `Expected ${either(begun)}.`, suggestions: begun };
    }
    const expectedWords = expected.filter((token) => !isTerminal(token));
    const suggestions = similarNames(actual.image, expectedWords).filter((each) => each !== actual.image);
    const after = previous ? ` after \`${previous.image}\`` : '';
    return {
        code: 'missing-word',
        message: `Expected ${oneOf([...valuesIn(expected), ...expectedWords.map((word) => `\`${word}\``)])}${after}.${expected.length > 1 ? didYouMean(suggestions) : ''}`,
        suggestions,
        insertions: expected.flatMap((word) => wholePhrases(word, previous?.image ?? '', rules, phrases)),
    };
}

/** Tokens that are no words, but names and values, are called by capitals in the grammar. */
const isTerminal = (token: string) => /^[A-Z_]+$/.test(token);

/** What people call the names and values that may stand somewhere. */
function valuesIn(expected: readonly string[]): string[] {
    const isAny = (...terminals: readonly string[]) => terminals.some((terminal) => expected.includes(terminal));
    const isName = isAny('ID', 'KIND_WORD', 'ODD_WORD');
    return [
        ...(isName ? ['a name'] : []),
        ...(!isName && isAny('STRING', 'ODD_STRING') ? ['a text in quotes'] : []),
        ...(!isName && isAny('DURATION', 'INT', 'ODD_NUMBER', 'VERSION') ? ['a number or a duration'] : []),
        ...(isAny('EOF') ? ['the end of the file'] : []),
    ];
}

/** A word that may follow, and all that must follow together with it: of `control` behind `edge` also `control plane`. */
function wholePhrases(word: string, previous: string, rules: readonly string[], phrases: Phrases): string[] {
    if (!/^(\w|<?->$)/.test(word) || /^[A-Z]/.test(word)) return [];
    const begun = `${previous} ${word} `;
    const whole = rules.flatMap((rule) => phrases(rule)).find((phrase) => phrase.startsWith(begun));
    return whole ? [whole.slice(previous.length + 1), word] : [word];
}

// --------------------------------------------------------------------------------------------------- what is too much

const blockNames: Table<string> = table({
    Region: 'a region',
    ManagementCluster: 'a management cluster',
    WorkloadCluster: 'a workload cluster',
    ManagementPlane: 'the management plane',
    Postgres: '`postgres`',
    TelemetryStore: 'the telemetry store',
    Secret: 'a key or certificate',
    CentralControlPlane: 'the central control plane',
    EdgeControlPlane: 'an edge control plane',
    DataPlane: 'a data plane',
    Gateway: 'a gateway',
    WorkloadDefaults: 'the defaults',
    Network: 'the network',
    Service: 'a service',
    Homes: '`on`',
    Exposure: '`exposed`',
    ExternalService: 'an external service',
    SharedFate: 'a shared fate',
    About: '`about`',
});

/** The rule of the block in which a line stands, of which nothing but the line is known. */
function blockAt(rules: readonly string[], depth: number): string {
    const blocks = rules.filter((rule) => blockNames.has(rule));
    return blocks[Math.min(depth, blocks.length) - 1] ?? 'File';
}

function unexpected(found: Found, rule: string, phrases: Phrases): Problem {
    const { actual, previous } = found;
    const block = blockNames.get(rule);
    if (isEnd(actual)) {
        const message = `The block of ${block ?? 'the last declaration'} is not closed: \`}\` is missing.`;
        return { code: 'missing-brace', message };
    }
    const { image } = actual;
    const habit = habitOf(rule, image, found.lineBefore);
    if (habit) {
        return { code: 'unknown-word', suggestions: [], ...habit };
    }
    if (image === '/') {
        return { code: 'missing-name', message: 'The name of a service is missing after `/`.' };
    }
    if (!/^[\p{L}\p{N}_]/u.test(image)) {
        return { code: 'unknown-word', message: strange(actual, rule, previous) };
    }
    const where = block ? `cannot stand in the block of ${block}` : 'begins no declaration';
    if (block && !found.insideClosedBlock && phrases('File').some((phrase) => firstWord(phrase) === image)) {
        return {
            code: 'missing-brace',
            message: `\`${image}\` ${where}: is \`}\` missing before it?`,
            atPrevious: false,
        };
    }
    const possible = phrases(rule);
    if (!isKeyword(actual) && isNameOutside(image) && possible.some((phrase) => firstWord(phrase) === image)) {
        // a word that is a name unless it goes on as an item does
        const form = formOf(image);
        const how = form === undefined ? '' : ` It reads \`${form}\`.`;
        return { code: 'unknown-word', message: `\`${image}\` does not go on like this.${how}` };
    }
    if (!isKeyword(actual) && previous?.tokenType.name === 'ID' && previous.endLine === actual.startLine) {
        const message = `\`${image}\` cannot stand after \`${previous.image}\`. The names of a list are separated by \`,\`.`;
        return { code: 'unknown-word', message, insertions: [','] };
    }
    if (beforeBlock.get(image)?.includes(rule)) {
        return { code: 'unknown-word', message: `\`${image}\` ${where}. It stands before \`{\`.` };
    }
    const goesOn = previous?.endLine === actual.startLine ? similarNames(image, modifiers) : [];
    const suggestions = (goesOn.length > 0 ? goesOn : suggestionsFor(image, possible)).filter((each) => each !== image);
    if (suggestions.length > 0) {
        return { code: 'unknown-word', message: `\`${image}\` ${where}.${didYouMean(suggestions)}`, suggestions };
    }
    return { code: 'unknown-word', message: `\`${image}\` ${where}. ${homeOf(image, phrases) ?? areThese(possible)}` };
}

/** How an item that begins with a word is written. */
function formOf(word: string): string | undefined {
    return [...words.values()].find(({ form }) => firstWord(form) === word)?.form;
}

/** Words that belong between the name of something and its block. */
const beforeBlock: Table<readonly string[]> = table({
    in: ['ManagementCluster', 'WorkloadCluster', 'Postgres', 'TelemetryStore', 'ExternalService'],
    via: ['TelemetryStore', 'Exposure'],
    through: ['Exposure'],
    to: ['Exposure'],
    direct: ['TelemetryStore'],
    internal: ['Postgres', 'TelemetryStore'],
    external: ['Postgres', 'TelemetryStore'],
});

/** Words that can follow within a line. */
const modifiers = [
    ...['internal', 'external', 'direct', 'via', 'through', 'every', 'across', 'zones', 'weight', 'ttl'],
    ...['off', 'sync', 'async', 'fails', 'open', 'closed'],
];

/** Phrases of which the word is a part, or else those that are written nearly so. */
function suggestionsFor(word: string, possible: readonly string[]): readonly string[] {
    const parts = possible.filter((phrase) => phrase.split(' ').includes(word));
    return parts.length > 0 ? parts : similarNames(word, new Set([...possible, ...possible.map(firstWord)]));
}

function strange({ image, startLine }: Token, rule: string, previous: Token | undefined): string {
    if (image === '}' && rule === 'File') {
        return 'This `}` closes nothing: no block is open.';
    }
    if (rule === 'Network') {
        return `\`${image}\` cannot stand here. A line of the network reads \`east, west -> central\`.`;
    }
    if (image === '.') {
        return rule === 'File'
            ? 'A name with a dot needs quotes.'
            : 'A dot stands only between a cluster and one of its gateways, as in `east.ingress`.';
    }
    return previous?.image && previous.endLine === startLine
        ? `\`${image}\` cannot stand after \`${previous.image}\`.`
        : `\`${image}\` cannot stand here.`;
}

/** Says in which blocks a line can begin with a word, if it can in any. */
function homeOf(word: string, phrases: Phrases): string | undefined {
    // what fits somewhere fits `about`, too
    const blocks = [...blockNames].filter(
        ([rule]) => rule !== 'About' && phrases(rule).some((phrase) => firstWord(phrase) === word),
    );
    if (blocks.length > 3) {
        // services are what most lines are about
        const known = [...blocks].sort(([a], [b]) => Number(b === 'Service') - Number(a === 'Service'));
        return `It stands in a block \`{ … }\`, such as that of ${oneOf(known.slice(0, 3).map(([, name]) => name))}.`;
    }
    return blocks.length > 0 ? `It belongs into the block of ${oneOf(blocks.map(([, name]) => name))}.` : undefined;
}

function areThese(possible: readonly string[]): string {
    const quoted = possible.map((phrase) => `\`${phrase}\``);
    return quoted.length === 1 ? `Possible is only ${quoted[0]}.` : `Possible are ${quoted.join(', ')}.`;
}

// ----------------------------------------------------------------------------------------------------------- helpers

/** The grammar takes more than makes sense, for the sake of better messages; this much of it is not proposed. */
function fits(phrase: string, rule: string): boolean {
    return rule !== 'WorkloadCluster' || !['management plane', 'central control plane', 'copy'].includes(phrase);
}

function either(words: readonly string[]): string {
    return oneOf(words.map((word) => `\`${word}\``));
}

function oneOf(words: readonly string[]): string {
    return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : `${words[0]}`;
}

function firstWord(phrase: string): string {
    return phrase.split(' ', 1)[0]!;
}

function isEnd(token: Token): boolean {
    return token.tokenType.name === 'EOF';
}

/** Keywords are named after what they look like, all other tokens in capitals. */
function isKeyword({ tokenType, image }: Token): boolean {
    return tokenType.name === image && /^[a-z]/.test(image);
}
