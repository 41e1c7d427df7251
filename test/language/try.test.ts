import { test } from 'vitest';
import { estate } from '../fixture.js';
const cases = [
 'workload cluster east\nworkload cluster east\nservice a on east, east { on east }\nservice a\nregion r { zones a, a }\nregion r\nexternal service a\nexternal service x\nexternal service x\nservice b { calls a, default/a, x, x }',
 'workload cluster e { gateway ingress gateway ingress gateway tier1 f gateway vm f { owner "a" owner "b" labels a b, a c } edge control plane edge control plane management plane }',
 'region us { zones a, b }\nworkload cluster e in us { gateway ingress, ingress { replicas 0 } gateway egress g { replicas 1 across zones a, b, c } }\nworkload cluster f { gateway tier1 { replicas 2 across zones q } }\nworkload cluster h in us/z in',
 'workload cluster e { edge control plane { token ttl 24 leaf certificate ttl 10min metrics buffer 1.5h gitops } }\nmanagement cluster m { management plane { gitops sync postgres internal in us { backup every 0s no backup } elasticsearch banyandb } }',
 'service 2-prod { owner foo.bar exposed shop.example.com via x exposed "a b" labels x/y z }\nservice ""\nservice "x\'y"\nservice b { calls 2-prod, "2-prod" }\nservice 1h\nservice a@b',
 'service a\ntopology x for tsb 1.99\ntopology y\nscenario "a" {\n at 0m\n}\nobjective foo survives\n any region\nservice b { scenario }\nservice c',
 'workload cluster e { gateway egress gw gateway ingress gateway vm v }\nworkload cluster w { gateway ingress }\nservice s { on e { virtual machines via gw } exposed "x" via gw, e.ingress, ingress, v, e.tier1, w.igress to e weight 1, w exposed "x" to e weight 0, w weight 0, w weight 50% calls s }\nnetwork { e -> e, w, w }',
 'service shop/a\nservice bank/a\nservice shop/checkout { calls a, shop/a, pay/a, shop/chekout, e, stripe }\nexternal service strpe\nworkload cluster e\nservice z on a, strpe, E',
];
test('x', async () => {
    const show=(d: any)=>`   ${d.range.start.line+1}:${d.range.start.character+1}-${d.range.end.character+1} ${d.message} (${d.code})`;
    for (const t of cases) {
        const e = await estate(t);
        console.log([t, ...e.diagnostics.map(show), `   = ${e.topology.clusters.map(c=>c.name+'['+c.gateways.map(g=>g.name)+']')} | ${e.topology.services.map(s=>s.name+'@'+s.homes.map(h=>h.cluster)+(s.owner??''))}`].join('\n'));
    }
});
