import { describe, expect, test, vi } from 'vitest';
import type { File } from '../../server/language/generated/ast.js';
import { estate } from '../fixture.js';

const stopped = 'Stopped after 200 mistakes: the rest of this file is not read.';

function numbered(line: string): string {
    return Array.from({ length: 10_000 }, (_, index) => line.replace('#', String(index))).join('');
}

describe('a file that is mostly junk is given up, and what was sound in it is kept', () => {
    test.each([
        ['broken declarations', 'sevice foo on {\n'.repeat(10_000), 201],
        ['broken blocks', numbered('service foo# { , }\n'), 201],
        ['missing names', 'service on first\n'.repeat(10_000), 201],
        ['a megabyte of junk', 'ab@# { <> , "x ö /* */ \u0000 '.repeat(40_000), 1],
        ['braces that open', '{'.repeat(100_000), 1],
        ['braces that close', '}'.repeat(100_000), 1],
        ['blocks in blocks', 'workload cluster a { data plane { '.repeat(10_000), 1],
        ['lines that are passed over', '- name: x\n'.repeat(10_000), 201],
        ['lines in a block', `service x {\n${'foo bar\n'.repeat(10_000)}}`, 201],
        ['brackets that open', `service x on ${'['.repeat(100_000)}`, 1],
        ['open brackets in a list', `service x on ${'[ '.repeat(100_000)}`, 2],
        ['lists with something odd in them', `service x on ${'[a '.repeat(50_000)} [1x ]`, 1],
        ['one long name', `service ${'a'.repeat(5_000_000)}`, 0],
    ])('%s', async (_, junk, count) => {
        const { topology, diagnostics } = await estate(`workload cluster first\nservice sound on first\n${junk}`);
        expect(topology.services[0]).toMatchObject({ name: 'sound', homes: [{ cluster: 'first' }] });
        expect(diagnostics).toHaveLength(count);
        expect(diagnostics.filter(({ code }) => code === 'too-many-mistakes').map(({ message }) => message)).toEqual(
            count > 200 ? [stopped] : [],
        );
    });

    test('strings that are not closed', async () => {
        const { diagnostics } = await estate('service "a\n'.repeat(1000));
        expect(diagnostics.filter(({ code }) => code === 'unreadable')).toHaveLength(200);
    });

    test('the next parse begins anew', async () => {
        const broken = await estate('service on a\n'.repeat(300));
        const { diagnostics, topology } = await broken.change({ 'main.tsbtopo': 'service\nservice a' });
        expect(diagnostics.map(({ message }) => message)).toEqual(['A service needs a name.']);
        expect(topology.services).toHaveLength(1);
    });

    test.each([
        ['at once', 'workload cluster west'],
        ['in a block', 'service a on b { calls c }'],
        ['deep in a block', 'workload cluster west { data plane { gateway g { type tier1 } } }'],
    ])('the parse after one that throws %s begins anew', async (_, text) => {
        const { services } = await estate('');
        const { LangiumParser, ValueConverter } = services.parser;
        const tree = (file: string) => LangiumParser.parse<File>(file).value.declarations.map(({ $type }) => $type);
        const converter = vi.spyOn(ValueConverter, 'convert').mockImplementation(() => {
            throw new Error('out of luck');
        });
        expect(() => tree(text)).toThrow('out of luck');
        converter.mockRestore();
        expect(tree('region us\nworkload cluster east\nservice shop on east')).toEqual([
            'Region',
            'WorkloadCluster',
            'Service',
        ]);
    });
});

test('there is nothing that the lexer cannot read', async () => {
    const everything = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).join(' ');
    const { services } = await estate('');
    const { errors } = services.parser.Lexer.tokenize(everything);
    expect(errors.filter(({ message }) => !/double quotes|closing/.test(message))).toEqual([]);
});
