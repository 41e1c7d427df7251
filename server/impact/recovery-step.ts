import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { Element } from '../topology/element.js';

/** One step on the way back, in the order in which things come back. */
export interface RecoveryStep {
    /** What comes back; absent where it is nothing that could fail, such as tokens. */
    readonly element?: Element;
    readonly text: string;
    /** Who does it. */
    readonly by: 'itself' | 'person';
    /** How long it takes, where a figure is published. */
    readonly takes?: string;
    /** How one sees that it is done. Markdown. */
    readonly check?: string;
    /** What must be at hand. */
    readonly atHand: readonly string[];
    readonly source: SourceTag;
    readonly confidence: Confidence;
}
