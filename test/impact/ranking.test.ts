import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { blastsIn } from '../../server/failure/blast-radius.js';
import { gravities } from '../../server/failure/gravity.js';
import { elementLabel, partLabel } from '../../server/impact/labels.js';
import { isListed, rank, type RankedElement, type Ranking } from '../../server/impact/ranking.js';
import type { ElementName } from '../../server/topology/element-name.js';
import type { Elements } from '../../server/topology/elements.js';
import { estate } from '../fixture.js';

const text = `topology demo
region us { zones a, b }
management cluster mgmt in us
workload cluster east2 in us/a { gateway ingress }
workload cluster east10 in us/b { gateway ingress, east-west gate }
network { east2 <-> east10 }
service shop on east2, east10
external service stripe`;

async function ranked(input: string): Promise<{ ranking: Ranking; elements: Elements }> {
    const { graph } = analysisOf((await estate(input)).topology);
    const { weightOf } = blastsIn(graph);
    const weighed = graph.elements.all.map((element): RankedElement => ({ element, ...weightOf(element.name) }));
    return { ranking: rank(weighed, graph.elements), elements: graph.elements };
}

/** The labels of a list of parts. */
function labels({ ranking, elements }: Awaited<ReturnType<typeof ranked>>, name: string): string[] {
    const whole = elements.byName.get(name as ElementName)!;
    return (ranking.parts.get(whole.name) ?? []).map(({ element }) => partLabel(element, whole));
}

describe('the list', () => {
    test('the gravest first, then by name, as people count', async () => {
        const { ranking } = await ranked(text);
        const order = [...ranking.groups.values()].flat().map(({ gravity }) => gravities.indexOf(gravity));
        expect([...ranking.groups].every(([gravity, list]) => list.every((each) => each.gravity === gravity))).toBe(
            true,
        );
        expect(order.length).toBeGreaterThan(8);
        expect(ranking.groups.get('operators')!.map(({ element }) => elementLabel(element))).toEqual(
            expect.arrayContaining(['east2', 'east10', 'us/a']),
        );
        const names = ranking.groups.get('operators')!.map(({ element }) => element.name as string);
        expect(names.indexOf('east2')).toBeLessThan(names.indexOf('east10'));
    });

    test('what is not listed itself is a part of something that is, and no graver', async () => {
        const { ranking, elements } = await ranked(text);
        const found = new Set<ElementName>();
        const collect = (list: readonly RankedElement[], worst: number) => {
            for (const { element, gravity } of list) {
                expect(gravities.indexOf(gravity)).toBeGreaterThanOrEqual(worst);
                found.add(element.name);
                collect(ranking.parts.get(element.name) ?? [], gravities.indexOf(gravity));
            }
        };
        for (const list of ranking.groups.values()) collect(list, 0);
        expect([...found].sort()).toEqual(elements.all.map(({ name }) => name).sort());
        expect(elements.all.filter((element) => !isListed(element)).map(({ name }) => name)).toEqual(
            expect.arrayContaining(['east2.istiod', 'shop@east2', 'link:east2->east10']),
        );
    });

    test('what an estate without anything lists', async () => {
        const { ranking } = await ranked('topology empty');
        expect([ranking.groups.size, ranking.parts.size]).toEqual([0, 0]);
    });
});

describe('labels', () => {
    test('parts do not say again what they are parts of', async () => {
        const found = await ranked(text);
        expect(labels(found, 'east10').sort()).toEqual([
            'data-plane',
            'dns',
            'edge-control-plane',
            'kubernetes-api',
            'shop',
        ]);
        expect(labels(found, 'east10.data-plane').sort()).toEqual(['gate', 'istiod']);
        expect(labels(found, 'service:shop')).toEqual(['on east2', 'on east10']);
        expect(labels(found, 'region:us')).toEqual(['us/a', 'us/b']);
        expect(labels(found, 'link:east2/east10').sort()).toEqual(['east10 → east2', 'east2 → east10']);
        expect(labels(found, 'external:stripe')).toEqual([]);
    });

    test('kinds are left to the icon', async () => {
        const { elements } = await ranked(text);
        const label = (name: string) => elementLabel(elements.byName.get(name as ElementName)!);
        expect(
            ['region:us', 'zone:us/a', 'store:postgres', 'service:shop', 'external:stripe', 'mgmt'].map(label),
        ).toEqual(['us', 'us/a', 'postgres', 'shop', 'stripe', 'mgmt']);
        expect(label('link:east2/mgmt')).toBe('east2 ↔ mgmt');
    });
});
