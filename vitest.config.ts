import { configDefaults, defineConfig } from 'vitest/config';

/** What starts programs, or puts modules in the place of others, which those of one worker would share. */
const processes = 'test/**/*.process.test.ts';
/** What looks at thousands of random estates. */
const proofs = 'test/**/*.proof.test.ts';

// those run inside VS Code, with mocha: see test/editor/run.mjs
const exclude = [...configDefaults.exclude, 'test/editor/**', 'test/vscode-host/**'];

/** Pages of the documentation are texts, as in the bundles. */
const pages = {
    name: 'pages',
    enforce: 'pre' as const,
    transform: (source: string, id: string) =>
        id.endsWith('.md') ? { code: `export default ${JSON.stringify(source)};`, map: null } : undefined,
};

export default defineConfig({
    plugins: [pages],
    test: {
        setupFiles: ['test/seed.ts'],
        // tests compare texts, which are to be the same whatever variables of the environment say of colours
        env: { NO_COLOR: '1' },
        // against hanging only: no test is about time, and other machines are slower
        testTimeout: 180_000,
        hookTimeout: 180_000,
        // a comparison with the brute-force evaluator keeps one processor busy for minutes
        maxWorkers: '100%',
        projects: [
            {
                extends: true,
                test: {
                    name: 'fast',
                    include: ['test/**/*.test.ts'],
                    exclude: [...exclude, processes, proofs],
                    // the files of one worker share what they import: most of the time went there
                    isolate: false,
                },
            },
            { extends: true, test: { name: 'process', include: [processes], exclude } },
            { extends: true, test: { name: 'proof', include: [proofs], exclude } },
        ],
    },
});
