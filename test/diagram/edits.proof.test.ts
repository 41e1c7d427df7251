import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scene } from '../../server/diagram/box.js';
import { placed, type Placement } from '../../server/diagram/place.js';
import { estate, type Fixture } from '../fixture.js';
import { share } from '../share.js';
import { paths, textsAt } from './estates.js';
import { containersOf, misplaced, rooms, sceneFor, strayLines, wentIn } from './places.js';
import { textEditsOf, type TextEdit } from './text-edits.js';

/** In this one names stand for two things: without the one, the other one is seen. */
const declaredTwice = 'test/corpus/duplicates';

const known = new Map<string, Promise<{ readonly fixture: Fixture; readonly edits: readonly TextEdit[] }>>();

/** An estate is read once. */
function estateAt(path: string) {
    const opened =
        known.get(path) ?? estate(textsAt(path)).then((fixture) => ({ fixture, edits: textEditsOf(fixture) }));
    known.set(path, opened);
    return opened;
}

const edited = paths.filter((path) => path !== declaredTwice && Object.keys(textsAt(path)).length > 0);

test('what is renamed, removed or moved in the text moves nobody else, and what is renamed stays itself', async () => {
    const counts = { renamed: 0, removed: 0, moved: 0 };
    const choice = fc.record({ path: fc.constantFrom(...edited), index: fc.nat(), room: fc.constantFrom(...rooms) });
    await fc.assert(
        fc.asyncProperty(choice, async ({ path, index, room }) => {
            const { fixture, edits } = await estateAt(path);
            const edit = edits[index % Math.max(1, edits.length)];
            const texts = await edit?.texts();
            if (!edit || !texts) return;
            const { topologies } = await estate({ ...textsAt(path), ...texts });
            for (const before of fixture.topologies) {
                const after = topologies.find(({ name }) => name === before.name);
                if (!after) continue;
                const scene = sceneFor(before);
                const now = sceneFor(after, scene.detail);
                const placement = placed(scene, undefined, room);
                const next = placed(now, placement.memory);
                const wrong = {
                    misplaced: misplaced(now, next),
                    lines: strayLines(now, next),
                    moved: movedBy(edit, [scene, now], [placement, next]),
                };
                expect({ path, room, of: `${edit.what} ${edit.of}`, wrong }).toEqual({
                    path,
                    room,
                    of: `${edit.what} ${edit.of}`,
                    wrong: { misplaced: [], lines: [], moved: [] },
                });
                counts[edit.what]++;
            }
        }),
        { numRuns: share(2_000), seed: 5 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(share(200));
});

/** What is elsewhere that should not be. */
function movedBy(
    { what, of }: TextEdit,
    [scene, now]: [Scene, Scene],
    [before, next]: [Placement, Placement],
): unknown[] {
    const [addressOf, addressNow] = [addresses(scene), addresses(now)];
    // a region that has no place for a cluster grows, and below it all may go down
    const growsRegion = what === 'moved' && of.startsWith('Place');
    const mayGo = ({ id, x, y }: { readonly id: string; readonly x: number; readonly y: number }) =>
        growsRegion && x === 0 && (y >= 0 || id.startsWith('region:'));
    // what went into another region or cluster went there
    const went: unknown[] = wentIn([scene, now], before, next).filter(
        (one) => addressOf(one.id) === addressNow(one.id) && !mayGo(one),
    );
    if (what === 'moved') return went;
    for (const [id, { width }] of before.boxes) {
        const now = next.boxes.get(id)?.width;
        if (now !== undefined && now > width && addressOf(id) === addressNow(id)) went.push({ id, wider: now - width });
    }
    if (what === 'removed') return went;
    const placesOf = (own: Placement, other: Placement) =>
        [...own.boxes].flatMap(([id, rect]) => (other.boxes.has(id) ? [] : [JSON.stringify(rect)])).sort();
    const [gone, fresh] = [placesOf(before, next), placesOf(next, before)];
    return JSON.stringify(gone) === JSON.stringify(fresh) ? went : [...went, { gone, fresh }];
}

/** In which cards and regions something stands. */
function addresses(scene: Scene): (id: string) => string {
    const containers = containersOf(scene);
    const addressOf = (id: string): string => {
        const container = containers.get(id);
        return container === undefined ? '' : `${container}\n${addressOf(container)}`;
    };
    return addressOf;
}
