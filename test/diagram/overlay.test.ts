import { describe, expect, test } from 'vitest';
import { boxesIn } from '../../server/diagram/box.js';
import { overlayOf } from '../../server/diagram/overlay.js';
import { placed } from '../../server/diagram/place.js';
import { sceneOf } from '../../server/diagram/scene.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { simulate } from '../../server/failure/outcome.js';
import { failing } from '../../server/failure/scenario.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import { testOverlayOf } from './overlay-rules.js';
import { example } from './estates.js';

testOverlayOf(['examples/acme', 'examples/dmz-tier1.tsbtopo']);

/** How a box, a way and a branch of acme fare. */
async function acme(failures: readonly string[], at = 0) {
    const topology = await example('acme');
    const { graph } = analysisOf(topology);
    const scene = sceneOf(graph);
    const view = scenarioView(topology, failing(failures.map(asElementName)), { at });
    const overlay = overlayOf(scene, view.outcome, at);
    return {
        scene,
        overlay,
        state: (id: string) => overlay.boxes.get(id)?.state,
        text: (id: string) => overlay.boxes.get(id)?.text,
        way: (from: string, to: string) => overlay.ways.get(`${from}\n${to}`),
        branch: (layer: string, cluster: string) => {
            const found = scene.branches.find((each) => each.layer === layer && each.clusters.includes(cluster));
            return overlay.branches.get(found?.id ?? '');
        },
    };
}

describe('acme', () => {
    test('in health: every layer goes in its direction, by the doors that the file says', async () => {
        const { scene, way, overlay } = await acme([]);
        expect(overlay.boxes.size).toBe(0);
        expect(way('host:shop.example.com', 'dmz-us.front-us')).toBe('flow');
        expect(way('dmz-us.front-us', 'east.east-gw')).toBe('flow');
        expect(way('east.east-gw', 'checkout@east')).toBe('flow');
        expect(way('checkout@east', 'payments@east')).toBe('flow');
        expect(way('west.west-gw', 'payments@west')).toBe('spare');
        const branch = (layer: string) =>
            scene.branches.find((each) => each.layer === layer && each.clusters[0] === 'west');
        expect(branch('configuration')).toMatchObject({
            from: 'mgmt.central-control-plane',
            to: 'west.edge-control-plane',
            via: 'mgmt.management-plane.front-envoy',
        });
        expect(branch('metrics')).toMatchObject({
            from: 'west',
            to: 'store:elasticsearch',
            via: 'mgmt.management-plane.front-envoy',
        });
    });

    test('a region is lost: what failed, what it took along, what is limited, and the ways that are cut', async () => {
        const { state, text, way, branch } = await acme(['region:us-east']);
        expect(state('region:us-east')).toBe('failed');
        expect(state('zone:us-east/a')).toBe('gone');
        expect(state('east')).toBe('gone');
        expect(state('mgmt.management-plane.front-envoy')).toBe('gone');
        expect(state('region:eu-west')).toBeUndefined();
        expect([state('host:shop.example.com'), state('host:ledger.example.com')]).toEqual(['total', 'held']);
        expect([state('checkout@west'), text('checkout@west')]).toEqual(['total', 'needs entitlements']);
        expect([state('payments@west'), text('payments@west')]).toEqual(['held', '1 of 2 clusters']);
        expect(state('bank/ledger@legacy')).toBeUndefined();
        expect(way('host:shop.example.com', 'dmz-eu.front-eu')).toBe('cut');
        expect(way('dmz-us.front-us', 'east.east-gw')).toBe('idle');
        // nobody comes there any more who would go on
        expect(way('dmz-eu.front-eu', 'west.west-gw')).toBe('idle');
        expect(way('host:ledger.example.com', 'dmz-eu.front-eu')).toBe('flow');
        expect([branch('configuration', 'west'), branch('metrics', 'east')]).toEqual(['cut', 'idle']);
    });

    test('time: metrics are held back, and lost once the buffer is full', async () => {
        expect((await acme(['region:us-east'])).branch('metrics', 'west')).toBe('held');
        expect((await acme(['region:us-east'], 86_400)).branch('metrics', 'west')).toBe('cut');
        expect((await acme(['region:us-east'], 86_400)).text('region:us-east')).toBe('failed 1 d ago');
    });

    test('a link is lost: no box shows it, so that it is counted', async () => {
        const { overlay } = await acme(['link:east/west']);
        expect(overlay.links).toContain('link:east/west');
    });

    test('a component is lost: the box that it is a part of tells it', async () => {
        const { overlay, state } = await acme(['east.istiod']);
        expect(state('east')).toBeUndefined();
        expect(overlay.boxes.get('east')?.inside).toEqual({ state: 'failed', text: 'istiod failed' });
    });
});

test('a way that takes over is another one than in health', async () => {
    const topology = await example('dmz-tier1.tsbtopo');
    const { graph } = analysisOf(topology);
    const scene = sceneOf(graph);
    const { ways } = overlayOf(scene, simulate(graph, [asElementName('app-1')]));
    const states = (from: string) =>
        scene.ways.filter((way) => way.from === from).map(({ to, id }) => [to, ways.get(id)]);
    expect(states('dmz-1.front-1')).toEqual([
        ['app-1.app-1-gw', 'cut'],
        ['app-2.app-2-gw', 'takes-over'],
    ]);
});

test('hundred clusters: regions are folded, with one cell for each cluster and the worst sign', async () => {
    const topology = await example('hundred-clusters.tsbtopo');
    const { graph } = analysisOf(topology);
    const scene = sceneOf(graph);
    expect(scene.detail).toBe('regions');
    const cells = boxesIn(scene).filter(({ kind }) => kind === 'cell');
    expect(cells).toHaveLength(90);
    const { boxes } = overlayOf(scene, simulate(graph, [asElementName('region:eu-central')]));
    expect(boxes.get('clusters:eu-central')).toMatchObject({ state: 'gone', text: '9 clusters down' });
    expect(cells.filter(({ id }) => boxes.get(id)?.state === 'gone')).toHaveLength(9);
});

test('neither a failure nor time moves anything', async () => {
    for (const at of [0, 600, 86_400]) {
        const { scene } = await acme(['region:us-east'], at);
        expect([...placed(scene).boxes]).toEqual([...placed((await acme([])).scene).boxes]);
    }
});

test('what only a caller that is down would take is not cut, but idle', async () => {
    const topology = await example('two-regions.tsbtopo');
    const { graph } = analysisOf(topology);
    const scene = sceneOf(graph);
    const { ways } = overlayOf(scene, simulate(graph, [asElementName('region:us-east')]));
    expect(ways.get('west.west-gw\nrecommendations@west')).toBe('idle');
    expect(ways.get('web@west\nrecommendations@west')).toBe('flow');
    expect(ways.get('host:shop.example.com\neast.east-gw')).toBe('cut');
});
