import { gravityWords } from '../impact/gravity-words.js';
import { componentKinds } from '../knowledge/components.js';
import { commonRegion } from '../topology/common-region.js';
import { bareName, clusterName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Elements } from '../topology/elements.js';
import { capitalized } from '../words/english.js';
import type { Grouping } from './grouping.js';
import type { Weighed } from './matrix.js';

/** Rows that have something in common. */
export interface Group {
    /** Plain text; a name of the user's may be part of it. */
    readonly title: string;
    readonly rows: readonly Weighed[];
}

/**
 * Puts rows into groups: the group with the first of them comes first, so that where the gravest stand first, the gravest
 * group does, too.
 */
export function grouped(rows: readonly Weighed[], by: Grouping, elements: Elements): Group[] {
    const groups = new Map<string, Weighed[]>();
    for (const row of rows) {
        const title = titles[by](row, elements);
        const group = groups.get(title);
        if (group) group.push(row);
        else groups.set(title, [row]);
    }
    return [...groups].map(([title, ofGroup]) => ({ title, rows: ofGroup }));
}

const titles: Readonly<Record<Grouping, (row: Weighed, elements: Elements) => string>> = {
    gravity: ({ weight }) => capitalized(gravityWords[weight.gravity]),
    kind: ({ element }) => capitalized(componentKinds[element.kind].title),
    region: ({ element }, elements) => {
        const region = regionOf(element, elements);
        if (region !== undefined) return `Region ${region}`;
        return element.places ? 'In several regions' : 'In no region';
    },
    cluster: ({ element: { cluster } }) => (cluster === undefined ? 'In no cluster' : `Cluster ${cluster}`),
};

/** The region in which an element stands, by itself or with its cluster; undefined where the files say none. */
export function regionOf(element: Element, elements: Pick<Elements, 'byName'>): string | undefined {
    const { byName } = elements;
    if (element.kind === 'region') return bareName(element.name);
    if (element.locality) return element.locality.region;
    if (element.places) return commonRegion(element.places.at);
    if (element.cluster !== undefined) return byName.get(clusterName(element.cluster))?.locality?.region;
    for (const parent of element.parents) {
        const whole = byName.get(parent);
        const region = whole && regionOf(whole, elements);
        if (region !== undefined) return region;
    }
    return undefined;
}
