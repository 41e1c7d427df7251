import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default defineConfig(
    globalIgnores(['dist/', 'out/', 'server/language/generated/', '.vscode-test/', '**/node_modules/']),
    js.configs.recommended,
    {
        files: ['**/*.mjs'],
        languageOptions: { globals: globals.nodeBuiltin },
    },
    {
        // small stand-ins for native modules; VS Code loads them as CommonJS
        files: ['test/vscode-host/stubs/**/*.js'],
        languageOptions: { sourceType: 'commonjs', globals: globals.node },
    },
    {
        files: ['**/*.ts'],
        extends: [tseslint.configs.recommendedTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
            // VS Code's API returns Thenables, not Promises: those must not float either
            '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
            '@typescript-eslint/no-misused-promises': 'error',
            '@typescript-eslint/no-explicit-any': 'error',
            '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
            '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
            '@typescript-eslint/require-await': 'off', // an async method may satisfy an interface without awaiting
            eqeqeq: 'error',
        },
    },
);
