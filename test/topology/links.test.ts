import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findElement } from '../../server/topology/element-names.js';
import { elementsOf } from '../../server/topology/elements.js';
import { pairsOf, targetsFrom, waysOf } from '../../server/topology/network.js';
import type { NetworkLine } from '../../server/topology/topology.js';
import { mesh, namesOf } from '../mesh.js';
import { estate } from '../fixture.js';

const somewhere = { uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };

describe('which line opens a way', () => {
    const clusters = ['a', 'b', 'c', 'd'];
    const side = fc.uniqueArray(fc.constantFrom(...clusters));
    const randomLines = fc.array(fc.record({ from: side, to: side, bothWays: fc.boolean() }));
    const said = (lines: readonly Omit<NetworkLine, 'at'>[]) => lines.map((line) => ({ ...line, at: somewhere }));

    /** Line by line and pair by pair. */
    const opens = ({ from, to, bothWays }: NetworkLine, one: string, other: string) =>
        one !== other &&
        ((from.includes(one) && to.includes(other)) || (bothWays && from.includes(other) && to.includes(one)));

    test('the first of those that do', () => {
        fc.assert(
            fc.property(
                randomLines.map(said),
                fc.constantFrom(...clusters),
                fc.constantFrom(...clusters),
                (lines, a, b) => {
                    const { lineOf, lineBetween, linesFrom } = waysOf({ declared: true, at: [], lines });
                    expect(lineOf(a, b)).toBe(lines.find((line) => opens(line, a, b)));
                    expect(lineBetween(a, b)).toBe(lines.find((line) => opens(line, a, b) || opens(line, b, a)));
                    const reached = linesFrom(a).flatMap((line) => targetsFrom(line, a));
                    expect(reached.includes(b)).toBe(lineOf(a, b) !== undefined);
                },
            ),
        );
    });

    test('the pairs that it joins are counted without listing them', () => {
        fc.assert(
            fc.property(randomLines.map(said), (lines) => {
                for (const line of lines) {
                    const pairs = line.from.flatMap((one) =>
                        line.to.flatMap((other) => (one === other ? [] : [[one, other].sort().join()])),
                    );
                    expect(pairsOf(line)).toBe(new Set(pairs).size);
                }
            }),
        );
    });
});

describe('a line with many names on both sides', () => {
    const linksIn = async (text: string) =>
        elementsOf((await estate(text)).topology).all.filter(({ kind }) => kind === 'link');

    test('has its links listed up to fifty of them, and no more than those to the management cluster beyond', async () => {
        expect(await linksIn(mesh(50))).toHaveLength((50 * 49) / 2 + 50);
        expect(await linksIn(mesh(51))).toHaveLength(51);
        expect(await linksIn(mesh(400))).toHaveLength(400);
    });

    test('has all of them listed where one side is short, or each stands by itself', async () => {
        const text = (line: string) =>
            `${namesOf(60, (name) => `workload cluster ${name}`, '\n')}\nnetwork { ${line} }`;
        expect(await linksIn(text(`c0 <-> ${namesOf(60)}`))).toHaveLength(59);
        expect(await linksIn(text(namesOf(59, (name) => `c59 -> ${name}`, '\n')))).toHaveLength(59);
    });

    test.each([
        ['link:c3/c7', 'link:c3/c7'],
        ['link:c7/c3', 'link:c3/c7'],
        ['c7/c3', 'link:c3/c7'],
        ['link:c7->c3', 'link:c7->c3'],
        ['c3->c7', 'link:c3->c7'],
        ['mgmt/c3', 'link:c3/mgmt'],
        ['link:c3/nothing', undefined],
        ['link:c3/c3', undefined],
    ])('has any that is named: %s is %s', async (text, name) => {
        const { found } = findElement(elementsOf((await estate(mesh(60))).topology), text);
        expect(found?.name).toBe(name);
    });

    test('says the same of them as if they were listed', async () => {
        const few = elementsOf((await estate(mesh(12))).topology);
        for (const element of few.all.filter(({ ends }) => ends)) {
            expect(few.links.named(element.name)).toEqual(element);
        }
    });
});
