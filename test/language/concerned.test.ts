import { expect, test } from 'vitest';
import { problemsIn } from '../../server/estate/problem.js';
import { editor } from '../features/editor.js';
import type * as ast from '../../server/language/generated/ast.js';

const header = 'topology t\n';

/** Two files, of which one is edited, and what is said of the other one, with the lines of what it speaks of. */
async function two(edited: string, other: string) {
    const files = (text: string) => ({ 'edited.tsbtopo': `${header}${text}`, 'other.tsbtopo': `${header}${other}` });
    const { type, services, document } = await editor(files(edited));
    const told = () =>
        problemsIn(document('other.tsbtopo'), services.tsbtopo)
            .filter(({ finding }) => !finding)
            .map(({ message, related }) => [message, ...related.map(({ at }) => at.range.start.line)].join(' @'));
    const topology = () => services.tsbtopo.workspace.Topologies.of(document('other.tsbtopo').uri)!;
    return { type: (text: string) => type(files(text)), told, services, topology };
}

test('a name that changes is looked up again by whoever names it, and by nobody else', async () => {
    const { type, services } = await two(
        'workload cluster east { gateway ingress gw }\n',
        [
            'workload cluster west',
            'service caller on west { calls called }',
            'service called on west',
            'service apart on west',
            'service homed on east',
            'service way on west { exposed "a.example.com" via gw }',
            'service lost on nowhere',
            'external service far',
            'network { west <-> east }',
        ].join('\n'),
    );
    const checked: string[] = [];
    services.tsbtopo.validation.ValidationRegistry.register<ast.TsbtopoAstType>({
        Service: ({ name }) => void checked.push(name),
        ExternalService: ({ name }) => void checked.push(name),
        Network: () => void checked.push('network'),
    });
    await type('workload cluster east { gateway ingress gw } // all are checked by the new check\n');
    await type('workload cluster east { gateway ingress gw }\nworkload cluster other\n');
    checked.length = 0;
    await type('workload cluster orient { gateway ingress gw }\nworkload cluster other\n');
    expect(checked).toEqual(['homed', 'way', 'lost', 'network']);
});

test.each([
    [
        'a name becomes a word for two things',
        ['service cart on east\n', 'service cart on east\nservice cart on east { namespace other }\n'],
        'workload cluster east\nservice shop on east { calls cart }\n',
        ['`cart` can mean `default/cart` or `other/cart`: say which.'],
    ],
    [
        'a name that is nearly the one is declared',
        ['service cart on east\n', 'service kart on east\n'],
        'workload cluster east\nservice shop on east { calls kartt }\n',
        ['There is no service `kartt`. Did you mean `kart`?'],
    ],
    [
        'a gateway does not serve there any more',
        ['workload cluster east { gateway ingress gw }\n', 'workload cluster east { gateway east-west gw }\n'],
        'service shop on east { exposed "shop.example.com" via gw }\n',
        ['`gw` does not serve clients outside: it is no tier1 and no ingress gateway. @1'],
    ],
    [
        'a region has other zones, which a service knows by its cluster',
        ['region us { zones a, b }\n', 'region us { zones a }\n'],
        'workload cluster east in us\nservice shop { on east { replicas 2 across zones a, b } }\n',
        ['`b` is no zone of `us`.'],
    ],
    [
        'a service is an external one',
        ['service idp on east\n', 'external service idp\n'],
        'workload cluster east { gateway egress out }\nservice shop on east { calls idp through out }\n',
        [],
    ],
    [
        'a name is given twice',
        ['', 'workload cluster east\n'],
        'workload cluster east\n',
        ['The cluster `east` is already declared. @1'],
    ],
    [
        'something else is called as a shared fate is',
        ['service rack on east\n', 'service gone on east\nregion rack\n'],
        'workload cluster east\nshared fate rack of east\n',
        ['Something else is called `rack`, too. Give one of them another name. @2'],
    ],
])('what is said elsewhere changes with names: %s', async (_, [before, after], other, expected) => {
    const { type, told } = await two(before!, other);
    const first = told();
    await type(after!);
    const then = told();
    const fresh = await two(after!, other);
    expect(then).toEqual(fresh.told());
    expect(then).toEqual(expected);
    const again = await two(after!, other);
    await again.type(before!);
    expect(again.told()).toEqual(first);
});

test('what a message speaks of is found wherever edits move it, and whatever stands before it', async () => {
    const gateway = (items: string) => `workload cluster east {\n${items}    gateway east-west gw\n}\n`;
    const { type, told } = await two(
        `region r\n${gateway('')}scenario "one" { fail east }\n`,
        'region r\nscenario "one" { fail east }\nservice shop on east { exposed "shop.example.com" via gw }\n',
    );
    const lines = () => told().map((each) => each.replace(/^.*@/, ''));
    const typed = (...[before, items, line]: readonly string[]) =>
        type(`${before}region r\n${gateway(items!)}${line}scenario "one" { fail east }\n`);
    expect(lines()).toEqual(['1', '5', '3']);
    await typed('workload cluster west\n', '', '');
    expect(lines()).toEqual(['2', '6', '4']);
    await typed('workload cluster west\n', '    owner "me"\n', '');
    expect(lines()).toEqual(['2', '7', '5']);
    await typed('workload cluster west\n', '    owner "me"\n    gateway ingress other\n', '\n');
    expect(lines()).toEqual(['2', '9', '6']);
    await typed('', '    owner "me"\n', '');
    expect(lines()).toEqual(['1', '6', '4']);
});

test('after a name has changed, what is said of its bearers is theirs as they are now', async () => {
    const { type, services, topology } = await two(
        'workload cluster east\n',
        'workload cluster west\nservice shop on east, west { calls another }\n',
    );
    const homes = () => topology().services.map((each) => each.homes.map(({ cluster }) => cluster));
    const meant = () => {
        const { value } = services.shared.workspace.LangiumDocuments.all.toArray().at(-1)!.parseResult;
        const [cluster] = (value as ast.File).declarations.filter((each) => each.$type === 'Service')[0]!.on!.homes;
        return cluster!.cluster.ref;
    };
    await type('workload cluster east { owner "me" }\n');
    await type('workload cluster east { owner "me" }\nservice other on east\n');
    expect(meant()).toMatchObject({ name: 'east', items: [{ $type: 'Owner' }] });
    expect(homes()).toEqual([['east'], ['east', 'west']]);
    await type('workload cluster east { owner "you" }\nservice another on east\n');
    await type('workload cluster east { owner "us" }\nservice another on east\n');
    expect(meant()).toMatchObject({ name: 'east', items: [{ owner: 'us' }] });
    await type('workload cluster orient { owner "me" }\nservice other on east\n');
    expect(meant()).toBeUndefined();
    expect(homes()).toEqual([[], ['west']]);
    await type('workload cluster east { owner "you" }\nservice other on east\n');
    expect(homes()).toEqual([['east'], ['east', 'west']]);
});
