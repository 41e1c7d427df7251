import { TextDocument } from 'langium';
import { describe, expect, test } from 'vitest';
import type { InlayHint, Range } from 'vscode-languageserver';
import { defaultSettings } from '../../server/features/client.js';
import type { InlayHintSetting } from '../../server/features/client.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor, type Editor } from './editor.js';

const everything: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

async function hintsOf(opened: Editor, inlayHints: InlayHintSetting = 'deciding', range = everything) {
    const { services, document, uri } = opened;
    services.client.settings = { ...defaultSettings, inlayHints };
    const params = { textDocument: { uri: uri() }, range };
    return (await services.tsbtopo.lsp.InlayHintProvider!.getInlayHints(document(), params)) ?? [];
}

const labelOf = ({ label }: InlayHint) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join('');

/** The first file with its hints in it: `postgres‹external›`. */
async function shown(input: string | Record<string, string>, setting?: InlayHintSetting): Promise<string> {
    const opened = await editor(input);
    const hints = await hintsOf(opened, setting);
    const edits = hints.map((hint) => ({
        range: { start: hint.position, end: hint.position },
        newText: `‹${labelOf(hint)}›`,
    }));
    return TextDocument.applyEdits(opened.document().textDocument, edits);
}

const clusters = `
workload cluster a { gateway ingress }
workload cluster b { gateway ingress }`;

describe('what results depend on', () => {
    test.each([
        [
            'management cluster m { management plane { postgres } }',
            'management cluster m { management plane {‹elasticsearch internal direct› postgres‹external› } }',
        ],
        [
            'management cluster m { management plane }',
            'management cluster m { management plane‹postgres external›‹elasticsearch internal direct› }',
        ],
        [
            'management cluster m { management plane { postgres internal elasticsearch external } }',
            'management cluster m { management plane { postgres internal elasticsearch external‹direct› } }',
        ],
        [
            'management cluster m { management plane { postgres in r banyandb { backup } } }\nregion r',
            'management cluster m { management plane { postgres in r banyandb‹internal›‹via front-envoy› { backup } } }\nregion r',
        ],
        [
            'management cluster m { management plane { postgres in r elasticsearch via front-envoy identity-provider } }\nregion r',
            'management cluster m { management plane { postgres in r elasticsearch‹internal› via front-envoy identity-provider‹external› } }\nregion r',
        ],
        [
            'management cluster m { central control plane }',
            'management cluster m { central control plane‹listener own› }',
        ],
        ['management cluster m { central control plane { listener own } }', undefined],
        [
            'workload cluster c { edge control plane { gitops } }',
            'workload cluster c { edge control plane {‹token ttl 1h›‹leaf certificate ttl 24h› gitops‹sync› } }',
        ],
        ['workload cluster c', undefined],
        [`service s on a, b${clusters}`, `service s on a, b‹no failover›${clusters}`],
        [
            `service s { on a, b exposed "x" }${clusters}`,
            `service s {‹no failover› on a, b exposed "x"‹to a, b› }${clusters}`,
        ],
        [
            `service s { on a exposed "x" { gslb } }${clusters}`,
            `service s { on a exposed "x" { gslb‹ttl 30s› } }${clusters}`,
        ],
        [
            `external service s { exposed "x" via g { gslb } }\nworkload cluster c { gateway tier1 g }`,
            `external service s { exposed "x" via g { gslb‹ttl 30s› } }\nworkload cluster c { gateway tier1 g }`,
        ],
        [
            `service s { on a external authorization rate limit by t }\nservice t on a${clusters}`,
            `service s { on a external authorization‹fails closed› rate limit by t‹fails open› }\nservice t on a${clusters}`,
        ],
        [`service s { on a, b failover east-west exposed "x" to b }${clusters}`, undefined],
    ])('%s', async (text, expected) => {
        expect(await shown(text)).toBe(expected ?? text);
    });

    test('a broken file shows what is whole', async () => {
        expect(await shown('workload cluster c { edge control plane {')).toBe(
            'workload cluster c { edge control plane {‹token ttl 1h›‹leaf certificate ttl 24h›',
        );
        expect(await shown('service { exposed\nservice s on')).toBe('service { exposed\nservice s on');
    });
});

describe('what is said for all workload clusters', () => {
    const files = {
        'a.tsbtopo': 'topology t\nworkload cluster c { edge control plane { gitops off } }',
        'b.tsbtopo': 'topology t\ndefaults for workload clusters { edge control plane { token ttl 8h } }',
    };

    test('is what holds', async () => {
        expect(await shown(files)).toBe(
            'topology t\nworkload cluster c { edge control plane {‹token ttl 8h›‹leaf certificate ttl 24h› gitops off } }',
        );
    });

    test('and one gets there', async () => {
        const opened = await editor(files);
        const [hint] = await hintsOf(opened);
        expect(hint?.label).toMatchObject([
            { location: { uri: opened.uri('b.tsbtopo'), range: { start: { line: 1, character: 54 } } } },
        ]);
        expect(hint?.tooltip).toMatchObject({ value: 'Said once, in `defaults for workload clusters`.' });
    });
});

