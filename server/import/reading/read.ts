import { kindOf, shapes, valuesShape, type Kind, type ObjectOf, type Values } from '../kinds.js';
import { compareTexts, type Place } from '../place.js';
import { jsonCursor, jsonValues } from './json.js';
import {
    aliasesIn,
    documentsIn,
    empty,
    itemsIn,
    keysIn,
    leansOnOthers,
    prune,
    undash,
    type KeyLines,
    type Range,
} from './lines.js';
import { placeholders, withoutDirectives, type KnownValues, type Placeholders } from './placeholders.js';
import { read, TooMuch, type Cursor, type Oddity, type Shape } from './shape.js';
import { kialiSamples } from './kiali.js';
import { prometheusSamples } from './prometheus.js';
import type { Sample } from './sample.js';
import { terraformAnswer, type TerraformResource } from './terraform.js';
import { isUnreadable, yamlCursor } from './yaml.js';

/** A file that somebody wants to be imported. */
export interface Source {
    /** As messages name it; the same slashes on every system. */
    readonly name: string;
    readonly text: string;
    /** The cluster that it is a dump of, where the user has said so. */
    readonly cluster?: string | undefined;
}

/** An object of a kind that is read. */
export type Seen = {
    readonly [K in Kind]: {
        readonly kind: K;
        /** As it is called in the file: `IngressGateway`. */
        readonly called: string;
        /** The part of TSB's API that it belongs to, such as `gateway`; else the first part of its group. */
        readonly api: string;
        readonly object: ObjectOf<K>;
        readonly at: Place;
        readonly source: Source;
        /** Whether the file is a dump (JSON), and no file of somebody's hand. */
        readonly isDump: boolean;
    };
}[Kind];

/** Helm values of a control or management plane. */
export interface SeenValues {
    readonly values: NonNullable<Values>;
    readonly at: Place;
    readonly source: Source;
}

/** An answer of Prometheus: samples with their labels. */
export interface SeenMetrics {
    readonly samples: readonly Sample[];
    readonly source: Source;
}

/** Something that could not be read, and where. */
export interface NotUnderstood {
    readonly at: Place;
    /** Words of ours. */
    readonly why: string;
}

export interface Reading {
    readonly seen: readonly Seen[];
    readonly values: readonly SeenValues[];
    readonly metrics: readonly SeenMetrics[];
    /** Files that are states or plans of Terraform, with how many clusters of Kubernetes these make. */
    readonly states: ReadonlyMap<string, { readonly clusters: number }>;
    /** How many objects of which kind were read past. */
    readonly past: ReadonlyMap<string, number>;
    readonly notUnderstood: readonly NotUnderstood[];
    /** How many objects there were. */
    readonly objects: number;
    readonly placeholders: Placeholders;
}

/** So large is a file at most, in characters. */
export const mostCharacters = 64 * 1024 * 1024;
/** So many objects are read at most. */
export const mostObjects = 20_000;

/** Reads files. The order in which they come makes no difference; what is broken costs only itself. */
export function readSources(
    sources: readonly Source[],
    known: KnownValues,
    onSource?: (number: number, of: number) => void,
): Reading {
    const table = placeholders(known);
    const state: State = {
        seen: [],
        values: [],
        metrics: [],
        states: new Map(),
        past: new Map(),
        notUnderstood: [],
        objects: 0,
        placeholders: table,
    };
    const inOrder = [...sources].sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.text, b.text));
    for (const [index, source] of inOrder.entries()) {
        onSource?.(index + 1, inOrder.length);
        readSource(source, state);
    }
    const over = state.objects - mostObjects;
    if (over > 0)
        state.notUnderstood.push({
            at: { source: inOrder.at(-1)?.name ?? '' },
            why: `there are ${state.objects} objects in all; the last ${over} were not looked at (at most ${mostObjects})`,
        });
    return state;
}

interface State extends Reading {
    readonly seen: Seen[];
    readonly values: SeenValues[];
    readonly metrics: SeenMetrics[];
    readonly states: Map<string, { readonly clusters: number }>;
    readonly past: Map<string, number>;
    readonly notUnderstood: NotUnderstood[];
    objects: number;
}

