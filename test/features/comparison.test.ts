import { describe, expect, test } from 'vitest';
import { compare } from '../../server/features/comparison.js';
import { Scratch } from '../../server/estate/scratch.js';
import { editor } from './editor.js';

const before = `topology acme
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" }
`;
const now = before.replace('shop on east, west', 'shop on east');

async function compared(
    files: Record<string, string | null>,
    keepsOthers = true,
    input: Record<string, string> = { 'a.tsbtopo': now },
) {
    const { services, uri } = await editor(input);
    const changed = Object.entries(files).map(([name, text]) => ({ uri: uri(name), text }));
    return compare({ uri: uri(), files: changed, keepsOthers }, services.tsbtopo, new Scratch());
}

describe('an estate is compared with another state of its files', () => {
    test('what got worse stands at the lines of now, and in a sentence', async () => {
        const answer = (await compared({ 'a.tsbtopo': before }))!;
        expect(answer.sentence).toBe('This change makes shop depend on east alone.');
        expect(answer.isWorse).toBe(true);
        const east = answer.changes.find(({ at }) => at.range.start.line === 2)!;
        expect(east.isWorse).toBe(true);
        expect(east.says).toMatch(/^east/i);
        expect(answer.page).toMatch(/## Worse\n\n- \S+ [^\n]*`east`.*\(\[line 3\]\(file:\/\/\/\d+\/a\.tsbtopo#L3\)\)/);
    });

    test('the other way round it is better', async () => {
        const answer = (await compared({ 'a.tsbtopo': now }, true, { 'a.tsbtopo': before }))!;
        expect(answer.page).toContain(
            '## Single points of failure no longer there\n\n- `shop` no longer depends on `east` alone.',
        );
        expect(answer.changes.find(({ at }) => at.range.start.line === 2)).toMatchObject({ isWorse: false });
    });

    test('the same files make no difference', async () => {
        const answer = (await compared({}))!;
        expect(answer.changes).toEqual([]);
        expect(answer.sentence).toBe('This change makes no difference to what failures do.');
    });

    test('files that are not there are left out, and come from elsewhere', async () => {
        const more = 'service cart on east\n';
        const there = { 'a.tsbtopo': now, 'b.tsbtopo': more };
        expect((await compared({ 'b.tsbtopo': null }, true, there))!.page).toContain('## Added');
        expect((await compared({ 'a.tsbtopo': now }, false, there))!.page).toContain('## Added');
        expect((await compared({ 'a.tsbtopo': now, 'b.tsbtopo': more }, false, there))!.changes).toEqual([]);
    });

    test('a state without the topology is none', async () => {
        expect(await compared({}, false)).toBeNull();
        expect(await compared({ 'a.tsbtopo': null })).toBeNull();
    });

    describe('with its promises', () => {
        const objectives = ['shop', '"shop.example.com"']
            .map((what) => `objective ${what} survives any cluster failure\n`)
            .join('');
        const [kept, broken] = [before, now].map(
            (text) => text.replace('.com"', '.com" { gslb ttl 30s }') + objectives,
        ) as [string, string];

        test('of which those that broke are told first, and stand at their lines', async () => {
            const answer = (await compared({ 'a.tsbtopo': kept }, true, { 'a.tsbtopo': broken }))!;
            expect(answer.isUnfinished).toBeUndefined();
            expect(answer.isWorse).toBe(true);
            expect(answer.sentence).toBe('This change makes shop depend on east alone, and breaks 2 promises.');
            expect(answer.page).toMatch(
                /^\*\*[^\n]*\n\n## Promises broken\n\n- objective `shop survives any cluster failure` \[line 6\]\([^)]*#L6\): shop does not survive/,
            );
            expect(answer.changes[0]).toMatchObject({ at: { range: { start: { line: 5 } } }, isWorse: true });
            expect(answer.changes[0]!.says).toMatch(/^objective broken: shop does not survive the failure of east/);
        });

        test('of which those that are kept again are told, too', async () => {
            const answer = (await compared({ 'a.tsbtopo': broken }, true, { 'a.tsbtopo': kept }))!;
            expect(answer.isWorse).toBe(false);
            expect(answer.page).toContain('## Promises kept again\n\n- objective `shop survives any cluster failure`');
            expect(answer.changes[0]).toMatchObject({ isWorse: false, says: 'objective kept again' });
        });

        test('is not held up by them: what is not judged yet is said so, and found when somebody asks again', async () => {
            const { services, uri } = await editor({ 'a.tsbtopo': broken });
            const scratch = new Scratch();
            const argument = { uri: uri(), files: [{ uri: uri('a.tsbtopo'), text: kept }], keepsOthers: true };
            const ask = async (milliseconds?: number) =>
                (await compare(argument, services.tsbtopo, scratch, milliseconds))!;
            const first = await ask(0);
            expect(first).toMatchObject({ isUnfinished: true, isWorse: true });
            expect(first.sentence).toBe(
                'This change makes shop depend on east alone. Promises are still being judged.',
            );
            expect(first.page).not.toContain('Promises broken');
            let last = first;
            for (let times = 0; last.isUnfinished && times < 1_000; times++) last = await ask(0);
            expect(last).toEqual(await ask());
            expect(last.page).toContain('## Promises broken');
        });
    });

    test('a renamed topology is the same one', async () => {
        const answer = await compared({ 'a.tsbtopo': now.replace('topology acme', 'topology old') });
        expect(answer?.changes).toEqual([]);
    });
});
