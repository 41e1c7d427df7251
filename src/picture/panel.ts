import * as vscode from 'vscode';
import { lookFrom, type PictureAnswer, type PictureArgument, type PictureLook } from '../../server/protocol/picture.js';
import type { SourceLocation } from '../../server/topology/topology.js';
import { goTo } from '../webview/go-to.js';
import { cameraFrom, messageFromPage, type Camera, type FromPage, type ToPage } from './messages.js';
import { pictureIn } from './page.js';
import type { PictureServer } from './server.js';

export const viewType = 'tsbtopo.picture';

/** What panels work with. */
export interface PictureContext {
    readonly server: PictureServer;
    /** Looks at another time of the scenario. */
    lookAt(uri: string, at: number): Promise<void>;
    /** The folder of the built page. */
    readonly dist: vscode.Uri;
    /** Where pictures are kept, so that one that is opened again looks the same. */
    readonly memento: vscode.Memento;
}

/** What is kept of the picture of an estate, by the address of its file. */
interface Kept {
    readonly look: PictureLook;
    readonly memory?: unknown;
    readonly camera?: Camera;
}

/** What the page told that it shows. */
export type PageShown = Extract<FromPage, { kind: 'shown' }>;

/** So long after the last change its places are kept, milliseconds. */
const keepingPause = 1_000;
/** A picture that would take more room than so many characters is laid out anew the next time. */
const longestMemory = 1_000_000;

let count = 0;

/** A picture in its panel. While the panel is hidden there is no page, and nothing is asked of the server. */
export class PicturePanel implements vscode.Disposable {
    readonly name = `${process.pid}.${++count}`;
    private look: PictureLook;
    private memory: unknown;
    private revision: number | undefined;
    private camera: Camera | undefined;
    private places: ReadonlyMap<string, SourceLocation> = new Map();
    private isReady = false;
    private drawing = false;
    /** Something has changed while it was drawn, or while it was hidden. */
    private again = false;
    private tidy = false;
    /** How much room the page has, px. */
    private room: PictureArgument['room'];
    /** What is to be seen as soon as the page shows it. */
    private wanted: string | undefined;
    private keeping: ReturnType<typeof setTimeout> | undefined;
    private readonly gone = new vscode.EventEmitter<void>();
    private readonly pageTold = new vscode.EventEmitter<PageShown>();
    private readonly disposables: vscode.Disposable[];
    private png: ((data: string) => void) | undefined;
    private shown: PageShown | undefined;

    readonly onDidDispose = this.gone.event;
    /** Fires when the page has drawn an answer. */
    readonly onDidShow = this.pageTold.event;

    constructor(
        readonly uri: vscode.Uri,
        readonly panel: vscode.WebviewPanel,
        private readonly context: PictureContext,
        /** It was there before the window was loaded anew, and is looked at as it was then. */
        isRestored = false,
    ) {
        const kept = context.memento.get<Partial<Kept>>(this.key);
        this.look = lookFrom(kept?.look) ?? { open: [], closed: [] };
        this.memory = kept?.memory;
        if (isRestored) this.camera = cameraFrom(kept?.camera);
        panel.webview.options = { enableScripts: true, localResourceRoots: [context.dist] };
        this.disposables = [
            this.gone,
            this.pageTold,
            panel.onDidDispose(() => this.dispose()),
            panel.onDidChangeViewState(() => {
                // a hidden page is gone, and tells when it is there again
                if (!panel.visible) this.isReady = false;
            }),
            panel.webview.onDidReceiveMessage((message: unknown) => this.take(messageFromPage(message))),
        ];
        panel.webview.html = pictureIn(panel.webview, context.dist, uri.toString());
    }

    /** What the page shows; undefined until it shows something. */
    get lastShown(): PageShown | undefined {
        return this.isReady ? this.shown : undefined;
    }

    /** The files, or the scenario, may have changed. */
    async update(): Promise<void> {
        this.again = true;
        if (!this.isReady || this.drawing) return;
        this.drawing = true;
        try {
            while (this.again && this.isReady) {
                this.again = false;
                await this.draw();
            }
        } finally {
            this.drawing = false;
        }
    }

