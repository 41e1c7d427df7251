import { AstUtils, type AstNode, type LangiumDocument } from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';
import * as ast from '../../server/language/generated/ast.js';
import type { Fixture } from '../fixture.js';

/** One thing of an estate with another name, without it, or with it elsewhere. */
export interface TextEdit {
    readonly what: 'renamed' | 'removed' | 'moved';
    /** How it is declared. */
    readonly of: string;
    /** The files that are different then; undefined where that cannot be. */
    readonly texts: () => Promise<Texts | undefined>;
}

type Texts = Readonly<Record<string, string>>;

const declarations: readonly string[] = [
    ast.Service.$type,
    ast.ExternalService.$type,
    ast.WorkloadCluster.$type,
    ast.ManagementCluster.$type,
    ast.Gateway.$type,
    ast.Region.$type,
];

/** Longer than what it is instead of, and in no need of quotes. */
const longName = 'with-a-name-that-is-much-longer-than-the-one-before';

/**
 * Every service, gateway, cluster, region and host of an estate, renamed and (but for regions) removed as in an editor;
 * every service in another cluster, every cluster in another region, and every gateway in the other wall.
 */
export function textEditsOf(fixture: Fixture): TextEdit[] {
    const all = [...fixture.documents].flatMap(([file, document]) =>
        AstUtils.streamAllContents(document.parseResult.value)
            .map((node) => ({ file, document, node }))
            .toArray(),
    );
    const named = (type: string) => all.filter(({ node }) => node.$type === type).map(({ node }) => nameOf(node));
    const clusters = named(ast.WorkloadCluster.$type);
    const regions = named(ast.Region.$type);
    return all.flatMap(({ file, document, node }): TextEdit[] => {
        const of = `${node.$type} ${node.$cstNode?.text.split('\n')[0] ?? ''}`;
        const edit = (what: TextEdit['what'], texts: () => Texts | undefined | Promise<Texts | undefined>) => ({
            what,
            of,
            texts: async () => texts(),
        });
        if (ast.isHome(node)) return [edit('moved', () => instead(file, document, node, nextOf(clusters, node)))];
        if (ast.isPlace(node)) return [edit('moved', () => instead(file, document, node, nextOf(regions, node)))];
        if (ast.isExposure(node)) {
            return [
                edit('removed', () => removed(file, document, node)),
                edit('renamed', () => withOtherHost(fixture, node.host)),
            ];
        }
        if (!declarations.includes(node.$type)) return [];
        const { text } = node.$cstNode!;
        const outwards = text.replace(/^gateway\s+[\w-]+(\s*,\s*[\w-]+)*/u, 'gateway egress');
        const toFloor = ast.isGateway(node) ? [edit('moved', () => instead(file, document, node, outwards))] : [];
        const rename = edit('renamed', () => renamed(fixture, document, node));
        // without its region all that stands in it stands elsewhere
        return ast.isRegion(node)
            ? [rename]
            : [rename, edit('removed', () => removed(file, document, node)), ...toFloor];
    });
}

function nameOf(node: AstNode): string {
    return (node as AstNode & { name: string }).name;
}

/** The name behind that of a node, and behind the last one the first. */
function nextOf(names: readonly string[], node: AstNode): string | undefined {
    const index = names.findIndex((name) => node.$cstNode!.text.startsWith(name));
    return names[(index + 1) % names.length];
}

/** Another text in place of a node. */
function instead(
    file: string,
    { textDocument }: LangiumDocument,
    { $cstNode: cst }: AstNode,
    text: string | undefined,
): Texts | undefined {
    if (!cst || text === undefined || cst.text === text) return undefined;
    const all = textDocument.getText();
    return { [file]: all.slice(0, cst.offset) + text + all.slice(cst.end) };
}

/** With the rest of its line, if that is empty then. */
function removed(file: string, { textDocument }: LangiumDocument, { $cstNode: cst }: AstNode): Texts | undefined {
    if (!cst) return undefined;
    const text = textDocument.getText();
    const rest = /^[ \t]*\r?\n?/u.exec(text.slice(cst.end))![0].length;
    return { [file]: text.slice(0, cst.offset) + text.slice(cst.end + rest) };
}

/** A host has its name wherever it is exposed. */
function withOtherHost({ documents }: Fixture, host: string): Texts | undefined {
    if (!host) return undefined;
    return changedOf(documents, (text) => text.replaceAll(`"${host}"`, `"${longName}.${host}"`));
}

/** Undefined where it has no name of its own, or where the name cannot be another one. */
async function renamed(
    { services, documents }: Fixture,
    document: LangiumDocument,
    node: AstNode,
): Promise<Texts | undefined> {
    const position = services.references.NameProvider.getNameNode(node)?.range.start;
    if (!position) return undefined;
    const params = { textDocument: { uri: document.uri.toString() }, position, newName: longName };
    const edit = await Promise.resolve(services.lsp.RenameProvider!.rename(document, params)).catch(() => undefined);
    if (!edit) return undefined;
    return changedOf(documents, (_, { textDocument, uri }) =>
        TextDocument.applyEdits(textDocument, edit.changes?.[uri.toString()] ?? []),
    );
}

function changedOf(
    documents: Fixture['documents'],
    change: (text: string, document: LangiumDocument) => string,
): Texts | undefined {
    const changed = [...documents].flatMap(([file, document]) => {
        const text = document.textDocument.getText();
        const other = change(text, document);
        return other === text ? [] : [[file, other] as const];
    });
    return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}
