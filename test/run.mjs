// npm test: everything. Ends with one line, "N passed, N failed", over all unit and editor tests. With TSBTOPO_PROOF=whole, as in
// continuous integration, proofs try all that they can, and the editor runs its tests from the sources, too.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const REPORTS = 'out/reports';
const VSIX = 'dist/tsbtopo.vsix';
const isWhole = process.env.TSBTOPO_PROOF === 'whole';

const report = (name) => `${REPORTS}/${name}.json`;
const failedSteps = [];
const totals = { passed: 0, failed: 0 };
const failures = [];
const retried = [];

process.chdir(ROOT);
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

if (step('build', 'npm', ['run', 'build'])) {
    step('check', 'npm', ['run', 'check']);
    step('unit tests', 'npx', [
        'vitest',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile=${report('unit')}`,
    ]);
    if (isWhole) step('editor tests', 'node', ['test/editor/run.mjs', '--report', report('editor')]);
    step('npm start', 'node', ['test/vscode-host/start.mjs', '--smoke']);
    if (step('package', 'npm', ['run', 'package'])) {
        step('editor tests, installed', 'node', [
            'test/editor/run.mjs',
            '--vsix',
            VSIX,
            '--report',
            report('installed'),
        ]);
    }
}
count('unit', readVitest);
count('editor');
count('installed');

tell('Failed', failures);
tell(
    'Passed at the second try',
    retried.filter(({ test }) => !failures.some((failure) => failure.test === test)),
);
if (failedSteps.length > 0) console.log(`\nNot successful: ${failedSteps.join(' · ')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = failedSteps.length > 0 || totals.failed > 0 || totals.passed === 0 ? 1 : 0;

function step(name, command, args) {
    console.log(`\n── ${name} ──`);
    const start = Date.now();
    const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    console.log(`── ${name}: ${status === 0 ? 'done' : 'FAILED'} after ${((Date.now() - start) / 1000).toFixed(1)} s`);
    if (status !== 0) failedSteps.push(name);
    return status === 0;
}

/** Adds what a test run left in its report; a run that ended before its report is in failedSteps. */
function count(name, read = (report) => report) {
    if (!existsSync(report(name))) return;
    const run = read(JSON.parse(readFileSync(report(name), 'utf8')));
    totals.passed += run.passed;
    totals.failed += run.failed;
    failures.push(...run.failures);
    retried.push(...(run.retried ?? []));
}

function readVitest({ numPassedTests, numFailedTests, testResults }) {
    const failures = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({ test: fullName, message: failureMessages.join('\n') }));
    return { passed: numPassedTests, failed: numFailedTests, failures };
}

/** Names tests near the last line, where a reader of a log of 15 minutes looks. */
function tell(heading, tries) {
    if (tries.length === 0) return;
    console.log(`\n${heading}:`);
    for (const { test, message } of tries) console.log(`  ${test}: ${message.split('\n')[0]}`);
}
