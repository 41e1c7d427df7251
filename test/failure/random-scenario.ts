/**
 * What happens to estates of `random-estate.ts` in the course of some minutes, at random: with lives so short that all
 * that can run out does, and with figures that come from few numbers, so that much happens in the same second.
 */

import fc from 'fast-check';
import {
    managementCluster,
    type CertificateAuthority,
    type Cluster,
    type Gateway,
    type Home,
    type Service,
    type Topology,
} from '../../server/topology/topology.js';
import { gatewayName, instancesName } from './evaluator/components.js';
import { startNeedsIn } from './evaluator/needs.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';
import { servicesNeeded, whole } from './random-needed.js';
import { chance, gatewayRef, index, pick, said, somewhere } from './random-traffic.js';
import type { ClockSettings, Span } from './tick-clocks.js';
import type { Step } from './tick-simulator.js';

export interface Scenario {
    readonly topology: Topology;
    readonly steps: readonly Step[];
    readonly clocks: ClockSettings;
    readonly until: number;
}

// --- lives ---------------------------------------------------------------------------------------------------------

/** Of one cluster. */
interface LivesSketch {
    readonly tokenTtl: number;
    readonly leafCertificateTtl: number;
    readonly metricsBuffer: number | undefined;
    readonly certificateAuthority: CertificateAuthority;
}

const livesSketch: fc.Arbitrary<LivesSketch> = fc.record({
    tokenTtl: fc.constantFrom(5, 20, 30, 60, 60, 120, 200),
    // half of each: 10, 26, 50, 75, 150
    leafCertificateTtl: fc.constantFrom(20, 53, 100, 150, 150, 300),
    metricsBuffer: fc.constantFrom(undefined, undefined, 0, 5, 20, 30, 60, 120),
    certificateAuthority: fc.constantFrom<CertificateAuthority>('central', 'central', 'own'),
});

const shortClocks: fc.Arbitrary<ClockSettings> = fc.record({
    clusterCa: fc.constantFrom(10, 30, 60, 60, 120, 300),
    tsbCertificates: fc.constantFrom<Span[]>([20, 60], [30, 30], [60, 180], [10, 20]),
    tokenRenewal: fc.constantFrom<Span[]>([0, 15], [0, 60], [10, 30], [0, 120], [0, 0]),
    leafRenewal: fc.constantFrom(0.5, 0.5, 0.2),
});

/** In place of those that the estate has. */
function withLives(topology: Topology, sketches: readonly LivesSketch[]): Topology {
    const clusters = topology.clusters.map((cluster, at): Cluster => {
        const sketch = pick(sketches, at);
        return cluster.edge && sketch ? { ...cluster, edge: { ...cluster.edge, ...drawLives(sketch) } } : cluster;
    });
    return { ...topology, clusters };
}

function drawLives({ tokenTtl, leafCertificateTtl, metricsBuffer, certificateAuthority }: LivesSketch) {
    return {
        tokenTtl: said(tokenTtl),
        leafCertificateTtl: said(leafCertificateTtl),
        metricsBuffer: said(metricsBuffer),
        certificateAuthority: said(certificateAuthority),
    };
}

// --- VM gateways ---------------------------------------------------------------------------------------------------

interface MachinesSketch {
    /** Of each service: whether all of its homes are on virtual machines. */
    readonly all: readonly boolean[];
    /** Of each cluster: which of its gateways serve virtual machines, too. */
    readonly gateways: readonly (readonly boolean[])[];
    /** Of each service: one of these gateways; undefined: none is named. */
    readonly named: readonly (number | undefined)[];
}

const machinesSketch: fc.Arbitrary<MachinesSketch> = fc.record({
    all: fc.array(chance(1, 4), { minLength: 4, maxLength: 4 }),
    gateways: fc.array(fc.array(chance(1, 2), { minLength: 3, maxLength: 3 }), { minLength: 6, maxLength: 6 }),
    named: fc.array(fc.option(index, { nil: undefined, freq: 2 }), { minLength: 4, maxLength: 4 }),
});

