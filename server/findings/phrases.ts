import { partName } from '../topology/element-name.js';
import { AnchoredPlace } from '../topology/place.js';
import { enumerated } from '../words/english.js';
import type { Exposure, Gateway, Origin, SourceLocation, Target } from '../topology/topology.js';
import type { Finding } from './finding.js';

/** A place that a finding points to beside its own. */
export type Related = NonNullable<Finding['related']>[number];

/** No finding points to more places than this. */
const mostRelated = 5;

/** A name in a message, which is plain text. */
export function quoted(name: string): string {
    return `'${name}'`;
}

/** A line of the file in a message. */
export function lineOfFile(text: string): string {
    return `\`${text}\``;
}

/** "'a'", "'a' and 'b'", "'a', 'b' and 3 more". */
export function names(list: readonly string[]): string {
    return enumerated(list.map(quoted));
}

/** A gateway without a name is called by its cluster, too. */
export function gatewayName({ named, name, cluster }: Gateway): string {
    return named ? name : partName(cluster, name);
}

/** Where requests are sent: a cluster, or the gateways in it that have the host. */
export function targetTitle({ cluster, gateways }: Pick<Target, 'cluster' | 'gateways'>): string {
    return gateways ? names(gateways.map((name) => partName(cluster, name))) : quoted(cluster);
}

/** From the beginning of the first place to the end of the last one, where one declaration has both. */
export function span(places: readonly SourceLocation[]): SourceLocation | undefined {
    const [first] = places;
    const last = places.at(-1);
    return first instanceof AnchoredPlace && last instanceof AnchoredPlace ? (first.upTo(last) ?? first) : first;
}

/** A host with the further names of its line. */
export function hostTitle({ host, aliases = [] }: Pick<Exposure, 'host' | 'aliases'>): string {
    return aliases.length === 0 ? quoted(host) : `${quoted(host)} (and ${names(aliases)})`;
}

/** All names of hosts, with the further ones of their lines. */
export function hostNames(exposures: readonly Pick<Exposure, 'host' | 'aliases'>[]): string[] {
    return exposures.flatMap(({ host, aliases = [] }) => [host, ...aliases]);
}

/** Where a host says by which gateways clients enter; the host itself where it does not. */
export function viaOf({ via, hostAt }: Pick<Exposure, 'via' | 'hostAt'>): SourceLocation {
    return span(via.map(({ at }) => at)) ?? hostAt;
}

/** Where a setting is said. */
export function placeOf(origin: Origin): SourceLocation | undefined {
    return origin.kind === 'assumed' ? undefined : origin.at;
}

/** Nothing where there is no place to point to; each place and message once, and not too many of them. */
export function related(places: readonly (Related | undefined)[]): Pick<Finding, 'related'> {
    const distinct = new Map(
        places.flatMap((place) => (place ? [[`${placeKey(place.at)} ${place.message}`, place] as const] : [])),
    );
    return distinct.size > 0 ? { related: [...distinct.values()].slice(0, mostRelated) } : {};
}

/** A text that stands for a place. */
export function placeKey({ uri, range: { start, end } }: SourceLocation): string {
    return `${uri} ${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** A place to point to, if there is one. */
export function pointTo(at: SourceLocation | undefined, message: string): Related | undefined {
    return at && { at, message };
}

/** The value of a key, made where there is none yet. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
    let value = map.get(key);
    if (value === undefined) map.set(key, (value = make()));
    return value;
}
