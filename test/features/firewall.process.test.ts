import { AstUtils, type AstNode, type DocumentState } from 'langium';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { simulationState } from '../../server/features/simulation-state.js';
import { findingFamilies, findingsIn } from '../../server/findings/findings.js';
import type { TsbtopoAstType } from '../../server/language/generated/ast.js';
import type { InternalError } from '../../server/language/workspace/internal-errors.js';
import type { TsbtopoServices } from '../../server/language/services.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { estate } from '../fixture.js';
import { editor, type Editor } from './editor.js';

const broken = vi.hoisted(() => ({ topology: false }));

vi.mock(import('../../server/language/lower/to-topology.js'), async (original) => {
    const { toTopology, ...others } = await original();
    return { ...others, toTopology: (...args) => (broken.topology ? fails() : toTopology(...args)) };
});

const text = `topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west
service cart on wesst
`;
const other = 'topology other\nmanagement cluster m\nworkload cluster c\nservice s on d\n';

function fails(): never {
    throw new Error('out of luck');
}

afterEach(mend);

function mend(): void {
    vi.restoreAllMocks();
    broken.topology = false;
}

/** The codes of what is said of a file. */
function codes({ services, document }: Editor, name?: string): string[] {
    return diagnosticsOf(document(name), services.tsbtopo).map(({ code }) => String(code));
}

describe('a step of a build that fails', () => {
    let open: Editor;
    const met: InternalError[] = [];

    beforeEach(async () => {
        open = await editor({ 'a.tsbtopo': text, 'b/b.tsbtopo': other });
        open.services.tsbtopo.workspace.InternalErrors.onError((error) => met.push(error));
        await open.command(simulationCommands.fail, { element: 'east' });
        met.length = 0;
    });

    test.each([
        ['the parser', () => vi.spyOn(open.services.tsbtopo.parser.LangiumParser, 'parse').mockImplementation(fails)],
        [
            'the list of names',
            () => vi.spyOn(open.services.shared.workspace.IndexManager, 'updateContent').mockImplementation(fails),
        ],
        [
            'the list of local names',
            () =>
                vi
                    .spyOn(open.services.tsbtopo.references.ScopeComputation, 'collectLocalSymbols')
                    .mockImplementation(fails),
        ],
        ['the linker', () => vi.spyOn(open.services.tsbtopo.references.Linker, 'link').mockImplementation(fails)],
        [
            'the list of references',
            () => vi.spyOn(open.services.shared.workspace.IndexManager, 'updateReferences').mockImplementation(fails),
        ],
        [
            'the validator',
            () =>
                vi
                    .spyOn(open.services.tsbtopo.validation.DocumentValidator, 'validateDocument')
                    .mockImplementation(fails),
        ],
        ['the topology', () => (broken.topology = true)],
    ])('%s: one diagnostic, the last state stands, and the next edit is as ever', async (_, breaks) => {
        const { services, type } = open;
        const state = () => simulationState(services.tsbtopo, services.simulations).simulations;
        const before = services.tsbtopo.workspace.Topologies.of(open.uri())!;
        breaks();
        await type(`${text}// with a change`);
        expect(codes(open).filter((code) => code === 'internal-error')).toHaveLength(1);
        expect(met[0]).toMatchObject({
            uri: open.uri(),
            error: expect.objectContaining({ message: 'out of luck' }) as unknown,
        });
        expect(services.tsbtopo.workspace.Topologies.of(open.uri())!.clusters.length).toBe(before.clusters.length);
        expect(state()[0]).toMatchObject({ failures: ['east'], topology: 'demo' });
        expect(codes(open, 'b/b.tsbtopo')).toContain('unknown-cluster');

        mend();
        await type(text.replace('wesst', 'west'));
        expect(codes(open)).not.toContain('internal-error');
        expect(codes(open)).not.toContain('unknown-cluster');
        expect(state()[0]).toMatchObject({ failures: ['east'] });
    });

    test('a file that can never be read is one without content', async () => {
        vi.spyOn(open.services.tsbtopo.parser.LangiumParser, 'parse').mockImplementation(fails);
        await open.type({ 'new.tsbtopo': 'workload cluster north' });
        expect(codes(open, 'new.tsbtopo')).toContain('internal-error');
        expect(await open.lenses('new.tsbtopo')).toEqual([]);
    });

    test('simulating: what was shown stands', async () => {
        const { services } = open;
        const before = simulationState(services.tsbtopo, services.simulations);
        vi.spyOn(services.simulations, 'simulationOf').mockImplementation(fails);
        expect(simulationState(services.tsbtopo, services.simulations)).toEqual(before);
        expect(codes(open)).toContain('internal-error');
    });
});

