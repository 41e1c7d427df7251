import { isReference, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { SemanticTokenProvider } from 'langium/lsp';
import {
    SemanticTokensBuilder,
    type Range,
    type SemanticTokens,
    type SemanticTokensDelta,
    type SemanticTokensDeltaParams,
    type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import type * as ast from '../language/generated/ast.js';
import { nodeOfProperty } from '../language/naming/names.js';
import { forEachNode, forEachReference } from '../language/syntax/tree.js';

const types = ['namespace', 'class', 'enum', 'enumMember', 'interface', 'function', 'property', 'string'] as const;
const modifiers = ['declaration', 'external'] as const;

interface Look {
    readonly type: (typeof types)[number];
    /** Something outside the mesh. */
    readonly external?: boolean;
}

/** How the name of each kind of thing looks, where it is declared and where it is used; the same kinds as in the outline. */
const looks: Partial<Record<keyof ast.TsbtopoAstType, Look>> = {
    Header: { type: 'namespace' },
    Namespace: { type: 'namespace' },
    Region: { type: 'enum' },
    Zone: { type: 'enumMember' },
    ManagementCluster: { type: 'class' },
    WorkloadCluster: { type: 'class' },
    Gateway: { type: 'interface' },
    Service: { type: 'function' },
    ExternalService: { type: 'function', external: true },
    Exposure: { type: 'string' },
    Alias: { type: 'string' },
    Label: { type: 'property' },
};

/**
 * Colours names by what they are. Words of the language are left to the TextMate grammar, and so are names that mean
 * nothing, which stand out by it.
 */
export class TsbtopoSemanticTokens implements SemanticTokenProvider {
    static readonly legend = { tokenTypes: [...types] as string[], tokenModifiers: [...modifiers] as string[] };

    readonly tokenTypes = indexOf(types, (index) => index);
    readonly tokenModifiers = indexOf(modifiers, (index) => 1 << index);
    readonly semanticTokensOptions = {
        legend: TsbtopoSemanticTokens.legend,
        full: { delta: true },
        range: true,
    };

    /** What was last sent of each file, against which changes are told. */
    private readonly sent = new WeakMap<LangiumDocument, SemanticTokensBuilder>();

    semanticHighlight(document: LangiumDocument): SemanticTokens {
        const builder = new SemanticTokensBuilder();
        this.sent.set(document, builder);
        this.colour(document, builder);
        return builder.build();
    }

    semanticHighlightDelta(
        document: LangiumDocument,
        { previousResultId }: SemanticTokensDeltaParams,
    ): SemanticTokens | SemanticTokensDelta {
        const builder = this.sent.get(document) ?? new SemanticTokensBuilder();
        this.sent.set(document, builder);
        builder.previousResult(previousResultId);
        this.colour(document, builder);
        return builder.buildEdits();
    }

    semanticHighlightRange(document: LangiumDocument, { range }: SemanticTokensRangeParams): SemanticTokens {
        const builder = new SemanticTokensBuilder();
        this.colour(document, builder, range);
        return builder.build();
    }

    private colour(document: LangiumDocument, builder: SemanticTokensBuilder, range?: Range): void {
        for (const { text, look, declares } of namesIn(document.parseResult.value, range)) {
            const { start, end } = text.range;
            // a host that is written without quotes may be spread over lines, which no token can be
            if (start.line !== end.line) continue;
            const flags =
                (declares ? this.tokenModifiers.declaration : 0) | (look.external ? this.tokenModifiers.external : 0);
            builder.push(
                start.line,
                start.character,
                end.character - start.character,
                this.tokenTypes[look.type],
                flags,
            );
        }
    }
}

interface NameInFile {
    readonly text: CstNode;
    readonly look: Look;
    readonly declares: boolean;
}

/** All names of a file that mean something, in reading order. */
function namesIn(file: AstNode, range: Range | undefined): NameInFile[] {
    const names: NameInFile[] = [];
    const add = (text: CstNode | undefined, look: Look | undefined, declares: boolean) => {
        if (text && look) names.push({ text, look, declares });
    };
    forEachNode(file, (node) => {
        const type = node.$type as keyof ast.TsbtopoAstType;
        for (const property of ownNames[type] ?? []) {
            const look = property === 'namespace' ? looks.Namespace : looks[type];
            add(nodeOfProperty(node, property), look, property !== 'namespace' && type !== 'Namespace');
        }
        forEachReference(node, ({ reference }) => {
            if (!isReference(reference)) return;
            add(reference.$refNode, looks[reference.ref?.$type as keyof ast.TsbtopoAstType], false);
        });
    });
    const shown = range ? names.filter(({ text }) => touches(text.range, range)) : names;
    return shown.sort((a, b) => a.text.offset - b.text.offset);
}

/** The properties of a node that are names, other than references. */
const ownNames: Partial<Record<keyof ast.TsbtopoAstType, readonly string[]>> = {
    Header: ['name'],
    Region: ['name'],
    Zone: ['name'],
    ManagementCluster: ['name'],
    WorkloadCluster: ['name'],
    Gateway: ['name'],
    Service: ['namespace', 'name'],
    ExternalService: ['name'],
    SharedFate: ['name'],
    Namespace: ['name'],
    ServiceReference: ['namespace'],
    Exposure: ['host'],
    Alias: ['host'],
    Label: ['key'],
};

function touches(a: Range, b: Range): boolean {
    return a.start.line <= b.end.line && b.start.line <= a.end.line;
}

function indexOf<Name extends string>(
    names: readonly Name[],
    valueOf: (index: number) => number,
): Record<Name, number> {
    return Object.fromEntries(names.map((name, index) => [name, valueOf(index)])) as Record<Name, number>;
}
