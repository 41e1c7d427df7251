import { dotOf } from '../diagram/dot.js';
import type { Detail, Layer } from '../diagram/box.js';
import { mermaidOf } from '../diagram/mermaid.js';
import { fileStyle, type Theme } from '../diagram/palette.js';
import { pictureOf } from '../diagram/picture.js';
import type { Drawing } from '../diagram/drawing.js';
import { svgOf } from '../diagram/svg.js';
import type { Step } from '../failure/run.js';
import { failing, withSteps } from '../failure/scenario.js';
import { promotionReports } from '../impact/promotion.js';
import { count } from '../words/english.js';
import { elementNamed } from './element-named.js';
import { fileErrorsIn } from './file-errors.js';
import type { PictureFormat } from './formats/choices.js';
import { complain } from './output.js';
import { UsageError } from './usage-error.js';
import { chooseEstate, readWorkspace } from './workspace.js';
import { writeOutput } from './write-file.js';

export interface PictureOptions {
    readonly fail?: readonly string[];
    readonly given?: readonly string[];
    /** At the time of `at`. */
    readonly promote?: readonly string[];
    /** Seconds. */
    readonly for?: number;
    readonly at?: number;
    readonly layer?: readonly Layer[];
    readonly detail?: Detail;
    readonly theme: Theme;
    readonly format: PictureFormat;
    readonly output?: string;
    readonly topology?: string;
}

/**
 * `tsbtopo picture`: the estate as a picture, with what a failure does drawn into it; in a file or on standard output.
 *
 * @returns the exit code: 0, or 2 if the files have errors
 * @throws UsageError for an element that the topology does not have, for a time without a failure, or where the file
 * cannot be written
 */
export async function picture(paths: readonly string[], options: PictureOptions): Promise<number> {
    const { fail = [], given = [], promote = [], layer, detail, theme, format, output, at, for: duration } = options;
    const isHappening = fail.length + given.length + promote.length > 0;
    if (!isHappening && (at !== undefined || duration !== undefined))
        throw new UsageError('--at and --for are about a failure: say what fails (--fail ELEMENT).');
    const workspace = await readWorkspace(paths);
    const estate = chooseEstate(workspace, options.topology);
    const errors = fileErrorsIn(workspace, estate);
    const named = (texts: readonly string[]) => [...new Set(texts.map((text) => elementNamed(estate, text)))];
    const promotions = named(promote).map((element): Step => ({ at: at ?? 0, action: 'promote', element }));
    const scenario = withSteps(failing(named(fail), duration), promotions);
    const view = estate.view(scenario, { given: named(given), ...(at !== undefined && { at }) });
    const drawing = pictureOf(view.outcome.graph, {
        ...(isHappening && { view }),
        ...(layer && { layers: layer }),
        ...(detail && { detail }),
        style: fileStyle(theme),
    });
    await writeOutput(drawn[format](drawing), output);
    for (const { element, refused } of promotionReports(view))
        if (refused !== null) complain(`${element} is not promoted: ${refused}.`);
    if (errors.length === 0) return 0;
    complain(`the files have ${count(errors.length, 'error')}: the picture shows what can be read. See tsbtopo check.`);
    return 2;
}

/** A picture in each format. */
export const drawn: Readonly<Record<PictureOptions['format'], (drawing: Drawing) => string>> = {
    svg: svgOf,
    mermaid: mermaidOf,
    dot: dotOf,
};
