import { expect, test } from 'vitest';
import { reportOf } from '../../server/cli/report.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { generateEstate } from '../benchmark/estates.js';
import { estate } from '../fixture.js';

/** A report is mailed, and opened on a telephone: bytes. */
const mostBytes = 5_000_000;

const objectives = ['every host survives any cluster failure', 'every service survives any failure'];

/** What a sound estate becomes where nobody plans: services live in one place, and whoever calls them falls with them. */
function unplanned(text: string): string {
    return text
        .replace(/^(service \S+ on \S+), \S+/gm, '$1')
        .replaceAll('failover east-west  outlier detection', 'no failover');
}

test.each([
    ['a sound estate', (text: string) => text],
    ['an estate in which each service has one home', unplanned],
])('the report of %s of 1,000 nodes can be mailed', async (_, changed) => {
    const [[name, text] = ['', '']] = generateEstate(1_000, 1).files;
    const promises = objectives.map((each) => `objective ${each}\n`).join('');
    const { services, document } = await estate({ [name]: `${changed(text)}\n${promises}` });
    const snapshot = snapshotsOf(services).of(document.uri.toString())!;
    const page = await reportOf(snapshot, services, { isIncomplete: false, date: undefined });
    expect(page).toContain(' possible failures');
    expect(Buffer.byteLength(page)).toBeLessThan(mostBytes);
});