describe('the setting', () => {
    const text = `topology t
service s { on a exposed "x" }${clusters}
management cluster m { management plane { postgres internal elasticsearch internal direct iam-signing-key } }`;

    test('all', async () => {
        expect(await shown(text, 'all')).toBe(`topology t‹for tsb 1.10›
service ‹default/›s { on a exposed "x"‹via a.ingress› }${clusters}
management cluster m { management plane {‹gitops off› postgres internal‹backup not known› elasticsearch internal direct‹backup not known› iam-signing-key‹backup not known› } }`);
    });

    test.each(['deciding', 'off'] as const)('%s', async (setting) => {
        expect(await shown(text, setting)).toBe(text);
    });

    test('off', async () => {
        expect(await shown('management cluster m { central control plane }', 'off')).not.toContain('‹');
    });
});

test('only in the lines that are shown', async () => {
    const opened = await editor(
        'topology t\nservice s on a, b\nservice u on a, b\nworkload cluster a\nworkload cluster b',
    );
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } };
    expect((await hintsOf(opened, 'deciding', range)).map(({ position }) => position.line)).toEqual([2]);
});

test('the tooltip tells why, and from where one knows', async () => {
    const [hint] = await hintsOf(await editor('management cluster m { central control plane }'));
    expect(hint?.tooltip).toMatchObject({
        value: expect.stringMatching(
            /^\*\*Assumed:\*\* `listener own`\. The published table .*\*\(inferred\)\*$/,
        ) as string,
    });
});

test('a long list is cut', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `cluster-${index}`);
    const opened = await editor(
        `service s { on ${names.join(', ')} failover east-west exposed "x" }\n${names.map((name) => `workload cluster ${name} { gateway ingress }`).join('\n')}`,
    );
    const [hint] = await hintsOf(opened);
    expect(labelOf(hint!)).toMatch(/^to cluster-0, .{26}…$/);
    expect(hint!.textEdits?.[0]?.newText).toContain('cluster-19');
});

describe('accepting all hints writes what holds, and leaves none', () => {
    test.each([
        [
            `management cluster m {
    management plane { // stores
        banyandb
    }
    central control plane
}
service s on a, b {
    exposed "x" { gslb }
    rate limit
}
service u on a, b
defaults for workload clusters {
\tedge control plane {
\t}
}
workload cluster a { gateway ingress edge control plane {} }
workload cluster b { gateway ingress }`,
            `management cluster m {
    management plane { // stores
        postgres external
        banyandb internal via front-envoy
    }
    central control plane { listener own }
}
service s on a, b {
    no failover
    exposed "x" to a, b { gslb ttl 30s }
    rate limit fails open
}
service u on a, b { no failover }
defaults for workload clusters {
\tedge control plane {
\t\ttoken ttl 1h
\t\tleaf certificate ttl 24h
\t}
}
workload cluster a { gateway ingress edge control plane { token ttl 1h  leaf certificate ttl 24h } }
workload cluster b { gateway ingress }`,
        ],
    ])('%#', async (text, expected) => {
        const opened = await editor(text);
        const edits = (await hintsOf(opened)).flatMap(({ textEdits }) => textEdits ?? []);
        const written = TextDocument.applyEdits(opened.document().textDocument, edits);
        expect(written).toBe(expected);
        const again = await editor(written);
        expect(again.document().parseResult.parserErrors).toEqual([]);
        expect(await hintsOf(again)).toEqual([]);
    });
});

test('a line with a result of the running simulation has no hint, until the simulation ends', async () => {
    const opened = await editor(`topology t\n${clusters.trim()}\nservice shop on a, b`);
    const places = async () => (await hintsOf(opened, 'all')).map(({ position }) => position.line);
    const quiet = await places();
    expect(quiet).toContain(3);
    await opened.command(simulationCommands.fail, { element: 'a' });
    const drawn = await places();
    expect(drawn).not.toContain(1);
    expect(drawn).not.toContain(3);
    expect(drawn).toEqual(quiet.filter((line) => line !== 1 && line !== 3));
    await opened.command(simulationCommands.clear);
    expect(await places()).toEqual(quiet);
});

test('a file that import writes anew each time is not written into: its hints only show', async () => {
    const text = `topology t\nmanagement cluster m { management plane { postgres } }${clusters}`;
    const [byHand, imported] = await Promise.all(
        ['t.tsbtopo', 't.import.tsbtopo'].map(async (name) => hintsOf(await editor({ [name]: text }))),
    );
    expect(imported!.map(labelOf)).toEqual(byHand!.map(labelOf));
    expect(byHand!.some(({ textEdits }) => textEdits !== undefined)).toBe(true);
    expect(imported!.every(({ textEdits }) => textEdits === undefined)).toBe(true);
});

test('nothing is assumed of a management plane that the vendor runs', async () => {
    const text = (head: string) => `topology t\n${head}management cluster m {\n    management plane {\n    }\n}\n`;
    expect(await shown(text(''), 'all')).toContain('postgres');
    expect(await shown(text('hosted '), 'all')).not.toContain('postgres');
});
