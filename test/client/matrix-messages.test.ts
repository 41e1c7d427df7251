import { describe, expect, test } from 'vitest';
import { messageFromPage } from '../../src/matrix/messages.js';

const query = { declared: true, filter: 'east', sort: 'gravity' };

describe('a message of the matrix', () => {
    test.each<[object]>([
        [{ kind: 'outline', round: 1, query }],
        [{ kind: 'outline', round: 1, query: { ...query, group: 'kind', sort: 4 }, anchor: 'east' }],
        [{ kind: 'lines', round: 1, query, from: 0, to: 40 }],
        [{ kind: 'cell', element: 'east', column: 3 }],
        [{ kind: 'simulate', element: 'east' }],
        [{ kind: 'go', element: 'east' }],
    ])('%j is one, and nothing more of it is taken', (message) =>
        expect(messageFromPage({ ...message, more: 1 })).toEqual(message),
    );

    test.each<[unknown]>([
        [undefined],
        [{ kind: 'constructor' }],
        [{ kind: 'outline', round: 1 }],
        [{ kind: 'outline', round: 1, query: { ...query, group: 'toString' } }],
        [{ kind: 'lines', round: 1, query: { ...query, sort: -1 }, from: 0, to: 40 }],
        [{ kind: 'lines', round: 1, query: { ...query, filter: 7 }, from: 0, to: 40 }],
        [{ kind: 'lines', round: 1, query, from: 0.5, to: 40 }],
        [{ kind: 'cell', element: 'east' }],
        [{ kind: 'go', element: 7 }],
    ])('%j is none', (message) => expect(messageFromPage(message)).toBeUndefined());
});
