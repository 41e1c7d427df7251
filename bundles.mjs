// How the programs are bundled, in the build and in tests: the same code in both.

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
 * For the command line, which knows its version.
 *
 * @param {string} version
 * @returns {import('esbuild').BuildOptions}
 */
export function forCommandLine(version) {
    return {
        ...forNode,
        banner: { js: '#!/usr/bin/env node' },
        define: { TSBTOPO_VERSION: JSON.stringify(version) },
    };
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
        { ...node, ...forCommandLine(version), entryPoints: { cli: 'server/cli.ts' } },
    ].map((bundle) => ({ ...bundle, outdir: 'dist' }));
}
