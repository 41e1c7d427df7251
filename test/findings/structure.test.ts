import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../server/findings/finding.js';
import { mesh, namesOf } from '../mesh.js';
import { said } from './traffic-check.js';

const mgmt = 'management cluster mgmt ';

/** Where something of that code is said: numbers of marks, or the texts that stand there. */
const places = async (code: FindingCode, input: string | Record<string, string>) =>
    (await said(input, code)).map(({ at }) => at);

describe('said where it is so, and nowhere else', () => {
    test.each<[FindingCode, string, (number | string)[]]>([
        ['no-management-cluster', '<|topology demo|> workload cluster east', [0]],
        ['no-management-cluster', 'workload cluster <|east|>', [0]],
        ['no-management-cluster', 'service <|shop|>', [0]],
        ['no-management-cluster', 'region <|us|>', [0]],
        ['no-management-cluster', '', []],
        ['no-management-cluster', `${mgmt}workload cluster east`, []],
        [
            'several-management-clusters',
            'management cluster a management cluster <|b|> management cluster <|c|>',
            [0, 1],
        ],
        ['several-management-clusters', mgmt, []],
        ['no-workload-cluster', 'management cluster <|mgmt|>', [0]],
        ['no-workload-cluster', `${mgmt}workload cluster east`, []],
        ['no-workload-cluster', 'region us', []],
        ['service-without-home', `${mgmt}workload cluster east service <|shop|> service cart on east`, [0]],
        ['service-without-home', `${mgmt}workload cluster east service shop { on east }`, []],
        ['tier1-on-management-cluster', 'management cluster mgmt { gateway tier1 <|front|> }', [0]],
        ['tier1-on-management-cluster', 'management cluster mgmt { gateway ingress, tier1 <|front|> }', [0]],
        ['tier1-on-management-cluster', 'management cluster mgmt { gateway ingress }', []],
        ['tier1-on-management-cluster', `${mgmt}workload cluster dmz { gateway tier1 }`, []],
        ['workload-on-management-cluster', `${mgmt}workload cluster east service shop on <|mgmt|>, east`, [0]],
        ['workload-on-management-cluster', `${mgmt}workload cluster east service shop on east`, []],
        ['workload-on-management-cluster', `${mgmt}service vms { on mgmt { virtual machines } }`, []],
        [
            'gateway-without-service',
            `${mgmt}workload cluster a { gateway ingress <|in1|> } workload cluster b service s on b`,
            [0],
        ],
        [
            'gateway-without-service',
            `${mgmt}workload cluster a { gateway east-west <|gw|> } workload cluster b service s on b`,
            [0],
        ],
        ['gateway-without-service', `${mgmt}workload cluster a { gateway ingress } service s on a`, []],
        ['gateway-without-service', `${mgmt}workload cluster a { gateway ingress }`, []],
        [
            'gateway-without-service',
            `${mgmt}workload cluster a { gateway tier1 } workload cluster b service s on b`,
            [],
        ],
    ])('%s: %s', async (code, text, expected) => {
        expect(await places(code, text)).toEqual(expected);
    });
});

describe('links-unlisted', () => {
    test('where a line joins more clusters than are listed pair by pair', async () => {
        expect(await said(mesh(50), 'links-unlisted')).toEqual([]);
        const [finding] = await said(mesh(51), 'links-unlisted');
        expect(finding).toMatchObject({
            severity: 'hint',
            message: expect.stringMatching(/^This line joins 1275 pairs of clusters\..*`link:c0\/c1`\.$/) as string,
        });
    });

    test('where no line says anything, and all clusters reach each other', async () => {
        const open = (clusters: number) => `${mgmt}${namesOf(clusters - 1, (name) => `workload cluster ${name}`, ' ')}`;
        expect(await said(open(50), 'links-unlisted')).toEqual([]);
        const [finding] = await said(open(51), 'links-unlisted');
        expect(finding?.message).toMatch(/^All clusters reach each other, which joins 1275 pairs of clusters\./);
    });
});

test('the second management cluster points to the first', async () => {
    const [finding] = await said('management cluster <|a|>\nmanagement cluster <|b|>', 'several-management-clusters');
    expect(finding).toEqual({
        severity: 'error',
        message:
            "'b' is a second management cluster; an estate has one, and 'a' is taken for it. Give 'b' a topology of its own, or make it a workload cluster.",
        at: 1,
        related: [[0, "'a' is the management cluster"]],
    });
});

test('what is missing is shown in the file that has the header', async () => {
    const files = { 'a.tsbtopo': 'workload cluster east', 'b.tsbtopo': '<|topology demo|>\nservice shop on east' };
    expect(await places('no-management-cluster', files)).toEqual([0]);
});

test('what stands in one file completes another', async () => {
    const files = {
        'a.tsbtopo': 'topology demo\nworkload cluster east',
        'b.tsbtopo': 'topology demo\nmanagement cluster mgmt',
        'c.tsbtopo': 'topology demo\nservice shop on east',
    };
    expect(await places('no-management-cluster', files)).toEqual([]);
    expect(await places('service-without-home', files)).toEqual([]);
});
