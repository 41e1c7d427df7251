import { CstUtils, DocumentState, URI, type LangiumDocument } from 'langium';
import type { Connection, Position } from 'vscode-languageserver';
import { boxesIn, type Box, type Scene } from '../diagram/box.js';
import type { Caption } from '../diagram/caption.js';
import { dotOf } from '../diagram/dot.js';
import type { Drawing } from '../diagram/drawing.js';
import { foldsIn, type Folds } from '../diagram/folds.js';
import { legendOf } from '../diagram/frame.js';
import { memoryFrom, type Memory } from '../diagram/memory.js';
import { mermaidOf } from '../diagram/mermaid.js';
import { outlineOf, type OutlineItem } from '../diagram/outline.js';
import { editorStyle, fileStyle } from '../diagram/palette.js';
import { definitions, drawnParts } from '../diagram/parts.js';
import { pictureOf, type PictureOptions } from '../diagram/picture.js';
import { signOf } from '../diagram/signs.js';
import { svgOf } from '../diagram/svg.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import type { FailureGraph } from '../failure/graph.js';
import type { TsbtopoServices } from '../language/services.js';
import {
    pictureClosed,
    pictureRequests,
    type PictureAnswer,
    lookFrom,
    type PictureArgument,
    type PictureBox,
    type PictureCaption,
    type PictureClosed,
    type PictureLook,
    type PictureElement,
    type PicturePlace,
    type PictureTextArgument,
} from '../protocol/picture.js';
import type { Simulations } from '../simulation/simulations.js';
import type { ElementName } from '../topology/element-name.js';
import type { TsbtopoHoverProvider } from './hover.js';
import { placesOf } from './places.js';
import { answering } from './answers.js';

/** What of a picture the client has, so that it is told only what is different. */
interface Shown {
    readonly estate: string;
    readonly revision: number;
    readonly parts: ReadonlyMap<string, string>;
    readonly boxes: string;
    readonly places: string;
    readonly kept: string;
    readonly scene: Scene;
    readonly memory: Memory;
    /** With what has been opened and closed: other folds are another layout. */
    readonly folds: string;
}

/** A client has few pictures; one that forgets to close them does not fill the memory. */
const mostPictures = 16;

const asUsual: PictureLook = { open: [], closed: [] };

/** Draws pictures for a client that shows them. Those that it does not show cost nothing. */
export class Pictures {
    /** By the names that the client gives them, the one that was asked for last at the end. */
    private readonly shown = new Map<string, Shown>();
    private revisions = 0;

    constructor(
        private readonly services: TsbtopoServices,
        private readonly simulations: Simulations,
        private readonly hover: Pick<TsbtopoHoverProvider, 'elementAt'>,
    ) {}

    draw({ uri, picture, look, since, memory, room, tidy = false }: PictureArgument): PictureAnswer | null {
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return null;
        const known = this.shown.get(picture);
        const before = known?.estate === estate.key ? known : undefined;
        const asked = lookFrom(look) ?? asUsual;
        const folds = JSON.stringify([asked.open, asked.closed, asked.detail]);
        const kept = before ? (before.folds === folds ? before.memory : undefined) : memoryFrom(memory);
        const { drawing, graph } = this.drawingOf(estate, asked, tidy ? undefined : kept, room);
        const isKnown = before !== undefined && since === before.revision;
        const parts = drawnParts(drawing);
        const now: Shown = {
            estate: estate.key,
            revision: ++this.revisions,
            parts: new Map(parts.map(({ key, markup }) => [key, markup])),
            ...this.boxesOf(estate, drawing, graph),
            kept: JSON.stringify(drawing.placement.memory),
            scene: drawing.scene,
            memory: drawing.placement.memory,
            folds,
        };
        this.keep(picture, now);
        const was = isKnown ? before : undefined;
        return {
            revision: now.revision,
            ...(was && { since: was.revision }),
            estate: estate.topology.name,
            look: { layers: [...drawing.layers], spares: drawing.spares, detail: drawing.scene.detail },
            width: drawing.placement.width,
            height: drawing.placement.height,
            caption: captionIn(drawing.caption),
            legend: legendOf(drawing).map(({ text, drawn }) => ({ text, drawn: drawn(0, 9) })),
            ...(isSameOrder(was, parts) ? {} : { order: parts.map(({ key }) => key) }),
            parts: parts.flatMap(({ key, markup }) => (was?.parts.get(key) === markup ? [] : [[key, markup] as const])),
            ...(was?.boxes !== now.boxes && { boxes: JSON.parse(now.boxes) as PictureBox[] }),
            ...(was?.places !== now.places && { places: JSON.parse(now.places) as PictureAnswer['places'] }),
            ...(was?.kept !== now.kept && { memory: now.memory }),
            ...(!was && { style: editorStyle(), definitions }),
        };
    }

    /** The box of the element that is named at a place, or else of what declares what stands there. */
    boxAt({ uri, picture, position }: PicturePlace): string | null {
        const scene = this.shown.get(picture)?.scene;
        const document = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
        const estate = snapshotsOf(this.services).of(uri);
        if (!scene || !document || !estate) return null;
        const named = this.hover.elementAt(document, position)?.name ?? this.declaredAround(estate, document, position);
        const host = boxesIn(scene).find(
            ({ kind, at }) => kind === 'host' && at?.uri === uri && at.range.start.line === position.line,
        );
        // a host is exposed within the line of a service
        const isOnHost = host?.at && host.at.range.start.character <= position.character;
        if (host && isOnHost && position.character <= host.at.range.end.character) return host.id;
        return (named !== undefined && scene.boxesOf.get(named as ElementName)?.[0]) || (host?.id ?? null);
    }

