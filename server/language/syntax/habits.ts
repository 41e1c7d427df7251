import { table, type Table } from '../../knowledge/table.js';
import { outOfOrder } from './clause-order.js';
import { besideEachOther } from './foreign-signs.js';

/** What somebody writes out of habit from another language, where this one says it otherwise. */
export interface Habit {
    readonly message: string;
    /** What could stand in place of the word. */
    readonly suggestions?: readonly string[];
    readonly code?: 'later-version';
}

/** Blocks of things that stand in a region. */
const placed = new Set(['ManagementCluster', 'WorkloadCluster', 'Postgres', 'TelemetryStore', 'ExternalService']);

const dependence: Habit = {
    message:
        'Whom a service needs is said by `requires`, if it cannot serve without, or by `calls`, if it then answers in part.',
    suggestions: ['requires', 'calls'],
};

const homes: Habit = { message: 'The clusters in which a service runs stand behind `on`.', suggestions: ['on'] };

const exposure: Habit = {
    message: 'A host is given by `exposed`, such as `exposed "shop.example.com"`.',
    suggestions: ['exposed'],
};

/** Words that begin a line in the block of a service. */
const inServices: Table<Habit> = table({
    depends: { message: dependence.message },
    depends_on: dependence,
    dependsOn: dependence,
    needs: dependence,
    uses: dependence,
    cluster: homes,
    clusters: homes,
    host: exposure,
    hostname: exposure,
    hosts: exposure,
    url: exposure,
    domain: exposure,
    replicas: { message: '`replicas` stands behind a cluster of the service: `on east { replicas 3 }`.' },
    instances: { message: 'How many copies run in a cluster is said behind it: `on east { replicas 3 }`.' },
    region: { message: 'A service stands where its clusters stand: say `on`, and the clusters.' },
    zone: { message: 'A service stands where its clusters stand: say `on`, and the clusters.' },
    or: { message: '`or` stands between what `requires` names, and nowhere else: of `requires a or b` one will do.' },
});

/** Blocks of things that have copies. */
const copied = new Set(['Postgres', 'TelemetryStore', 'Gateway', 'Homes', 'ExternalService']);

/** How many of several copies are needed, in words of others. */
export const neededCopies: Habit = {
    message: 'How many copies of how many are needed is said in numbers: `replicas 3 of 5`.',
};

/** What takes over from a store, in words of others. */
const copies: Habit = {
    message: 'What takes over from a store is a copy: `copy every 15m in REGION promoted within 30m`.',
    suggestions: ['copy'],
};

const copyWords = new Set(['standby', 'replica', 'follower', 'secondary', 'slave', 'mirror']);

/** Words of a service that somebody also writes in the middle of a line. */
const withinLines = new Set(['replicas', 'instances', 'or']);

const links: Habit = {
    message: 'Which clusters reach each other is said in the block of the network: `network { east -> west }`.',
};

const istiod: Habit = {
    message: '`istiod` comes with each cluster, and is not declared; how many replicas it has cannot be said.',
};

const dns: Habit = {
    message:
        '`dns` comes with each cluster, and is not declared. What it requires is said in a block of its own: `about east.dns { requires … }`.',
};

/** `survives iam failure`: a choice is a kind and ends so, what is named does not. */
const namedFailure: Habit = {
    message:
        'A thing that is named stands by itself, as in `survives iam`; only of a choice its kind is said: `survives any zone failure`.',
};

/** What is going to be said one day, wherever it is written: by its first word, and what stands before that on its line. */
const later: Table<{ readonly habit: Habit; readonly behind?: string }> = table({
    load: { habit: comesLater('load', 'how much of what it can carry something carries') },
    fails: { habit: comesLater('fails every', 'how often something fails') },
    from: {
        habit: comesLater('failover east-west from … to', 'which regions are turned to first'),
        behind: 'failover',
    },
    at: { habit: comesLater('outlier detection at most', 'how many are taken out at once'), behind: 'outlier' },
});

