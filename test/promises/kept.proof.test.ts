import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, type Verdicts } from '../../server/promises/judge.js';
import { contentOf } from '../../server/promises/meaning.js';
import { lastKept } from '../../server/promises/kept.js';
import { promiseProblems } from '../../server/promises/problems.js';
import { analysisOf } from '../../server/failure/analysis.js';
import type { Choice, Objective, ObjectivePromise } from '../../server/topology/promises.js';
import type { Topology } from '../../server/topology/topology.js';
import { afterEdits } from '../failure/after-edits.js';
import { estate } from '../fixture.js';
import { share } from '../share.js';

const uri = 'file:///estate.tsbtopo';
const nowhere = { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };

function choice(quantifier: Choice['quantifier'], of: string): Choice {
    return { kind: 'choice', quantifier, count: 1, of, written: `${quantifier} ${of}`, at: nowhere };
}

const causes = ['cluster', 'gateway', 'link', 'region', 'component', ''];

const objectives = ['host', 'service'].flatMap((of) =>
    causes.flatMap((cause) =>
        [
            { kind: 'survives' as const, partly: false },
            { kind: 'survives' as const, partly: true, for: 86_400 },
            { kind: 'recovers' as const, within: 120 },
        ].map((promise): Objective => {
            const promised: ObjectivePromise = { ...promise, cause: choice('any', cause) };
            const said = { written: '', at: nowhere, nameAt: nowhere };
            return { ...said, subjects: [choice('every', of)], promise: promised, accepted: [] };
        }),
    ),
);

function judged(topology: Topology, objectives: readonly Objective[]): Verdicts {
    const steps = judge(topology, { scenarios: [], objectives, acceptances: [] });
    for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
    }
}

function verdictsOf(topology: Topology): { readonly kind: string }[] {
    return judged(topology, objectives).objectives.map(({ verdict }) => {
        if (verdict.kind === 'kept') return { ...verdict, restsOn: verdict.restsOn?.name };
        if (verdict.kind !== 'broken') return { kind: verdict.kind };
        const { failures, harmed } = verdict.by;
        const names = [...failures, ...harmed.map(({ judged }) => judged)].map((each) => 'name' in each && each.name);
        return { kind: verdict.kind, names };
    });
}

interface Written {
    readonly homes: readonly string[];
    readonly isExposed: boolean;
    readonly failsOver: boolean;
    /** Who stands before it and is called. */
    readonly calls: number;
}

const clusters = ['a', 'b', 'c'];

const service: fc.Arbitrary<Written> = fc.record({
    homes: fc.subarray(clusters, { minLength: 1 }),
    isExposed: fc.boolean(),
    failsOver: fc.boolean(),
    calls: fc.nat({ max: 8 }),
});

/** Some of the clusters stand nowhere, and some services belong together. */
function textOf(places: readonly boolean[], services: readonly Written[]): string {
    const place = (index: number) => (places[index] ? ` in ${index === 0 ? 'north' : 'south'}` : '');
    return [
        'topology shop',
        'region north',
        'region south',
        'management cluster mgmt in north',
        ...clusters.map((name, index) => `workload cluster ${name}${place(index)} { gateway ingress, east-west gw }`),
        ...services.map(({ homes, isExposed, failsOver, calls }, index) => {
            const items = [
                ...(isExposed ? [`exposed "s${index}.example.com" { gslb ttl 30s }`] : []),
                failsOver ? 'failover east-west  outlier detection' : 'no failover',
                ...(calls < index ? [`calls s${calls}`] : []),
            ];
            return `service s${index} on ${homes.join(', ')} { ${items.join('  ')} }`;
        }),
    ].join('\n');
}

test('what is kept of one state for the next is what judging that by itself finds', async () => {
    let [kept, lost] = [0, 0];
    await fc.assert(
        fc.asyncProperty(
            fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
            fc.array(service, { minLength: 2, maxLength: 5 }),
            fc.array(fc.tuple(fc.nat(), service), { minLength: 1, maxLength: 3 }),
            async (places, services, edits) => {
                const opened = await estate(textOf(places, services));
                verdictsOf(opened.topology);
                const now = [...services];
                for (const [place, other] of edits) {
                    now[place % now.length] = other;
                    const { topology } = await opened.change({ 'main.tsbtopo': textOf(places, now) });
                    const { graph } = analysisOf(topology);
                    const last = lastKept(graph);
                    const found = verdictsOf(topology);
                    for (const [index, { subjects, promise, accepted }] of objectives.entries()) {
                        const parts = last.get(contentOf([subjects, promise, accepted]));
                        if (!graph.parts?.all.some((part) => parts?.has(part))) continue;
                        kept++;
                        if (found[index]!.kind !== 'kept') lost++;
                    }
                    expect(found).toEqual(verdictsOf({ ...topology }));
                }
            },
        ),
        { numRuns: share(300) },
    );
    // there is something to keep, and something to miss
    expect(kept).toBeGreaterThan(share(300));
    expect(lost).toBeGreaterThan(share(30));
});

/** The same, and of two failures at once. */
const withPairs = [
    ...objectives,
    ...['host', 'service'].flatMap((of) =>
        ['cluster', ''].map((cause): Objective => {
            const promise: ObjectivePromise = {
                ...{ kind: 'survives', partly: false },
                cause: { ...choice('any', cause), count: 2 },
            };
            return {
                ...{ written: '', at: nowhere, nameAt: nowhere },
                subjects: [choice('every', of)],
                promise,
                accepted: [],
            };
        }),
    ),
];

test('after edits promises are told as a fresh start tells them, with how many failures were tried', () => {
    const codes = new Map<string, number>();
    const told = (topology: Topology) => {
        const verdicts = judged(topology, withPairs);
        const tried = verdicts.objectives.map(({ verdict }) => ('tried' in verdict ? verdict.tried : undefined));
        return {
            problems: promiseProblems(verdicts),
            kinds: verdicts.objectives.map(({ verdict }) => verdict.kind),
            tried,
        };
    };
    afterEdits(share(200), (topology, isFirst) => {
        const now = told(topology);
        if (isFirst) return;
        for (const kind of now.kinds) codes.set(kind, (codes.get(kind) ?? 0) + 1);
        expect(now).toEqual(told({ ...topology }));
    });
    for (const kind of ['kept', 'broken']) expect(codes.get(kind)).toBeGreaterThan(share(500));
});
