import path from 'node:path';
import { xml } from '../../encoding/xml.js';
import { failsFor, shownTo, summaryOf, type Checked, type Found } from './found.js';

/**
 * XML as JUnit writes it: a suite for each file. Each problem for which `check` fails is a test that failed, all others stand
 * in the output of the suite; a file without a failure is one test that passed, and one that cannot be read an error.
 */
export function asJunit(checked: Checked): string {
    const { read, failOn } = checked;
    const shown = new Map<string, Found[]>(read.files.map((file) => [file, []]));
    for (const each of shownTo(checked)) {
        const known = shown.get(each.file);
        if (known) known.push(each);
        else shown.set(each.file, [each]);
    }
    const suites = [
        ...read.unreadable.map(({ file, reason }) => unreadable(path.relative(process.cwd(), file), reason)),
        ...[...shown].map(([file, found]) => suite(file, found, ({ problem }) => failsFor(problem.severity, failOn))),
    ];
    const sum = (number: (suite: Suite) => number) => suites.reduce((total, each) => total + number(each), 0);
    return `${[
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<!-- ${summaryOf(checked)} -->`,
        `<testsuites name="tsbtopo check"${numbers({
            tests: sum(({ tests }) => tests),
            failures: sum(({ failures }) => failures),
            errors: sum(({ errors }) => errors),
        })}>`,
        ...suites.flatMap(({ lines }) => lines),
        '</testsuites>',
    ].join('\n')}\n`;
}

interface Suite {
    readonly tests: number;
    readonly failures: number;
    readonly errors: number;
    readonly lines: readonly string[];
}

function suite(file: string, found: readonly Found[], isFailure: (found: Found) => boolean): Suite {
    const failures = found.filter(isFailure);
    const others = found.filter((each) => !isFailure(each));
    const tests = Math.max(1, failures.length);
    const cases = failures.map(({ problem: { code, severity, message, at } }) => [
        `        <testcase classname="${xml(file)}" name="${xml(`${code}, line ${at.range.start.line + 1}`)}">`,
        `            <failure type="${xml(code)}" message="${xml(message)}">${xml(`${severity} ${placeOf(file, at.range)} ${message}`)}</failure>`,
        '        </testcase>',
    ]);
    const passed = [`        <testcase classname="${xml(file)}" name="tsbtopo check"/>`];
    const output = others.map(({ problem: { code, severity, message, at } }) =>
        xml(`${severity} ${placeOf(file, at.range)} ${message} [${code}]`),
    );
    return inSuite(file, { tests, failures: failures.length, errors: 0 }, [
        ...(failures.length === 0 ? passed : cases.flat()),
        ...(output.length > 0 ? [`        <system-out>${output.join('\n')}</system-out>`] : []),
    ]);
}

function unreadable(file: string, reason: string): Suite {
    return inSuite(file, { tests: 1, failures: 0, errors: 1 }, [
        `        <testcase classname="${xml(file)}" name="tsbtopo check">`,
        `            <error type="unreadable" message="${xml(`The file cannot be read: ${reason}.`)}"/>`,
        '        </testcase>',
    ]);
}

function inSuite(file: string, counts: Omit<Suite, 'lines'>, lines: readonly string[]): Suite {
    return {
        ...counts,
        lines: [`    <testsuite name="${xml(file)}"${numbers(counts)}>`, ...lines, '    </testsuite>'],
    };
}

function numbers({ tests, failures, errors }: Omit<Suite, 'lines'>): string {
    return ` tests="${tests}" failures="${failures}" errors="${errors}"`;
}

function placeOf(file: string, { start }: Found['problem']['at']['range']): string {
    return `${file}:${start.line + 1}:${start.character + 1}`;
}
