import { closeSync, openSync, writeSync } from 'node:fs';
import { visible } from '../encoding/visible.js';
import { print, reasonOf } from './output.js';
import { UsageError } from './usage-error.js';

/** So many characters are written at once: a text may be longer than a string can be. */
const pieceLength = 1_000_000;

/**
 * Writes a text, or pieces of one, where `--output` says: into a file, or on standard output (`-`, or where nothing is said).
 *
 * @throws UsageError where the file cannot be written
 */
export async function writeOutput(text: string | Iterable<string>, file: string | undefined): Promise<void> {
    const pieces = typeof text === 'string' ? [text] : inPieces(text);
    if (file === undefined || file === '-') {
        for (const piece of pieces) await print(piece);
        return;
    }
    try {
        const opened = openSync(file, 'w');
        try {
            for (const piece of pieces) writeSync(opened, piece);
        } finally {
            closeSync(opened);
        }
    } catch (error) {
        throw new UsageError(`${visible(file)} cannot be written: ${reasonOf(error)}`);
    }
}

function* inPieces(parts: Iterable<string>): Generator<string> {
    let piece = '';
    for (const part of parts) {
        piece += part;
        if (piece.length < pieceLength) continue;
        yield piece;
        piece = '';
    }
    if (piece !== '') yield piece;
}
