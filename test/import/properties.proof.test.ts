import fc from 'fast-check';
import { expect, test } from 'vitest';
import { driftOf, readImported } from '../../server/estate/imported.js';
import type { Problem } from '../../server/estate/problem.js';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import type { TsbtopoServices } from '../../server/language/services.js';
import { driftLine } from '../../server/drift/drift.js';
import { sealed } from '../../server/import/writing/seal.js';
import { scratch } from '../drift/drift.js';
import type { Topology } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';
import { importFiles, type ImportedFiles } from './imported.js';
import { share } from '../share.js';
import { filesOf, forms, models, spellings, type Form, type Model } from './random-estate.js';

const imported = (model: Model, form: Form, spelling = (_: number) => 0): ImportedFiles => {
    const { files, clusters } = filesOf(model, form, (_, index) => spellings[spelling(index) % spellings.length]!);
    return importFiles(files, { clusters, withSources: true });
};

/** All that was found out, but for where. */
const withoutPlaces = ({ estate }: ImportedFiles): unknown =>
    JSON.parse(
        JSON.stringify(estate, (key, value: unknown) =>
            key === 'at' ? undefined : value instanceof Map || value instanceof Set ? [...value] : value,
        ),
    );

test('the order of files, and of objects in a file, changes no byte', () => {
    fc.assert(
        fc.property(models, fc.infiniteStream(fc.nat()), (model, numbers) => {
            const shuffled = [...model.things]
                .map((thing) => ({ thing, at: numbers.next().value as number }))
                .sort((a, b) => a.at - b.at)
                .map(({ thing }) => thing);
            const other = { things: shuffled, metrics: [...model.metrics].reverse() };
            const [one, another] = [imported(model, 'JSON list'), imported(other, 'JSON list')];
            expect(another.text).toBe(one.text);
            expect(another.report).toEqual(one.report);
            // of YAML the lines are others
            expect(withoutPlaces(imported(other, 'YAML documents'))).toEqual(withoutPlaces(one));
        }),
        { numRuns: share(400) },
    );
});

test('every spelling of the same objects gives the same estate, in JSON and in YAML', () => {
    fc.assert(
        fc.property(models, fc.constantFrom(...forms), fc.infiniteStream(fc.nat(2)), (model, form, numbers) => {
            const expected = withoutPlaces(imported(model, 'JSON list'));
            for (const each of spellings.keys())
                expect(withoutPlaces(imported(model, form, () => each))).toEqual(expected);
            expect(withoutPlaces(imported(model, form, () => numbers.next().value as number))).toEqual(expected);
        }),
        { numRuns: share(400) },
    );
});

test('what was just written differs in nothing, and has no errors', async () => {
    await fc.assert(
        fc.asyncProperty(models, async (model) => {
            const { text, estate: found } = imported(model, 'JSON list');
            const state = (await readImported(scratch, text, found.covered))!;
            const { topology, services } = await estate(text);
            expect(driftOf(topology, state, services).map(driftLine)).toEqual([]);
            expect(errorsOf(services)).toEqual([]);
        }),
        { numRuns: share(200) },
    );
});

/** What is wrong with the files; what is wrong with an estate, which may be broken, is no mistake of import's. */
function errorsOf(services: TsbtopoServices): readonly Problem[] {
    return snapshotsOf(services)
        .all()
        .flatMap((each) => each.problems())
        .filter(({ severity, finding }) => severity === 'error' && !finding);
}

/** Everything that somebody says beside an import, one `about` each. */
const said = [
    ['service shop/web', 'owner "hand"'],
    ['service shop/cart', 'labels tier = gold'],
    ['service shop/stock', 'calls shop/web'],
    ['service shop/web', 'requires shop/stock'],
    ['service pay/web', 'no failover'],
    ['service pay/cart', 'on east'],
    ['service shop/web on east', 'replicas 7'],
    ['"shop.example.com"', 'gslb ttl 90s'],
    ['east.edge', 'token ttl 3h'],
    ['cluster west', 'owner "hand"'],
    ['region us-east', 'owner "hand"'],
    ['north.front', 'owner "hand"'],
    ['postgres', 'backup every 1h'],
] as const;

