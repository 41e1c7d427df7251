import { knownVersions } from '../../knowledge/versions.js';
import * as ast from '../../language/generated/ast.js';
import { headerOf } from '../../language/naming/estates.js';
import type { Change } from '../../estate/change.js';
import type { Fixer } from '../fix.js';
import { fileOf, fileTextOf } from '../../estate/file-text.js';
import { insertion } from '../text.js';
import { fix } from '../words.js';
import { nodeAt, textOf, withoutItem } from '../write.js';
import { changedTo } from './suggestions.js';

/** A file of which nobody knows to which topology it belongs. */
export const whichTopology: Fixer = function* ({ suggestions }, { document, write }) {
    const file = fileTextOf(document);
    for (const name of suggestions) {
        const header = `topology ${write(name, 'TopologyName')}`;
        yield fix(`Begin the file with \`${header}\``, [insertion(file, 0, header + file.eol + file.eol)]);
    }
};

/** A header behind other declarations. */
export const lateHeader: Fixer = function* ({ at }, { document }) {
    const header = nodeAt(document, at.range.start);
    const file = fileTextOf(document);
    if (!ast.isHeader(header)) return;
    yield fix(
        'Move it to the beginning of the file',
        [insertion(file, 0, textOf(header) + file.eol + file.eol)],
        withoutItem(header),
    );
};

/** Files of one topology that name different versions. */
export const twoVersions: Fixer = function* (problem, around) {
    const header = nodeAt(around.document, problem.at.range.start);
    const versions = around.estate.documents.map(({ parseResult }) => headerOf(parseResult.value)?.version);
    const other = versions.find((version) => version !== undefined);
    if (!ast.isHeader(header)) return;
    yield fix('Leave the version to the other file', withoutVersion(header));
    if (other) yield changedTo(problem, around, other, `Say \`${other}\` here, too`);
};

/** A version of which no documentation was read. */
export const unknownVersion: Fixer = function* (problem, around) {
    const header = nodeAt(around.document, problem.at.range.start);
    const newest = knownVersions.at(-1)!;
    yield changedTo(problem, around, newest, `Say \`${newest}\`, the newest version that is known`);
    if (ast.isHeader(header)) yield fix('Take the version out', withoutVersion(header));
};

function withoutVersion(header: ast.Header): Change[] {
    const name = header.$cstNode && /^topology\s+("(\\.|[^"])*"|\S+)/.exec(textOf(header));
    if (!name || !header.$cstNode) return [];
    const { offset, end } = header.$cstNode;
    return [{ uri: fileOf(header).uri, start: offset + name[0].length, end, text: '' }];
}
