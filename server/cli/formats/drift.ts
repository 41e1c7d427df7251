import { json } from '../../encoding/json.js';
import { visible, visiblePath } from '../../encoding/visible.js';
import { driftLine, driftName } from '../../drift/drift.js';
import { asProblem, type PlacedDrift } from '../../estate/imported.js';
import { count } from '../../words/english.js';
import { colours } from '../colours.js';
import type { DriftFormat } from './choices.js';
import { asGithub } from './github.js';
import { asSarif } from './sarif.js';
import type { Checked } from './found.js';

/** What `import --check` has found. */
export interface CheckedDrift {
    readonly topology: string;
    readonly drift: readonly { readonly file: string; readonly drift: PlacedDrift }[];
    /** How many objects were compared with how many files. */
    readonly objects: number;
    readonly files: readonly string[];
    /** Of this program. */
    readonly version: string;
}

/** Changes with any change of the shape of `import --check --format json`; see docs/json.md. */
export const driftSchemaVersion = 1;

/** Differences as each format prints them. */
export const printedDrift = {
    text: asText,
    json: asJson,
    github: (checked: CheckedDrift) => asGithub(asChecked(checked)),
    sarif: (checked: CheckedDrift) => asSarif(asChecked(checked)),
} satisfies Record<DriftFormat, (checked: CheckedDrift) => string>;

function asText({ drift, objects, files }: CheckedDrift): string {
    const signs = { '+': colours.green, '-': colours.red, '~': colours.yellow };
    const lines = drift.map(({ file, drift: each }) => {
        const { line, character } = each.at.range.start;
        const place = colours.bold(`${visiblePath(file)}:${line + 1}:${character + 1}`);
        return `${place} ${signs[each.sign](visible(driftLine(each)))}`;
    });
    const sum = `${drift.length === 0 ? 'No differences' : count(drift.length, 'difference')} between ${count(objects, 'object')} and ${count(files.length, 'file')}`;
    return `${[...lines, sum].join('\n')}\n`;
}

function asJson({ topology, drift, objects, files }: CheckedDrift): string {
    return json({
        schemaVersion: driftSchemaVersion,
        topology,
        objects,
        files: files.length,
        differences: drift.map(({ file, drift: each }) => ({
            sign: each.sign,
            name: driftName(each),
            subject: each.subject,
            item: each.item,
            here: each.here ?? null,
            there: each.there ?? null,
            file,
            line: each.at.range.start.line + 1,
            column: each.at.range.start.character + 1,
        })),
    });
}

function asChecked({ drift, files, version }: CheckedDrift): Checked {
    return {
        found: drift.map(({ file, drift: each }) => ({ file, problem: asProblem(each) })),
        read: { files, unreadable: [], isDeclared: true },
        ...{ failOn: 'info', hints: true, version },
    };
}
