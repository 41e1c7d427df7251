import type { ImportedManagement } from '../estate.js';
import type { Place } from '../place.js';
import { isOpen } from '../reading/placeholders.js';
import type { Plane } from './planes.js';
import type { World } from './world.js';

/** The vendor's own address, to which control planes of a hosted management plane talk. */
const addressOfVendor = /(^|\.)cloud\.tetrate\.com$/i;

/**
 * Whether the vendor runs the management plane: no file has one, and each control plane whose address is known talks to the
 * vendor's (likely, since nothing says so by itself).
 */
export function hostedBy({ of, reading }: World, planes: readonly Plane[]): ImportedManagement['hosted'] {
    const isOwn = reading.values.some(({ values }) => values.spec !== undefined && !values.spec.managementPlane);
    if (isOwn || of('ManagementPlane').length > 0) return undefined;
    const known = planes.flatMap(({ spec, at }) => {
        const host = spec.managementPlane?.host;
        return host === undefined || isOpen(host) ? [] : [{ host: host.replace(/:\d+$/, ''), at }];
    });
    const at = known.map((each) => each.at);
    return known.length > 0 && known.every(({ host }) => addressOfVendor.test(host)) ? { value: true, at } : undefined;
}

/** Of several management planes no object says which one is in charge: control planes use a name that belongs to neither side. */
export function askWhichStandsBy({ of, notes, management }: World): void {
    const planes = new Map<string, Place>();
    for (const { source, isDump, at } of of('ManagementPlane')) {
        const where = source.cluster ?? (isDump ? source.name : undefined);
        if (where !== undefined) planes.set(where, at);
    }
    if (planes.size < 2) return;
    notes.ask({
        about: { kind: 'cluster', name: management },
        asked: 'standby management cluster',
        why: `${planes.size} clusters have a management plane, and no object says which one is in charge and which stands by`,
        answers: [],
        at: [...planes.values()],
    });
}
