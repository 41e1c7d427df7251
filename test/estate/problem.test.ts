import { describe, expect, test } from 'vitest';
import { gradedProblemsIn, problemsIn, type Problem } from '../../server/estate/problem.js';
import { estate } from '../fixture.js';

async function problems(text: string): Promise<Problem[]> {
    const { document, services } = await estate(text);
    return problemsIn(document, services);
}

const identities = (found: readonly Problem[], code: string) =>
    found.filter((problem) => problem.code === code).map(({ identity }) => identity);

describe('what a problem is', () => {
    const text = `management cluster m
workload cluster a { gateway ingress }
service s on a { calls gone  calls lost }
service t on a { calls gone }`;

    test('wherever its line has moved, and whatever changes elsewhere', async () => {
        const before = identities(await problems(text), 'unknown-service');
        const moved = text
            .replace('service s', '\n// moved\n\nservice u on a\n\nservice s')
            .replace('{ calls', '{\n calls');
        expect(before).toHaveLength(3);
        expect(identities(await problems(moved), 'unknown-service')).toEqual(before);
    });

    test('another name, or the same one in another declaration, is another problem', async () => {
        expect(new Set(identities(await problems(text), 'unknown-service')).size).toBe(3);
    });

    test('of a finding it does not change with its words', async () => {
        const exposed = (more: string) =>
            `${text}\nservice shop on a { exposed "shop.example.com" via a.ingress ${more} }`;
        const [plain] = identities(await problems(exposed('')), 'single-homed-exposed-service');
        const [owned] = identities(await problems(exposed('owner "x"')), 'single-homed-exposed-service');
        expect(plain).toBeDefined();
        expect(owned).toBe(plain);
    });

    test('outside of every declaration, and in a file that cannot be read, it has one, too', async () => {
        const found = await problems('}\n\nservice s on\n');
        expect(found.length).toBeGreaterThan(0);
        for (const { identity } of found) expect(JSON.parse(identity)).toHaveLength(3);
    });
});

test('a block is shown at the line that opens it', async () => {
    const found = await problems(`management cluster m {\n}\nworkload cluster a {\n    gateway ingress\n}\n`);
    for (const { at } of found) expect(at.range.end.line - at.range.start.line).toBeLessThanOrEqual(1);
});

test('without a file of settings a problem is as grave as it is by itself', async () => {
    const { document, services } = await estate('topology t\nworkload cluster a');
    expect(gradedProblemsIn(document, services)).toEqual(problemsIn(document, services));
});
