import { URI, UriUtils, type LangiumDocument } from 'langium';
import type { DocumentLink } from 'vscode-languageserver';
import { lineCommentsIn } from '../estate/line-comments.js';
import { firstWords } from '../import/writing/text.js';
import { isGenerated } from '../language/lower/joined.js';
import type { TsbtopoServices } from '../language/services.js';

/**
 * From lines of an imported file to the YAML behind them: `// tsb/gateways.yaml:14, 61`. Files are looked for in the folder
 * of the imported one and those around it, up to that of the workspace; what is not there is no link.
 */
export async function sourceLinks(document: LangiumDocument, services: TsbtopoServices): Promise<DocumentLink[]> {
    const { textDocument, uri } = document;
    const text = textDocument.getText();
    const folder = services.shared.workspace.WorkspaceManager.workspaceFolders
        ?.map((each) => URI.parse(each.uri))
        .find((each) => UriUtils.contains(each, uri));
    if (!folder || !(isGenerated(uri.path) || text.startsWith(firstWords))) return [];
    const known = new Map<string, Promise<URI | undefined>>();
    const find = (path: string) => {
        const found = known.get(path) ?? fileAt(path, document, folder, services);
        known.set(path, found);
        return found;
    };
    const places = lineCommentsIn(text).flatMap(({ comment, offset }) => placesIn(comment, offset));
    const links = places.map(async ({ path, line, start, end }): Promise<DocumentLink[]> => {
        const file = await find(path);
        if (!file) return [];
        const range = { start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
        const target = (line === undefined ? file : file.with({ fragment: `L${line}` })).toString();
        return [{ range, target, tooltip: line === undefined ? 'Open the source' : `Open the source at line ${line}` }];
    });
    return (await Promise.all(links)).flat();
}

async function fileAt(
    path: string,
    { uri }: LangiumDocument,
    folder: URI,
    { shared }: TsbtopoServices,
): Promise<URI | undefined> {
    let from = UriUtils.dirname(uri);
    while (UriUtils.contains(folder, from)) {
        const file = UriUtils.joinPath(from, path);
        if (UriUtils.contains(folder, file) && (await shared.workspace.FileSystemProvider.exists(file))) return file;
        const around = UriUtils.dirname(from);
        if (UriUtils.equals(around, from)) break;
        from = around;
    }
    return undefined;
}

interface FoundPlace {
    readonly path: string;
    readonly line: string | undefined;
    readonly start: number;
    readonly end: number;
}

/** A file stands at the beginning of a comment or behind a comma: with a line, with an object in it, or alone. */
const place = /(?<=^\/\/ |, )([^,:]+?\.(?:ya?ml|json|tmpl|tpl))(?::(\d+))?(?=[ ,]|$)|(?<=, )\d+(?=,|$)/g;

function placesIn(comment: string, offset: number): FoundPlace[] {
    let last: string | undefined;
    return [...comment.matchAll(place)].flatMap(({ 0: found, 1: named, 2: line, index }): FoundPlace[] => {
        last = named ?? last;
        const [start, end] = [offset + index, offset + index + found.length];
        // a further line of the same file stands alone
        return last === undefined ? [] : [{ path: last, line: named === undefined ? found : line, start, end }];
    });
}
