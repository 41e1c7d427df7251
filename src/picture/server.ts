import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
    pictureClosed,
    pictureRequests,
    type PictureAnswer,
    type PictureArgument,
    type PictureElement,
    type PicturePlace,
    type PictureTextArgument,
} from '../../server/protocol/picture.js';

/** What pictures ask of the server. While none runs, there is nothing to be had. */
export interface PictureServer {
    draw(argument: PictureArgument): Promise<PictureAnswer | null>;
    boxAt(argument: PicturePlace): Promise<string | null>;
    boxOf(argument: PictureElement): Promise<string | null>;
    text(argument: PictureTextArgument): Promise<string | null>;
    closed(picture: string): void;
}

export function pictureServer(client: BaseLanguageClient): PictureServer {
    const isRunning = () => client.state === State.Running;
    async function ask<T>(request: string, argument: unknown): Promise<T | null> {
        return isRunning() ? client.sendRequest<T>(request, argument) : null;
    }
    return {
        draw: (argument) => ask<PictureAnswer>(pictureRequests.draw, argument),
        boxAt: (argument) => ask<string>(pictureRequests.boxAt, argument),
        boxOf: (argument) => ask<string>(pictureRequests.boxOf, argument),
        text: (argument) => ask<string>(pictureRequests.text, argument),
        closed: (picture) => void (isRunning() && client.sendNotification(pictureClosed, { picture })),
    };
}
