import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const asMap = 'A text of a user can be `constructor` or `__proto__`: look it up in a Map (knowledge/table.ts).';

/** Objects that are looked up by any text: what every object inherits would be found in them. */
const lookUps = [
    {
        // `satisfies` says nothing about who may look things up
        selector:
            ":not(TSSatisfiesExpression) > TSTypeReference[typeName.name='Record'] > " +
            'TSTypeParameterInstantiation > TSStringKeyword:first-child',
        message: asMap,
    },
    { selector: 'TSIndexSignature', message: asMap },
    { selector: "BinaryExpression[operator='in'][left.type!='Literal']", message: asMap },
];

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
    {
        files: ['server/**/*.ts', 'src/**/*.ts'],
        rules: { 'no-restricted-syntax': ['error', ...lookUps] },
    },
);
