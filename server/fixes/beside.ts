import { type URI, UriUtils } from 'langium';
import type { Change } from '../estate/change.js';
import { fileTextOf } from '../estate/file-text.js';
import * as ast from '../language/generated/ast.js';
import { isGenerated } from '../language/lower/joined.js';
import type { Surroundings } from './fix.js';
import { withItem } from './write.js';

/**
 * Says something in a file that is written by hand, beside a file that import writes anew each time: in the block of an
 * `about` that is there already, or in a new one; in a new file where there is none by hand.
 *
 * @param thing what it is about, as it is called behind `about`; undefined for a declaration of its own
 */
export function saidBeside(around: Surroundings, thing: string | undefined, text: string): Change[] {
    const byHand = around.estate.documents.filter(({ uri }) => !isGenerated(uri.path));
    const abouts = byHand.flatMap(({ parseResult }) => parseResult.value.declarations).filter(ast.isAbout);
    const known = abouts.find(
        ({ things }) => thing !== undefined && things.length === 1 && isCalled(things[0]!, thing),
    );
    if (known) return withItem(known, text);
    const said = thing === undefined ? `${text}\n` : `about ${thing} {\n    ${text}\n}\n`;
    const folder = UriUtils.dirname(around.document.uri).toString();
    const file = byHand.find(({ uri }) => UriUtils.dirname(uri).toString() === folder) ?? byHand[0];
    if (file) {
        const { uri, text: before, eol } = fileTextOf(file);
        const gap = before === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n';
        return [{ uri, start: before.length, end: before.length, text: (gap + said).replaceAll('\n', eol) }];
    }
    const header = `topology ${around.write(around.topology.name, 'TopologyName')}\n\n`;
    return [{ uri: newFile(around.document.uri), start: 0, end: 0, text: header + said }];
}

/** The kind before a name may be left out. */
function isCalled({ $cstNode }: ast.Thing, thing: string): boolean {
    const text = $cstNode?.text ?? '';
    return text === thing || `service ${text}` === thing;
}

/** `acme.tsbtopo` beside `acme.import.tsbtopo` */
function newFile(imported: URI): string {
    return imported.toString().replace(/\.import\.tsbtopo$/, '.tsbtopo');
}
