import { expect, test } from 'vitest';
import { additionOf, harmsPhrase } from '../../server/impact/next.js';
import { simulated } from '../failure/check.js';

const head = 'topology t\nmanagement cluster mgmt\n';

test.each([
    [
        'workloads that no service names',
        'workload cluster east\nworkload cluster lone\nservice shop on east',
        'shop@east',
        'lone',
        /^workloads of `lone` down/,
    ],
    [
        'what only the dead would call is not missed',
        'workload cluster east\nworkload cluster west\nservice shop on east { calls pay }\nservice pay on west',
        'shop@east',
        'link:east/west',
        /^$/,
    ],
])('%s', async (_, text, failed, more, phrase) => {
    const outcome = await simulated(head + text, [failed]);
    const [element] = (await simulated(head + text, [more])).failures;
    expect(harmsPhrase(additionOf(outcome, element!.name)!.harms)).toMatch(phrase);
});
