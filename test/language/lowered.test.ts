import { expect, test } from 'vitest';
import { carriesWorkloads } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';

/** So many that what stands around an edit is less than half of a file, and not read again. */
const others = (letter: string) =>
    Array.from({ length: 12 }, (_, index) => `service ${letter}${index} on west { calls fx }`);

const files = {
    'a.tsbtopo': [
        'topology shop',
        'region us',
        'workload cluster east in us { gateway ingress in1 }',
        'service cart on east { requires fx }',
        'external service fx',
        ...others('a'),
    ].join('\n'),
    'b.tsbtopo': [
        'topology shop',
        'management cluster mgmt in us',
        ...others('b'),
        'defaults for workload clusters { edge control plane { token ttl 2h } requires fx }',
        'workload cluster west in us',
        'network { east <-> west }',
        'service shop on west { calls cart }',
    ].join('\n'),
};

const edits = {
    'a line more above the defaults of another file': [
        'b.tsbtopo',
        'management cluster',
        '// of all\nmanagement cluster',
    ],
    'other defaults in another file': ['b.tsbtopo', 'token ttl 2h', 'token ttl 3h'],
    'no defaults any more': [
        'b.tsbtopo',
        ...others('b'),
        'defaults for workload clusters { edge control plane { token ttl 2h } requires fx }',
        '',
    ],
    'a name that another file mentions': ['b.tsbtopo', 'workload cluster west', 'workload cluster west2'],
    'a name that is taken': ['b.tsbtopo', 'service shop', 'service cart'],
    'a line less above the network': ['b.tsbtopo', 'workload cluster west in us\n', ''],
    'the first thing that runs on the management cluster': [
        'a.tsbtopo',
        'service cart on east',
        'service cart on mgmt',
    ],
    'what another file says about it': ['b.tsbtopo', 'network', 'about cart { owner "shop" }\nnetwork'],
    'a requirement less': ['a.tsbtopo', '{ requires fx }', ''],
} as const;

test.each(Object.entries(edits))(
    'after an edit and back the plain data is as if it was read anew: %s',
    async (_, edit) => {
        const [name, before, instead] = edit;
        const changed = { ...files, [name]: files[name].replace(before, instead) };
        expect(changed[name]).not.toBe(files[name]);
        const opened = await estate(files);
        const now = await opened.change({ [name]: changed[name] });
        expect(now.topology).toEqual((await estate(changed)).topology);
        const back = await now.change({ [name]: files[name] });
        expect(back.topology).toEqual((await estate(files)).topology);
    },
);

test('what no edit touched is the same object', async () => {
    const opened = await estate(files);
    const { topology } = await opened.change({ 'b.tsbtopo': files['b.tsbtopo'].replace('calls cart', 'calls fx') });
    expect(topology.services.map((each, index) => each === opened.topology.services[index])).toEqual(
        topology.services.map(({ shortName }) => shortName !== 'shop'),
    );
    expect(topology.clusters).toBe(opened.topology.clusters);
    expect(topology.network).toBe(opened.topology.network);
    expect(topology.needs).toBe(opened.topology.needs);
});

test('a service of any file runs in the management cluster, but for the second one of a name', async () => {
    const managementIn = async (service: string) => {
        const { topology } = await estate({ ...files, 'c.tsbtopo': `topology shop\n${service}` });
        return topology.clusters.find(({ name }) => name === 'mgmt')!;
    };
    expect(carriesWorkloads(await managementIn('service sole on mgmt'))).toBe(true);
    expect(carriesWorkloads(await managementIn('service cart on mgmt'))).toBe(false);
    expect(carriesWorkloads(await managementIn('service sole on east'))).toBe(false);
});
