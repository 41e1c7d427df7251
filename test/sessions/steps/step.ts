import type { Random } from '../../fuzz/random.js';
import type { SessionClient } from '../client.js';
import type { World } from '../world.js';

/** Who takes steps: what there is, whom to tell, and what chance decides. */
export interface Session {
    readonly world: World;
    readonly client: SessionClient;
    readonly random: Random;
    /** Texts to take pieces from. */
    readonly donors: readonly string[];
}

/**
 * Something that a user, an editor or another program may do.
 *
 * @returns what was done, for a report; nothing where there was nothing to do it with
 */
export type Step = (session: Session) => string | undefined | Promise<string | undefined>;
