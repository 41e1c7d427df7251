// VS Code calls run() in its extension host; this file and each suite are bundled into out/editor/ (esbuild.mjs).
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { hasPage, screenshot } from './page.js';

/** What one run leaves in the file named by TSBTOPO_TEST_REPORT. */
interface Report {
    passed: number;
    failed: number;
}

/** What a failed test looked at says more than its message: it lies in out/reports. */
async function photographFailure(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state !== 'failed' || !hasPage()) return;
    const name = test.fullTitle().replace(/\W+/g, '-');
    await screenshot(join(process.env.TSBTOPO_ROOT ?? '.', 'out/reports', `${name}.png`));
}

export async function run(): Promise<void> {
    const mocha = new Mocha({
        ui: 'bdd',
        timeout: 60_000, // a first code lens can take seconds on a busy machine with two cores
        slow: 2_000,
        grep: process.env.TSBTOPO_TEST_GREP,
        rootHooks: { afterEach: photographFailure },
    });
    const suites = join(__dirname, 'suites');
    for (const file of readdirSync(suites).sort()) {
        if (file.endsWith('.test.cjs')) mocha.addFile(join(suites, file));
    }

    const report = await new Promise<Report>((done) => {
        const runner = mocha.run(() =>
            done({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 }),
        );
    });
    const reportFile = process.env.TSBTOPO_TEST_REPORT;
    if (reportFile) writeFileSync(reportFile, JSON.stringify(report));
    if (report.failed > 0) throw new Error(`${report.failed} editor tests failed`);
}
