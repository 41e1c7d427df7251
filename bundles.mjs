// How the programs are bundled, in the build and in tests: the same code in both.
import { join } from 'node:path';

const ROOT = import.meta.dirname;

/**
 * For whatever runs in Node.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const forNode = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    // ES modules can be tree-shaken; the UMD twins of the language server packages cannot even be bundled
    mainFields: ['module', 'main'],
    // pages of the documentation that the command line prints, and those of webviews
    loader: { '.md': 'text', '.html': 'text' },
    logLevel: 'warning',
};

/**
 * For the pages that VS Code shows in webviews: the picture, and the matrix.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const forPages = {
    bundle: true,
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
    entryPoints: {
        picture: 'src/picture/webview/main.ts',
        'picture-style': 'src/picture/webview/page.css',
        matrix: 'src/matrix/webview/main.ts',
        'matrix-style': 'src/matrix/webview/page.css',
    },
    logLevel: 'warning',
};

/**
 * For the command line, which knows its version: `cli.cjs`, which people call, and beside it in `cli/` the program, in pieces.
 * Node reads a piece when a command wants it: what is one file has to be read as a whole, whatever is asked.
 *
 * @param {string} version
 * @returns {import('esbuild').BuildOptions[]} both into one folder, which is for the caller to name
 */
export function forCommandLine(version) {
    return [
        {
            ...forNode,
            entryPoints: { 'cli/main': join(ROOT, 'server/cli.ts') },
            // only what stays ES modules can be in pieces
            format: 'esm',
            splitting: true,
            chunkNames: 'cli/[name]-[hash]',
            outExtension: { '.js': '.mjs' },
            // for packages that are no ES modules, and require those of Node
            banner: {
                js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
            },
            define: { TSBTOPO_VERSION: JSON.stringify(version) },
        },
        {
            ...forNode,
            stdin: { contents: "import('./cli/main.mjs');" },
            entryNames: 'cli',
            external: ['./cli/main.mjs'],
            banner: { js: '#!/usr/bin/env node' },
        },
    ];
}

/**
 * All that is in `dist/`.
 *
 * @param {{ production: boolean, version: string }} how what ships is minified, and has no source maps
 * @returns {import('esbuild').BuildOptions[]}
 */
export function shippedBundles({ production, version }) {
    // names stay as they are: they show in stack traces, and in Langium's messages; keeping them by `keepNames` would cost a
    // call for each function that is made
    const node = { ...forNode, minifyWhitespace: production, minifySyntax: production, sourcemap: !production };
    return [
        { ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
        { ...node, entryPoints: { server: 'server/main.ts' } },
        { ...forPages, minify: production, sourcemap: production ? false : 'inline' },
        ...forCommandLine(version).map((bundle) => ({ ...node, ...bundle })),
    ].map((bundle) => ({ ...bundle, outdir: 'dist' }));
}
