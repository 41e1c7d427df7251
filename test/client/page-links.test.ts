import { expect, it } from 'vitest';
import { inPreview } from '../../src/simulation/page-links.js';

const pathOf = (uri: string) => (uri.startsWith('file:///w/') ? uri.slice('file:///w'.length) : undefined);

it.each([
    ['([line 12](file:///w/a%20b/acme.tsbtopo#L12))', '([line 12](/a%20b/acme.tsbtopo#L12))'],
    ['[acme](file:///w/acme.tsbtopo)', '[acme](/acme.tsbtopo)'],
    ['([line 12](file:///elsewhere/acme.tsbtopo#L12))', '(line 12)'],
    ['[Simulate `east`](command:tsbtopo.simulation.fail?%5B%7B%7D%5D) · next', 'Simulate `east` · next'],
    ['([source](https://docs.tetrate.io/x), likely)', '([source](https://docs.tetrate.io/x), likely)'],
    ['- [ ] the backup of (a)', '- [ ] the backup of (a)'],
    ['see [the model](model.md#r7)', 'see [the model](model.md#r7)'],
])('in a preview a link leads on, or is plain text: %s', (page, shown) => {
    expect(inPreview(page, pathOf)).toBe(shown);
});
