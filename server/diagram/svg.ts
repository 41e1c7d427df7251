import { xml } from '../encoding/xml.js';
import type { Drawing } from './drawing.js';
import { drawnCaption, drawnFoot } from './frame.js';
import { definitions, drawnParts } from './parts.js';
import { round } from './shapes.js';

/** The picture as SVG: text that stands for itself, with all colours as classes. The same input gives the same text. */
export function svgOf(drawing: Drawing): string {
    const { placement, caption, style, description } = drawing;
    const width = Math.max(placement.width, 560);
    const head = drawnCaption(caption, width);
    const foot = drawnFoot(caption, drawing, width);
    const height = head.height + placement.height + foot.height;
    const left = Math.round((width - placement.width) / 2);
    const title = caption.failure ? `${caption.estate}: ${caption.failure.title}` : caption.estate;
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" class="tsbtopo-picture" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="tsbtopo-title tsbtopo-description">`,
        `<title id="tsbtopo-title">${xml(title)}</title>`,
        `<desc id="tsbtopo-description">${description.split('\n').map(xml).join('\n')}</desc>`,
        ...(style === '' ? [] : [`<style>${style}</style>`]),
        definitions,
        `<rect class="ground" width="${round(width)}" height="${round(height)}"/>`,
        head.drawn,
        `<g class="estate-body" transform="translate(${left} ${round(head.height)})">`,
        ...drawnParts(drawing).map(({ markup }) => markup),
        '</g>',
        `<g transform="translate(0 ${round(head.height + placement.height)})">${foot.drawn}</g>`,
        '</svg>',
        '',
    ].join('\n');
}
