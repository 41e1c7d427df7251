import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { pathAddress } from '../../encoding/address.js';
import { json } from '../../encoding/json.js';
import { linkless } from '../../encoding/labels.js';
import { visible } from '../../encoding/visible.js';
import type { ProblemSeverity } from '../../knowledge/severities.js';
import type { SourceLocation, SourceRange } from '../../topology/topology.js';
import { explanationOf } from '../explanations.js';
import { fingerprintsOf } from './fingerprints.js';
import { shownTo, type Checked, type Found } from './found.js';

const levels: Readonly<Record<ProblemSeverity, string>> = {
    error: 'error',
    warning: 'warning',
    info: 'note',
    hint: 'note',
};

/**
 * SARIF 2.1.0, as code scanning reads it: each code that was found is a rule, with its section of the documentation; each
 * problem a result, which is recognized in another run wherever its line has moved.
 */
export function asSarif(checked: Checked): string {
    const shown = shownTo(checked);
    const codes = [...new Set(shown.map(({ problem }) => problem.code))].sort();
    const places = new Map(codes.map((code, place) => [code, place]));
    const fingerprints = fingerprintsOf(shown);
    return json({
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: { driver: { name: 'tsbtopo', version: checked.version, rules: codes.map(ruleOf) } },
                columnKind: 'utf16CodeUnits',
                invocations: [
                    {
                        executionSuccessful: checked.read.unreadable.length === 0,
                        toolExecutionNotifications: checked.read.unreadable.map(({ file, reason }) => ({
                            level: 'error',
                            message: messageOf(`The file cannot be read: ${reason}.`),
                            locations: [{ physicalLocation: { artifactLocation: artifactOf(relative(file)) } }],
                        })),
                    },
                ],
                results: shown.map((each, index) =>
                    resultOf(each, places.get(each.problem.code)!, fingerprints[index]!),
                ),
            },
        ],
    });
}

function ruleOf(code: string) {
    const { first, text, markdown } = explanationOf(code);
    return {
        id: code,
        shortDescription: { text: code.replaceAll('-', ' ') },
        fullDescription: { text: first },
        help: { text, markdown },
    };
}

function resultOf({ file, problem }: Found, ruleIndex: number, fingerprint: string) {
    const { code, severity, message, at, related } = problem;
    return {
        ruleId: code,
        ruleIndex,
        level: levels[severity],
        message: messageOf(message),
        locations: [{ physicalLocation: physical(file, at.range) }],
        relatedLocations: related.map((other, index) => ({
            id: index + 1,
            message: messageOf(other.message),
            physicalLocation: physical(fileOf(other.at), other.at.range),
        })),
        // the first is the name by which code scanning of GitHub looks
        partialFingerprints: { primaryLocationLineHash: fingerprint, 'problemIdentity/v1': fingerprint },
    };
}

/** In a message of SARIF, too, `[text](address)` would be a link. */
function messageOf(text: string) {
    return { text: linkless(visible(text)) };
}

function physical(file: string, { start, end }: SourceRange) {
    return {
        artifactLocation: artifactOf(file),
        region: {
            startLine: start.line + 1,
            startColumn: start.character + 1,
            endLine: end.line + 1,
            endColumn: end.character + 1,
        },
    };
}

/** Inside of the current folder by the way from there; elsewhere by the whole address. */
function artifactOf(file: string) {
    const isInside = !path.isAbsolute(file) && !file.startsWith('..');
    if (!isInside) return { uri: pathToFileURL(path.resolve(file)).toString() };
    return { uri: pathAddress(file), uriBaseId: '%SRCROOT%' };
}

function fileOf({ uri }: SourceLocation): string {
    return relative(fileURLToPath(uri));
}

function relative(file: string): string {
    return path.relative(process.cwd(), file);
}
