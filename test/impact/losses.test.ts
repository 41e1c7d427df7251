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
    expect(found[0]).toMatch(/^total cluster mgmt: no configuration changes or reads/);
    expect(found.slice(1).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
        'limited cluster front:',
        'limited cluster east:',
        'limited cluster west:',
    ]);
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
