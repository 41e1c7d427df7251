import { expect, test } from 'vitest';
import { blastRadiusOf } from '../../server/failure/blast-radius.js';
import type { Severity } from '../../server/knowledge/operations.js';
import { simulated } from './check.js';

const signs: Readonly<Record<Severity, string>> = { unaffected: '✅', limited: '⚠️', total: '❌' };

/** "running ⚠️", "gravity failover", "shop.example.com ✅ from west gap 30–90", "shop ✅ on west". */
async function told(text: string, failed: readonly string[]): Promise<string[]> {
    const outcome = await simulated(text, failed);
    const { operations, hosts, services } = outcome;
    return [
        `running ${signs[operations.runningWorkloads]}`,
        `gravity ${blastRadiusOf(outcome).gravity}`,
        ...hosts.map(({ host, severity, lostShare, servedFrom, gapSeconds }) =>
            [
                `${host} ${signs[severity]}`,
                severity === 'limited' ? ` ${Number(lostShare.toFixed(2))}` : '',
                severity === 'total' ? '' : ` from ${servedFrom.join(', ')}`,
                gapSeconds ? ` gap ${gapSeconds.from}–${gapSeconds.to}` : '',
            ].join(''),
        ),
        ...services.map(({ name, severity, homes }) => {
            const serving = homes.filter(({ serves }) => serves).map(({ cluster }) => cluster);
            return `${name} ${signs[severity]} on ${serving.join(', ') || 'none'}`;
        }),
    ];
}

/** Failures, `+` between them, and what is told of them: each line, or the beginning of it. */
export type Case = readonly [failures: string, ...expected: string[]];

/** Tests what is told of an estate, for each set of failures. */
export function examine(text: string, cases: readonly Case[]): void {
    test.each(cases)('%s', async (failures, ...expected) => {
        const lines = await told(text, failures === '' ? [] : failures.split(' + '));
        const missing = expected.filter((each) => !lines.some((line) => line === each || line.startsWith(`${each} `)));
        expect(missing.length === 0 ? [] : [missing, lines]).toEqual([]);
    });
}
