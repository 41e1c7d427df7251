import { describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { beginningFrom } from '../../server/knowledge/wall-clock.js';
import { asElementName } from '../../server/topology/element-name.js';
import { commandLineOf } from '../../src/sharing/command-line.js';
import { firstSection } from '../../src/sharing/first-section.js';
import { linkPath, linkTo, scenarioIn } from '../../src/sharing/scenario-link.js';

const quiet = { topology: 'acme', failures: ['east'], restarts: [], promotions: [], time: { at: 0 } };
const busy = {
    topology: 'us "prod" & more',
    failures: ['service:shop@west', 'link:east->mgmt', 'a b+c%20', 'größe#1'].map(asElementName),
    restarts: [{ element: 'east.istiod', at: 5_400, label: '1 h 30 min' }],
    promotions: [{ element: 'dr', at: 5_400, label: '1 h 30 min' }],
    time: { at: 5_400, duration: 14_400, began: beginningFrom('2026-11-28T14:05+01:00')! },
};

/** The query as VS Code hands it over. */
const opened = (link: string) => URI.parse(link).query;

describe('a link to a simulation', () => {
    it('can be read, where names are simple', () => {
        const time = { at: 43_200, duration: 90_000 };
        expect(linkTo({ ...quiet, time }, 'vscode', 'tsbtopo.tsbtopo')).toBe(
            'vscode://tsbtopo.tsbtopo/simulate?topology=acme&fail=east&for=1d1h&at=12h',
        );
    });

    it.each([quiet, busy])('opens the very scenario: %j', (view) => {
        const link = linkTo(view, 'vscode-insiders', 'tsbtopo.tsbtopo');
        expect(link).toMatch(/^[\x21-\x7e]+$/);
        const { scheme, authority, path } = URI.parse(link);
        expect([scheme, authority, path]).toEqual(['vscode-insiders', 'tsbtopo.tsbtopo', linkPath]);
        expect(scenarioIn(opened(link))).toEqual({
            topology: view.topology,
            scenario: {
                failures: view.failures,
                restarts: view.restarts.map(({ element, at }) => ({ element, at })),
                promotions: view.promotions.map(({ element, at }) => ({ element, at })),
                ...view.time,
            },
        });
    });

    it.each([
        '',
        'topology=acme',
        'fail=east',
        'topology=&fail=east',
        'topology=acme&fail=',
        'topology=acme&fail=east&at=soon',
        'topology=acme&fail=east&at=-5s',
        'topology=acme&fail=east&since=noon',
        'topology=acme&fail=east&for=99999999d',
        'topology=acme&fail=east&restart=west',
        'topology=acme&fail=east&restart=1h+',
        'topology=acme&fail=east&promote=dr',
        'topology=acme&fail=ea%1b[31mst',
        'topology=acme&fail=%E2%80%AEtsae',
        `topology=acme&fail=${'x'.repeat(501)}`,
        `topology=acme${'&fail=east'.repeat(201)}`,
    ])('that is not one is refused: %j', (query) => {
        expect(scenarioIn(query)).toBeUndefined();
    });

    it('of a later version opens with what is known of it', () => {
        expect(scenarioIn('topology=acme&fail=east&colour=red')?.scenario.failures).toEqual(['east']);
    });
});

describe('a command line', () => {
    it('has all that the scenario has', () => {
        expect(commandLineOf(quiet)).toEqual({
            text: 'tsbtopo simulate . --topology acme --fail east',
            leftOut: [],
        });
        expect(commandLineOf(busy)).toEqual({
            text:
                `tsbtopo simulate . --topology 'us "prod" & more' --fail service:shop@west --fail 'link:east->mgmt' ` +
                `--fail 'a b+c%20' --fail 'größe#1' --restart east.istiod --promote dr --for 4h --since 2026-11-28T14:05+01:00 --at 1h30m`,
            leftOut: [],
        });
    });

    it('knows what it cannot have: restarts and promotions at another time', () => {
        const { text, leftOut } = commandLineOf({ ...busy, time: { at: 0 } });
        expect(text).not.toContain('--restart');
        expect(leftOut).toEqual(['east.istiod', 'dr']);
    });
});

describe('the answer in a minute', () => {
    it('is the page up to its second heading', () => {
        expect(firstSection('# Title\n\nabout\n\n## Answer\n\nyes\n\n### Part\n\n## Why\n\nso\n')).toBe(
            '# Title\n\nabout\n\n## Answer\n\nyes\n\n### Part\n',
        );
    });

    it('of a page with one section is all of it', () => {
        expect(firstSection('# Title\n\n## Answer\n')).toBe('# Title\n\n## Answer\n');
    });
});
