import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { editor, type Editor } from '../features/editor.js';
import { outputsOf, tokenPlaces } from '../outputs.js';
import { excerptOf, mutated } from './mutate.js';
import { randomOf, type Random } from './random.js';

/** An input at which something went wrong, cut down as far as it still does. */
export interface Fault {
    /** What `--seed` makes the same input again. */
    readonly seed: number;
    readonly says: string;
    readonly text: string;
}

/** Is told while a run goes on. */
interface Listener {
    readonly begins?: (seed: number, text: string) => void;
    readonly found?: (fault: Fault) => void;
}

/** The files of an estate, by name; the first one is changed. */
export type Files = Readonly<Record<string, string>>;

/** Of a large file every token would take minutes. */
const mostTokens = 4;
const mostElements = 2;
const mostProposals = 5;
/** In characters. */
const largeEstate = 4_000;

/**
 * Opens changed examples and corpus files, one for each seed and most of them excerpts, and asks every feature and every format of output.
 *
 * @param root of the project
 * @param limit seconds of the processor that one group of questions about an input may take; none in a test, since tests never fail for time
 */
export async function fuzz(
    root: string,
    { runs, seed, limit = Infinity }: { readonly runs: number; readonly seed: number; readonly limit?: number },
    { begins, found }: Listener = {},
): Promise<Fault[]> {
    const estates = estatesIn(root);
    const faults: Fault[] = [];
    for (let run = seed; run < seed + runs; run++) {
        const random = randomOf(run);
        const files = estateFor(random, estates);
        const [name = '', ...beside] = Object.keys(files);
        const isExcerpt = random.below(20) > 0;
        const others = isExcerpt && random.below(2) > 0 ? [] : beside;
        const whole = files[name]!;
        const donor = Object.values(random.pick(estates)).join('\n');
        const of = (text: string): Files => ({
            [name]: text,
            ...Object.fromEntries(others.map((each) => [each, files[each]!])),
        });
        const text = mutated(isExcerpt ? excerptOf(whole, random) : whole, donor, random);
        begins?.(run, text);
        // of what is small there is much, so that each asks a part of the questions
        const group = isExcerpt ? random.below(1_000) : undefined;
        const faultIn = (files: Files) => faultOf(files, limit, group);
        const says = await faultIn(of(text));
        if (says === undefined) continue;
        const fault = { seed: run, ...(await smallest(text, says, (each) => faultIn(of(each)))) };
        faults.push(fault);
        found?.(fault);
    }
    return faults;
}

/** One of ten times it may be a large one: they take most of the time, and have little that small ones have not. */
function estateFor({ pick, below }: Random, estates: readonly Files[]): Files {
    const found = pick(estates);
    const isLarge = Object.values(found).join('').length > largeEstate;
    return isLarge && below(10) > 0
        ? pick(estates.filter((files) => Object.values(files).join('').length <= largeEstate))
        : found;
}

/** Each file of the examples and of the corpus once as the first one, with those of its folder that belong to it. */
export function estatesIn(root: string): Files[] {
    const read = (file: string) => readFileSync(resolve(root, file), 'utf8');
    // beside a file of the corpus lies what is expected of it, under the same name with another word in it
    const files = globSync('{examples,test/corpus}/**/*.tsbtopo', { cwd: root })
        .filter((file) => !/\w\.\w+\.tsbtopo$/.test(file))
        .sort();
    return files.map((file) => {
        const isAlone = dirname(file) === 'examples';
        const others = isAlone ? [] : files.filter((each) => each !== file && dirname(each) === dirname(file));
        return Object.fromEntries([file, ...others].map((each) => [basename(each), read(each)]));
    });
}

/** What goes wrong with some files; undefined where nothing does. What takes long does so twice, or it was the machine. */
async function faultOf(files: Files, limit: number, group: number | undefined): Promise<string | undefined> {
    let slow: string | undefined;
    for (let attempt = 0; attempt === 0 || (attempt < 2 && slow !== undefined); attempt++) {
        const watch = stopwatch(limit);
        try {
            const fault = await faultOfOutputs(files, group, watch.asked);
            if (fault !== undefined) return fault;
        } catch (error) {
            return error instanceof Error ? (error.stack ?? error.message) : String(error);
        }
        slow = watch.slow();
    }
    return slow;
}

/** Remembers the first of several things that took more than some seconds of the processor. */
function stopwatch(limit: number) {
    let slow: string | undefined;
    let last = process.cpuUsage();
    const asked = (about: string) => {
        const { user, system } = process.cpuUsage(last);
        const seconds = (user + system) / 1e6;
        if (seconds > limit) slow ??= `${about} takes ${seconds.toFixed(1)} s`;
        last = process.cpuUsage();
    };
    return { asked, slow: () => slow };
}

async function faultOfOutputs(
    files: Files,
    group: number | undefined,
    asked: (about: string) => void,
): Promise<string | undefined> {
    const opened = await editor(files);
    opened.services.client.initialize({ clientCommands: true });
    const everyToken = Math.max(1, Math.ceil(tokenPlaces(opened.document()).length / mostTokens));
    const misplaced = faultOfDiagnostics(opened);
    asked('to open it');
    const share = { everyToken, mostElements, mostProposals, asked, ...(group !== undefined && { group }) };
    if (misplaced === undefined) await outputsOf(opened, share);
    return misplaced;
}

function faultOfDiagnostics({ document, services }: Editor): string | undefined {
    const { textDocument } = document();
    for (const diagnostic of diagnosticsOf(document(), services.tsbtopo)) {
        if (diagnostic.code === 'internal-error') return `internal-error: ${JSON.stringify(diagnostic.message)}`;
        if (!isWithin(diagnostic.range, textDocument.getText())) {
            return `${diagnostic.code} stands outside of its file: ${JSON.stringify(diagnostic.range)}`;
        }
    }
    return undefined;
}

function isWithin({ start, end }: Diagnostic['range'], text: string): boolean {
    const lines = text.split(/\r\n|\r|\n/);
    const isPlace = ({ line, character }: Diagnostic['range']['start']) =>
        line >= 0 &&
        character >= 0 &&
        (character === 0 ? line <= lines.length : character <= (lines[line]?.length ?? -1));
    return (
        isPlace(start) &&
        isPlace(end) &&
        (start.line < end.line || (start.line === end.line && start.character <= end.character))
    );
}

/** How often a smaller input is tried. */
const mostTries = 150;

/** Leaves out pieces, large ones first, for as long as the same goes wrong. */
async function smallest(
    text: string,
    says: string,
    faultOfText: (text: string) => Promise<string | undefined>,
): Promise<Pick<Fault, 'says' | 'text'>> {
    const kind = (fault: string) => fault.split('\n', 1)[0]!.replace(/\d+/g, '');
    let tries = mostTries;
    let found = { text, says };
    for (const separator of ['\n', ' ']) {
        let pieces = found.text.split(separator);
        for (let size = Math.ceil(pieces.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
            for (let at = 0; at < pieces.length && tries > 0;) {
                const shorter = [...pieces.slice(0, at), ...pieces.slice(at + size)];
                tries--;
                const fault = await faultOfText(shorter.join(separator));
                if (fault !== undefined && kind(fault) === kind(says)) {
                    pieces = shorter;
                    found = { text: shorter.join(separator), says: fault };
                } else {
                    at += size;
                }
            }
        }
    }
    return found;
}
