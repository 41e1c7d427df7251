import { expect, test } from 'vitest';
import { joined, namedRemark, type Remark } from '../../server/impact/remark.js';

const failed = (name: string) => namedRemark('failed', { before: 'instances on ', name, after: ' failed' });
const limited = (text: string): Remark => ({ state: 'limited', text });

test.each<[string, Remark[], string | undefined]>([
    ['nothing', [], undefined],
    ['the gravest first', [limited('no kubectl'), failed('east')], 'failed: instances on east failed · no kubectl'],
    ['alike, together', [failed('a'), limited('x'), failed('b')], 'failed: instances on a and b failed · x'],
    ['the same once', [limited('x'), limited('x')], 'limited: x'],
    [
        'what another says, too',
        [limited('served from a'), limited('served from a, later')],
        'limited: served from a, later',
    ],
    ['not what only begins alike', [limited('from e1'), limited('from e12')], 'limited: from e1 · from e12'],
    [
        'nor what only ends alike',
        [limited('shop down'), limited('web-shop down')],
        'limited: shop down · web-shop down',
    ],
])('%s', (_, remarks, expected) => {
    const told = joined(remarks);
    expect(told && `${told.state}: ${told.text}`).toBe(expected);
});
