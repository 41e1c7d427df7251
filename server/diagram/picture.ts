import type { FailureGraph } from '../failure/graph.js';
import type { ScenarioView } from '../impact/scenario.js';
import { layers, type Detail, type Layer } from './box.js';
import { captionOf } from './caption.js';
import type { Drawing } from './drawing.js';
import type { Folds } from './folds.js';
import type { Size } from './geometry.js';
import { descriptionOf } from './outline.js';
import { healthyOverlay, overlayOf } from './overlay.js';
import type { Memory } from './memory.js';
import { placed } from './place.js';
import { sceneOf } from './scene.js';

export interface PictureOptions {
    /** The scenario that is drawn into the picture; none: in health. */
    readonly view?: ScenarioView;
    /** All of them up to twelve clusters, and requests only above, where nothing is asked for. */
    readonly layers?: readonly Layer[];
    readonly detail?: Detail;
    /** What somebody has opened or closed. */
    readonly folds?: Folds;
    /** Ways that nothing takes; where nobody says, as long as they are few. */
    readonly spares?: boolean;
    /** The places of an earlier picture, which stay. */
    readonly memory?: Memory;
    /** The page that shows the picture, px; where there is none, it is arranged for a file. */
    readonly room?: Size;
    /** The style sheet that goes into the picture. */
    readonly style?: string;
}

/** In larger estates configuration and metrics are drawn when somebody asks for them. */
const mostClustersWithAllLayers = 12;

/** Of more spare ways none is drawn. */
const mostSpares = 60;

/** Everything that there is to draw of an estate: what, where, and how it fares. */
export function pictureOf(graph: FailureGraph, options: PictureOptions = {}): Drawing {
    const { view, detail, folds, memory, room, style = '' } = options;
    const scene = sceneOf(graph, detail, folds);
    const overlay = view ? overlayOf(scene, view.outcome, view.at) : healthyOverlay(scene);
    const caption = captionOf(graph.topology, overlay, view);
    const usual = graph.topology.clusters.length > mostClustersWithAllLayers ? (['traffic'] as const) : layers;
    return {
        scene,
        placement: placed(scene, memory, room),
        overlay,
        caption,
        layers: new Set(options.layers ?? usual),
        spares: options.spares ?? scene.ways.filter(({ taken }) => !taken).length <= mostSpares,
        description: descriptionOf(scene, overlay, caption),
        style,
    };
}
