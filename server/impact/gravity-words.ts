import type { Gravity } from '../failure/gravity.js';

/** One sign for who notices a failure. It never stands without words. */
export const gravitySigns: Readonly<Record<Gravity, string>> = {
    down: '✖',
    degraded: '⚠',
    failover: '◐',
    operators: '⚙',
    spare: '◌',
    none: '✓',
};

/** Signs say nothing to a screen reader: these words go with them, and stand where there is nothing more to say. */
export const gravityWords: Readonly<Record<Gravity, string>> = {
    down: 'something is down',
    degraded: 'something is degraded',
    failover: 'users are served after a failover',
    operators: 'only operators notice',
    spare: 'only a spare is lost',
    none: 'nobody notices',
};
