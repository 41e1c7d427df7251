import { expect, test } from 'vitest';
import { lossesOf } from '../../server/impact/losses.js';
import { simulated } from '../failure/check.js';

const text = `topology demo
management cluster mgmt
workload cluster front { gateway tier1 door }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
network {
    front -> east, west
}
service shop {
    on east, west
    exposed "shop.example.com" via door
}
service reports {
    on east
    exposed "reports.example.com" via door
}`;

/** What these failures take: `state kind name: text`. */
async function lost(failures: string): Promise<string[]> {
    const outcome = await simulated(text, failures.split(' '));
    return lossesOf(outcome).map(({ state, kind, name, text: phrase }) => `${state} ${kind} ${name}: ${phrase}`);
}

test('hosts, services and clusters, in this order; what held is no loss, what was made to fail neither', async () => {
    expect(await lost('east')).toEqual([
        'total host reports.example.com: down: no request gets through',
        'total service reports: down: no instance is left',
    ]);
});

test('clusters that live and lost something, and what it is', async () => {
    const found = await lost('mp');
    expect(found[0]).toMatch(/^operators cluster mgmt: no configuration changes or reads/);
    expect(found.slice(1).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
        'operators cluster front:',
        'operators cluster east:',
        'operators cluster west:',
    ]);
});

test('the gravest first: who is down before what only operators notice', async () => {
    const states = (await lost('mp east')).map((line) => line.split(' ')[0]);
    expect(states).toEqual([...states].sort((a, b) => Number(a === 'operators') - Number(b === 'operators')));
    expect(new Set(states)).toEqual(new Set(['total', 'operators']));
});

test('each leads to its place', async () => {
    const [host, service] = lossesOf(await simulated(text, ['east']));
    const lines = text.split('\n');
    const at = (loss = host!) => lines[loss.at.range.start.line]!.slice(loss.at.range.start.character);
    expect([at(), at(service)]).toEqual(['"reports.example.com" via door', 'reports {']);
});

test('nothing fails, nothing is lost', async () => {
    expect(lossesOf(await simulated(text, []))).toEqual([]);
});
