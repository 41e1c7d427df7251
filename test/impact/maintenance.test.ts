import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { failuresFor, timelineOf } from '../../server/failure/timeline.js';
import { maintenanceOf, maintenancePage, type Maintenance } from '../../server/impact/maintenance.js';
import { findElement } from '../../server/topology/element-names.js';
import { estate } from '../fixture.js';

const text = `topology planned
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb } }
service reports on east`;

const hour = 3_600;

/** What it means to take something down while others are. */
async function planned(element: string, down = '', at = 0): Promise<Maintenance> {
    const { topology } = await estate(text);
    const { graph } = analysisOf(topology);
    const named = (name: string) => findElement(graph.elements, name).found!;
    const given = down
        .split(' ')
        .filter(Boolean)
        .map((name) => named(name).name);
    const running = given.length > 0 ? { timeline: timelineOf(graph, failuresFor(given)), at } : undefined;
    return maintenanceOf(graph, named(element), running);
}

const page = async (...asked: Parameters<typeof planned>) => maintenancePage(await planned(...asked));
/** What stands first below the title. */
const answer = async (...asked: Parameters<typeof planned>) => (await page(...asked)).split('\n\n')[1];
const kinds = ({ harms }: Pick<Maintenance, 'harms'>) => harms.map(({ kind }) => kind);

describe('may I take this down now?', () => {
    test('the answer stands first, by who would notice', async () => {
        expect(await answer('reports')).toMatch(/^\*\*✖ No\.\*\* Users would notice: `reports`/);
        expect(await answer('west')).toMatch(/^\*\*◐ Yes, with a failover\.\*\* `shop\.example\.com` fails over/);
        expect(await answer('mp')).toMatch(/^\*\*⚙ Yes, if operators can wait\.\*\* Users notice nothing; management/);
        expect(await answer('shop@west')).toMatch(/^\*\*(✓|◐) Yes/);
    });

    test.each([
        ['workloads that no service names', 'workload cluster nameless\nworkload cluster other', 'nameless'],
        [
            'a share of what a service calls',
            'workload cluster a\nworkload cluster b { gateway east-west }\nworkload cluster c { gateway east-west }\nservice web on a { calls api }\nservice api on b, c { failover east-west  no outlier detection }',
            'c',
        ],
    ])('it is no yes for operators where users lose %s', async (_, lines, element) => {
        const { graph } = analysisOf((await estate(`topology t\nmanagement cluster mgmt\n${lines}`)).topology);
        const said = maintenancePage(maintenanceOf(graph, findElement(graph.elements, element).found!));
        expect(said.split('\n\n')[1]).toMatch(/^\*\*✖ No\.\*\* Users would notice: /);
    });

    test('what is harmless in health may not be while something else is down', async () => {
        const { harms, onlyTogether } = await planned('west', 'east');
        expect(harms.map(({ what }) => what)).toContain('shop.example.com');
        expect(onlyTogether).toEqual(harms);
        expect(await page('west', 'east')).toMatch(
            /While `east` is down\.[^]*## With all else up\n\nIt would not take/,
        );
        expect((await planned('reports', 'west')).onlyTogether).toEqual([]);
        expect(await page('reports', 'west')).toContain('It would do the same.');
    });

    test('what is down already takes nothing', async () => {
        expect(await answer('east.istiod', 'east')).toBe('**It is down already.**');
    });

    test('until when: from the change, not from the beginning of what is down', async () => {
        const { harms, later } = await planned('east.istiod');
        expect(kinds({ harms })).toEqual(['operation-limited']);
        expect(later!.after).toBe(12 * hour);
        expect(await answer('east.istiod')).toMatch(/It has to be back within 12 h\.$/);
        expect((await planned('east.istiod', 'mgmt', 2 * hour)).later).toMatchObject({ after: 12 * hour });
        expect(await page('reports')).toContain('It gets no worse, however long it takes.');
    });

    test('at the time that is looked at', async () => {
        expect(await page('west', 'east', 2 * hour)).toContain('While `east` is down, after 2 h.');
        // by then what runs in east without istiod may be down: the same change hurts more
        const early = await planned('west.ingress', 'east.istiod');
        const late = await planned('west.ingress', 'east.istiod', 24 * hour);
        expect(late.harms.length).toBeGreaterThan(early.harms.length);
    });

    test('meanwhile: what one more failure would take', async () => {
        expect(await page('west')).toMatch(/## While it is down\n\n- One more failure of `east`: `shop\.example\.com`/);
    });
});
