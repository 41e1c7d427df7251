import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { simulate } from '../../server/failure/outcome.js';
import { afterEdits } from './after-edits.js';

test('after edits those whom a failure touched fare as all together tell, and nobody else otherwise than in health', () => {
    afterEdits(20, (topology) => {
        const analysis = analysisOf(topology);
        const { graph } = analysis;
        const health = simulate(graph, []);
        for (const { name } of graph.elements.all) {
            const { touched, hosts, services } = analysis.outcomeOf(name)!;
            const [ofHosts, ofServices] = [[...touched.hosts.values()], [...touched.services.values()]];
            const isTouched = {
                host: new Set(ofHosts.map(({ host }) => host)),
                service: new Set(ofServices.map((each) => each.name)),
            };
            expect(ofHosts).toEqual(hosts.filter(({ host }) => isTouched.host.has(host)));
            expect(ofServices).toEqual(services.filter((each) => isTouched.service.has(each.name)));
            const others = (all: typeof hosts) => all.filter(({ host }) => !isTouched.host.has(host));
            expect(others(hosts)).toEqual(others(health.hosts));
            const rest = (all: typeof services) => all.filter((each) => !isTouched.service.has(each.name));
            expect(rest(services)).toEqual(rest(health.services));
        }
    });
});
