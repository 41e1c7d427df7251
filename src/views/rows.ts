import * as vscode from 'vscode';

/** One row of a tree. Rows of the same id are the same to VS Code, so that they stay expanded when all are asked anew. */
export interface Row {
    readonly id: string;
    readonly item: vscode.TreeItem;
    readonly children?: (token: vscode.CancellationToken) => Promise<Row[]> | Row[];
    /** Asked for when the mouse rests on the row. */
    readonly tooltip?: (token: vscode.CancellationToken) => Promise<vscode.MarkdownString | undefined>;
    /** What commands of the row are about. */
    readonly uri?: string;
    readonly element?: string;
}

/** For how long a view waits for further edits before it asks anew, milliseconds. */
const pause = 300;

/** A tree whose rows are asked for when they come in sight. While new ones are on their way, the last ones stay. */
export class Rows implements vscode.TreeDataProvider<Row>, vscode.Disposable {
    readonly view: vscode.TreeView<Row>;
    private readonly changed = new vscode.EventEmitter<void>();
    private readonly last = new Map<string, Row[]>();
    private asking = new vscode.CancellationTokenSource();
    private isStale = false;
    private pending: ReturnType<typeof setTimeout> | undefined;
    private readonly disposable: vscode.Disposable;

    readonly onDidChangeTreeData = this.changed.event;

    constructor(
        id: string,
        private readonly roots: NonNullable<Row['children']>,
    ) {
        this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
        this.disposable = vscode.Disposable.from(
            this.changed,
            this.view,
            this.view.onDidChangeVisibility(({ visible }) => {
                if (visible && this.isStale) this.refresh();
                if (!visible) this.last.clear();
            }),
        );
    }

    /** Asks for all rows anew; those of a view that nobody sees, when somebody does. */
    refresh(): void {
        clearTimeout(this.pending);
        this.isStale = !this.view.visible;
        if (this.isStale) return;
        this.asking.cancel();
        this.asking.dispose();
        this.asking = new vscode.CancellationTokenSource();
        this.changed.fire();
    }

    /** The same, once the typing pauses. */
    refreshSoon(): void {
        clearTimeout(this.pending);
        this.pending = setTimeout(() => this.refresh(), pause);
    }

    getTreeItem({ id, item }: Row): vscode.TreeItem {
        item.id = id;
        return item;
    }

    async getChildren(row?: Row): Promise<Row[]> {
        const key = row?.id ?? '';
        const { token } = this.asking;
        try {
            const rows = (await (row ? row.children?.(token) : this.roots(token))) ?? [];
            this.last.set(key, rows);
            return rows;
        } catch {
            // cancelled, for later ones are on their way; or the server has ended
            return token.isCancellationRequested ? (this.last.get(key) ?? []) : [];
        }
    }

    async resolveTreeItem(
        item: vscode.TreeItem,
        row: Row,
        token: vscode.CancellationToken,
    ): Promise<vscode.TreeItem | undefined> {
        item.tooltip = (await row.tooltip?.(token).catch(() => undefined)) ?? item.tooltip;
        return item;
    }

    dispose(): void {
        clearTimeout(this.pending);
        this.asking.cancel();
        this.asking.dispose();
        this.disposable.dispose();
    }
}
