import { type AstNode, type URI, UriUtils } from 'langium';
import type { Change } from '../estate/change.js';
import { fileTextOf } from '../estate/file-text.js';
import * as ast from '../language/generated/ast.js';
import { isGenerated } from '../language/lower/joined.js';
import { clusterOfGateway } from '../language/naming/names.js';
import type { Fix, Surroundings } from './fix.js';
import { additionOf, withItem, type Addition } from './write.js';

/**
 * Says something in a file that is written by hand, beside a file that import writes anew each time: in the block of an
 * `about` that is there already, or in a new one; in a new file where there is none by hand.
 *
 * @param thing what it is about, as it is called behind `about`; undefined for a declaration of its own
 */
export function saidBeside(around: Surroundings, thing: string | undefined, text: string): Change[] {
    const byHand = around.estate.documents.filter(({ uri }) => !isGenerated(uri.path));
    const abouts = byHand.flatMap(({ parseResult }) => parseResult.value.declarations).filter(ast.isAbout);
    const known = abouts.find(
        ({ things }) => thing !== undefined && things.length === 1 && isCalled(things[0]!, thing),
    );
    if (known) return withItem(known, text);
    const said = thing === undefined ? `${text}\n` : `about ${thing} {\n    ${text}\n}\n`;
    const folder = UriUtils.dirname(around.document.uri).toString();
    const file = byHand.find(({ uri }) => UriUtils.dirname(uri).toString() === folder) ?? byHand[0];
    if (file) {
        const { uri, text: before, eol } = fileTextOf(file);
        const gap = before === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n';
        return [{ uri, start: before.length, end: before.length, text: (gap + said).replaceAll('\n', eol) }];
    }
    return [{ uri: newFile(around.document.uri), start: 0, end: 0, text: headerOf(around) + said }];
}

/**
 * The same fix without a change of what import writes anew each time: what it adds there is said beside it.
 *
 * @returns undefined where it cannot be said elsewhere
 */
export function besideImports<T extends Fix>(fix: T, around: Surroundings): T | undefined {
    if (!fix.changes.some(({ uri }) => isGenerated(uri))) return fix;
    const changes: Change[] = [];
    const said = new Set<Addition>();
    for (const change of fix.changes) {
        if (!isGenerated(change.uri)) {
            changes.push(change);
            continue;
        }
        const addition = additionOf(change);
        if (!addition) return undefined;
        if (said.has(addition)) continue;
        said.add(addition);
        const thing = thingAddedTo(addition, around);
        if (thing === undefined) return undefined;
        changes.push(...saidBeside(around, thing, addition.item));
    }
    return { ...fix, changes: withOneHeader(changes, around) };
}

/** A file that does not exist yet has one header, whatever is said in it. */
function withOneHeader(changes: readonly Change[], around: Surroundings): Change[] {
    const known = new Set(around.estate.documents.map(({ uri }) => uri.toString()));
    const header = headerOf(around);
    const made = new Set<string>();
    return changes.map((change) => {
        const isMade = made.has(change.uri) && change.text.startsWith(header);
        if (!known.has(change.uri)) made.add(change.uri);
        return isMade ? { ...change, text: `\n${change.text.slice(header.length)}` } : change;
    });
}

function headerOf({ write, topology }: Surroundings): string {
    return `topology ${write(topology.name, 'TopologyName')}\n\n`;
}

function thingAddedTo({ owner, blocks }: Addition, around: Surroundings): string | undefined {
    const block = blocks.at(-1);
    if (block === 'edge control plane') return edgeOf(owner, around);
    return block ?? thingCalled(owner, around);
}

/** What an `about` calls something; undefined for what it has no name for. */
export function thingCalled(node: AstNode | undefined, around: Surroundings): string | undefined {
    const name = (text: string) => around.write(text, 'ThingName');
    if (ast.isService(node)) {
        const namespace = node.namespace === undefined ? '' : `${name(node.namespace)}/`;
        return `service ${namespace}${name(node.name)}`;
    }
    if (ast.isExposure(node)) return node.$cstNode && inQuotes(node.host);
    if (ast.isEdgeControlPlane(node)) return edgeOf(node.$container, around);
    if (ast.isManagementPlane(node)) return 'management plane';
    if (ast.isCentralControlPlane(node)) return 'central control plane';
    if (ast.isPostgres(node)) return 'postgres';
    if (ast.isSecret(node) || ast.isTelemetryStore(node)) return node.kind;
    if (ast.isCluster(node)) return `cluster ${name(node.name)}`;
    if (ast.isRegion(node)) return `region ${name(node.name)}`;
    if (ast.isExternalService(node)) return `external service ${name(node.name)}`;
    const cluster = ast.isGateway(node) ? clusterOfGateway(node) : undefined;
    if (cluster && ast.isGateway(node)) return `${name(cluster.name)}.${name(node.name ?? node.roles[0] ?? '')}`;
    return undefined;
}

function edgeOf(node: AstNode | undefined, { write }: Surroundings): string | undefined {
    return ast.isCluster(node) ? `${write(node.name, 'ThingName')}.edge` : undefined;
}

function inQuotes(text: string): string {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The kind before a name may be left out. */
function isCalled({ $cstNode }: ast.Thing, thing: string): boolean {
    const text = $cstNode?.text ?? '';
    return text === thing || `service ${text}` === thing;
}

/** `acme.tsbtopo` beside `acme.import.tsbtopo` */
function newFile(imported: URI): string {
    return imported.toString().replace(/\.import\.tsbtopo$/, '.tsbtopo');
}