    /** The box of an element, or the one in which it is counted. */
    boxOf({ picture, element }: PictureElement): string | null {
        return this.shown.get(picture)?.scene.boxesOf.get(element as ElementName)?.[0] ?? null;
    }

    text({ uri, picture, look, format, theme }: PictureTextArgument): string | null {
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return null;
        const known = this.shown.get(picture);
        const memory = known?.estate === estate.key ? known.memory : undefined;
        const { drawing } = this.drawingOf(estate, lookFrom(look) ?? asUsual, memory);
        if (format === 'svg') return svgOf({ ...drawing, style: fileStyle(theme) });
        return format === 'dot' ? dotOf(drawing) : mermaidOf(drawing);
    }

    close({ picture }: PictureClosed): void {
        this.shown.delete(picture);
    }

    private keep(picture: string, now: Shown): void {
        this.shown.delete(picture);
        this.shown.set(picture, now);
        const [oldest] = this.shown.keys();
        if (this.shown.size > mostPictures) this.shown.delete(oldest!);
    }

    private drawingOf(estate: Snapshot, look: PictureLook, memory: Memory | undefined, room?: PictureArgument['room']) {
        const view = this.simulations.simulationOf(estate.key, estate.topology);
        const { graph } = view?.outcome ?? estate.outcomeOfAll([]);
        const options: PictureOptions = {
            ...(view && { view }),
            ...(look.layers && { layers: look.layers }),
            ...(look.spares !== undefined && { spares: look.spares }),
            ...(look.detail && { detail: look.detail }),
            folds: { open: new Set(look.open), closed: new Set(look.closed) } satisfies Folds,
            ...(memory && { memory }),
            ...(room && isRoom(room) && { room }),
        };
        return { graph, drawing: pictureOf(graph, options) };
    }

    private boxesOf(estate: Snapshot, drawing: Drawing, graph: FailureGraph): Pick<Shown, 'boxes' | 'places'> {
        const { scene, overlay, placement } = drawing;
        const all = new Map(boxesIn(scene).map((box) => [box.id, box]));
        const folds = foldsIn(scene);
        const failed = new Set<string>(this.simulations.failuresOf(estate.key));
        const boxes: PictureBox[] = [];
        const add = ({ id, text, inside }: OutlineItem, level: number) => {
            const { x, y, width, height } = placement.boxes.get(id)!;
            const { name, whole = name } = all.get(id)!;
            const fold = folds.get(id);
            const about = aboutOf(id, graph, failed);
            boxes.push({ id, x, y, width, height, level, text, name: whole, ...about, ...(fold && { fold }) });
            for (const each of inside) add(each, level + 1);
        };
        for (const item of outlineOf(scene, overlay)) add(item, 1);
        const places = [...all.values()].flatMap(({ id, at }: Box) => (at ? [[id, at] as const] : []));
        return { boxes: JSON.stringify(boxes), places: JSON.stringify(places) };
    }

    /** The innermost declaration of an element around a place. */
    private declaredAround(
        estate: Snapshot,
        { parseResult, textDocument }: LangiumDocument,
        position: Position,
    ): string | undefined {
        const root = parseResult.value.$cstNode;
        const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, textDocument.offsetAt(position) + 1);
        const places = placesOf(estate);
        for (let node = leaf?.astNode; node; node = node.$container) {
            const element = places.declaredBy(node);
            if (element) return element.name;
        }
        return undefined;
    }
}

/** A page that is folded away has no size. */
function isRoom({ width, height }: NonNullable<PictureArgument['room']>): boolean {
    return width > 0 && height > 0;
}

function aboutOf(
    id: string,
    { elements }: FailureGraph,
    failed: ReadonlySet<string>,
): Pick<PictureBox, 'kind' | 'element'> {
    const element = elements.byName.get(id as ElementName);
    if (!element) return { kind: 'other' };
    const kind = failed.has(id) ? 'failed' : element.service !== undefined ? 'service' : 'element';
    return { kind, element: element.name };
}

function isSameOrder(was: Shown | undefined, parts: readonly { readonly key: string }[]): boolean {
    if (!was || was.parts.size !== parts.length) return false;
    let index = 0;
    for (const key of was.parts.keys()) if (parts[index++]!.key !== key) return false;
    return true;
}

function captionIn({ counts, failure }: Caption): PictureCaption {
    if (!failure) return { counts };
    const { title, headline, links, operations, times, at } = failure;
    return {
        counts,
        failure: {
            title,
            headline,
            links,
            operations: operations.map(({ state, text }) => ({ text, drawn: signOf(state, 11, 9, 0.85) })),
            sign: signOf('failed', 11, 9, 1.1),
            times,
            at,
        },
    };
}

/** Listens to what pictures ask; the answers are about files that were read and linked. */
export function answerPictures(connection: Connection, services: TsbtopoServices, pictures: Pictures): void {
    const answer = answering(connection, services, DocumentState.IndexedReferences);
    answer(pictureRequests.draw, (argument: PictureArgument) => pictures.draw(argument));
    answer(pictureRequests.boxAt, (argument: PicturePlace) => pictures.boxAt(argument));
    answer(pictureRequests.boxOf, (argument: PictureElement) => pictures.boxOf(argument));
    answer(pictureRequests.text, (argument: PictureTextArgument) => pictures.text(argument));
    connection.onNotification(pictureClosed, (argument: PictureClosed) => pictures.close(argument));
}
