import type { Layer, Scene } from './box.js';
import type { Caption } from './caption.js';
import type { Overlay } from './overlay.js';
import type { Placement } from './place.js';

/** Everything that a picture is written from. */
export interface Drawing {
    readonly scene: Scene;
    readonly placement: Placement;
    readonly overlay: Overlay;
    readonly caption: Caption;
    readonly layers: ReadonlySet<Layer>;
    /** Ways that nothing takes, and that could be taken. */
    readonly spares: boolean;
    /** What a screen reader tells; see `outline.ts`. */
    readonly description: string;
    /** A style sheet within the picture; empty where the page has one. */
    readonly style: string;
}
