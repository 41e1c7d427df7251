import { isCount } from '../webview/count.js';
import { lookFrom, type PictureAnswer, type PictureLook } from '../../server/protocol/picture.js';

/** What the client tells its page with the picture. The page is given nothing that it could not show. */
export type ToPage =
    /** Draw it. `uri` is for the menus of its elements, `look` is what was asked for. */
    | {
          readonly kind: 'draw';
          readonly uri: string;
          readonly look: PictureLook;
          readonly answer: Omit<PictureAnswer, 'places' | 'memory'>;
      }
    /** The files are not those of a topology any more. */
    | { readonly kind: 'nothing' }
    /** The cursor stands on what this box shows; null: on nothing that is drawn. */
    | { readonly kind: 'mark'; readonly box: string | null }
    /** What is drawn may be older than the text. */
    | { readonly kind: 'age'; readonly isOlder: boolean }
    /** Make a picture of points from this SVG, and answer with `png`. */
    | { readonly kind: 'paint'; readonly svg: string; readonly scale: number }
    | { readonly kind: 'do'; readonly action: PageAction };

/** What can be done in the page by a key or a command of VS Code. */
export const pageActions = ['fit', 'zoomIn', 'zoomOut', 'search', 'outline'] as const;

export type PageAction = (typeof pageActions)[number];

/** What the page tells the client. */
export type FromPage =
    /** It has been loaded, and shows nothing yet. */
    | { readonly kind: 'ready' }
    /** How much room it has for the picture, in whole px. */
    | { readonly kind: 'room'; readonly width: number; readonly height: number }
    /** To the line of a box; `focus`: and on from there in the file. */
    | { readonly kind: 'goTo'; readonly box: string; readonly focus: boolean }
    | { readonly kind: 'look'; readonly look: PictureLook }
    | { readonly kind: 'lookAt'; readonly at: number }
    | { readonly kind: 'tidy' }
    /** The bytes of a PNG in base64; empty where the page could not make one. */
    | { readonly kind: 'png'; readonly data: string }
    /** What it shows: for tests, which see no page. */
    | { readonly kind: 'shown'; readonly revision: number; readonly boxes: number; readonly parts: number };

/** So many bytes of a picture in base64 are taken. */
const longestImage = 100_000_000;

type Field = FromPage extends infer Message ? (Message extends unknown ? keyof Message : never) : never;

/** A message of the page, which may be anything; undefined for what is none. */
export function messageFromPage(value: unknown): FromPage | undefined {
    const { kind, box, focus, look, at, data, revision, boxes, parts, width, height } = (value ?? {}) as Partial<
        Record<Field, unknown>
    >;
    switch (kind) {
        case 'ready':
        case 'tidy':
            return { kind };
        case 'room':
            return isCount(width) && isCount(height) ? { kind, width, height } : undefined;
        case 'goTo':
            return typeof box === 'string' ? { kind, box, focus: focus === true } : undefined;
        case 'lookAt':
            return isCount(at) ? { kind, at } : undefined;
        case 'look': {
            const asked = lookFrom(look);
            return asked && { kind, look: asked };
        }
        case 'png':
            return typeof data === 'string' && data.length <= longestImage && /^[A-Za-z0-9+/]*={0,2}$/.test(data)
                ? { kind, data }
                : undefined;
        case 'shown':
            return isCount(revision) && isCount(boxes) && isCount(parts) ? { kind, revision, boxes, parts } : undefined;
        default:
            return undefined;
    }
}
