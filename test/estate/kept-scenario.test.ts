import { describe, expect, test } from 'vitest';
import { keptScenario } from '../../server/estate/kept-scenario.js';
import { judgePromises } from '../../server/estate/promises.js';
import { failing, scenarioOf, type Scenario } from '../../server/failure/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate, mainUri } from '../fixture.js';
import { expectAllKept } from './all-kept.js';

const shops = `management cluster mgmt { management plane { postgres } }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { calls ledger  exposed "shop.example.com" { gslb ttl 30s } }
service ledger on east
service till on east { exposed "*.till.example.com" }
`;

/** What is kept of a scenario, written behind the estate, and what is then found of it. */
async function kept(text: string, scenario: Scenario, at = 0) {
    const { topology, change } = await estate(text);
    const written = keptScenario(topology, 'kept', scenario, at);
    const { services, diagnostics } = await change({ 'main.tsbtopo': `${text}\n${written}\n` });
    const judged = judgePromises(services.workspace.Estates.of(mainUri)!, services);
    if (!judged || judged === 'unfinished') throw new Error('not judged');
    const errors = diagnostics.filter(({ severity }) => severity === 1);
    return { written, judged, errors };
}

const name = asElementName;

describe('a running simulation that is kept as a scenario', () => {
    test('is written with what happens and what holds, and is judged as kept', async () => {
        const { written, judged, errors } = await kept(
            shops,
            scenarioOf([
                { at: 0, action: 'fail', element: name('east') },
                { at: 7200, action: 'recover', element: name('east') },
                { at: 5400, action: 'fail', element: name('mgmt') },
            ]),
            8000,
        );
        expect(written).toMatchInlineSnapshot(`
          "scenario "kept" {
              at 0m        fail east
              at 1h30m     fail mgmt
              at 2h        recover east
              at 2h13m20s  expect "*.till.example.com" unaffected
              at 2h13m20s  expect running workloads unaffected
              expect "*.till.example.com" lost
              expect shop.example.com unaffected
              expect service ledger lost
              expect metrics collection, management operations lost
              expect running workloads, local cluster operations limited
              expect west frozen
          }"
        `);
        expect(errors).toEqual([]);
        expect(judged.problems).toEqual([]);
        expect(judged.verdicts.scenarios[0]!.verdict).toMatchObject({ kind: 'judged' });
    });

    test('is broken by an edit that changes what it tells', async () => {
        const { topology, change } = await estate(shops);
        const written = keptScenario(topology, 'kept', failing([name('east')]), 0);
        const edited = shops.replace('ledger on east', 'ledger on east, west');
        const { services } = await change({ 'main.tsbtopo': `${edited}${written}` });
        const judged = judgePromises(services.workspace.Estates.of(mainUri)!, services);
        expect(judged !== 'unfinished' && judged?.problems.map(({ code }) => code)).toContain('expectation-failed');
    });

    test('leaves out what the topology does not have, and is nothing where nothing happens', async () => {
        const { topology } = await estate(shops);
        expect(keptScenario(topology, 'x', failing([name('gone')]), 0)).toBeUndefined();
        expect(keptScenario(topology, 'x', failing([name('gone'), name('west')]), 0)).toContain('at 0m  fail west\n');
    });

    test('of each element of an example is read and kept', async () => {
        await expectAllKept('examples/minimal.tsbtopo');
    });

    test('quotes names that are words in promises, and texts', async () => {
        const { written, judged, errors } = await kept(
            `management cluster mgmt\nworkload cluster "at" { gateway ingress "any" }\nworkload cluster "the east"\nservice "lost" on "at"\nnetwork { "at" -> "the east" }`,
            failing([name('at'), name('lost@at')]),
        );
        expect(written).toContain('fail "at", "lost" on "at"');
        expect(errors).toEqual([]);
        expect(judged.problems).toEqual([]);
    });
});
