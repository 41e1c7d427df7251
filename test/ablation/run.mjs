// npm run ablate: switches off one mechanism of the language after the other, in a copy, and runs the test that has to notice.
//
//   npm run ablate                     all of them, which takes some minutes
//   npm run ablate -- --only places    those whose name has that text
//
// Names each test that stays green, or does not even run, and ends with 1 then. What is switched off stands in mechanisms.ts.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { forNode } from '../../bundles.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const folder = mkdtempSync(resolve(tmpdir(), 'tsbtopo-ablation-'));
try {
    copyTo(folder);
    const { ablations } = await listOf(folder);
    const chosen = ablations.filter(({ mechanism }) => mechanism.includes(values.only));
    const unnoticed = chosen.filter((ablation) => !isNoticed(ablation));
    console.log(`\n${chosen.length} switched off, ${unnoticed.length} unnoticed`);
    process.exitCode = unnoticed.length > 0 || chosen.length === 0 ? 1 : 0;
} finally {
    rmSync(folder, { recursive: true, force: true });
}

/** All that tests read; packages are those of the original. */
function copyTo(to) {
    const left = new Set(['.git', 'node_modules', 'out']);
    cpSync(ROOT, to, { recursive: true, filter: (source) => !left.has(relative(ROOT, source)) });
    symlinkSync(resolve(ROOT, 'node_modules'), resolve(to, 'node_modules'), 'junction');
}

async function listOf(copy) {
    const outfile = resolve(copy, 'out/ablations.cjs');
    await esbuild.build({ ...forNode, entryPoints: [resolve(copy, 'test/ablation/mechanisms.ts')], outfile });
    const list = await import(outfile);
    return list.default;
}

function isNoticed({ mechanism, file, code, instead, test }) {
    const path = resolve(folder, file);
    const sound = readFileSync(path, 'utf8');
    writeFileSync(
        path,
        sound.replace(code, () => instead),
    );
    const { failed, ran } = outcomeOf(test);
    writeFileSync(path, sound);
    const says = failed > 0 ? `red (${failed} of ${ran})` : ran > 0 ? 'STAYS GREEN' : 'DOES NOT RUN';
    console.log(`${says.padEnd(18)} ${mechanism}  ${failed > 0 ? '' : `${test}, without ${file}: ${code}`}`);
    return failed > 0;
}

/** How many tests of a file fail, of how many: none at all where the code makes no sense. */
function outcomeOf(test) {
    const report = resolve(folder, 'out/report.json');
    rmSync(report, { force: true });
    const vitest = resolve(folder, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${report}`, test];
    spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
    try {
        const { numFailedTests: failed, numTotalTests: ran } = JSON.parse(readFileSync(report, 'utf8'));
        return { failed, ran };
    } catch {
        return { failed: 0, ran: 0 };
    }
}
