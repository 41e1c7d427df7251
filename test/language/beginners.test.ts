import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { textOf } from './tell.js';

/** Files of people who know another language better: behind each line after `»` what is said of it, and of no other. */
const files: Record<string, string> = {
    YAML: ``,
};

describe('a file of a beginner has one message for each broken line', () => {
    test.each(Object.entries(files))('%s', async (_, written) => {
        const lines = written.split('\n').map((line) => line.split(/\s*» ?/));
        const text = lines.map(([line]) => line).join('\n');
        expect(await withMessages(text)).toBe(lines.map((parts) => parts.join(' » ')).join('\n'));
    });
});

/** A text with what is said of each of its lines. */
async function withMessages(text: string): Promise<string> {
    const { diagnostics } = await estate(text);
    const lines = text.split('\n').map((line) => [line]);
    for (const { range, message, severity } of diagnostics) {
        if (severity === 1) lines[range.start.line]!.push(textOf(message));
    }
    return lines.map((parts) => parts.join(' » ')).join('\n');
}
