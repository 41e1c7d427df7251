import type { FailureGraph } from '../failure/graph.js';
import type { ScenarioView } from '../impact/scenario.js';
import { layers, type Detail, type Layer } from './box.js';
import { captionOf } from './caption.js';
import { descriptionOf } from './outline.js';
import { healthyOverlay, overlayOf } from './overlay.js';
import { placed, type Memory } from './place.js';
import { sceneOf } from './scene.js';
import type { Drawing } from './svg.js';

export interface PictureOptions {
    /** The scenario that is drawn into the picture; none: in health. */
    readonly view?: ScenarioView;
    /** All of them up to twelve clusters, and requests only above, where nothing is asked for. */
    readonly layers?: readonly Layer[];
    readonly detail?: Detail;
    /** The places of an earlier picture, which stay. */
    readonly memory?: Memory;
    /** The style sheet that goes into the picture. */
    readonly style?: string;
}

/** In larger estates configuration and metrics are drawn when somebody asks for them. */
const mostClustersWithAllLayers = 12;

/** Of more spare ways none is drawn. */
const mostSpares = 60;

/** Everything that there is to draw of an estate: what, where, and how it fares. */
export function pictureOf(graph: FailureGraph, options: PictureOptions = {}): Drawing {
    const { view, detail, memory, style = '' } = options;
    const scene = sceneOf(graph, detail);
    const overlay = view ? overlayOf(scene, view.outcome, view.at) : healthyOverlay(scene);
    const caption = captionOf(graph.topology, overlay, view);
    const usual = graph.topology.clusters.length > mostClustersWithAllLayers ? (['traffic'] as const) : layers;
    return {
        scene,
        placement: placed(scene, memory),
        overlay,
        caption,
        layers: new Set(options.layers ?? usual),
        spares: scene.ways.filter(({ taken }) => !taken).length <= mostSpares,
        description: descriptionOf(scene, overlay, caption),
        style,
    };
}
