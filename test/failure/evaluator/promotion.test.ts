import { describe, expect, it } from 'vitest';
import { failedOncePromoted, promotedWhile } from './promotion.js';
import { marks, read } from './read.js';

interface Estate {
    readonly plane?: string;
    readonly standby?: string;
    readonly inside?: string;
}

function estateOf({ plane = '', standby = 'copy', inside = '' }: Estate): string {
    return `
        external service dns
        region us
        region eu
        management cluster mgmt in us { management plane { ${plane} } ${inside} }
        standby management cluster dr in eu { ${standby} }
        workload cluster a { gateway ingress }
        workload cluster b { gateway ingress }
        service shop on a, b`;
}

/** The marks while edges look for the standby, and then; undefined: the promotion is refused. */
async function promoted(estate: Estate, ...failed: string[]): Promise<string[] | undefined> {
    const found = promotedWhile(await read(estateOf(estate)), failed);
    return found && [marks(found.searching), marks(found.later)];
}

/** The marks of what fails once the standby was promoted. */
async function failedLater(estate: Estate, ...failed: string[]): Promise<string | undefined> {
    const found = failedOncePromoted(await read(estateOf(estate)), failed);
    return found && marks(found);
}

describe('a standby', () => {
    it.each([['mgmt'], ['region:us'], ['mgmt.management-plane'], ['link:a/mgmt']])(
        'makes up for %s',
        async (failed) => {
            expect(await promoted({}, failed)).toEqual(['✅ ⚠️ ✅ ✅', '✅ ✅ ✅ ✅']);
        },
    );

    it.each([['dr'], ['region:eu']])('is not promoted while %s is down', async (failed) => {
        expect(await promoted({}, failed)).toBeUndefined();
    });

    it.each<[string, Estate]>([
        ['what it requires', { standby: 'copy  requires dns' }],
        ['what it requires to start', { standby: 'copy  requires dns to start' }],
    ])('is not promoted without %s', async (_, estate) => {
        expect(await promoted(estate, 'external:dns')).toBeUndefined();
        expect(await promoted(estate)).toBeDefined();
    });

    it('is not promoted without a database that it shares', async () => {
        const shared = { plane: 'postgres external', standby: '' };
        expect(await promoted(shared, 'store:postgres')).toBeUndefined();
        expect(await promoted({ plane: 'postgres external' }, 'store:postgres')).toEqual([
            '✅ ⚠️ ✅ ✅',
            '✅ ✅ ✅ ✅',
        ]);
        expect(await failedLater(shared, 'store:postgres')).toBe('✅ ✅ ✅ ❌');
    });
});

describe('once it is promoted', () => {
    it.each([
        ['dr', '✅ ⚠️ ❌ ❌'],
        ['link:a/dr', '✅ ⚠️ ⚠️ ✅'],
        ['link:a->dr', '✅ ⚠️ ⚠️ ✅'],
        ['link:dr->a', '✅ ✅ ✅ ✅'],
        ['mgmt', '✅ ✅ ✅ ✅'],
        ['store:elasticsearch', '✅ ✅ ✅ ✅'],
        ['link:a/mgmt', '✅ ✅ ✅ ✅'],
    ])('%s is judged like this', async (failed, expected) => {
        expect(await failedLater({}, failed)).toBe(expected);
    });

    it('a store outside is needed as before', async () => {
        expect(await failedLater({ plane: 'elasticsearch external' }, 'store:elasticsearch')).toBe('✅ ✅ ❌ ⚠️');
    });

    it('the old side reaches it over the network, if something runs there', async () => {
        expect(await failedLater({ inside: 'gateway ingress' }, 'link:mgmt/dr')).toBe('✅ ⚠️ ⚠️ ✅');
        expect(await failedLater({}, 'link:mgmt/dr')).toBe('✅ ✅ ✅ ✅');
    });
});
