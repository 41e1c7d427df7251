// VS Code calls run() in its extension host; this file and each suite are bundled into out/editor/ (esbuild.mjs).
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { hasPage, screenshot } from './page.js';

/** A try of a test that failed. */
interface FailedTry {
    /** Its whole title. */
    test: string;
    message: string;
}

/** What one run leaves in the file named by TSBTOPO_TEST_REPORT. */
interface Report {
    passed: number;
    failed: number;
    failures: FailedTry[];
    /** First tries that failed; what of them is not among the failures passed at the second. */
    retried: FailedTry[];
}

/** What a failed test looked at says more than its message: it lies in out/reports. */
async function photographFailure(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state !== 'failed' || !hasPage()) return;
    const name = test.fullTitle().replace(/\W+/g, '-');
    await screenshot(join(process.env.TSBTOPO_ROOT ?? '.', 'out/reports', `${name}.png`));
}

function failedTry(test: Mocha.Runnable, error: Error): FailedTry {
    return { test: test.fullTitle(), message: error.message };
}

export async function run(): Promise<void> {
    const mocha = new Mocha({
        ui: 'bdd',
        timeout: 60_000, // a first code lens can take seconds on a busy machine with two cores
        slow: 2_000,
        retries: 1, // a key pressed while VS Code draws its row anew is lost, to a person too; the report names each retry
        grep: process.env.TSBTOPO_TEST_GREP,
        rootHooks: { afterEach: photographFailure },
    });
    const suites = join(__dirname, 'suites');
    for (const file of readdirSync(suites).sort()) {
        if (file.endsWith('.test.cjs')) mocha.addFile(join(suites, file));
    }

    const report: Report = { passed: 0, failed: 0, failures: [], retried: [] };
    await new Promise<void>((done) => {
        const runner = mocha.run(() => done());
        runner.on('pass', () => report.passed++);
        runner.on('fail', (test, error: Error) => {
            report.failed++;
            report.failures.push(failedTry(test, error));
        });
        runner.on('retry', (test: Mocha.Test, error: Error) => report.retried.push(failedTry(test, error)));
    });
    const reportFile = process.env.TSBTOPO_TEST_REPORT;
    if (reportFile) writeFileSync(reportFile, JSON.stringify(report));
    if (report.failed > 0) throw new Error(`${report.failed} editor tests failed`);
}
