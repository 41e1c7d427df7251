import type { SimulationView } from '../../server/simulation/protocol.js';

/** "1 failure", "2 failures". */
export function countOfFailures({ failures }: SimulationView): string {
    return failures.length === 1 ? '1 failure' : `${failures.length} failures`;
}

/** A text as it is, inside Markdown. */
export function escaped(text: string): string {
    return text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
}