function laterHabit(rule: string, image: string, before: readonly string[]): Habit | undefined {
    const found = rule === 'File' ? undefined : later.get(image);
    return found && (found.behind === undefined || before.includes(found.behind)) ? found.habit : undefined;
}

function comesLater(words: string, what: string): Habit {
    return { code: 'later-version', message: `\`${words}\` comes in a later version: ${what} cannot be said yet.` };
}

/** Words that begin a line outside of all blocks. */
const declarations: Table<Habit> = table({
    link: links,
    links,
    connection: links,
    connections: links,
    route: links,
    istiod,
    dns,
});

/**
 * Finds out whether a mistake is such a habit.
 *
 * @param rule the innermost rule of the grammar
 * @param image the word that cannot stand there
 * @param before what stands before it on its line
 */
export function habitOf(rule: string, image: string, before: readonly string[]): Habit | undefined {
    if (image.startsWith('#') || image === '--')
        return { message: 'A comment begins with `//`.', suggestions: image === '#' || image === '--' ? ['//'] : [] };
    if (image === ';') return { message: 'Nothing stands between two items, or at the end of a line: take `;` out.' };
    if (image === ':' || image === '=') return { message: `${besideEachOther}, without \`${image}\`.` };
    if (image === '-')
        return { message: 'A list is not written with `-`: its names follow each other, separated by `,`.' };
    const beginsLine = before.length === 0 || before.at(-1) === '{';
    if (isAboutCopies(rule, image, before)) return neededCopies;
    if (/^failures?$/.test(image) && before[0] === 'objective') return namedFailure;
    const moved = outOfOrder(image, before);
    if (moved) return { message: `\`${image}\` stands before \`${moved.before}\`, as in \`${moved.form}\`.` };
    const copy = copyHabit(rule, image, before, beginsLine);
    if (copy) return copy;
    const comes = laterHabit(rule, image, before);
    if (comes) return comes;
    if (rule === 'Service' && (beginsLine || withinLines.has(image))) return inServices.get(image);
    if (rule === 'File' && beginsLine) return declarations.get(image);
    return placeHabit(rule, image, before, beginsLine);
}

/** `replicas 5 majority`, `replicas 5 { … }`, `replicas 2/3`, and `majority` as a line of its own. */
function isAboutCopies(rule: string, image: string, before: readonly string[]): boolean {
    const isShare = image === 'majority' || image === 'quorum';
    return before.at(-2) === 'replicas' ? isShare || image === '/' || image === '{' : isShare && copied.has(rule);
}

const stores = new Set(['Postgres', 'TelemetryStore']);

/** `standby in west` in the block of a store, `copy promoted 10m`, `copy promotes within 10m`, and `copy` of a key. */
function copyHabit(rule: string, image: string, before: readonly string[], beginsLine: boolean): Habit | undefined {
    if (stores.has(rule) && beginsLine && copyWords.has(image)) return copies;
    if (rule === 'Secret' && beginsLine && image === 'copy')
        return { message: 'Of a key there is a backup: `backup in REGION`.', suggestions: ['backup'] };
    if (!before.includes('copy')) return undefined;
    if (image === 'promoted')
        return { message: 'How long people need to promote it is said by `promoted within 30m`.' };
    if (image === 'promotes')
        return { message: 'What nobody has to promote says `promotes itself`, or `promotes itself within 2m`.' };
    return undefined;
}

/** Where something stands: `in r zone a`, `in r1, r2`, and `region r` or `zone a` inside of the block. */
function placeHabit(rule: string, image: string, before: readonly string[], beginsLine: boolean): Habit | undefined {
    const [word, place] = before.slice(-2);
    if (word === 'in' && place !== undefined) {
        if (image === 'zone' || image === 'zones')
            return { message: `A zone stands behind its region, as in \`in ${place}/a\`.` };
        if (image === ',')
            return {
                message: `It stands in one region, here in \`${place}\`. For several places, declare one for each.`,
            };
    }
    const isPlace = image === 'region' || image === 'zone' || image === 'zones';
    return placed.has(rule) && isPlace && beginsLine
        ? { message: 'Where it stands is said before `{`, as in `in us-east/a`.' }
        : undefined;
}
