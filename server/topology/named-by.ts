import { requiredBy, type Callee, type Exposure, type Service } from './topology.js';

const named = new WeakMap<Service, readonly Callee[]>();

/** What a service calls, requires, or asks about requests. */
export function namedBy(service: Service): readonly Callee[] {
    let callees = named.get(service);
    if (!callees) named.set(service, (callees = [...calledBy(service), ...helpersOf(service)]));
    return callees;
}

/** What stands for an external service belongs to all who call that. */
function calledBy(service: Service): readonly Callee[] {
    const { outside, shortName: name, nameAt: at } = service;
    if (outside) return [{ kind: 'external-service', name, at }];
    return [...service.calls, ...requiredBy(service), ...requiredAtTimes(service)];
}

/** The services that it requires to start, or again and again. */
function requiredAtTimes({ needs = [], nameAt: at }: Service): readonly Callee[] {
    return needs.flatMap(({ anyOf }) => anyOf.flatMap((one) => (one.kind === 'service' ? [{ ...one, at }] : [])));
}

/** What is asked about requests. */
export function helpersOf({
    externalAuthorization,
    rateLimit,
}: Pick<Service, 'externalAuthorization' | 'rateLimit'>): readonly Callee[] {
    return [externalAuthorization, rateLimit].flatMap((helper) => helper?.by ?? []);
}

/** Whether it goes by gateways, or is reached by some. */
export function passesGateways(service: Service): boolean {
    const exposures: readonly Exposure[] = service.exposures;
    return exposures.length > 0 || namedBy(service).some(({ through }) => through !== undefined);
}
