import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../server/cli/report.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { estate } from '../fixture.js';

const text = `topology acme
region us
management cluster mgmt in us
workload cluster east in us { gateway ingress }
workload cluster west { gateway ingress }
service shop on east { exposed "shop.example.com"  calls cart }
service cart on east, west`;

async function pageOf(files: string | Record<string, string>, date?: string): Promise<string> {
    const { services, document } = await estate(files);
    services.workspace.Today.set(date);
    const snapshot = snapshotsOf(services).of(document.uri.toString())!;
    return reportOf(snapshot, services, { isIncomplete: false, date });
}

describe('a report', () => {
    test('is the same for the same files, and has no date but the one that is given', async () => {
        const page = await pageOf(text);
        expect(await pageOf(text)).toBe(page);
        const dated = await pageOf(text, '2026-06-30');
        expect(dated).toBe(page.replace('Bridge estate. From', 'Bridge estate, as of 2026-06-30. From'));
    });

    test('allows itself its own style sheet, and nothing else', async () => {
        const page = await pageOf(text);
        const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page)!;
        const hash = createHash('sha256').update(style).digest('base64');
        expect(page).toContain(
            `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
        );
        expect(page.match(/<style/g)).toHaveLength(1);
        expect(page).not.toMatch(/<script|<img|<link|<iframe| style=|url\((?!#)|@import/);
    });

    test('has every section, and each link leads to a place of the page', async () => {
        const page = await pageOf(text);
        const sections = [...page.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);
        expect(sections).toEqual([
            ...['picture', 'single-points', 'recommendations', 'findings', 'matrix', 'failures', 'legend', 'sources'],
        ]);
        const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const targets = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id!);
        expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
    });

    test('tells what nothing can take over for, what mends it, and when it gets worse', async () => {
        const page = await pageOf(text);
        expect(page).toMatch(
            /<a href="#f1"><code>region:us<\/code><\/a><td><code>shop\.example\.com<\/code>, <code>shop<\/code>/,
        );
        expect(page).toMatch(
            /<li>[A-Z].*<code>.*<\/code>.* <span class="dim">\(<a href="#p\d+">[a-z-]+<\/a>, main\.tsbtopo:\d+\)/,
        );
        expect(page).toContain('<h4>Timeline</h4>');
        expect(page).toContain('<h4>Recovery</h4>');
        expect(page).toContain('<h4>Restoration, if it is lost for good</h4>');
    });

    test('tells what became of each promise, and what the smallest failure is that breaks it', async () => {
        expect(await pageOf(text)).not.toContain('id="promises"');
        const promises = `
scenario "the west is lost" { at 0m fail west expect shop unaffected }
scenario "<b>" { at 0m fail east expect shop unaffected }
accept expectation-failed because "it is new" until 2030-01-31
objective cart survives any cluster failure
objective shop survives any cluster failure
objective shop survives any 3 cluster failures`;
        const told = async (date: string) => {
            const page = await pageOf(`${text}${promises}`, date);
            expect(page).toContain('<a href="#promises">');
            return /<section id="promises".*?<\/section>/s.exec(page)![0];
        };
        const page = await told('2030-01-31');
        expect(page).toContain(
            '<p>1 broken, 1 cannot be judged, 1 broken, and accepted, 2 kept; 1 risk is accepted. Promises',
        );
        const rows = [...page.matchAll(/<span class="s (\w)"><\/span>([^<]+)<th scope="row">(.*?)<td>(.*?)<td>/g)];
        expect(rows.map(([, sign, result, promise]) => [sign, result, promise])).toEqual([
            ['n', 'kept', 'scenario <code>the west is lost</code>'],
            ['p', 'broken, and accepted', 'scenario <code>&lt;b&gt;</code>'],
            ['n', 'kept', '<code>cart survives any cluster failure</code>'],
            ['t', 'broken', '<code>shop survives any cluster failure</code>'],
            ['l', 'cannot be judged', '<code>shop survives any 3 cluster failures</code>'],
        ]);
        expect(rows[0]![4]).toBe('');
        expect(rows[3]![4]).toMatch(/^<p>shop does not survive the failure of .*east/);
        // the day after, nobody takes that risk any more
        expect(await told('2030-02-01')).toContain('<p>2 broken, 1 cannot be judged, 2 kept. Promises');
    });

    test('of more than forty hosts and services counts the others', async () => {
        const many = Array.from({ length: 50 }, (_, index) => `service s${index} on west`).join('\n');
        const page = await pageOf(`${text}\n${many}`);
        expect(page).toContain('<span>13 others</span>');
        const [, head = ''] = /<thead><tr>(.*?)<\/thead>/s.exec(page.slice(page.indexOf('class="m"')))!;
        const width = [...head.matchAll(/<th /g)].length;
        const rows = [...page.matchAll(/<tr><th scope="row"><span class="s[^\n]*/g)];
        expect(rows.length).toBeGreaterThan(50);
        for (const [row] of rows) expect([...row.matchAll(/<t[hd][ >]/g)]).toHaveLength(width);
    });

    test('of nothing is a page, too', async () => {
        const page = await pageOf('topology nothing');
        expect(page).toContain('Nothing that can fail is declared yet.');
        expect(page).not.toContain('id="failures"');
    });
});
