import { readFileSync } from 'node:fs';
import { AstUtils, EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, it } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { nameWriter } from '../../server/language/naming/written-names.js';
import { exampleNames, freeName, plainName, renamed, topologyIn } from '../../src/examples/names.js';
import { estate } from '../fixture.js';

const grammar = createTsbtopoServices(EmptyFileSystem).tsbtopo.Grammar;

const example = (name: string) => readFileSync(`examples/${name}.tsbtopo`, 'utf8');

describe('a new topology', () => {
    it.each(exampleNames)('from %s has the name that was given, and says the same', async (name) => {
        const before = await estate(example(name));
        const after = await estate(renamed(example(name), 'my-estate_2'));
        expect([before.topology.name, after.topology.name]).toEqual([name, 'my-estate_2']);
        expect(after.diagnostics).toEqual([]);
        expect(after.topology.clusters.length).toBe(before.topology.clusters.length);
    });

    it('can be called like a word of the language', async () => {
        const words = AstUtils.streamAllContents(grammar)
            .filter(GrammarAST.isKeyword)
            .map(({ value }) => value)
            .filter((word) => plainName.test(word))
            .toArray();
        const write = nameWriter(grammar);
        for (const word of words.filter((each) => write(each, 'TopologyName') !== each)) {
            expect(renamed('topology x', word)).toBe(`topology "${word}"`);
        }
        const { topology, diagnostics } = await estate(renamed(example('single-cluster'), 'region'));
        expect([topology.name, diagnostics]).toEqual(['region', []]);
    });

    it('has a plain name, which is also the name of its file', () => {
        const names = ['acme', 'us-east_2', 'A1', '', '2-prod', 'a b', 'a/b', '-a', 'a-', 'a--b', 'ä', '../a', 'a.b'];
        expect(names.filter((name) => plainName.test(name))).toEqual(['acme', 'us-east_2', 'A1']);
    });

    it('takes no name that another one has', () => {
        expect(freeName('demo', new Set())).toBe('demo');
        expect(freeName('demo', new Set(['demo', 'demo-2', 'demo-4']))).toBe('demo-3');
    });

    it.each([
        ['topology acme for tsb 1.10', 'acme'],
        ['// my estate\n\n  topology "2-prod"\nregion east', '2-prod'],
        ['// a topology of mine\nregion east', undefined],
        ['', undefined],
    ])('is recognised by its header: %j', (text, name) => {
        expect(topologyIn(text)).toBe(name);
    });
});
