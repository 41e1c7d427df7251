import { describe, expect, test } from 'vitest';
import { Progress } from '../../server/cli/progress.js';

function watched(isTTY: boolean) {
    const written: string[] = [];
    let time = 0;
    const progress = new Progress({ isTTY, write: (text: string) => written.push(text) }, () => time);
    return { progress, written, wait: (milliseconds: number) => (time += milliseconds) };
}

describe('progress', () => {
    test('is one line, which changes now and then, and is gone in the end', () => {
        const { progress, written, wait } = watched(true);
        progress.say('1 of 3');
        wait(10);
        progress.say('2 of 3');
        wait(90);
        progress.say('3 of 3');
        progress.begin('then');
        progress.end();
        progress.end();
        expect(written).toEqual(['\r\u001b[K1 of 3', '\r\u001b[K3 of 3', '\r\u001b[Kthen', '\r\u001b[K']);
    });

    test('is nothing where nobody waits', () => {
        const { progress, written } = watched(false);
        progress.say('1 of 3');
        progress.begin('then');
        progress.end();
        expect(written).toEqual([]);
    });
});
