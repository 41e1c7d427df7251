import { describe, expect, test } from 'vitest';
import { said } from './traffic-check.js';

const mgmt = 'management cluster mgmt';

describe('virtual-machines-without-gateway', () => {
    test('once for each cluster', async () => {
        const text = `${mgmt}  workload cluster <|east|>
            service old { on east { <|virtual machines|> } }
            service older { on <|east|> { virtual machines } }`;
        expect(await said(text, 'virtual-machines-without-gateway')).toEqual([
            {
                severity: 'warning',
                message: `Virtual machines of 'old' and 'older' stand beside 'east', and 'east' has no vm gateway by which they join the mesh. Declare \`gateway vm\` there, or name a gateway: \`virtual machines via GATEWAY\`.`,
                at: 1,
                related: [
                    [2, `'older' does so here`],
                    [0, `'east' has no vm gateway`],
                ],
            },
        ]);
    });

    test('not with a gateway there, or one that is named', async () => {
        const own = `${mgmt}  workload cluster east { gateway vm }  service old { on east { virtual machines } }`;
        expect(await said(own, 'virtual-machines-without-gateway')).toEqual([]);
        const named = `${mgmt}  workload cluster east  workload cluster west { gateway vm vms }
            service old { on east { virtual machines via vms } }`;
        expect(await said(named, 'virtual-machines-without-gateway')).toEqual([]);
    });
});

describe('egress-gateway-without-effect', () => {
    const estate = (callers: string, needs: string) => `${mgmt}
        workload cluster <|east|>
        workload cluster west { gateway egress <|out|> }
        service shop on ${callers} { ${needs} }
        service cart on west
        external service stripe`;

    test('calls leave elsewhere', async () => {
        expect(await said(estate('east', 'calls stripe'), 'egress-gateway-without-effect')).toEqual([
            {
                severity: 'info',
                message: `Nothing leaves by 'out': nobody on 'west' calls what is outside, and calls from 'east' leave directly, since an egress gateway serves its own cluster only. Declare one there, or take this one out.`,
                at: 1,
                related: [[0, `calls leave 'east' directly`]],
            },
        ]);
        const helper = estate('east', 'rate limit by stripe');
        expect(await said(helper, 'egress-gateway-without-effect')).toHaveLength(1);
    });

    test('not where somebody on its cluster calls outside, nobody does at all, or each has one', async () => {
        expect(await said(estate('east, west', 'requires stripe'), 'egress-gateway-without-effect')).toEqual([]);
        expect(await said(estate('east', 'calls cart'), 'egress-gateway-without-effect')).toEqual([]);
        const each = estate('east', 'calls stripe').replace('cluster <|east|>', 'cluster <|east|> { gateway egress }');
        expect(await said(each, 'egress-gateway-without-effect')).toEqual([]);
    });
});
