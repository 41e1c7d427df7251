/** A piece of the code that makes a mechanism work, and the same without it. */
export interface Ablation {
    /** What no longer works, in the words of the language. */
    readonly mechanism: string;
    readonly file: string;
    /** Stands there exactly once. */
    readonly code: string;
    readonly instead: string;
    /** Turns red without it. */
    readonly test: string;
}

/**
 * Each mechanism of the language, switched off. `npm run ablate` does it, in a copy, and tells which tests stay green: those
 * would not notice if the mechanism broke. Whoever adds a mechanism adds a line; whoever changes such a piece of code changes it here.
 */
export const ablations: readonly Ablation[] = [
    // ---------------------------------------------------------------------------------------------- hosts and gateways
    {
        mechanism: 'to east.shop-gw: the gateway in the cluster that has the host',
        file: 'server/failure/routes.ts',
        code: 'return gateways ? all.filter(({ name }) => gateways.includes(name)) : all;',
        instead: 'return gateways ? all : all;',
        test: 'test/failure/target-gateways.test.ts',
    },
    {
        mechanism: 'to east.shop-gw: of gateways with one name the one in that cluster',
        file: 'server/language/naming/scope-provider.ts',
        code: 'if (ast.isTarget(container)) return container.destination.$refText;',
        instead: '',
        test: 'test/language/gateway-names.test.ts',
    },
    {
        mechanism: 'via west.front: of gateways with one name the one in that cluster',
        file: 'server/language/naming/scope-provider.ts',
        code: 'return ast.isGatewayReference(container) ? container.cluster?.$refText : undefined;',
        instead: 'return undefined;',
        test: 'test/language/gateway-names.test.ts',
    },
    {
        mechanism: 'exposed "a", "b": several names',
        file: 'server/language/lower/to-topology-service.ts',
        code: '...more.map((alias) => ({',
        instead: '...more.slice(more.length).map((alias) => ({',
        test: 'test/language/several-hosts.test.ts',
    },
    {
        mechanism: 'helpers at gateways: whoever is not asked refuses',
        file: 'server/failure/passages.ts',
        code: '...reached.map((need): Input => [need.lost, refuses]),',
        instead: '...reached.slice(reached.length).map((need): Input => [need.lost, refuses]),',
        test: 'test/failure/gateway-helpers.test.ts',
    },
    {
        mechanism: 'helpers at gateways: a share that is lost',
        file: 'server/failure/passages.ts',
        code: 'reached.map((need): Input => [need.limited, shareOfHelper]),',
        instead: '[],',
        test: 'test/failure/gateway-helpers.test.ts',
    },
    {
        mechanism: 'exposed inside: callers come by it',
        file: 'server/failure/relays.ts',
        code: 'if (!through) return inside.length > 0 && possibleHomes(routes, from, service).length === 0 ? inside[0] : undefined;',
        instead: 'if (!through) return undefined;',
        test: 'test/failure/relays.test.ts',
    },
    {
        mechanism: 'exposed inside: callers leave what answers nothing',
        file: 'server/failure/host-ways.ts',
        code: "inside && outlierDetection.value ? 'dead'",
        instead: "inside && outlierDetection.value ? 'never'",
        test: 'test/failure/relays.test.ts',
    },
    {
        mechanism: 'calls X through relays: the line decides by which',
        file: 'server/failure/relays.ts',
        code: 'via: through };',
        instead: "via: 'via' in further ? further.via : through };",
        test: 'test/failure/relays.test.ts',
    },
    {
        mechanism: 'calls X through relays: who has instances beside it needs none',
        file: 'server/failure/relays.ts',
        code: 'if (staysAtHome(from, service)) return undefined;',
        instead: '',
        test: 'test/failure/relays.test.ts',
    },
    {
        mechanism: 'calls X through relays: the nearest first',
        file: 'server/failure/relayed-calls.ts',
        code: 'return [own, ...nearestFirst(routes, from, others, clusterOf)].filter((group) => group.length > 0);',
        instead: 'return [[...own, ...others]].filter((group) => group.length > 0);',
        test: 'test/failure/relays.test.ts',
    },
    {
        mechanism: 'calls X through egress gateways: by those alone',
        file: 'server/failure/routes.ts',
        code: "if (!through) return routes.gatewaysIn(from, 'egress');",
        instead:
            "if (through) return routes.gatewaysIn(from, 'egress');\n    if (!through) return routes.gatewaysIn(from, 'egress');",
        test: 'test/failure/leaving.test.ts',
    },
    {
        mechanism: 'a host of an external service: the last gateways lead out',
        file: 'server/failure/routes.ts',
        code: 'if (service.outside) return waysOut(routes, exposure);',
        instead: '',
        test: 'test/failure/outside-hosts.test.ts',
    },
    {
        mechanism: 'a host of an external service: is lost with it',
        file: 'server/failure/host-ways.ts',
        code: "kind: outside ? 'external-service' : 'service'",
        instead: "kind: outside && path.length < 0 ? 'external-service' : 'service'",
        test: 'test/failure/outside-hosts.test.ts',
    },
    {
        mechanism: 'a host of an external service: said elsewhere',
        file: 'server/language/lower/joined.ts',
        code: 'if (ast.isExternalService(declaration)) return this.joinedOutside(this.joined(declaration));',
        instead: '',
        test: 'test/failure/outside-hosts.test.ts',
    },
    {
        mechanism: 'gslb by X: nobody moves while it is away',
        file: 'server/failure/host-ways.ts',
        code: 'const mover = gslbBy === undefined ? undefined : construction.elementNode(externalName(gslbBy));',
        instead: 'const mover = gslbBy === undefined ? undefined : undefined;',
        test: 'test/failure/requirements.test.ts',
    },
    // ---------------------------------------------------------------------------------------------------- what is needed
    {
        mechanism: 'requires X: now',
        file: 'server/failure/declared-needs.ts',
        code: "if (model.rules.has('R2')) for (const node of nodes) input(node, source, required);",
        instead: '',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'requires a or b: one of them will do',
        file: 'server/failure/declared-needs.ts',
        code: 'eitherOf(construction, { of, anyOf }, nodes, noneAnswers)',
        instead: 'nodes[0]',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'requires a or b of a service: one of them will do',
        file: 'server/failure/call-paths.ts',
        code: 'eitherOf(construction, { of, anyOf: namesOf(answers) }, lossesOf(answers), orElse)',
        instead: 'answers[0]!.lost',
        test: 'test/failure/choices.test.ts',
    },
    {
        mechanism: 'requires a or b of a service: what one does not answer, another one does',
        file: 'server/failure/call-paths.ts',
        code: 'return allOf(route, [inPart, ...each], shareOfNeeds);',
        instead: 'return inPart;',
        test: 'test/failure/choices.test.ts',
    },
    {
        mechanism: 'requires a or b of a service: a home that reaches one of them in health serves',
        file: 'server/failure/health.ts',
        code: 'const left = answering.reduce((sum, homes) => sum + homes!.length, 0);',
        instead: 'const left = Math.min(...answering.map((homes) => homes!.length));',
        test: 'test/failure/choices.test.ts',
    },
    {
        mechanism: 'requires a or b of a service: a line with `or` is a choice',
        file: 'server/language/lower/to-topology-service.ts',
        code: 'isChoice(line) && meantBy(line).size > 1',
        instead: 'false',
        test: 'test/failure/choices.test.ts',
    },
    {
        mechanism: 'requires a or b: what stands in is told, and counts as a spare',
        file: 'server/failure/explain.ts',
        code: 'return [byName.get(serviceName(callee)) ?? byName.get(externalName(callee)) ?? []].flat();',
        instead: 'return [byName.get(serviceName(callee)) ?? byName.get(externalName(callee)) ?? []].flat().slice(9);',
        test: 'test/failure/choices.test.ts',
    },
    {
        mechanism: 'requires X to start: whoever restarts',
        file: 'server/failure/startup.ts',
        code: 'return { needs: [...needs, ...said], takes: startup.takes };',
        instead: 'return { needs, takes: startup.takes };',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'requires X to start: whoever starts for the first time',
        file: 'server/failure/declared-needs.ts',
        code: 'if (starting !== undefined) input(starting, source, toStart);',
        instead: '',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'requires X to start: what a service says',
        file: 'server/failure/declared-needs.ts',
        code: "...(ofService ?? []).filter(({ when }) => when === 'start').map(({ anyOf }) => anyOf),",
        instead: '',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'requires X every 20m ttl 1h: it runs out',
        file: 'server/failure/declared-needs.ts',
        code: 'const rise = [Math.max(1, ttl - every), ttl] as const;',
        instead: 'const rise = [ttl * 1_000, ttl * 1_000 + every] as const;',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'requires X every 20m ttl 1h: of a service',
        file: 'server/failure/declared-needs.ts',
        code: "if (!model.rules.has('R7')) return [];",
        instead: 'if (model) return [];',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'gitops from X',
        file: 'server/failure/declared-needs.ts',
        code: 'if (node !== undefined && from !== undefined) input(node, elementNode(externalName(from)), comesFromGit);',
        instead: '',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'root-ca { ttl 10y }',
        file: 'server/failure/clocks.ts',
        code: "if (node !== undefined) input(node, ofRoot, reasonOf('R7', model.clocks['root-certificate']));",
        instead: '',
        test: 'test/failure/requirements.test.ts',
    },
    {
        mechanism: 'no workloads',
        file: 'server/topology/elements.ts',
        code: '!cluster.hasNoWorkloads &&',
        instead: '',
        test: 'test/failure/requirements.test.ts',
    },
    // ------------------------------------------------------------------------------------------------- what stands where
    {
        mechanism: 'shared fate: its members fail with it',
        file: 'server/failure/shared-fates.ts',
        code: 'if (element) for (const node of nodesOf(construction, element)) input(node, fate, shares);',
        instead: '',
        test: 'test/failure/shared-fates.test.ts',
    },
    {
        mechanism: 'shared fate: of every gateway with a label',
        file: 'server/topology/things.ts',
        code: '(!label || labels?.get(element.name)?.get(label.key) === label.value),',
        instead: '!(label && labels && !labels),',
        test: 'test/failure/shared-fates.test.ts',
    },
    {
        mechanism: 'replicas N of M: too few are left',
        file: 'server/topology/elements.ts',
        code: 'lostWith: needed > 1 ? zonesThatTake(replicas, zones.length, needed) : zones.length,',
        instead: 'lostWith: zones.length,',
        test: 'test/topology/places.test.ts',
    },
    {
        mechanism: 'replicas N of M: of a store that elects',
        file: 'server/topology/elements.ts',
        code: 'const needed = replicas?.needed ?? (elects ? majorityOf(replicas) : 1);',
        instead: 'const needed = elects ? majorityOf(replicas) : (replicas?.needed ?? 1);',
        test: 'test/topology/places.test.ts',
    },
    {
        mechanism: 'replicas N of M: without zones over all of the region',
        file: 'server/topology/elements.ts',
        code: 'const everywhere = needed > 1 ? (regions.find(({ name }) => name === region)?.zones ?? []) : [];',
        instead: 'const everywhere: readonly { readonly name: string }[] = regions.slice(regions.length);',
        test: 'test/topology/places.test.ts',
    },
    {
        mechanism: 'an election needs a majority',
        file: 'server/topology/elements.ts',
        code: 'const elects = componentKinds[kind].elects && replicas && replicas.count > 1;',
        instead: 'const elects = componentKinds[kind].elects && replicas && replicas.count > 1_000;',
        test: 'test/topology/places.test.ts',
    },
    {
        mechanism: 'external service in several places: lost with all of them',
        file: 'server/failure/several-places.ts',
        code: ': gates.all(\n              at.length,',
        instead: ': gates.all(\n              1,',
        test: 'test/failure/several-places.test.ts',
    },
    {
        mechanism: 'external service in several places: so many copies',
        file: 'server/failure/several-places.ts',
        code: 'copies.count - copies.needed + 1',
        instead: 'copies.count',
        test: 'test/failure/several-places.test.ts',
    },
    {
        mechanism: 'external service in several places: one place holds more copies than another',
        file: 'server/failure/several-places.ts',
        code: '(inEach % zones.length) + 1',
        instead: 'zones.length',
        test: 'test/failure/several-places.test.ts',
    },
    // -------------------------------------------------------------------------------------------------- said elsewhere
    {
        mechanism: 'about THING',
        file: 'server/language/lower/joined.ts',
        code: 'return said ? withItems(node, joinedItems([ownOf(node), ...said], this.clash)) : node;',
        instead: 'return node;',
        test: 'test/language/about/join.test.ts',
    },
    {
        mechanism: 'about HOST',
        file: 'server/language/lower/joined.ts',
        code: 'return said ? withItems(exposure, joinedItems([ownOf(exposure), ...said], this.clash)) : exposure;',
        instead: 'return exposure;',
        test: 'test/language/about/join.test.ts',
    },
    {
        mechanism: 'about SERVICE on CLUSTER',
        file: 'server/language/lower/joined.ts',
        code: 'home.said.push(each);',
        instead: '',
        test: 'test/language/about/join.test.ts',
    },
    {
        mechanism: 'about: what people say holds over what import says',
        file: 'server/language/lower/joined-items.ts',
        code: '...sayings.filter(({ isGenerated }) => !isGenerated),\n        ...sayings.filter((each) => each.isGenerated),',
        instead: '...sayings,',
        test: 'test/language/about/join.test.ts',
    },
    {
        mechanism: 'about east.istiod { requires X }',
        file: 'server/language/lower/to-topology-needs.ts',
        code: "const things = toThings(about.things.filter((_, index) => all[index]!.kind === 'wordless'));",
        instead: 'const things = toThings(about.things.slice(all.length));',
        test: 'test/failure/requirements.test.ts',
    },
    // -------------------------------------------------------------------------------------------------------- promises
    {
        mechanism: 'expect X not lost',
        file: 'server/promises/scenarios.ts',
        code: 'if ((found === state) === negated)',
        instead: 'if (found !== state)',
        test: 'test/promises/scenarios.test.ts',
    },
    {
        mechanism: 'objective X partly survives',
        file: 'server/promises/objectives.ts',
        code: "allowed: promise.partly ? 'limited' : 'unaffected',",
        instead: "allowed: 'unaffected',",
        test: 'test/promises/objectives.test.ts',
    },
    {
        mechanism: 'accept X until DAY',
        file: 'server/estate/acceptances.ts',
        code: 'return until !== undefined && until < today;',
        instead: 'return false && today;',
        test: 'test/promises/objectives.test.ts',
    },
    // -------------------------------------------------------------------------------------------------------- findings
    {
        mechanism: 'redundancy that shares one fate is told',
        file: 'server/findings/shared-fates.ts',
        code: 'const voided = together.filter((host) => !alone.has(host));',
        instead: 'const voided = together.filter((host) => alone.size < 0 && host);',
        test: 'test/failure/shared-fates.test.ts',
    },
    {
        mechanism: 'which of several gateways has the host is asked',
        file: 'server/findings/target-gateways.ts',
        code: 'if (ingressOf(routes, target).length < 2) return false;',
        instead: 'if (target) return false;',
        test: 'test/language/gateway-names.test.ts',
    },
    {
        mechanism: 'an external service of which each place is needed is told',
        file: 'server/findings/dependence.ts',
        code: 'if (places.length > 1 && isLostWithOne(places.length, replicas)) {',
        instead: 'if (places.length > 1_000 && isLostWithOne(places.length, replicas)) {',
        test: 'test/findings/traffic-dependence.test.ts',
    },
    {
        mechanism: 'fewer than a majority of what elects is told',
        file: 'server/findings/protection.ts',
        code: 'replicas.needed >= majorityOf(replicas)) return [];',
        instead: 'replicas) return [];',
        test: 'test/language/replicas-of.test.ts',
    },
    // ------------------------------------------------------------------------------------------------------ standby
    {
        mechanism: 'promote: gateways on the old side need the link to the new one',
        file: 'server/failure/flows.ts',
        code: '(cluster !== management || roles.wayFromOldSide !== undefined)',
        instead: 'cluster !== management',
        test: 'test/failure/promotion.test.ts',
    },
    {
        mechanism: 'promote: the database that is shared, and what a copied one requires',
        file: 'server/failure/stand-ins.ts',
        code: "if (data === undefined || !keepsItsDataIn(each, 'postgres')) continue;",
        instead: 'continue;',
        test: 'test/failure/promotion.test.ts',
    },
];