function withMachineGateways(topology: Topology, sketch: MachinesSketch): Topology {
    const clusters = topology.clusters.map((cluster, at): Cluster => {
        const gateways = cluster.gateways.map((gateway, number) =>
            sketch.gateways[at]?.[number] ? withMachineRole(gateway) : gateway,
        );
        return { ...cluster, gateways };
    });
    const serving = clusters.flatMap(({ gateways }) => gateways).filter(({ roles }) => roles.includes('vm'));
    const services = topology.services.map((service, at): Service => {
        const number = sketch.named[at];
        const named = number === undefined ? undefined : pick(serving, number);
        const homes = service.homes.map((home) =>
            home.virtualMachines || sketch.all[at] ? onMachines(home, named) : home,
        );
        return { ...service, homes };
    });
    return { ...topology, clusters, services };
}

function withMachineRole(gateway: Gateway): Gateway {
    return gateway.roles.includes('vm') ? gateway : { ...gateway, roles: [...gateway.roles, 'vm'] };
}

function onMachines(home: Home, gateway: Gateway | undefined): Home {
    const via = gateway && { gateway: gatewayRef(`${gateway.cluster}.${gateway.name}`) };
    return { ...home, virtualMachines: { at: somewhere, ...via } };
}

// --- steps ---------------------------------------------------------------------------------------------------------

interface StepSketch {
    /** Seconds since the step before. */
    readonly gap: number;
    readonly action: Step['action'];
    readonly element: number;
    /** Of a recovery: of something that has failed, if anything has. */
    readonly ofFailed: boolean;
}

const stepSketch: fc.Arbitrary<StepSketch> = fc.record({
    gap: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(0, 0, 5, 10, 20, 30, 60, 60, 120) },
        { weight: 1, arbitrary: fc.nat({ max: 150 }) },
    ),
    action: fc.constantFrom<Step['action'][]>('fail', 'fail', 'fail', 'recover', 'recover', 'recover', 'restart'),
    element: fc.nat({ max: 10_000 }),
    ofFailed: chance(9, 10),
});

/** How it begins: something that something else needs to start fails, and soon that other thing has to start. */
interface PrologueSketch {
    readonly wait: number;
    readonly gap: number;
}

const prologueSketch: fc.Arbitrary<PrologueSketch | undefined> = fc.option(
    fc.record({ wait: fc.nat({ max: 10_000 }), gap: fc.constantFrom(0, 5, 10, 20, 60) }),
    { nil: undefined, freq: 2 },
);

function drawPrologue(sketch: PrologueSketch | undefined, waits: readonly Wait[]): Step[] {
    const wait = sketch && pick(waits, sketch.wait);
    return wait
        ? [
              { at: 0, action: 'fail', element: wait.on },
              { at: sketch.gap, action: 'restart', element: wait.starts },
          ]
        : [];
}

/** Where nothing has failed yet, there is mostly nothing to recover: something fails instead. */
function drawSteps(sketches: readonly StepSketch[], prologue: readonly Step[], elements: readonly string[]): Step[] {
    const steps = [...prologue];
    const failed = new Set(prologue.filter(({ action }) => action === 'fail').map(({ element }) => element));
    let at = prologue.at(-1)?.at ?? 0;
    for (const sketch of sketches) {
        at += sketch.gap;
        const recovers = sketch.action === 'recover' && sketch.ofFailed;
        const element = pick(recovers && failed.size > 0 ? [...failed] : elements, sketch.element);
        const action = recovers && failed.size === 0 ? 'fail' : sketch.action;
        if (element !== undefined) {
            steps.push({ at, action, element });
            if (action === 'fail') {
                failed.add(element);
            } else {
                failed.delete(element);
            }
        }
    }
    return steps;
}

/** Everything that can fail; that of which something waits, or runs out, several times. */
function elementsByInterest(topology: Topology): string[] {
    const all = elementNames(topology);
    const hub = managementCluster(topology)?.name;
    const clusters = topology.clusters.map(({ name }) => name);
    const machineGateways = topology.clusters
        .flatMap(({ gateways }) => gateways)
        .filter(({ roles }) => roles.includes('vm'))
        .map(({ cluster, name }) => `${cluster}.${name}`);
    const waitedFor = all.filter(
        (name) =>
            /(iam|front-envoy|operator|istiod|central-control-plane|kubernetes-api|dns|vm|iam-signing-key)$/.test(
                name,
            ) ||
            /^store:(postgres|elasticsearch|banyandb)$/.test(name) ||
            clusters.includes(name) ||
            machineGateways.includes(name) ||
            (hub !== undefined && name.endsWith(`->${hub}`)),
    );
    return [...all, ...waitedFor, ...waitedFor, ...waitedFor, ...required(topology)];
}

