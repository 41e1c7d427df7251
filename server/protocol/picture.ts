import { details, layers, type Detail, type Layer } from '../diagram/box.js';
import type { SourceLocation } from '../topology/topology.js';
import type { ElementArgument, EstateArgument, PlaceArgument } from './arguments.js';

/**
 * The picture of an estate, drawn by the server in pieces of SVG. A client shows the pieces, and asks anew whenever the
 * files or the running scenario have changed: the answer has what is different.
 */
export const pictureRequests = {
    /** Parameters: `PictureArgument`. Result: `PictureAnswer | null`, null for a file of no topology. */
    draw: 'tsbtopo/picture',
    /** The box that shows what stands at a place of a file. Parameters: `PicturePlace`. Result: `string | null`. */
    boxAt: 'tsbtopo/picture/boxAt',
    /** The box that shows an element, or counts it. Parameters: `PictureElement`. Result: `string | null`. */
    boxOf: 'tsbtopo/picture/boxOf',
    /** The whole picture as a text by itself. Parameters: `PictureTextArgument`. Result: `string | null`. */
    text: 'tsbtopo/picture/text',
} as const;

/** Sent by a client that does not show a picture any more. Parameters: `PictureClosed`. */
export const pictureClosed = 'tsbtopo/picture/closed';

export interface PictureClosed {
    readonly picture: string;
}

/** What of the estate is drawn, as far as somebody has chosen it. */
export interface PictureLook {
    readonly layers?: readonly Layer[];
    /** Ways that nothing takes, and that could be taken. */
    readonly spares?: boolean;
    readonly detail?: Detail;
    /** Keys of folds that are open, or closed, by hand. */
    readonly open: readonly string[];
    readonly closed: readonly string[];
}

export interface PictureArgument extends EstateArgument {
    /** A name that the client gives the picture, so that nothing of it jumps from one answer to the next. */
    readonly picture: string;
    readonly look: PictureLook;
    /** The revision that the client shows; without it, or with one that the server does not know, it gets everything. */
    readonly since?: number;
    /** What the client kept of an earlier picture, from `PictureAnswer.memory`; of use where the server knows none. */
    readonly memory?: unknown;
    /** Lay everything out anew. */
    readonly tidy?: boolean;
    /** The page that shows it, in its px: what is laid out anew is arranged so that it can be read there. */
    readonly room?: { readonly width: number; readonly height: number };
}

export interface PictureAnswer {
    readonly revision: number;
    /** The revision to which all this is the difference; absent: it is everything. */
    readonly since?: number;
    readonly estate: string;
    readonly look: {
        readonly layers: readonly Layer[];
        readonly spares: boolean;
        readonly detail: Detail;
    };
    readonly width: number;
    readonly height: number;
    readonly caption: PictureCaption;
    readonly legend: readonly PictureSign[];
    /** The keys of all parts from the ground up; absent where they are the same as before. */
    readonly order?: readonly string[];
    /** The parts that are new or different: elements of SVG. */
    readonly parts: readonly (readonly [key: string, markup: string])[];
    /** All boxes in reading order; absent where they are the same as before. */
    readonly boxes?: readonly PictureBox[];
    /** Where the line of each box stands; absent where it is the same as before. */
    readonly places?: readonly (readonly [box: string, at: SourceLocation])[];
    /** What to keep, so that a picture that is opened again looks the same; absent where it is the same as before. */
    readonly memory?: unknown;
    /** The style sheet, in the colours of the theme, and what parts refer to; only where everything is there. */
    readonly style?: string;
    readonly definitions?: string;
}

export interface PictureBox {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** How deep it stands: 1 for hosts and regions. */
    readonly level: number;
    /** "cluster east: down", for screen readers and lists. */
    readonly text: string;
    /** The name that somebody would look for. */
    readonly name: string;
    /** What can be asked about it. */
    readonly kind: 'element' | 'service' | 'failed' | 'other';
    /** The element that its menu is about; absent for what cannot fail. */
    readonly element?: string;
    readonly fold?: { readonly key: string; readonly isOpen: boolean };
}

/** A sign as SVG, 22 × 18 px, and what it means. */
export interface PictureSign {
    readonly drawn: string;
    readonly text: string;
}

export interface PictureCaption {
    /** "2 regions · 6 clusters". */
    readonly counts: string;
    /** Absent where nothing fails. */
    readonly failure?: {
        readonly title: string;
        readonly headline: string;
        readonly links: string;
        readonly operations: readonly PictureSign[];
        readonly sign: string;
        /** When something changes: seconds, "4 h 48 min", and what. */
        readonly times: readonly { readonly at: number; readonly label: string; readonly says: string }[];
        /** The time that is looked at, seconds. */
        readonly at: number;
    };
}

export interface PicturePlace extends PlaceArgument {
    readonly picture: string;
}

export interface PictureElement extends ElementArgument {
    readonly picture: string;
}

export interface PictureTextArgument extends EstateArgument {
    readonly picture: string;
    readonly look: PictureLook;
    readonly format: 'svg' | 'mermaid' | 'dot';
    readonly theme: 'auto' | 'light' | 'dark';
}

/** A look, as a page or a kept state gives it; undefined for what is none. */
export function lookFrom(value: unknown): PictureLook | undefined {
    const {
        layers: shown,
        spares,
        detail,
        open,
        closed,
    } = (value ?? {}) as Partial<Record<keyof PictureLook, unknown>>;
    if (!areTexts(open) || !areTexts(closed)) return undefined;
    if (shown !== undefined && !(Array.isArray(shown) && shown.every((layer) => layers.some((each) => each === layer))))
        return undefined;
    if (spares !== undefined && typeof spares !== 'boolean') return undefined;
    if (detail !== undefined && !details.some((each) => each === detail)) return undefined;
    return {
        open,
        closed,
        ...(shown !== undefined && { layers: shown as PictureLook['layers'] }),
        ...(spares !== undefined && { spares }),
        ...(detail !== undefined && { detail: detail as PictureLook['detail'] }),
    };
}

function areTexts(value: unknown): value is string[] {
    return Array.isArray(value) && value.length <= 100_000 && value.every((each) => typeof each === 'string');
}
