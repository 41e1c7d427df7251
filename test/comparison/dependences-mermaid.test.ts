import { describe, expect, test } from 'vitest';
import { compareTopologies } from '../../server/comparison/compare.js';
import { dependencesMermaid } from '../../server/comparison/dependences-mermaid.js';
import { hostile } from '../encoding/hostile.js';
import { estate } from '../fixture.js';

const head = `topology t
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
`;
const services = (homes: string) =>
    `service cart on ${homes}\nservice shop on ${homes} { exposed "shop.example.com" { gslb ttl 30s } }\n`;

async function drawn(before: string, now: string): Promise<string | undefined> {
    const [one, other] = [(await estate(before)).topology, (await estate(now)).topology];
    return dependencesMermaid(compareTopologies(one, other).dependences.come);
}

describe('new single points of failure as a flowchart', () => {
    test('what several depend on is one box', async () => {
        expect(await drawn(head + services('east, west'), head + services('east'))).toBe(`flowchart LR
    n0["cart"]
    n1["workload cluster east"]:::single
    n2["shop"]
    n0 -->|"alone on"| n1
    n2 -->|"alone on"| n1
    classDef single fill:#f9e9e8,stroke:#b3261e,stroke-width:2px,color:#2b2b2b`);
    });

    test('is left out where a sentence says as much, and where nothing came', async () => {
        const one = (homes: string) => `${head}service cart on ${homes}\n`;
        expect(await drawn(one('east, west'), one('east'))).toBeUndefined();
        expect(await drawn(one('east, west'), one('east, west'))).toBeUndefined();
    });

    test('names end no label', async () => {
        const { topology } = await estate(head + services('east, west'));
        const { dependences } = compareTopologies(topology, (await estate(head + services('east'))).topology);
        for (const name of hostile) {
            const subjects = dependences.come.map((each) => ({
                ...each,
                subject: { ...each.subject, service: name },
            }));
            const lines = dependencesMermaid([...subjects, ...dependences.come])!.split('\n');
            const label = String.raw`[\p{L}\p{N} .,:/@()#;-]*`;
            const known = new RegExp(
                `^    n\\d+\\[+\\(?"${label}"\\)?\\]+(:::single)?$|^    n\\d+ -->\\|"alone on"\\| n\\d+$`,
                'u',
            );
            expect(lines.slice(1, -1).filter((line) => !known.test(line))).toEqual([]);
        }
    });
});
