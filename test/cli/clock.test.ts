import { describe, expect, test } from 'vitest';
import { inProcess } from './in-process.js';

const text = `topology clocks
management cluster mgmt
workload cluster east { gateway ingress  edge control plane { token ttl 1h } }
service shop on east { exposed "shop.example.com" }
scenario "incident" {
    at 14:05  fail management plane
    at 14:30  expect shop.example.com unaffected
}
`;

const { run } = inProcess({ 'a.tsbtopo': text });
const simulate = (options: string) => run(`simulate a.tsbtopo ${options}`);

describe('tsbtopo simulate --since', () => {
    test('times are those of the clock', async () => {
        const { exit, out } = await simulate('--fail mp --since 2026-11-28T14:05Z --at 14:30');
        expect(exit).toBe(0);
        expect(out).toContain('If the management plane fails, at 14:30');
        expect(out).toMatch(/(At|From) 15:05: /);
        const { out: json } = await simulate('--fail mp --since 2026-11-28T14:05Z --format json');
        const report = JSON.parse(json) as { began: string; timeline: { at: number; clock: string }[] };
        expect(report.began).toBe('2026-11-28T14:05Z');
        expect(report.timeline).toContainEqual(expect.objectContaining({ at: 3600, clock: '15:05' }));
    });

    test('a scenario of the file with times of a clock brings them along', async () => {
        const { out } = await simulate('--scenario incident --verbose');
        expect(out).toMatch(/15:05: /);
        const { out: moved } = await simulate('--scenario incident --since 09:00 --verbose');
        expect(moved).toMatch(/10:00: /);
    });

    test('what cannot be a time, or lies before it, is told', async () => {
        const { exit, err } = await simulate('--fail mp --since noon');
        expect([exit, err]).toEqual([2, expect.stringContaining('Say a time such as 14:05, ')]);
        expect((await simulate('--fail mp --at 15:10')).err).toContain('say when it began, as in --since');
        const { err: before } = await simulate('--fail mp --since 2026-11-28T14:05Z --at 2026-11-28T14:00Z');
        expect(before).toContain('--at 2026-11-28T14:00Z is no time after the beginning, 2026-11-28T14:05Z.');
    });

    test('now is a time of the clock', async () => {
        const began = new Date(Date.now() - 3_600_000).toISOString();
        const { exit, out } = await simulate(`--fail mp --since ${began.slice(0, 19)}Z --at now`);
        expect(exit).toBe(0);
        expect(out).toMatch(/^If the management plane fails, at \d\d:\d\d/m);
    });
});
