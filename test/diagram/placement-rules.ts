import { describe, expect, test } from 'vitest';
import { details } from '../../server/diagram/box.js';
import { fileStyle } from '../../server/diagram/palette.js';
import { pictureOf } from '../../server/diagram/picture.js';
import { placed } from '../../server/diagram/place.js';
import { svgOf } from '../../server/diagram/svg.js';
import { analysisOf } from '../../server/failure/analysis.js';
import type { Topology } from '../../server/topology/topology.js';
import { additionsTo } from './additions.js';
import { topologiesAt } from './estates.js';
import { misplaced, movedIn, rooms, sceneFor, strayLines, wentIn } from './places.js';

/** Tests what holds of the places in the picture of every estate, of those at some paths. */
export function testPlacesOf(paths: readonly string[]): void {
    describe.each(paths)('%s', (path) => {
        test('no two boxes overlap, and no line touches a box that is not its own', async () => {
            for (const topology of await topologiesAt(path)) {
                for (const detail of details) {
                    const scene = sceneFor(topology, detail);
                    for (const room of rooms) {
                        const placement = placed(scene, undefined, room);
                        const about = { detail, room };
                        expect({ ...about, wrong: misplaced(scene, placement) }).toEqual({ ...about, wrong: [] });
                        expect({ ...about, wrong: strayLines(scene, placement) }).toEqual({ ...about, wrong: [] });
                    }
                }
            }
        });

        test('the same text gives the same picture, and what is placed again stays', async () => {
            const [before, after] = await Promise.all([topologiesAt(path), topologiesAt(path)]);
            for (const [index, topology] of before.entries()) {
                const draw = (one: Topology) => svgOf(pictureOf(analysisOf(one).graph, { style: fileStyle('auto') }));
                expect(draw(after[index]!)).toBe(draw(topology));
                const scene = sceneFor(topology);
                const placement = placed(scene);
                expect(movedIn(placement, placed(scene, placement.memory))).toEqual([]);
            }
        });

        test('what is removed or renamed moves nobody else', async () => {
            for (const topology of await topologiesAt(path)) {
                const scene = sceneFor(topology);
                for (const room of rooms) {
                    const placement = placed(scene, undefined, room);
                    for (const edited of [...without(topology), ...renamed(topology)]) {
                        const now = sceneFor(edited, scene.detail);
                        const next = placed(now, placement.memory);
                        expect(movedIn(placement, next)).toEqual([]);
                        expect(misplaced(now, next)).toEqual([]);
                    }
                }
            }
        });

        test('what is added moves nobody', async () => {
            for (const topology of await topologiesAt(path)) {
                const scene = sceneFor(topology);
                for (const room of rooms.slice(0, 2)) {
                    const placement = placed(scene, undefined, room);
                    for (const { what, topology: edited } of additionsTo(topology)) {
                        const now = sceneFor(edited, scene.detail);
                        const next = placed(now, placement.memory);
                        const went = wentIn([scene, now], placement, next);
                        const about = { what, room };
                        expect({ ...about, went }).toEqual({ ...about, went: [] });
                        expect({ ...about, wrong: misplaced(now, next) }).toEqual({ ...about, wrong: [] });
                        expect({ ...about, wrong: strayLines(now, next) }).toEqual({ ...about, wrong: [] });
                    }
                }
            }
        });
    });
}

/** The estate without one of its services, or of what is outside the mesh. */
function without(topology: Topology): Topology[] {
    const { services, externalServices } = topology;
    return [
        ...services.slice(0, 3).map((gone): Topology => ({
            ...topology,
            services: services
                .filter((service) => service !== gone)
                .map((service) => ({
                    ...service,
                    calls: service.calls.filter(({ name }) => name !== gone.shortName),
                    requires: service.requires.filter(({ name }) => name !== gone.shortName),
                })),
        })),
        ...externalServices.slice(0, 2).map((gone): Topology => ({
            ...topology,
            externalServices: externalServices.filter((external) => external !== gone),
            services: services.map((service) => ({
                ...service,
                calls: service.calls.filter(({ kind, name }) => kind === 'service' || name !== gone.name),
                requires: service.requires.filter(({ kind, name }) => kind === 'service' || name !== gone.name),
            })),
        })),
    ];
}

/** The estate with another name for one of its services: the place in the file stays. */
function renamed(topology: Topology): Topology[] {
    const { services } = topology;
    return services.slice(0, 3).map((old): Topology => {
        const name = `${old.name}-with-a-much-longer-name`;
        const called = (callees: typeof old.calls) =>
            callees.map((callee) => (callee.name === old.shortName ? { ...callee, name } : callee));
        return {
            ...topology,
            services: services.map((service) => ({
                ...service,
                ...(service === old && { name, shortName: name }),
                calls: called(service.calls),
                requires: called(service.requires),
            })),
        };
    });
}
