import { clusterDrift } from './clusters.js';
import type { Drift, Sides } from './drift.js';
import { networkDrift } from './network.js';
import { serviceDrift } from './services.js';

/**
 * How an estate, as import has read it, differs from what files say. Compared is what import can know, as values: what only
 * people know (owners, backups) never differs, and a default that is written down is no difference.
 */
export function driftBetween(sides: Sides): Drift[] {
    return [...versionDrift(sides), ...clusterDrift(sides), ...networkDrift(sides), ...serviceDrift(sides)];
}

function versionDrift({ there, here }: Sides): Drift[] {
    const [is, said] = [there.tsbVersion, here.tsbVersion];
    if (is.origin.kind === 'assumed' || is.value === said.value) return [];
    const place = said.origin.kind === 'assumed' ? undefined : said.origin.at;
    return [
        {
            sign: '~',
            subject: `topology ${here.name}`,
            item: 'for tsb',
            here: `for tsb ${said.value}${place ? '' : ' (assumed)'}`,
            there: `for tsb ${is.value}`,
            at: place ?? here.at,
            takeOver: place && { kind: 'write', text: is.value, instead: place, into: place },
        },
    ];
}
