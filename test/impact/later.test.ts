import { expect, test } from 'vitest';
import { briefText } from '../../server/cli/simulate-brief.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { scenario } from '../failure/check.js';

const text = `topology t
management cluster mgmt
external service okta
workload cluster east { gateway ingress }
service shop on east { exposed "shop.example.com"  requires okta every 20m ttl 1h }`;

test('what is harmless at first, and deadly later, says so in its first lines', async () => {
    const view = await scenario(text, ['okta']);
    const brief = briefText(view, [], { paths: [], errors: [] });
    expect(brief).toMatch(/\nTime\n {3}Harmless to .*40 min to 1 h; then .* have run out.*shop\.example\.com down/);
    expect(runbookOf(view)).toMatch(/⏱ Harmless to .*shop\.example\.com.* down/);
    const later = await scenario(text, ['okta'], { at: 7_200 });
    expect(briefText(later, [], { paths: [], errors: [] })).not.toContain('nobody notices');
});
