import { describe, expect, test } from 'vitest';
import { clientCommands } from '../../server/protocol/client.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor } from './editor.js';

const rest = `
region us { zones a, b }
management cluster mgmt { management plane { postgres } }
workload cluster dmz { gateway tier1 front }
workload cluster west { gateway ingress }
external service stripe
service api on west`;

/** What hovering at `<|>` shows; that text stands at the beginning of an estate. */
async function hoverAt(text: string): Promise<string> {
    return (await editor(text + rest)).hover();
}

describe('a name: what the failure of the thing does', () => {
    test.each([
        ['workload cluster ea<|>st', 'workload cluster `east`'],
        ['workload cluster <|>east', 'workload cluster `east`'],
        ['workload cluster east in u<|>s', 'region `us`'],
        ['workload cluster east in us/<|>a', 'zone `us/a`'],
        ['region e<|>u', 'region `eu`'],
        ['region eu { zones x, <|>y }', 'zone `eu/y`'],
        ['workload cluster east { gateway ingress east-g<|>w }', 'gateway `east.east-gw`'],
        ['workload cluster east { ga<|>teway ingress }', 'gateway `east.ingress`'],
        ['workload cluster east { <|>edge control plane { gitops } }', 'edge control plane `east.edge-control-plane`'],
        ['workload cluster east { d<|>ata plane }', 'data plane `east.data-plane`'],
        ['service sh<|>op on west', 'service `shop`'],
        ['service x/sh<|>op on west', 'service `shop`'],
        ['service shop on we<|>st', 'workload cluster `west`'],
        ['service shop { on we<|>st }', 'workload cluster `west`'],
        ['service shop on west { calls a<|>pi }', 'service `api`'],
        ['service shop on west { requires str<|>ipe }', 'external service `stripe`'],
        ['service shop on west { exposed "a.b" via fro<|>nt }', 'gateway `dmz.front`'],
        ['service shop on west { exposed "a.b" via d<|>mz.front }', 'workload cluster `dmz`'],
        ['service shop on west { exposed "a.b" to we<|>st }', 'workload cluster `west`'],
        ['network { w<|>est -> mgmt }', 'workload cluster `west`'],
        ['network { west -> m<|>gmt }', 'management cluster `mgmt`'],
        ['external service san<|>dbox', 'external service `sandbox`'],
    ])('%s', async (text, title) => {
        expect(await hoverAt(`${text}\n`)).toMatch(
            new RegExp(`^\\*\\*${title.replace('.', '\\.')}\\*\\* — if it fails\n`),
        );
    });

    test('the same where it is declared and where it is used', async () => {
        expect(await hoverAt('service shop on w<|>est\n')).toBe(
            await (await editor(`service shop on west\n${rest.replace('cluster west', 'cluster we<|>st')}`)).hover(),
        );
    });

    test('in another file of the estate', async () => {
        const { hover } = await editor({
            'a.tsbtopo': 'service shop on ea<|>st',
            'b.tsbtopo': 'topology t\nworkload cluster east',
        });
        expect(await hover()).toMatch(/^\*\*workload cluster `east`\*\*/);
    });

    test('the range is that of the word', async () => {
        const { services, document, position, uri } = await editor('workload cluster ea<|>st');
        const hover = await services.tsbtopo.lsp.HoverProvider!.getHoverContent(document(), {
            textDocument: { uri: uri() },
            position,
        });
        expect(hover?.range).toEqual({ start: { line: 0, character: 17 }, end: { line: 0, character: 21 } });
    });
});

