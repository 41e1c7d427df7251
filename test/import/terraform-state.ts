import { parse } from 'yaml';

/** Resources of Terraform that hold objects. */
export type HeldBy = 'kubectl_manifest' | 'helm_release' | 'local_file' | 'kubernetes_manifest';

export interface StateOptions {
    /** Whether Terraform marks what they hold as sensitive. */
    readonly isMarked?: boolean;
}

/** What `terraform show -json` prints of a state whose resources hold some documents of YAML. */
export function stateOf(
    documents: readonly string[],
    type: HeldBy = 'kubectl_manifest',
    options: StateOptions = {},
): string {
    const resources = documents.map((document, number) => resource(document, `${type}.r${number}`, type, options));
    return JSON.stringify({
        format_version: '1.0',
        terraform_version: '1.9.8',
        values: { root_module: { resources, child_modules: [] } },
    });
}

function resource(document: string, address: string, type: HeldBy, { isMarked = false }: StateOptions): object {
    const marks = (names: readonly string[]) =>
        Object.fromEntries(isMarked ? names.map((name) => [name, name === 'values' ? [true] : true]) : []);
    const values = valuesOf(document, type);
    return { address, mode: 'managed', type, values, sensitive_values: marks(Object.keys(values)) };
}

function valuesOf(document: string, type: HeldBy): object {
    switch (type) {
        case 'kubectl_manifest':
            return { yaml_body: document };
        case 'helm_release':
            return { values: [document] };
        case 'local_file':
            return { filename: 'a.yaml', content: document };
        case 'kubernetes_manifest':
            return { manifest: parse(document) as unknown };
    }
}

/** Files, and states of Terraform that hold what is in some of them. */
export function withTerraform(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const ending = (end: string) => Object.entries(files).flatMap(([name, text]) => (name.endsWith(end) ? text : []));
    const documents = ending('.yaml').flatMap((text) => text.split(/^---$/m));
    const items = ending('.json').flatMap((text) => (JSON.parse(text) as { readonly items?: object[] }).items ?? []);
    const objects = items.map((item) => JSON.stringify(item));
    return {
        ...files,
        'terraform/texts.json': stateOf(documents),
        'terraform/files.json': stateOf(documents, 'local_file'),
        'terraform/objects.json': stateOf(objects, 'kubernetes_manifest'),
    };
}
