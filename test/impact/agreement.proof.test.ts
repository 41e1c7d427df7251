import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verboseText } from '../../server/cli/simulate-verbose.js';
import { onlyLosesHomes, type ConsumerOutcome } from '../../server/failure/traffic-outcome.js';
import { reportOf, type SimulationReport } from '../../server/impact/report.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { scenarioView, type ScenarioView } from '../../server/impact/scenario.js';
import { operations, operationTitles, severitySigns, type Severity } from '../../server/knowledge/operations.js';
import type { ElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { elementNames } from '../failure/names-in.js';
import { randomEstate } from '../failure/random-estate.js';
import { unsaid } from './unsaid.js';
import { failing } from '../../server/failure/scenario.js';
import { share } from '../share.js';

/** One result, as each of its readers gets it. */
interface Told {
    readonly json: SimulationReport;
    readonly text: string;
    readonly runbook: string;
    readonly view: ScenarioView;
}

function told(topology: Topology, failures: readonly ElementName[]): Told {
    const view = scenarioView(topology, failing(failures));
    const json = JSON.parse(JSON.stringify(reportOf(view))) as SimulationReport;
    return { json, text: stripVTControlCharacters(verboseText(view, [])), runbook: runbookOf(view), view };
}

/** Every random estate, as a file that leaves the defaults unsaid, with one or two failures. */
function everywhere(check: (told: Told) => void): void {
    fc.assert(
        fc.property(randomEstate, fc.array(fc.nat(), { minLength: 1, maxLength: 2 }), (random, choices) => {
            const topology = unsaid(random);
            const names = elementNames(topology) as ElementName[];
            if (names.length === 0) return;
            check(told(topology, [...new Set(choices.map((choice) => names[choice % names.length]!))]));
        }),
        { numRuns: share(80) },
    );
}

function servesInHealth({ outcome }: ScenarioView, { name, cluster }: ConsumerOutcome): boolean | undefined {
    return outcome.graph.traffic.serving.get(name)?.find((home) => home.cluster === cluster)?.servesInHealth;
}

/** Virtual machines whose gateway stands in another cluster run on without theirs (docs/model.md, containment). */
function clustersWithMachinesElsewhere({ services }: Topology): ReadonlySet<string> {
    const homes = services.flatMap((service) => service.homes);
    return new Set(
        homes
            .filter(({ virtualMachines, cluster }) => (virtualMachines?.gateway?.cluster ?? cluster) !== cluster)
            .map(({ cluster }) => cluster),
    );
}

/** The lines of a block of the text, by what stands before the colon: the sign, and what is said. */
function blockOf(text: string, title: string): Map<string, { readonly sign: string; readonly says: string }> {
    const [, block = ''] = new RegExp(`\\n\\n${title}\\n((?: {3}.*\\n?)*)`).exec(text) ?? [];
    const lines = [...block.matchAll(/^ {3}(?:([✖⚠◐⚙◌✓]) )?(\S+): (.*)$/gmu)];
    return new Map(lines.map(([, sign = '', name = '', says = '']) => [name, { sign, says }]));
}

/** The cells of a row of a table. */
function rowOf(page: string, first: string): string[] | undefined {
    const row = page.split('\n').find((line) => line.startsWith(`| ${first} |`));
    return row?.split('|').map((cell) => cell.trim());
}

const signOf = (severity: Severity) => severitySigns[severity];

/** Of hosts and services the signs for who notices: docs/glossary.md. */
const userSigns = { total: '✖', limited: '⚠' } as const;

test('the marks of the operations', () => {
    everywhere(({ json, text, runbook, view }) => {
        for (const operation of operations) {
            const { severity, sentences } = json.operations[operation];
            const title = operationTitles[operation];
            expect(text).toContain(`\n${signOf(severity)} ${title}: `);
            expect(runbook).toContain(`\n- ${signOf(severity)} **${title}: `);
            for (const sentence of sentences) expect(text).toContain(`\n   ${sentence}\n`);
            const counts = json.effects.some((effect) => effect.operation === operation && effect.rank !== 'note');
            expect(counts, operation).toBe(severity !== 'unaffected');
            expect(json.timeline[0]!.operations[operation]).toBe(severity);
            expect(view.outcome.operations[operation]).toBe(severity);
        }
        const { severity, sentences } = json.operations.runningWorkloads;
        const says = sentences.join(' ');
        const harmed = json.services.flatMap(({ consumers }) =>
            consumers.filter((one) => one.severity !== 'unaffected'),
        );
        if (severity === 'unaffected') {
            // calls of a home that serves nobody in health belong to no facet (docs/model.md, severity)
            for (const caller of harmed) expect(servesInHealth(view, caller)).toBe(false);
            if (harmed.length === 0) expect(says).not.toMatch(/ (is|are) (down|degraded|unavailable)/);
        } else expect(says).not.toMatch(/Everything that runs goes on/);
    });
});

test('hosts: mark, gap and what is said', () => {
    everywhere(({ json, text, runbook }) => {
        const lines = blockOf(text, 'Hosts');
        expect([...lines.keys()].every((name) => json.hosts.some(({ host }) => host === name))).toBe(true);
        for (const { host, severity, gapSeconds, lostShare } of json.hosts) {
            const line = lines.get(host);
            const isCalm = severity === 'unaffected' && gapSeconds === null;
            expect(line === undefined, host).toBe(isCalm);
            expect(severity === 'total', host).toBe(lostShare === 1);
            if (!line) continue;
            const sign = severity === 'unaffected' ? '◐' : userSigns[severity];
            expect(line.sign).toBe(sign);
            expect(line.says.includes('down for ')).toBe(gapSeconds !== null && severity !== 'total');
            expect(line.says.startsWith('down')).toBe(severity === 'total');
            expect(line.says.startsWith('degraded')).toBe(severity === 'limited');
            expect(rowOf(runbook, `\`${host}\``)![2]).toBe(sign);
        }
    });
});

test('the beginning of the runbook names whoever is down or degraded, and nobody else', () => {
    everywhere(({ json, runbook }) => {
        const [brief = ''] = runbook.split('\n## ');
        const named = (title: string) => new RegExp(`\\*\\*${title}:\\*\\* (.*)$`, 'm').exec(brief)?.[1] ?? '';
        const down = json.hosts.filter(({ severity }) => severity === 'total').map(({ host }) => host);
        for (const { host, severity } of json.hosts) {
            expect(named('Down').includes(`\`${host}\``), host).toBe(down.includes(host));
            expect(named('Degraded').includes(`\`${host}\` (`), host).toBe(severity === 'limited');
        }
        for (const { name, severity } of json.services) {
            expect(named('Down').includes(`service \`${name}\``), name).toBe(severity === 'total');
        }
        expect(brief.includes('**Lost:**')).toBe(
            Object.values(json.operations).some(({ severity }) => severity === 'total'),
        );
    });
});

test('services: mark and what is said', () => {
    everywhere(({ json, text, runbook, view }) => {
        const lines = blockOf(text, 'Services');
        for (const { name, severity, homes, lostHomes, consumers } of json.services) {
            const line = lines.get(name);
            const serving = homes.filter((home) => home.serves).map((home) => home.cluster);
            expect(line === undefined, name).toBe(severity === 'unaffected' && lostHomes.length === 0);
            for (const { servedFrom } of consumers) expect(serving).toEqual(expect.arrayContaining([...servedFrom]));
            if (!line) continue;
            const isThinned = onlyLosesHomes(view.outcome.services.find((one) => one.name === name)!);
            const sign = isThinned || severity === 'unaffected' ? '◌' : userSigns[severity];
            expect(line.sign).toBe(sign);
            expect(/^down(:| for everybody)/.test(line.says)).toBe(severity === 'total');
            expect(rowOf(runbook, `\`${name}\``)![2]).toBe(sign);
        }
    });
});

test('clusters: one that is down has lost all that it has, and nobody tells another tale', () => {
    everywhere(({ json, text, runbook, view }) => {
        const lines = blockOf(text, 'Clusters');
        const outlived = clustersWithMachinesElsewhere(view.outcome.graph.topology);
        for (const { name, alive, operations: marks, freshness } of json.clusters) {
            const row = rowOf(runbook, `\`${name}\``);
            expect(lines.get(name)?.says === 'down', name).toBe(!alive);
            expect(row?.[2] === 'down', name).toBe(!alive);
            if (alive) continue;
            expect(freshness).toBeNull();
            const { runningWorkloads, ...others } = marks;
            const isOutlived = outlived.has(name);
            const lost = isOutlived ? others : { ...others, ...(runningWorkloads && { runningWorkloads }) };
            expect(Object.values(lost).every((mark) => mark === 'total')).toBe(true);
            expect(row!.slice(isOutlived ? 4 : 3, 6).every((cell) => cell === '❌ lost' || cell === '–')).toBe(true);
        }
    });
});

test('assumptions start from the marks that stand', () => {
    everywhere(({ json, text }) => {
        for (const { assumes, turns } of json.assumptions) {
            for (const { kind, what, operation, here } of turns) {
                const cluster = json.clusters.find(({ name }) => name === what);
                const known = {
                    operation: () => json.operations[what as keyof typeof json.operations].severity,
                    host: () => json.hosts.find(({ host }) => host === what)!.severity,
                    service: () => json.services.find(({ name }) => name === what)!.severity,
                    cluster: () => cluster?.operations[operation as 'runningWorkloads'],
                }[kind]();
                expect(here).toBe(known);
                const title = kind === 'operation' ? operationTitles[what as keyof typeof operationTitles] : undefined;
                const line = text.split('\n').find((each) => title && each.includes(` ${title}: `));
                if (title) expect(line).toContain(assumes);
            }
        }
    });
});

test('where no place is declared, none is spoken of', () => {
    everywhere(({ json, text, runbook, view }) => {
        if (view.outcome.graph.topology.regions.length > 0) return;
        const page = `${text}\n${runbook}\n${JSON.stringify(json.hosts)}`;
        expect(page).not.toMatch(/another region|\bzones?\b/);
        expect(json.hosts.every(({ fromOtherRegion }) => !fromOtherRegion)).toBe(true);
    });
});

test('what stays up is down for nobody', () => {
    everywhere(({ json, runbook }) => {
        const down = /\*\*Down:\*\* (.*)$/m.exec(runbook.split('\n## ')[0]!)?.[1] ?? '';
        for (const { what } of json.stayedUp) {
            const users = json.services.find(({ name }) => name === what)?.consumers ?? [];
            expect(users.every(({ severity }) => severity !== 'total')).toBe(true);
            const own = [
                ...json.hosts.filter(({ host }) => host === what),
                ...json.services.filter(({ name }) => name === what),
            ];
            expect(own.every(({ severity }) => severity !== 'total')).toBe(true);
            for (const { host } of json.hosts.filter((one) => one.host === what))
                expect(down).not.toContain(`\`${host}\``);
        }
    });
});

test('the headline counts whom the list below it names', () => {
    everywhere(({ json, runbook }) => {
        const [brief = ''] = runbook.split('\n## ');
        for (const [title, state] of [
            ['Down', 'down'],
            ['Degraded', 'degraded'],
        ] as const) {
            const line = new RegExp(`\\*\\*${title}:\\*\\* (.*)$`, 'm').exec(brief)?.[1] ?? '';
            const inList = [...line.matchAll(/(?:^|, )service `/g)].length;
            const phrases = json.headline.split(' · ');
            const counted = phrases
                .map((each) => new RegExp(`^(\\d+) services? ${state}$`).exec(each)?.[1])
                .find(Boolean);
            if (inList > 2 || counted !== undefined) expect(inList).toBe(Number(counted));
        }
    });
});
