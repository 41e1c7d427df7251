import { expect, test } from 'vitest';
import { weighedQuestions } from '../../server/estate/weighed-questions.js';
import { reportOf, reportText } from '../../server/import/report.js';
import { dump, importFiles, running } from './imported.js';
import { east, estate, tsbOf, west, tsb } from './mapping/rows.js';

/** A rule that says who may call a service: a question each. */
const may = (caller: string, callee: string) =>
    tsb(
        'ServiceSecuritySetting',
        { tenant: 't', workspace: 'w', group: 'g', name: `${caller}-${callee}` },
        {
            service: `shop/${callee}.shop.svc.cluster.local`,
            settings: { authorization: { serviceAccounts: [`shop/${caller}`] } },
        },
        'security',
    );
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const asking = importFiles({
    ...estate,
    'east.json': dump(...east, ...names.flatMap((name) => running('shop', name))),
    'west.json': dump(...west),
    ...tsbOf(...names.map((name) => may('web', name))),
});

test('the report tells questions by what their answers change, once all of them were tried', async () => {
    const weighed = await weighedQuestions(asking);
    expect(weighed).toHaveLength(7);
    expect(weighed[0]?.changes).toBeGreaterThan(0);
    const text = reportText(reportOf(asking, weighed));
    expect(text).toContain('8 questions; these 5 change most:\n');
    expect(text).toContain('(changes what ');
});

test('it claims nothing of answers that nobody has tried', async () => {
    const weighed = await weighedQuestions(asking);
    expect(reportText(reportOf(asking, weighed.slice(0, 6)))).toContain(
        '8 questions; of the 6 whose answers were tried these change most:\n',
    );
    expect(reportText(reportOf(asking, weighed.slice(0, 3)))).toContain(
        '8 questions; the first 5, after answers to 3 of all were tried:\n',
    );
    expect(reportText(reportOf(asking, []))).toContain(
        '8 questions; the first 5, since none of their answers was tried:\n',
    );
});
