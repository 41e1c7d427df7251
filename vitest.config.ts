import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        include: ['test/**/*.test.ts'],
        // those run inside VS Code, with mocha: see test/editor/run.mjs
        exclude: [...configDefaults.exclude, 'test/editor/**', 'test/vscode-host/**'],
        // against hanging only: no test is about time, and other machines are slower
        testTimeout: 180_000,
        hookTimeout: 180_000,
        // the comparison with the brute-force evaluator keeps one processor busy for minutes
        maxWorkers: '100%',
    },
});
