import { visible } from '../encoding/visible.js';
import type { Snapshot } from '../estate/snapshot.js';
import type { ElementName } from '../topology/element-name.js';
import { UsageError } from './usage-error.js';

/**
 * The element that somebody names on a command line.
 *
 * @throws UsageError where there is none, or more than one, with what could have been meant
 */
export function elementNamed({ named }: Snapshot, text: string): ElementName {
    const naming = named(text);
    if (naming.found) return naming.found.name;
    const candidates = naming.candidates.map((candidate) => `  ${candidate.name}`).join('\n');
    if (naming.ambiguous) throw new UsageError(`'${visible(text)}' could be several elements:\n${candidates}`);
    throw new UsageError(`There is no element '${visible(text)}'.${candidates && ` Did you mean:\n${candidates}`}`);
}
