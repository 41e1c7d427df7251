import { json } from '../encoding/json.js';
import { visible } from '../encoding/visible.js';
import type { Snapshot } from '../estate/snapshot.js';
import type { Blasts } from '../failure/blast-radius.js';
import { compareWeights, type Gravity, type Weight } from '../failure/gravity.js';
import { isListed } from '../impact/ranking.js';
import { gravitySigns } from '../impact/gravity-words.js';
import { headline } from '../impact/summary.js';
import { count } from '../words/english.js';
import { duration } from '../words/times.js';
import type { Element } from '../topology/element.js';
import { colours, gravityColours } from './colours.js';
import { fileErrorsIn, fileErrorsText } from './file-errors.js';
import { print } from './output.js';
import { chooseEstate, readWorkspace } from './workspace.js';

/** Changes with any change of the shape of `elements --format json`; see docs/json.md. */
export const elementsSchemaVersion = 1;

export interface ElementsOptions {
    /** 0 for all; unless said, {@link mostLines} as text and all as JSON. */
    readonly limit?: number;
    readonly components?: boolean;
    readonly format: 'text' | 'json';
    readonly topology?: string;
}

/** So many lines, unless said otherwise. */
const mostLines = 30;

/** What the failure of one element comes to. Documented field by field in docs/json.md. */
export interface ElementReport {
    readonly element: string;
    readonly kind: string;
    readonly gravity: Gravity;
    readonly sign: string;
    readonly headline: string;
    /** Seconds; null where it gets no worse. */
    readonly worseFrom: number | null;
    readonly operations: Weight['operations'];
}

/**
 * `tsbtopo elements`: what can fail, the gravest first.
 *
 * @returns the exit code: 0, or 2 if the files have errors
 */
export async function elements(paths: readonly string[], options: ElementsOptions): Promise<number> {
    const workspace = await readWorkspace(paths);
    const estate = chooseEstate(workspace, options.topology);
    const errors = fileErrorsIn(workspace, estate);
    const { topology, blasts } = estate;
    const ranked = rankedElements(estate, options.components === true);
    const limit = options.limit ?? (options.format === 'json' ? 0 : mostLines);
    const shown = (limit === 0 ? ranked : ranked.slice(0, limit)).map((element) => reportOf(element, blasts));
    await print(
        options.format === 'json'
            ? json({
                  schemaVersion: elementsSchemaVersion,
                  topology: topology.name,
                  inAll: ranked.length,
                  elements: shown,
                  errors,
              })
            : `${fileErrorsText(errors)}${asText(shown, ranked.length)}`,
    );
    return errors.length > 0 ? 2 : 0;
}

/** The gravest first; those that come to the same in the order of the file. */
function rankedElements({ elements, blasts }: Snapshot, withComponents: boolean): Element[] {
    return elements.all
        .filter((element) => withComponents || isListed(element))
        .map((element) => ({ element, weight: blasts.weightOf(element.name) }))
        .sort((a, b) => compareWeights(a.weight, b.weight))
        .map(({ element }) => element);
}

function reportOf({ name, kind }: Element, blasts: Blasts): ElementReport {
    const radius = blasts.blastRadiusOf(name);
    return {
        element: name,
        kind,
        gravity: radius.gravity,
        sign: gravitySigns[radius.gravity],
        headline: headline(radius),
        worseFrom: blasts.worseFrom(name) ?? null,
        operations: radius.operations,
    };
}

function asText(shown: readonly ElementReport[], inAll: number): string {
    if (inAll === 0) return 'Nothing that can fail is declared yet.\n';
    const width = Math.max(0, ...shown.map(({ element }) => visible(element).length));
    const lines = shown.map(({ element, gravity, sign, headline: words, worseFrom }) => {
        const worse = worseFrom === null ? '' : ` · worse from ${duration(worseFrom)}`;
        return `${gravityColours[gravity](sign)} ${colours.bold(visible(element).padEnd(width))}  ${words}${worse}`;
    });
    const rest = inAll - shown.length;
    const more = rest > 0 ? [colours.dim(`${count(rest, 'more element')} (--limit 0 for all)`)] : [];
    return `${[...lines, ...more].join('\n')}\n`;
}
