import {
    chmodSync,
    chownSync,
    closeSync,
    ftruncateSync,
    openSync,
    readFileSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
    writeSync,
    type Stats,
} from 'node:fs';

/**
 * Gives a file another text. Owner, mode and links stay; where a new file can have them all, it takes the place of the
 * old one at once, so that nobody ever sees half of it.
 *
 * @throws Error where that is not possible; the old text stays
 */
export function replaceFile(file: string, text: string): void {
    const target = realpathSync(file);
    const temporary = `${target}.${process.pid}.tmp`;
    const stats = statSync(target);
    try {
        // also where the file itself is written: a full disk is noticed before anything is lost
        writeFileSync(temporary, text, { flag: 'wx' });
        if (stats.nlink === 1 && canBeLike(temporary, stats)) renameSync(temporary, target);
        else overwrite(target, Buffer.from(text));
    } finally {
        rmSync(temporary, { force: true });
    }
}

/** Gives a file the owner and the mode of another one, if we may. */
function canBeLike(file: string, { uid, gid, mode }: Stats): boolean {
    try {
        chownSync(file, uid, gid);
        chmodSync(file, mode & 0o7777);
        return true;
    } catch {
        return false;
    }
}

/** Writes into the file itself, whose other names then lead to the new text, too. */
function overwrite(target: string, bytes: Buffer): void {
    const descriptor = openSync(target, 'r+');
    const before = readFileSync(descriptor);
    const write = (text: Buffer) => {
        writeSync(descriptor, text, 0, text.length, 0);
        ftruncateSync(descriptor, text.length);
    };
    try {
        write(bytes);
    } catch (error) {
        write(before);
        throw error;
    } finally {
        closeSync(descriptor);
    }
}
