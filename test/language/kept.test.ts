import { expect, test } from 'vitest';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { editor } from '../features/editor.js';
import type * as ast from '../../server/language/generated/ast.js';

/** So many that what stands around an edit is less than half of the file. */
const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `service ${name} on east { calls target }\n`);

const text = (target: string, around = others) =>
    `topology t\nworkload cluster east\n${around.slice(0, 4).join('')}${target}${around.slice(4).join('')}`;

async function opened(target: string) {
    const { type, document, services } = await editor(text(target));
    const declarations = () => (document().parseResult.value as ast.File).declarations;
    const serviceCalled = (name: string) =>
        declarations().find((each): each is ast.Service => each.$type === 'Service' && each.name === name)!;
    const callee = () => {
        const [item] = serviceCalled('a').items;
        return (item as ast.Calls).callees[0]!.service.ref;
    };
    return { type, document, services, declarations, serviceCalled, callee };
}

test('a reference finds the declaration that an edit put in the place of another', async () => {
    const { type, serviceCalled, callee } = await opened('service target on east\n');
    const [a, before] = [serviceCalled('a'), callee()];
    await type(text('service target on east { owner "x" }\n'));
    expect(serviceCalled('a')).toBe(a);
    expect(callee()).toBe(serviceCalled('target'));
    expect(callee()).not.toBe(before);
});

test('what an edit leaves alone is not checked again, unless a name changes', async () => {
    const { type, services } = await opened('service target on east\n');
    const checked: string[] = [];
    services.tsbtopo.validation.ValidationRegistry.register<ast.TsbtopoAstType>({
        Service: ({ name }) => void checked.push(name),
    });
    await type(text('service target on east { }\n'));
    checked.length = 0;
    await type(text('service target on east { owner "x" }\n'));
    expect(checked).toEqual(['target']);
    await type(text('service other on east { owner "x" }\n'));
    expect(checked).toContain('h');
});

test('messages move with the lines on which they stand', async () => {
    const { type, document } = await opened('service target on east\nservice last on nowhere\n');
    const lines = () => document().diagnostics!.map(({ range }) => range.start.line);
    const before = lines();
    await type(text('service target on east {\n    owner "x"\n}\nservice last on nowhere\n'));
    expect(lines()).toEqual(before.map((line) => line + 2));
});

test('a name that is missing is not the name `undefined`', async () => {
    const { type, document, services } = await opened(
        'region undefined\nservice target on east\nworkload cluster w in undefined\n',
    );
    await type(text('region\nservice target on east\nworkload cluster w in undefined\n'));
    expect(diagnosticsOf(document(), services.tsbtopo).map(({ code }) => code)).toEqual([
        'missing-name',
        'unknown-region',
        'no-management-cluster',
    ]);
});

test.each([
    [
        'a cluster says that nothing runs there',
        ['workload cluster idle { no workloads }\n', 'service home on east\n', 'service home on east, idle\n'],
        'A service runs here, so there are workloads.',
    ],
    [
        'two scenarios have one name',
        ['scenario "one" { fail east }\n', 'scenario "other" { fail east }\n', 'scenario "one" { fail east }\n'],
        'A scenario is already called "one".',
    ],
])(
    'what a file says of another one is found again when that one changes: %s',
    async (_, [said, before, after], message) => {
        const header = 'topology t\n';
        const files = (other: string) => ({
            'a.tsbtopo': `${header}${other}`,
            'b.tsbtopo': `${header}workload cluster east\n${said}`,
        });
        const { type, services, document } = await editor(files(before!));
        const told = () =>
            services.tsbtopo.shared.workspace.LangiumDocuments.all
                .toArray()
                .flatMap((each) => diagnosticsOf(each, services.tsbtopo))
                .filter((each) => each.message === message).length;
        expect(document()).toBeDefined();
        expect(told()).toBe(0);
        await type(files(after!));
        expect(told()).toBe(1);
        await type(files(before!));
        expect(told()).toBe(0);
    },
);