describe('any other word: what it means, its default and its source', () => {
    test.each([
        [
            'workload cluster east { edge control plane { tok<|>en ttl 1h } }',
            /^`token ttl DURATION`\n\n.*\n\n\*\*Unsaid:\*\* `token ttl 1h`\. .*\n\n\*\*Clock:\*\* agent token, 1 h\. .*\*\(inferred\)\*/,
        ],
        ['workload cluster east { edge control plane { token ttl 1<|>h } }', /^`token ttl DURATION`/],
        ['work<|>load cluster east', /^`workload cluster NAME in REGION\/ZONE`/],
        ['workload cluster east <|>in us', /^`workload cluster NAME in REGION\/ZONE`/],
        ['topo<|>logy t for tsb 1.10', /^`topology NAME for tsb VERSION`\n\n.*\n\n\*\*Unsaid:\*\* `for tsb 1\.10`/],
        [
            'service shop on west { fail<|>over east-west }',
            /^`failover east-west {3}or {3}no failover`.*\n\n[^]*\*\*Unsaid:\*\* `no failover`/,
        ],
        ['network { west <|>-> dmz }', /^`a, b -> c/],
        ['service shop on west { ow<|>ner "team" }', /^`owner "TEAM"`/],
        ['service shop on west { exp<|>osed "shop.example.com" }', /^`exposed "HOST"/],
    ])('%s', async (text, pattern) => {
        expect(await hoverAt(`${text}\n`)).toMatch(pattern);
    });

    test.each(['// a comm<|>ent', '/* a comm<|>ent */', '  <|>', '<|>', 'region r\n<|>\nregion s'])(
        'nothing on %j',
        async (text) => {
            expect(await (await editor(text)).hover()).toBe('');
        },
    );

    test('a second declaration of the same name has no failure of its own', async () => {
        expect(await hoverAt('workload cluster east\nworkload cluster e<|>ast\n')).toMatch(/^`workload cluster NAME/);
    });
});

describe('a broken file still answers', () => {
    test.each([
        ['workload cluster ea<|>st {\n', /workload cluster `east`/],
        ['workload cluster ea<|>st\nservice\n', /workload cluster `east`/],
        ['service shop on we<|>sst\n', /^(`service|$|`on)/],
        ['} workload cluster ea<|>st )\n', /workload cluster `east`|^$/],
    ])('%s', async (text, pattern) => {
        expect(await hoverAt(text)).toMatch(pattern);
    });
});

describe('while a simulation runs', () => {
    const text = `management cluster mgmt\nworkload cluster east\nworkload cluster w<|>est\nservice shop on east, west`;

    test('the marks of the scenario and what happens to this line come first', async () => {
        const { hover, command, position } = await editor(text);
        await command(simulationCommands.fail, { element: 'east' });
        expect(await hover()).toMatch(
            /^\*\*Simulation\*\* ⚙ shop in 1 of 2 clusters · .*\n\n\*\*This line\*\* not touched\n\n\*\*If it fails now, too\*\* ✖ shop down, .*\n\n---\n\n\*\*workload cluster `west`\*\* — if it fails alone, with all else up\n/,
        );
        expect(await hover({ ...position, line: 1 })).toMatch(
            /^\*\*Simulation\*\* .*\n\n\*\*This line\*\* failed \(simulated\)\n\n---\n/,
        );
        await command(simulationCommands.fail, { element: 'mp' });
        expect(await hover()).toMatch(
            /^\*\*Simulation\*\* .*management operations lost.*\n\n\*\*This line\*\* .*configuration frozen/,
        );
        await command(simulationCommands.lookAt, { at: '90m' });
        expect(await hover()).toMatch(/^\*\*Simulation after 1 h 30 min\*\* ⚙ .*\n\n\*\*This line\*\* /);
        await command(simulationCommands.clear);
        expect(await hover()).toMatch(/^\*\*workload cluster/);
    });

    test('of another estate nothing is said', async () => {
        const { hover, command, uri } = await editor({
            'a.tsbtopo': `topology a\n${text}`,
            'b.tsbtopo': 'topology b\nmanagement cluster mgmt',
        });
        await command(simulationCommands.fail, { element: 'mgmt', uri: uri('b.tsbtopo') });
        expect(await hover()).toMatch(/^\*\*workload cluster/);
    });
});

describe('command links', () => {
    const text = `management cluster mgmt\nworkload cluster east\nservice sh<|>op on east`;

    /** The links at the end of a hover: title, command and argument. */
    function links(markdown: string): [string, string, unknown][] {
        return [...markdown.matchAll(/\[([^\]]+)\]\(command:([^?)]+)\?([^)]*)\)/g)].map(
            ([, title, command, argument]) => [
                title!,
                command!,
                (JSON.parse(decodeURIComponent(argument!)) as unknown[])[0],
            ],
        );
    }

    test('only for a client that has the commands', async () => {
        expect(await (await editor(text)).hover()).not.toContain('command:');
    });

    test('of everything but services: what can still be done', async () => {
        const { hover, services, position } = await editor(text);
        services.client.initialize({ clientCommands: true });
        expect(links(await hover({ ...position, line: 1, character: 18 })).map(([title]) => title)).toEqual([
            'Simulate',
            'Simulate a component…',
            'What can I still do?',
            'What would hurt next?',
            'May I take it down now?',
            'Show it in the picture',
        ]);
    });

    test('simulate, or recover what has failed; a part; failover', async () => {
        const { hover, services, command, uri } = await editor(text);
        services.client.initialize({ clientCommands: true });
        const argument = { uri: uri(), element: 'service:shop' };
        expect(links(await hover())).toEqual([
            ['Simulate', simulationCommands.fail, argument],
            ['Simulate a component…', clientCommands.simulatePart, argument],
            ['Why would it not fail over?', clientCommands.explainFailover, argument],
            ['What would hurt next?', clientCommands.whatWouldHurtNext, argument],
            ['May I take it down now?', clientCommands.mayITakeDown, argument],
            ['Show it in the picture', clientCommands.showPicture, argument],
        ]);
        await command(simulationCommands.fail, { element: 'service:shop' });
        const now = links(await hover());
        expect(now[0]).toEqual(['Recover', simulationCommands.recover, argument]);
        expect(now.map(([title]) => title)).not.toContain('May I take it down now?');
    });
});

describe('failover of a service', () => {
    const text = (item: string) => `management cluster mgmt
        workload cluster east { gateway east-west a }
        workload cluster west { gateway east-west b }
        service sh<|>op { on east, west ${item} }`;

    test('what would work, and what not, and why', async () => {
        const works = await (await editor(text('failover east-west'))).hover();
        expect(works).toMatch(
            /^\*\*Failover\*\*\n- ✓ Callers on `east` fail over to `west`\n- ✓ Callers on `west` fail over to `east`$/m,
        );
        const fails = await (await editor(text('no failover'))).hover();
        expect(fails).toMatch(/^- ✗ Callers on `east` fail over to `west`: not as things stand, as /m);
    });

    test('not of a service with one home', async () => {
        expect(await (await editor('workload cluster east\nservice sh<|>op on east')).hover()).not.toContain(
            '**Failover**',
        );
    });
});
