import * as vscode from 'vscode';
import { iconless } from '../../server/encoding/labels.js';
import type { PromiseItem, PromisingEstate } from '../../server/protocol/promises.js';
import type { SourceLocation } from '../../server/topology/topology.js';

/** A promise that is a test, and the topology that makes it. */
export interface PromiseTest {
    readonly item: vscode.TestItem;
    readonly id: string;
    /** A file of the estate. */
    readonly uri: string;
}

/** The tests that VS Code lists: topologies, and the promises of each. */
export class PromiseTree {
    private updating: Promise<void> | undefined;
    private isOutdated = false;

    constructor(
        private readonly controller: vscode.TestController,
        private readonly list: () => Promise<readonly PromisingEstate[]>,
    ) {}

    /** Lists what the files promise now. Whoever asks while that is found out gets an answer that is as new. */
    async update(): Promise<void> {
        if (this.updating) {
            this.isOutdated = true;
            return this.updating;
        }
        this.updating = this.follow().finally(() => (this.updating = undefined));
        return this.updating;
    }

    /** The promises that are meant by a request, in the order of the list. */
    asked({ include, exclude = [] }: vscode.TestRunRequest): PromiseTest[] {
        const within = (items: readonly vscode.TestItem[], { item }: PromiseTest) =>
            items.some(({ id }) => id === item.id || id === item.parent?.id);
        return this.all().filter((test) => (!include || within(include, test)) && !within(exclude, test));
    }

    private all(): PromiseTest[] {
        const tests: PromiseTest[] = [];
        this.controller.items.forEach((estate) =>
            estate.children.forEach((item) =>
                tests.push({ item, id: item.id.slice(estate.id.length + 1), uri: estate.id }),
            ),
        );
        return tests;
    }

    private async follow(): Promise<void> {
        do {
            this.isOutdated = false;
            this.show(await this.list());
        } while (this.isOutdated);
    }

    private show(estates: readonly PromisingEstate[]): void {
        const { items } = this.controller;
        const gone = new Set<string>();
        items.forEach(({ id }) => gone.add(id));
        for (const estate of estates) {
            gone.delete(estate.uri);
            let shown = items.get(estate.uri);
            if (shown?.label !== iconless(estate.topology)) {
                shown = this.controller.createTestItem(
                    estate.uri,
                    iconless(estate.topology),
                    vscode.Uri.parse(estate.uri),
                );
                items.add(shown);
            }
            this.showPromises(shown, estate.promises);
        }
        for (const id of gone) items.delete(id);
    }

    private showPromises(estate: vscode.TestItem, promises: readonly PromiseItem[]): void {
        const gone = new Set<string>();
        estate.children.forEach(({ id }) => gone.add(id));
        promises.forEach((promise, index) => {
            const id = `${estate.id} ${promise.id}`;
            const uri = vscode.Uri.parse(promise.at.uri);
            let shown = estate.children.get(id);
            if (shown?.uri?.toString() !== uri.toString()) {
                shown = this.controller.createTestItem(id, iconless(promise.label), uri);
                estate.children.add(shown);
            }
            gone.delete(id);
            shown.range = rangeOf(promise.at);
            // as the files have them, scenarios first
            shown.sortText = String(index).padStart(6, '0');
            shown.description = promise.kind === 'scenario' ? vscode.l10n.t('scenario') : vscode.l10n.t('objective');
        });
        for (const id of gone) estate.children.delete(id);
    }
}

export function rangeOf({ range: { start, end } }: SourceLocation): vscode.Range {
    return new vscode.Range(start.line, start.character, end.line, end.character);
}
