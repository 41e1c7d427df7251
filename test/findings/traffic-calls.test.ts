import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

const eastAndWest = `
    management cluster mgmt { management plane { elasticsearch internal direct } }
    workload cluster east { gateway east-west east-gw }
    workload cluster west { gateway east-west west-gw }`;

describe('call-unreachable', () => {
    test('everything that is missing on the way, each with its place', async () => {
        const text = `workload cluster <|east|>
            workload cluster west
            <|network { east -> west }|>
            service web on east, west { calls <|api|> }
            service <|api|> on east`;
        expect(await said(text, 'call-unreachable')).toEqual([
            {
                severity: 'warning',
                message: `'web' calls 'api', but from 'west' no request gets there, even while nothing fails: 'api' does not say \`failover east-west\`, and 'east' has no east-west gateway, and no line of the network says \`west -> east\`. Mend that, or run 'api' on 'west', too.`,
                at: 2,
                related: [
                    [3, `'api' does not say \`failover east-west\``],
                    [0, `'east' has no east-west gateway`],
                    [1, `no line of the network says \`west -> east\``],
                ],
            },
        ]);
    });

    test('of several homes the one that is nearest to being reached counts', async () => {
        const text = `${eastAndWest}
            workload cluster north
            service web on east { requires <|api|> }
            service api on north, west { namespace other  <|no failover|> }`;
        const [finding] = await said(text, 'call-unreachable');
        expect(finding).toMatchObject({ at: 0, related: [[1, `'api' does not say \`failover east-west\``]] });
        expect(finding?.message).toMatch(/^'web' requires 'api', but from 'east' no request gets there/);
    });

    test('helpers, too', async () => {
        const text = `${eastAndWest}
            service web on east {
                external authorization by <|authz|> fails open
                rate limit by <|limits|>
            }
            service authz on west
            service limits on west`;
        const found = await said(text, 'call-unreachable');
        expect(found.map(({ at, message }) => [at, message.slice(0, message.indexOf(','))])).toEqual([
            [0, `'web' asks 'authz' for authorization`],
            [1, `'web' asks 'limits' for its rate limit`],
        ]);
    });

    test('what is called and required is told once', async () => {
        const text = `${eastAndWest}
            service web on east { calls api  requires <|api|> }
            service api on west`;
        expect(await said(text, 'call-unreachable')).toMatchObject([{ at: 0 }]);
    });

    test('not to an instance at home, over an east-west gateway, to what is outside, and to what runs nowhere', async () => {
        expect(
            await codesOf(`${eastAndWest}
                service web on east, west { no failover  calls local, remote, stripe }
                service local on east, west { no failover }
                service remote on west { failover east-west }
                external service stripe`),
        ).toEqual([]);
        const nowhere = `${eastAndWest}  service web on east { calls api }  service api`;
        expect(await codesOf(nowhere)).toEqual(['service-without-home']);
    });
});