/** Where things say what they need, half of what happens is about that; nothing elsewhere. */
function required(topology: Topology): string[] {
    if (topology.needs.length === 0) {
        return [];
    }
    const root = managementCluster(topology)?.managementPlane.rootCa;
    const names: string[] = [
        ...topology.externalServices.map(({ name }) => `external:${name}`),
        ...(root?.life === undefined ? [] : ['store:root-ca']),
        ...servicesNeeded(topology).flatMap((service) => [
            ...service.homes.map((home) => instancesName(service, home)),
            ...topology.clusters
                .flatMap(({ gateways }) => gateways)
                .filter(({ roles, cluster }) => roles.includes('east-west') && isHome(service, cluster))
                .map(gatewayName),
        ]),
    ];
    const all = elementNames(topology).length;
    return Array.from({ length: all }, (_, at) => names[at % names.length]!);
}

/** What may have to wait for something else when it starts. */
interface Wait {
    readonly starts: string;
    readonly on: string;
}

function waitsIn(topology: Topology): Wait[] {
    const all = elementNames(topology);
    const hub = managementCluster(topology)?.name;
    const inCluster = topology.clusters.flatMap(({ name }) =>
        all
            .filter((element) => element === name || element.startsWith(`${name}.`) || element.endsWith(`@${name}`))
            .flatMap((starts) =>
                ['kubernetes-api', 'dns', 'istiod'].map((part) => ({ starts, on: `${name}.${part}` })),
            ),
    );
    const ofStores = ['store:postgres', 'store:elasticsearch', 'store:banyandb'].flatMap((on) => [
        ...all.filter((element) => /\.(iam|oap)$/.test(element)).map((starts) => ({ starts, on })),
        { starts: on, on: `${hub}.kubernetes-api` },
        { starts: on, on: `${hub}.dns` },
    ]);
    const ofKey = [`${hub}`, `${hub}.management-plane`, `${hub}.management-plane.iam`].flatMap((starts) =>
        // as often as others
        new Array<Wait>(4).fill({ starts, on: 'store:iam-signing-key' }),
    );
    return [...inCluster, ...ofStores, ...ofKey, ...startNeeds(topology)].filter(
        ({ starts, on }) => starts !== on && all.includes(starts) && all.includes(on),
    );
}

function isHome({ homes }: Service, cluster: string): boolean {
    return homes.some((home) => home.cluster === cluster);
}

/** As often as others: what requires something to start, and what is part of it and no pod. */
function startNeeds(topology: Topology): Wait[] {
    const all = elementNames(topology);
    const hub = managementCluster(topology)?.name;
    const isPart = (name: string, of: string) =>
        name === `${of}.kubernetes-api` || (of === hub && /^(store:|identity-provider$)/.test(name));
    const needs = startNeedsIn(topology).flatMap(({ of, anyOf }) => {
        const starting = [of, of, ...all.filter((name) => isPart(name, of))];
        return anyOf.flatMap((needed) => starting.map((starts) => ({ starts, on: whole(needed) })));
    });
    return needs.flatMap((wait) => new Array<Wait>(10).fill(wait));
}

// --- scenarios -----------------------------------------------------------------------------------------------------

/** Long enough after the last step for most of what that sets going. */
const aftermath = 400;

/** One to five steps in an estate, and what comes of them. */
export function scenariosIn(estates: fc.Arbitrary<Topology>): fc.Arbitrary<Scenario> {
    return fc
        .record({
            estate: estates,
            lives: fc.array(livesSketch, { minLength: 4, maxLength: 4 }),
            machines: machinesSketch,
            clocks: shortClocks,
            prologue: prologueSketch,
            // mostly several: what fails in the meantime, and what comes back
            steps: fc.oneof(
                { weight: 1, arbitrary: fc.array(stepSketch, { minLength: 1, maxLength: 5 }) },
                { weight: 2, arbitrary: fc.array(stepSketch, { minLength: 3, maxLength: 5 }) },
            ),
        })
        .map(({ estate, lives, machines, clocks, prologue, steps: sketches }) => {
            const topology = withMachineGateways(withLives(estate, lives), machines);
            const begun = drawPrologue(prologue, waitsIn(topology));
            const steps = drawSteps(sketches.slice(begun.length), begun, elementsByInterest(topology));
            return { topology, steps, clocks, until: (steps.at(-1)?.at ?? 0) + aftermath };
        });
}

/** In an estate of any make. */
export const randomScenario = scenariosIn(randomEstate);
