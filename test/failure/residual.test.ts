import { describe, expect, test } from 'vitest';
import type { Harm } from '../../server/failure/harms.js';
import { isAlive } from '../../server/failure/outcome.js';
import { additionsTo, nextFailures, redundancyUsedUp } from '../../server/failure/residual.js';
import { eitherOf, harmsPhrase, thenLine } from '../../server/impact/next.js';
import { plain } from '../../server/encoding/markdown.js';
import { scenario, simulated } from './check.js';

/** Two entry gateways, two homes, and a service behind them in one cluster only. */
const text = `topology residual
region us
region eu
management cluster mgmt in us
workload cluster dmz1 in us { gateway tier1 front1 }
workload cluster dmz2 in eu { gateway tier1 front2 }
workload cluster east in us { gateway ingress, east-west gw1 }
workload cluster west in eu { gateway ingress, east-west gw2 }
service web on east, west { exposed "shop.example.com" via front1, front2 { gslb }  calls api }
service api on east, west { failover east-west }`;

/** What one more failure takes: each line the elements, then the harms. */
async function next(failures: string, harmsOf: 'harms' | 'onlyNow' = 'onlyNow'): Promise<string[]> {
    const outcome = await simulated(text, failures.split(' ').filter(Boolean));
    const all = nextFailures(outcome.graph, outcome.state);
    return (harmsOf === 'harms' ? all : redundancyUsedUp(outcome.graph, all)).map(
        (one) => `${one.elements.map(({ name }) => name).join(', ')}: ${plain(harmsPhrase(one[harmsOf].told))}`,
    );
}

const namesIn = async (failures: string) => {
    const outcome = await simulated(text, failures.split(' '));
    return nextFailures(outcome.graph, outcome.state).flatMap(({ elements }) => elements.map(({ name }) => name));
};

test('what each element adds now: the harms and the marks of all together, and nothing is left of it', async () => {
    const before = await simulated(text, ['east']);
    const { graph, state } = before;
    const addition = additionsTo(graph, state);
    const taking = new Map(
        nextFailures(graph, state).flatMap(({ elements, harms }) => elements.map(({ name }) => [name, harms] as const)),
    );
    for (const { name } of graph.elements.all) {
        const isDown = !isAlive(before, name);
        const added = addition(name);
        expect(added === undefined, name).toBe(isDown);
        if (added) expect(added.operations, name).toEqual((await simulated(text, ['east', name])).operations);
        if (added && taking.has(name)) expect(added.harms, name).toEqual(taking.get(name)!.told);
    }
});

describe('redundancy that is used up', () => {
    test('in health there is none', async () => {
        expect(await next('')).toEqual([]);
    });

    test('the other entry gateway', async () => {
        const [gravest] = await next('front1');
        expect(gravest).toBe('dmz2.front2: shop.example.com down, running workloads limited');
    });

    test('the other home: the host and the service', async () => {
        const lines = await next('web@east');
        expect(lines.some((line) => /^web@west: shop\.example\.com(, | and )web( and api)? down/.test(line))).toBe(
            true,
        );
    });

    test('an east-west gateway of whose cluster nobody needs another, for now', async () => {
        expect(await next('gw1')).not.toEqual([]);
        expect(await next('mgmt.mp.web')).toEqual([]);
    });

    test('a limited operation that one more failure takes wholly', async () => {
        const lines = await next('east.kubernetes-api west.kubernetes-api dmz1.kubernetes-api');
        expect(lines[0]).toMatch(/local cluster operations lost/);
    });
});

describe('what is listed', () => {
    test('nothing that is down already', async () => {
        const outcome = await simulated(text, ['east', 'front1']);
        for (const { elements } of nextFailures(outcome.graph, outcome.state)) {
            for (const { name } of elements) {
                expect(outcome.propagation.down[outcome.graph.nodeOfElement.get(name)!]).toBe(0);
            }
        }
    });

    test('nothing without harm', async () => {
        expect(await namesIn('east')).not.toContain('mgmt.management-plane.mpc');
        expect(await namesIn('east')).not.toContain('store:iam-signing-key');
    });

    test('what takes the same stands together', async () => {
        const lines = await next('', 'harms');
        expect(lines.filter((line) => /management operations.* lost/.test(line))).toHaveLength(4);
        const alike = 'mgmt.dns, mgmt.management-plane.tsb, store:postgres: ';
        expect(lines.some((line) => line.startsWith(alike))).toBe(true);
    });

    test('no container beside a part that takes the same alone', async () => {
        const lines = await next('front1');
        const gone = lines.find((line) => line.includes('shop.example.com down'))!;
        expect(gone).toContain('dmz2.front2');
        expect(gone).not.toMatch(/dmz2\.data-plane|dmz2[,:]|region:eu/);
    });

    test('a container that takes more has a line of its own', async () => {
        const lines = await next('front1', 'harms');
        expect(lines.some((line) => /^dmz2: .*metrics collection/.test(line))).toBe(true);
    });

    test('what is gone is not called limited, too', async () => {
        const outcome = await simulated(text, ['front1']);
        const names = (harms: readonly Harm[], kind: Harm['kind']) =>
            harms.filter((harm) => harm.kind === kind).map(({ what }) => what);
        for (const { harms } of nextFailures(outcome.graph, outcome.state)) {
            const limited = new Set([...names(harms.told, 'host-degraded'), ...names(harms.told, 'operation-limited')]);
            const gone = [...names(harms.told, 'host-down'), ...names(harms.told, 'operation-total')];
            expect(gone.filter((what) => limited.has(what))).toEqual([]);
        }
    });

    test('the gravest first: what is used up before what always hurts', async () => {
        const outcome = await simulated(text, ['front1']);
        const used = nextFailures(outcome.graph, outcome.state).map(({ onlyNow }) => onlyNow.told.length > 0);
        expect(used.indexOf(false)).toBe(used.lastIndexOf(true) + 1);
    });
});

test('time counts: what has run out is no redundancy any more', async () => {
    const gravest = async (at: number) => {
        const { outcome } = await scenario(text, ['east.istiod'], { at });
        return thenLine(outcome) ?? '';
    };
    expect(await gravest(0)).not.toMatch(/`web`.* down/);
    expect(await gravest(86_400)).toMatch(/`shop\.example\.com`.*`web`.* down/);
});

test('the next failure changes nothing of the outcome that asks for it', async () => {
    const outcome = await simulated(text, ['front1']);
    const before = [...outcome.propagation.down];
    nextFailures(outcome.graph, outcome.state);
    expect([...outcome.propagation.down]).toEqual(before);
});

test('many that do the same are counted', async () => {
    const clusters = Array.from({ length: 6 }, (_, index) => `workload cluster c${index}`).join('\n');
    const outcome = await simulated(`management cluster mgmt\n${clusters}`, []);
    const [several] = nextFailures(outcome.graph, outcome.state).filter(({ elements }) => elements.length > 3);
    expect(plain(eitherOf(several!))).toMatch(/ or \d+ more$/);
});
