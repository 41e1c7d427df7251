import type { Position } from 'vscode-languageserver-types';
import type { Fixture } from '../fixture.js';

/** The places of messages, and of what they refer to, that no text of the file has. */
export function placesOutside({ diagnostics, document: { textDocument } }: Fixture): Position[] {
    const places = diagnostics.flatMap(({ range, relatedInformation = [] }) => [
        ...[range, ...relatedInformation.map(({ location }) => location.range)].flatMap(({ start, end }) => [
            start,
            end,
        ]),
    ]);
    const isInside = (place: Position) => {
        const { line, character } = textDocument.positionAt(textDocument.offsetAt(place));
        return line === place.line && character === place.character;
    };
    return places.filter((place) => !isInside(place));
}