    /** The cursor has moved to a place of a file of the estate. */
    async mark({ document, selection }: vscode.TextEditor): Promise<void> {
        if (!this.isReady) return;
        const { line, character } = selection.active;
        const uri = document.uri.toString();
        const box = await this.context.server.boxAt({ uri, picture: this.name, position: { line, character } });
        this.tell({ kind: 'mark', box });
    }

    /** Brings an element into sight, and marks it, as soon as the page shows something. */
    async reveal(element: string): Promise<void> {
        this.wanted = element;
        if (!this.lastShown) return;
        this.wanted = undefined;
        const box = await this.context.server.boxOf({ uri: this.uri.toString(), picture: this.name, element });
        this.tell({ kind: 'mark', box });
    }

    async tidyUp(): Promise<void> {
        this.tidy = true;
        await this.update();
    }

    /** The whole picture as a text; undefined where there is none. */
    async text(format: 'svg' | 'mermaid', theme: 'auto' | 'light' | 'dark'): Promise<string | undefined> {
        const uri = this.uri.toString();
        return (
            (await this.context.server.text({ uri, picture: this.name, look: this.look, format, theme })) ?? undefined
        );
    }

    /** A picture of points, painted by the page; undefined where it could not. */
    async paint(svg: string): Promise<Uint8Array | undefined> {
        const painted = new Promise<string>((done) => (this.png = done));
        this.tell({ kind: 'paint', svg, scale: 2 });
        const data = await painted;
        return data === '' ? undefined : Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    }

    tell(message: ToPage): void {
        if (this.isReady) void this.panel.webview.postMessage(message);
    }

    /** As the page does it. */
    async take(message: FromPage | undefined): Promise<void> {
        switch (message?.kind) {
            case 'ready':
                this.isReady = true;
                this.revision = undefined;
                return this.update();
            case 'room':
                this.room = { width: message.width, height: message.height };
                return;
            case 'goTo': {
                const at = this.places.get(message.box);
                return at && goTo(at, this.panel, message.focus);
            }
            case 'look':
                this.look = message.look;
                this.keepSoon();
                return this.update();
            case 'camera':
                this.camera = message.camera;
                return this.keepSoon();
            case 'lookAt':
                return this.context.lookAt(this.uri.toString(), message.at);
            case 'tidy':
                return this.tidyUp();
            case 'png':
                return this.png?.(message.data);
            case 'shown':
                this.shown = message;
                this.pageTold.fire(message);
                return this.wanted === undefined ? undefined : this.reveal(this.wanted);
            case undefined:
                return;
        }
    }

    dispose(): void {
        if (this.keeping !== undefined) this.keep();
        this.isReady = false;
        this.context.server.closed(this.name);
        this.gone.fire();
        for (const disposable of this.disposables) disposable.dispose();
    }

    private get key(): string {
        return `${viewType}:${this.uri.toString()}`;
    }

    private async draw(): Promise<void> {
        const { server } = this.context;
        const tidy = this.tidy;
        this.tidy = false;
        const answer = await server.draw({
            uri: this.uri.toString(),
            picture: this.name,
            look: this.look,
            ...(this.revision !== undefined && { since: this.revision }),
            ...(this.revision === undefined && this.memory !== undefined && { memory: this.memory }),
            ...(tidy && { tidy }),
            ...(this.room && { room: this.room }),
        });
        if (!answer) {
            this.revision = undefined;
            return this.tell({ kind: 'nothing' });
        }
        this.show(answer);
    }

    private show({ places, memory, ...answer }: PictureAnswer): void {
        this.revision = answer.revision;
        this.panel.title = vscode.l10n.t('Picture of {0}', answer.estate);
        if (places) this.places = new Map(places);
        if (memory !== undefined) {
            this.memory = memory;
            this.keepSoon();
        }
        const camera = answer.since === undefined && this.camera;
        this.tell({ kind: 'draw', look: this.look, ...(camera && { camera }), answer });
    }

    private keepSoon(): void {
        clearTimeout(this.keeping);
        this.keeping = setTimeout(() => this.keep(), keepingPause);
    }

    private keep(): void {
        clearTimeout(this.keeping);
        this.keeping = undefined;
        const isShort = JSON.stringify(this.memory ?? null).length <= longestMemory;
        const { look, memory, camera } = this;
        const kept: Kept = { look, ...(isShort && { memory }), ...(camera && { camera }) };
        void this.context.memento.update(this.key, kept);
    }
}
