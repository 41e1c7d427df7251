import { describe, expect, test } from 'vitest';
import { details, type Scene } from '../../server/diagram/box.js';
import { overlayOf, type Overlay } from '../../server/diagram/overlay.js';
import { sceneOf } from '../../server/diagram/scene.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { isAlive, simulate, type Outcome } from '../../server/failure/outcome.js';
import { gravityOfHost, gravityOfService } from '../../server/failure/traffic-outcome.js';
import { asElementName, serviceName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { topologiesAt } from './estates.js';

/** What an outcome tells, and a picture neither shows nor counts. */
function unseen(scene: Scene, overlay: Overlay, outcome: Outcome): string[] {
    const { graph, hosts, services, clusters } = outcome;
    const tells = (id: string) => {
        const mark = overlay.boxes.get(id);
        return mark?.state !== undefined || mark?.inside !== undefined;
    };
    const links = new Set(overlay.links);
    const down = graph.elements.all
        .filter(({ name }) => !isAlive(outcome, name))
        .filter(({ name, kind }) => {
            if (kind === 'link' || kind === 'directed-link') return !links.has(name);
            // it has no place: what shares it shows it
            if (kind === 'shared-fate') return false;
            const boxes = scene.boxesOf.get(name) ?? [];
            // a service without a cluster has no place, and nothing of it can be down
            return kind === 'service' ? !boxes.every(tells) : boxes.length === 0 || !boxes.some(tells);
        })
        .map(({ name }) => `${name} is down`);
    const hurtHosts = hosts
        .filter((host) => gravityOfHost(host) !== 'none')
        .filter(({ host }) => {
            const [box] = [...scene.hostsOf].find(([, all]) => all.includes(host)) ?? [];
            return box === undefined || ['held', undefined].includes(overlay.boxes.get(box)?.state);
        })
        .map(({ host }) => `${host} is hurt`);
    const hurtServices = services
        .filter((service) => gravityOfService(service) !== 'none')
        .filter(({ name }) => !(scene.boxesOf.get(serviceName(name)) ?? []).some(tells))
        .map(({ name }) => `service ${name} is hurt`);
    const frozen = clusters
        .filter(({ freshness }) => freshness === 'frozen' || freshness === 'queued')
        .filter(({ name }) => !(scene.boxesOf.get(asElementName(`${name}.edge-control-plane`)) ?? []).some(tells))
        .map(({ name, freshness }) => `${name} is ${freshness}`);
    return [...down, ...hurtHosts, ...hurtServices, ...frozen];
}

/** Of a large estate some failures stand for all. */
function failuresOf(topology: Topology) {
    const { all } = analysisOf(topology).graph.elements;
    const step = Math.ceil(all.length / 120);
    return all.filter((_, index) => index % step === 0);
}

/** Tests that nothing of an outcome is missing from the picture, of the estates at some paths. */
export function testOverlayOf(paths: readonly string[]): void {
    describe.each(paths)('%s', (path) => {
        test('whatever is lost, degraded or frozen is seen, or counted where it is folded', async () => {
            for (const topology of await topologiesAt(path)) {
                const { graph } = analysisOf(topology);
                const scenes = details.map((detail) => sceneOf(graph, detail));
                for (const { name } of failuresOf(topology)) {
                    const outcome = simulate(graph, [name]);
                    for (const scene of scenes) {
                        const wrong = unseen(scene, overlayOf(scene, outcome), outcome);
                        expect({ name, detail: scene.detail, wrong }).toEqual({
                            name,
                            detail: scene.detail,
                            wrong: [],
                        });
                    }
                }
            }
        });
    });
}
