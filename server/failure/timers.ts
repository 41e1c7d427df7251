import type { Construction } from './construction.js';
import type { Reason, Timer } from './graph.js';

/** A clock whose node fails once its source has been down for long enough. */
export function addTimer({ builder, model }: Construction, timer: Omit<Timer, 'fall'>, reason: Reason): Timer {
    builder.delayedInput(timer.node, timer.source, reason);
    return { ...timer, fall: model.clocks[timer.clock].renewal };
}