test('import, `about … by hand`, import of what the estate has become: nothing of the hand is lost', async () => {
    await fc.assert(
        fc.asyncProperty(
            models,
            models,
            fc.shuffledSubarray([...said], { minLength: 1 }),
            async (first, then, hand) => {
                const byHand = `topology acme\n\n${hand.map(([thing, item]) => `about ${thing} { ${item} }\n`).join('')}`;
                for (const model of [first, then]) {
                    const { text } = imported(model, 'JSON list');
                    const both = await estate({ 'acme.import.tsbtopo': sealed(text), 'acme.tsbtopo': byHand });
                    const alone = await estate(text);
                    const lines = byHand.split('\n');
                    const errors = errorsOf(both.services);
                    const errorAt = (line: number) => errors.some(({ at }) => at.range.start.line === line);
                    const has = new Set(holding(both.topology));
                    const had = new Set(holding(alone.topology));
                    for (const [thing, item] of hand) {
                        const line = lines.indexOf(`about ${thing} { ${item} }`);
                        // what it is about is gone, or what it names is: that is told at its line
                        if (!errorAt(line))
                            expect([...has], `${thing} { ${item} }\n${text}`).toContain(`${thing}: ${item}`);
                    }
                    // and what the estate says is all there, but for the values that a hand has overruled
                    const overruled = new Set(hand.map(([thing, item]) => keyOf(`${thing}: ${item}`)));
                    for (const each of had) if (!overruled.has(keyOf(each))) expect(has).toContain(each);
                }
            },
        ),
        { numRuns: share(200) },
    );
});

/** Whatever a topology says that could be said in an `about`, in the same words. */
function holding({ clusters, services, regions }: Topology): string[] {
    const owned = (thing: string, { owner }: { readonly owner?: string }) =>
        owner === undefined ? [] : [`${thing}: owner "${owner}"`];
    return [
        ...regions.flatMap((region) => owned(`region ${region.name}`, region)),
        ...clusters.flatMap((cluster) => [
            ...owned(`cluster ${cluster.name}`, cluster),
            ...cluster.gateways.flatMap((gateway) => owned(`${cluster.name}.${gateway.name}`, gateway)),
            ...(cluster.edge ? [`${cluster.name}.edge: token ttl ${cluster.edge.tokenTtl.value / 3600}h`] : []),
            ...(cluster.kind === 'management' && cluster.managementPlane.postgres.backup.value.kind === 'kept'
                ? ['postgres: backup every 1h']
                : []),
        ]),
        ...services.flatMap((service) => {
            const thing = `service ${fullName(service)}`;
            return [
                ...owned(thing, service),
                ...[...service.labels].map(([key, value]) => `${thing}: labels ${key} = ${value}`),
                ...service.calls.map(({ name }) => `${thing}: calls ${nameOf(name, services)}`),
                ...service.requires.map(({ name }) => `${thing}: requires ${nameOf(name, services)}`),
                ...service.homes.flatMap(({ cluster, replicas }) => [
                    `${thing}: on ${cluster}`,
                    ...(replicas ? [`${thing} on ${cluster}: replicas ${replicas.count}`] : []),
                ]),
                `${thing}: ${service.eastWestFailover.value ? 'failover east-west' : 'no failover'}`,
                ...service.exposures.flatMap(({ host, gslbTtl }) => [
                    `"${host}": exposed`,
                    ...(gslbTtl ? [`"${host}": gslb ttl ${gslbTtl.value}s`] : []),
                ]),
            ];
        }),
    ];
}

function nameOf(name: string, services: Topology['services']): string {
    const found = services.find((each) => each.name === name);
    return found ? fullName(found) : name;
}

/** What of a thing there is one value of. */
function keyOf(line: string): string {
    return line
        .replace(/(owner|token ttl|replicas|gslb ttl) .*$/, '$1')
        .replace(/(no failover|failover east-west)$/, 'failover');
}

/** A name that two namespaces have is one with its namespace already. */
function fullName({ name, namespace }: Topology['services'][number]): string {
    return name.includes('/') ? name : `${namespace.value}/${name}`;
}
