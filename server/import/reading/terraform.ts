import type { Cursor } from './shape.js';

export interface TerraformResource {
    /** `module.east.kubernetes_manifest.web`. */
    readonly address: string;
    /** `kubernetes_manifest`. */
    readonly type: string;
}

/** An object, or a text of YAML, that a resource of Terraform holds. */
export interface TerraformPiece extends TerraformResource {
    readonly holds: { readonly tree: Cursor } | { readonly text: string };
}

export interface TerraformAnswer {
    readonly pieces: readonly TerraformPiece[];
    /** Resources that hold nothing import knows. */
    readonly past: readonly TerraformResource[];
    /** Why it is not read, or not wholly. */
    readonly notUnderstood: readonly string[];
}

/**
 * What `terraform show -json` prints of a state (`values`) or of a plan (`planned_values`). Of a resource only the
 * fields are looked at in which objects stand, and nothing that Terraform marks as sensitive. What a plan has beside
 * (variables, configuration, the state before) is never looked at.
 *
 * @returns undefined if it is something else
 */
export function terraformAnswer(cursor: Cursor): TerraformAnswer | undefined {
    if (cursor.field('terraform_version')?.scalar() === undefined) return undefined;
    if (cursor.field('lineage') && cursor.field('resources'))
        return nothing('it is a state as Terraform stores it; import what `terraform show -json` prints of it');
    const format = cursor.field('format_version')?.scalar();
    if (format === undefined) return undefined;
    if (!/^[01]\./.test(String(format))) return nothing('it has a format of `terraform show -json` that is not known');
    const root = (cursor.field('planned_values') ?? cursor.field('values'))?.field('root_module');
    if (!root) return { pieces: [], past: [], notUnderstood: [] };
    const pieces: TerraformPiece[] = [];
    const past: TerraformResource[] = [];
    const notUnderstood: string[] = [];
    const look = (module: Cursor, depth: number): void => {
        for (const resource of module.field('resources')?.items() ?? []) {
            const [type, address] = [text(resource, 'type') ?? '', text(resource, 'address') ?? ''];
            const found = heldBy(type, resource);
            if (found.length === 0) past.push({ address, type });
            for (const holds of found) pieces.push({ address, type, holds });
        }
        const inside = module.field('child_modules')?.items() ?? [];
        if (depth < mostModules) for (const child of inside) look(child, depth + 1);
        else if (inside.length > 0) notUnderstood.push(`it has modules nested deeper than ${mostModules} levels`);
    };
    look(root, 0);
    return { pieces, past, notUnderstood };
}

const mostModules = 50;

function nothing(why: string): TerraformAnswer {
    return { pieces: [], past: [], notUnderstood: [why] };
}

function heldBy(type: string, resource: Cursor): readonly TerraformPiece['holds'][] {
    const values = resource.field('values');
    const plain = values && withoutMarked(values, resource.field('sensitive_values'));
    if (!plain) return [];
    const tree = (name: string) => {
        const found = plain.field(name);
        return found?.keys() ? [{ tree: found }] : [];
    };
    const texts = (found: readonly (Cursor | undefined)[]) =>
        found.flatMap((each) => {
            const said = each?.scalar();
            return typeof said === 'string' && said.trim() !== '' ? [{ text: said }] : [];
        });
    const first = <T>(...lists: readonly (readonly T[])[]) => lists.find((list) => list.length > 0) ?? [];
    switch (type) {
        case 'kubernetes_manifest':
            return first(tree('manifest'), tree('object'));
        case 'kubernetes_resource':
            return tree('object');
        case 'kubectl_manifest':
            return first(texts([plain.field('yaml_body_parsed')]), texts([plain.field('yaml_body')]));
        case 'helm_release':
            return texts(plain.field('values')?.items() ?? []);
        case 'local_file':
            return /\.ya?ml$/i.test(text(plain, 'filename') ?? '') ? texts([plain.field('content')]) : [];
        default:
            return [];
    }
}

/** A tree without what Terraform marks: its marks have the same form, with `true` in place of what is sensitive. */
function withoutMarked(cursor: Cursor, marks: Cursor | undefined): Cursor | undefined {
    if (!marks) return cursor;
    if (marks.scalar() !== undefined) return marks.scalar() === false ? cursor : undefined;
    return {
        ...cursor,
        scalar: () => cursor.scalar(),
        field: (name) => {
            const found = cursor.field(name);
            return found && withoutMarked(found, marks.field(name));
        },
        items: () => {
            const items = cursor.items();
            const marked = marks.items();
            if (!items || !marked || marked.length === 0) return items;
            // which mark is of which item is not certain then, so that none of them is looked at
            if (items.length !== marked.length) return [];
            return items.flatMap((item, at) => withoutMarked(item, marked[at]) ?? []);
        },
    };
}

function text(cursor: Cursor, name: string): string | undefined {
    const value = cursor.field(name)?.scalar();
    return typeof value === 'string' ? value : undefined;
}
