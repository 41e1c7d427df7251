// Bundles the extension, the language server and the command line into dist/, and the editor tests into out/.
//
//   node esbuild.mjs                for development: source maps, readable code
//   node esbuild.mjs --production   what ships: minified, no source maps, no tests
//   node esbuild.mjs --watch        rebuilds at each change
import { chmodSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as esbuild from 'esbuild';
import { forNode, shippedBundles } from './bundles.mjs';
import { noticesOf, packagesIn } from './notices.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const bundles = shippedBundles({ production, version }).map((bundle) =>
    bundle.entryNames === 'cli' ? { ...bundle, plugins: [executable('dist/cli.cjs')] } : bundle,
);

if (!production && existsSync('test/editor/mocha.ts')) {
    const suites = globSync('test/editor/suites/*.test.ts').map((file) => [`suites/${basename(file, '.ts')}`, file]);
    bundles.push({
        ...forNode,
        sourcemap: true,
        entryPoints: { mocha: 'test/editor/mocha.ts', ...Object.fromEntries(suites) },
        outdir: 'out/editor',
        external: ['vscode', 'mocha'],
    });
}

// a bundle of an earlier build must not look like one of this build
for (const folder of new Set(bundles.map((bundle) => bundle.outdir))) {
    rmSync(folder, { recursive: true, force: true });
}

if (watch) {
    const contexts = await Promise.all(
        bundles.map((bundle) => esbuild.context({ ...bundle, plugins: [...(bundle.plugins ?? []), announced()] })),
    );
    await Promise.all(contexts.map((context) => context.watch()));
} else {
    const built = await Promise.all(bundles.map((bundle) => esbuild.build({ ...bundle, metafile: true })));
    const shipped = built.filter((_, index) => bundles[index].outdir === 'dist');
    const packages = shipped.flatMap(({ metafile }) => packagesIn(metafile));
    writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(packages));
}

/** @returns {esbuild.Plugin} makes the built `file` executable */
function executable(file) {
    return {
        name: 'executable',
        setup: (build) => build.onEnd(({ errors }) => errors.length === 0 && chmodSync(file, 0o755)),
    };
}

/** @returns {esbuild.Plugin} tells VS Code's task runner (.vscode/tasks.json) when a rebuild starts and ends */
function announced() {
    return {
        name: 'announced',
        setup(build) {
            build.onStart(() => console.log('[watch] build started'));
            build.onEnd(() => console.log('[watch] build finished'));
        },
    };
}