function readSource(source: Source, state: State): void {
    const { name, text } = source;
    if (text.length > mostCharacters) {
        const why = `it has ${Math.round(text.length / 1024 / 1024)} MiB, and ${mostCharacters / 1024 / 1024} are read at most`;
        state.notUnderstood.push({ at: { source: name }, why });
        return;
    }
    const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    const first = /[^\s]/.exec(text.slice(begin, begin + 1000))?.[0];
    const values = first === '{' || first === '[' ? jsonValues(text.slice(begin)) : undefined;
    if (values) {
        for (const value of values)
            readTree(jsonCursor(value), { source, state, isDump: true, before: 0 }, { source: name });
        return;
    }
    readYaml(text.slice(begin), { source, state, isDump: false, before: 0 });
}

function readYaml(text: string, around: Around): void {
    const { state } = around;
    const { text: plain, left } = withoutDirectives(text);
    if (left > 0) state.past.set(templateLines, (state.past.get(templateLines) ?? 0) + left);
    const lines = state.placeholders.hidden(plain).split(/\r?\n/);
    for (const document of documentsIn(lines)) readLines(lines, document, around);
}

/** How the report calls lines of a template engine, which are read past like objects. */
export const templateLines = 'lines of a template';

interface Around {
    readonly source: Source;
    /** How many lines of the file stand before those that are looked at. */
    readonly before: number;
    readonly state: State;
    readonly isDump: boolean;
    /** The resource of Terraform that holds it: lines mean nothing then. */
    readonly resource?: TerraformResource | undefined;
}

