import { test } from 'vitest';
import { estate } from '../fixture.js';
const cases = [
 'service shop on east\nsevice foo on east\nservice bar',
 'service\nservice b',
 'service {\n namespace x\n}\nservice b',
 'workload cluster in us-east\nworkload cluster b',
 'workload cluster east {\n gateway ingress\n edge control plane\n}\nservice b on east',
 'workload cluster east {\n gatway ingress\n edge control plane { token ttl 1h }\n}\nservice b on east',
 'workload cluster east {\n gateway ingress\n\nservice b on east\nservice c',
 'workload cluster east {\n edge control plane { token 1h }\n gateway ingress\n}\nservice b on east',
 'workload cluster east {\n edge control plane { token ttl }\n gateway ingress\n}\nservice b on east',
 'workload cluster east\nservice b on east,\nservice c on\nservice d',
 'workload cluster east\nservice b {\n on east\n calls\n requires b\n exposed via x\n failover\n owner "me"\n}\nservice d',
 'workload cluster east\nworkload cluster west\nnetwork {\n east - > west\n east => west\n east ->\n -> west\n west -> east\n}\nservice d',
 'workload cluster east\nservice b on east }\nservice d',
 'workload cluster east\nservice a {\n on east\n exposed "x" evry 5m no idea\n owner "me"\n}\nservice d',
 'service a {\n region x\n owner "me"\n}\nservice d',
 'management cluster m {\n management plane {\n  postgrs external\n  elasticsearch intern\n  iam-signing-key { backup hourly }\n  root-ca\n }\n central control plane\n}\nservice d',
 'management m\nservice d',
 'workload east\nservice d',
 'cluster east\nservice d',
 'external stripe\nservice d',
 'service a (x)\nservice d',
 'service a, b\nservice d',
 'service region\nservice d',
 'service "a\nservice d',
 'service a { /* foo\nservice d }',
 'workload cluster east { gateway foo }\nservice d',
 'workload cluster east { gateway }\nservice d',
 'workload cluster east { gateway ingress replicas 2 }\nservice d',
 'region r { zones }\nservice d',
 'region r { zones a b }\nservice d',
 'topology\nservice d',
 'topology a for 1.10\nservice d',
 'topology a for tsb\nservice d',
 'defaults {\n edge control plane\n}\nservice d',
 'workload cluster a { in us-east\n gateway ingress }\nservice d',
 'workload cluster a { region us-east\n gateway ingress }\nservice d',
];
test('x', async () => {
    const show=(d: any)=>`   ${d.range.start.line+1}:${d.range.start.character+1}-${d.range.end.character+1} ${d.message} (${d.code})`;
    for (const t of cases) {
        const e = await estate(t);
        console.log([t, ...e.diagnostics.map(show), `   = ${e.topology.clusters.map(c=>c.name+'['+c.gateways.map(g=>g.name)+']')} | ${e.topology.services.map(s=>s.name+'@'+s.homes.map(h=>h.cluster)+(s.owner??''))}`].join('\n'));
    }
});