test('a check that fails, whichever: one diagnostic a file, and the others as before', async () => {
    const files = { 'a.tsbtopo': text, 'b/b.tsbtopo': other };
    const { services, change, diagnostics } = await estate(files);
    const { ValidationRegistry } = services.validation;
    const types = [...new Set([...services.shared.AstReflection.getAllTypes()])] as (keyof TsbtopoAstType)[];
    let failing: string | undefined;
    for (const type of types) {
        ValidationRegistry.register<TsbtopoAstType>({ [type]: () => (failing === type ? fails() : undefined) });
    }
    const others = diagnostics.map(({ code }) => code);
    for (const type of types) {
        failing = type;
        // another name, for which all of both files is checked again
        const name = `\nregion of-${type}\n`;
        const now = await change({ 'a.tsbtopo': text + name, 'b/b.tsbtopo': other + name });
        const found = now.diagnostics.map(({ code }) => code);
        expect(found.filter((code) => code !== 'internal-error')).toEqual(others);
        for (const document of now.documents.values()) {
            const failed = document.diagnostics!.filter(({ code }) => code === 'internal-error');
            expect(failed.length, type).toBe(
                AstUtils.streamAst(document.parseResult.value).some(isOf(type, services)) ? 1 : 0,
            );
        }
    }
});

function isOf(type: string, { shared }: TsbtopoServices): (node: AstNode) => boolean {
    return (node) => shared.AstReflection.isSubtype(node.$type, type);
}

describe('a family of findings that fails costs one diagnostic, and none of the others', () => {
    const { structure, traffic } = findingFamilies;
    const without = <T>(families: readonly T[], index: number, other: T) =>
        families.map((family, each) => (each === index ? other : family));
    const variants = [
        ...structure.map((_, index) => (family: () => never[]) => ({
            structure: without(structure, index, family),
            traffic,
        })),
        ...traffic.map((_, index) => (family: () => never[]) => ({
            structure,
            traffic: without(traffic, index, family),
        })),
    ];
    test.each(variants)('$#', async (variant) => {
        const { topology } = await editorTopology();
        const found = findingsIn(topology, variant(fails));
        const ownFailures = found.filter(({ code }) => code === 'internal-error');
        expect(ownFailures).toMatchObject([{ severity: 'error', at: { uri: topology.files[0] } }]);
        expect(found.filter((finding) => !ownFailures.includes(finding))).toEqual(
            findingsIn(
                topology,
                variant(() => []),
            ),
        );
    });

    async function editorTopology() {
        const { services, uri } = await editor({ 'a.tsbtopo': text });
        return { topology: services.tsbtopo.workspace.Topologies.of(uri())! };
    }
});

test('listeners that fail keep neither the build nor each other', async () => {
    const open = await editor({ 'a.tsbtopo': text });
    const { DocumentBuilder } = open.services.shared.workspace;
    const states = [1, 2, 3, 4, 5, 6] as DocumentState[];
    const reached = new Set<DocumentState>();
    const listeners = [
        DocumentBuilder.onUpdate(fails),
        ...states.flatMap((state) => [
            DocumentBuilder.onBuildPhase(state, fails),
            DocumentBuilder.onDocumentPhase(state, fails),
            DocumentBuilder.onBuildPhase(state, () => void reached.add(state)),
        ]),
    ];
    await open.type(text.replace('wesst', 'west'));
    listeners.forEach((listener) => listener.dispose());
    expect([...reached]).toEqual(states);
    expect(codes(open)).toContain('internal-error');
    expect(codes(open)).not.toContain('unknown-cluster');
});
