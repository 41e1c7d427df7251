import { EmptyFileSystem } from 'langium';
import { importEstate, type Imported, type ImportOptions } from '../../server/import/import.js';
import { reportOf, type ImportReport } from '../../server/import/report.js';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { nameWriter } from '../../server/language/naming/written-names.js';
import { estate, type Fixture } from '../fixture.js';

export interface TestOptions {
    readonly name?: string;
    readonly withSources?: boolean;
    readonly variables?: Readonly<Record<string, string>>;
    readonly values?: Readonly<Record<string, string>>;
    /** Which cluster a file is a dump of. */
    readonly clusters?: Readonly<Record<string, string>>;
    readonly onSource?: ImportOptions['onSource'];
}

export interface ImportedFiles extends Imported {
    readonly report: ImportReport;
}

const writeName = nameWriter(createTsbtopoServices(EmptyFileSystem).tsbtopo.Grammar);

/** Imports files by their names; without where lines come from, unless a test is about that. */
export function importFiles(files: Readonly<Record<string, string>>, options: TestOptions = {}): ImportedFiles {
    const { name = 'acme', withSources = false, variables = {}, values = {}, clusters = {}, onSource } = options;
    const sources = Object.entries(files).map(([file, text]) => ({
        name: file,
        text,
        ...(clusters[file] !== undefined && { cluster: clusters[file] }),
    }));
    const imported = importEstate(sources, {
        ...{ name, withSources, writeName, ...(onSource && { onSource }) },
        known: { variables: new Map(Object.entries(variables)), values: new Map(Object.entries(values)) },
    });
    return { ...imported, report: reportOf(imported, []) };
}

/** What `check` calls an error in a text that import has written. */
export async function errorsIn(text: string): Promise<string[]> {
    const { diagnostics }: Fixture = await estate(text);
    return diagnostics
        .filter(({ severity }) => severity === 1)
        .map(
            ({ message, range }) => `${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
        );
}

/** `kubectl get … -o json` of some objects. */
export function dump(...objects: readonly object[]): string {
    return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
}

/** A Service with a Deployment behind it. */
export function running(
    namespace: string,
    name: string,
    replicas = 2,
    more: { readonly account?: string } = {},
): object[] {
    const labels = { app: name };
    return [
        { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels }, spec: { selector: labels } },
        {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name, namespace },
            spec: {
                replicas,
                template: { metadata: { labels }, spec: { serviceAccountName: more.account ?? name } },
            },
        },
    ];
}

export function install(kind: string, namespace: string, name: string, spec: object = {}): object {
    return { apiVersion: 'install.tetrate.io/v1alpha1', kind, metadata: { name, namespace }, spec };
}

export function controlPlane(clusterName: string, spec: object = {}): object {
    return install('ControlPlane', 'istio-system', 'controlplane', { managementPlane: { clusterName }, ...spec });
}