/** Reads one document, or one item of a list: its kind is known before anything of it is parsed. */
function readLines(lines: readonly string[], range: Range, around: Around, depth = 0): void {
    const items = itemsIn(lines, range);
    if (items && depth < 5 && !items.some((item) => leansOnOthers(lines, item)))
        return readItems(lines, items, around, depth);
    const keys = keysIn(lines, range)?.map(canonical);
    if (!keys) return readWhole(lines, range, around);
    const inner = keys.findLast(({ key }) => key === 'items');
    if (inner && !keys.some(({ key }) => key === 'spec') && inner.rest === '' && depth < 5) {
        const inside = itemsIn(lines, { from: inner.from + 1, to: inner.to });
        if (inside?.some((item) => leansOnOthers(lines, item))) return readWhole(lines, range, around);
        if (inside) return readItems(lines, inside, around, depth);
    }
    const said = (name: string) => unquoted(keys.findLast(({ key }) => key === name)?.rest ?? '');
    const [apiVersion, kind] = [said('apiVersion'), said('kind')];
    if (inner && /^\[./.test(inner.rest) && inner.rest !== '[]') return readWhole(lines, range, around);
    if (inner && kind.endsWith('List')) return;
    const known = kindOf(apiVersion, kind);
    if (!known && (kind !== '' || apiVersion !== '')) return readPast(kind, around);
    if (!known && !keys.some(({ key }) => key === 'spec')) return readPast('', around);
    const shape = known ? shapes[known] : valuesShape;
    const wanted: ReadonlyMap<string, Shape> = shape.byName;
    const kept = lines.slice(range.from, range.to);
    const hasAliases = aliasesIn(kept, { from: 0, to: kept.length }).length > 0;
    for (const key of keys) {
        const at: KeyLines = { ...key, from: key.from - range.from, to: key.to - range.from };
        kept[at.from] = (kept[at.from] ?? '').replace(/^(\s*)["']?[A-Za-z]+["']?(\s*:)/, `$1${key.key}$2`);
        if (key.key === 'apiVersion' || key.key === 'kind') continue;
        const asked = wanted.get(key.key);
        if (asked === undefined) {
            if (!hasAliases || key.key === 'secrets') empty(kept, at);
        } else if (key.rest === '' && !hasAliases) prune(kept, { from: at.from + 1, to: at.to }, asked);
    }
    parse(kept, range.from + 1, around);
}

function readItems(lines: readonly string[], items: readonly Range[], around: Around, depth: number): void {
    for (const item of items) {
        const own = lines.slice(item.from, item.to);
        undash(own, { from: 0, to: own.length });
        const before = around.before + item.from;
        readLines(own, { from: 0, to: own.length }, { ...around, before }, depth + 1);
    }
}

/** Whatever has another form than a block map: parsed as a whole, and looked at by its kind only then. */
function readWhole(lines: readonly string[], range: Range, around: Around): void {
    parse(lines.slice(range.from, range.to), range.from + 1, around);
}

function parse(lines: readonly string[], firstLine: number, around: Around): void {
    const line = firstLine + around.before;
    const { resource } = around;
    const cursor = yamlCursor(lines.join('\n'), resource ? undefined : line);
    const place: Place = {
        source: around.source.name,
        ...(resource && { object: resource.address }),
        line: resource
            ? undefined
            : line +
              Math.max(
                  0,
                  lines.findIndex((each) => each.trim() !== ''),
              ),
    };
    if (isUnreadable(cursor)) {
        around.state.objects++;
        const at = resource ? place : { ...place, line: cursor.line ?? place.line };
        around.state.notUnderstood.push({ at, why: cursor.why });
        return;
    }
    readTree(cursor, around, place);
}

function readTree(cursor: Cursor, around: Around, place: Place, depth = 0): void {
    const keys = cursor.keys();
    const list = keys ? (fieldOf(cursor, 'spec') ? undefined : cursor.field('items')?.items()) : cursor.items();
    if (list && depth < 5) {
        for (const item of list) readTree(item, around, { ...place, line: item.line ?? place.line }, depth + 1);
        return;
    }
    if (!keys) return keys === undefined && cursor.scalar() === undefined ? undefined : readPast('', around);
    if (around.isDump && readTerraform(cursor, around)) return;
    if (readMetrics(cursor, around) || readKiali(cursor, around)) return;
    const text = (name: string) => String(fieldOf(cursor, name)?.scalar() ?? '');
    const [apiVersion, called] = [text('apiVersion'), text('kind')];
    const kind = kindOf(apiVersion, called);
    const at = { ...place, line: cursor.line ?? place.line };
    if (kind) return readObject({ kind, called, api: apiOf(apiVersion) }, cursor, around, at);
    if (called === '' && apiVersion === '' && !around.isDump && readValues(cursor, around, at)) return;
    readPast(called, around);
}

function readObject(
    what: { readonly kind: Kind; readonly called: string; readonly api: string },
    cursor: Cursor,
    around: Around,
    at: Place,
): void {
    const { kind, called } = what;
    const { state, source, isDump } = around;
    if (++state.objects > mostObjects) return;
    const found = extracted(shapes[kind], canonicalFields(cursor), around, at);
    if (!found) return;
    const object = withName(found as ObjectOf<'Namespace'>);
    const { metadata } = object;
    const named = [metadata?.namespace, metadata?.name].filter((part) => part !== undefined).join('/');
    const place = isDump ? { source: at.source, object: `${called} ${named}`.trim() } : at;
    state.seen.push({ ...what, object, at: place, source, isDump });
}

/** An object that says only its whole name ends in its name. */
function withName<T extends ObjectOf<'Namespace'>>(object: T): T {
    const { fqn, name } = object.metadata ?? {};
    if (fqn === undefined || name !== undefined) return object;
    return { ...object, metadata: { ...object.metadata, name: fqn.split('/').at(-1) ?? '' } };
}

function readValues(cursor: Cursor, around: Around, at: Place): boolean {
    const values = extracted(valuesShape, cursor, around, at);
    const spec = values?.spec;
    if (!spec || !(spec.managementPlane ?? spec.dataStore ?? spec.organization ?? spec.components)) return false;
    around.state.objects++;
    around.state.values.push({ values, at, source: around.source });
    return true;
}

function extracted<S extends Parameters<typeof read>[0]>(shape: S, cursor: Cursor, around: Around, at: Place) {
    const { state } = around;
    const odd = ({ path, line, wanted }: Oddity) =>
        void state.notUnderstood.push({
            at: { ...at, line: line ?? at.line },
            why: path === '' ? `it is not ${wanted}` : `\`${path}\` is not ${wanted}`,
        });
    try {
        return read(shape, cursor, odd);
    } catch (error) {
        if (!(error instanceof TooMuch)) throw error;
        state.notUnderstood.push({ at, why: 'it has more values than are looked at, perhaps by aliases' });
        return undefined;
    }
}

/** What Terraform keeps is asked for, as in a file of somebody's hand; it is no dump of what runs. */
function readTerraform(cursor: Cursor, { source, state }: Around): boolean {
    const answer = terraformAnswer(cursor);
    if (!answer) return false;
    const clusters = answer.past.filter(({ type }) => makesCluster.test(type)).length;
    state.states.set(source.name, { clusters: clusters + (state.states.get(source.name)?.clusters ?? 0) });
    for (const resource of answer.past) readPast('', { source, state, isDump: false, before: 0, resource });
    for (const why of answer.notUnderstood) state.notUnderstood.push({ at: { source: source.name }, why });
    for (const { holds, ...resource } of answer.pieces) {
        const around: Around = { source, state, isDump: false, before: 0, resource };
        const place = { source: source.name, object: resource.address };
        const values = 'text' in holds ? (/^\s*[[{]/.test(holds.text) ? jsonValues(holds.text) : undefined) : undefined;
        if ('tree' in holds) readTree(holds.tree, around, place);
        else if (values) for (const value of values) readTree(jsonCursor(value), around, place);
        else readYaml(holds.text, around);
    }
    return true;
}

/** Types of resources that make a cluster of Kubernetes, such as `aws_eks_cluster` and `google_container_cluster`. */
const makesCluster = /^(?:\w+_)?(?:eks|kubernetes|container|kind|k3d)_cluster$/;

function readPast(kind: string, { state, resource }: Around): void {
    state.objects++;
    // a kind, or a type of resource, is printed, so it has to look like one
    const isKind = /^[A-Z][A-Za-z0-9]{0,62}$/.test(kind);
    const type = resource && /^[a-z][a-z0-9_]{0,62}$/.test(resource.type) ? resource.type : 'no kind';
    const name = isKind ? kind : type;
    state.past.set(name, (state.past.get(name) ?? 0) + 1);
}

/** The graph of Kiali, as samples like those of Prometheus: rates of requests over the time that it looked at. */
function readKiali(cursor: Cursor, { state, source }: Around): boolean {
    const elements = cursor.field('elements');
    const [nodes, edges] = [elements?.field('nodes')?.items(), elements?.field('edges')?.items()];
    const seconds = Number(cursor.field('duration')?.scalar());
    if (!nodes || cursor.field('graphType')?.scalar() === undefined) return false;
    state.objects++;
    state.metrics.push({ samples: kialiSamples(nodes, edges ?? [], seconds), source });
    return true;
}

function readMetrics(cursor: Cursor, { state, source }: Around): boolean {
    const samples = prometheusSamples(cursor);
    if (!samples) return false;
    state.objects++;
    state.metrics.push({ samples, source });
    return true;
}

const canonicalNames = new Map(
    ['apiVersion', 'kind', 'metadata', 'spec', 'status', 'items'].map((key) => [key.toLowerCase(), key]),
);

/** Some files say `apiversion` and `Metadata`, and tctl takes them. */
function canonical(key: KeyLines): KeyLines {
    return { ...key, key: canonicalNames.get(key.key.toLowerCase()) ?? key.key };
}

function fieldOf(cursor: Cursor, name: string): Cursor | undefined {
    const key = cursor.keys()?.findLast((each) => each.toLowerCase() === name.toLowerCase());
    return key === undefined ? undefined : cursor.field(key);
}

function canonicalFields(cursor: Cursor): Cursor {
    return { ...cursor, field: (name) => fieldOf(cursor, name) };
}

function apiOf(apiVersion: string): string {
    return /^(\w+)\./.exec(apiVersion)?.[1] ?? '';
}

function unquoted(text: string): string {
    return text.replace(/^(["'])(.*)\1$/, '$2');
}
