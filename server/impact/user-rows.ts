import type { Gravity } from '../failure/gravity.js';
import { usersTouched, type Outcome } from '../failure/outcome.js';
import { gravityOfHost, gravityOfService } from '../failure/traffic-outcome.js';
import type { Assumption } from './assumed.js';
import { conditionOf } from './conditions.js';
import { hostPhrase, servicePhrase } from './workloads.js';

/** What happens to a host or a service, for whoever lists them. */
export interface UserRow {
    readonly kind: 'host' | 'service';
    readonly name: string;
    /** Itself, or behind the host. */
    readonly service: string;
    readonly gravity: Gravity;
    /** With the default that it rests on. Markdown. */
    readonly phrase: string;
}

/** Hosts, then services, to which something happens, each in the order of the outcome. */
export function userRows(outcome: Outcome, assumptions: readonly Assumption[]): UserRow[] {
    const { hosts, services } = usersTouched(outcome);
    const row = (said: Omit<UserRow, 'phrase'>, phrase: string | undefined): UserRow[] =>
        phrase === undefined ? [] : [{ ...said, phrase: phrase + conditionOf(assumptions, said.kind, said.name) }];
    return [
        ...hosts.flatMap((host) =>
            row(
                { kind: 'host', name: host.host, service: host.service, gravity: gravityOfHost(host) },
                hostPhrase(host),
            ),
        ),
        ...services.flatMap((service) =>
            row(
                { kind: 'service', name: service.name, service: service.name, gravity: gravityOfService(service) },
                servicePhrase(service),
            ),
        ),
    ];
}
