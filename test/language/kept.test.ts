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
