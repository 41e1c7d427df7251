import { operations, severitySigns, severityWords, operationTitles } from '../knowledge/operations.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import type { Facts } from './facts.js';
import { gapOfUnaffected, gapPhrase } from './gap.js';
import { freshnessPhrase } from './operations.js';
import { onlyLosesHomes } from './workloads.js';
import { code, count, plain } from './wording.js';

/** "✅ ⚠️ ❌ ❌", in the order of the four operations. */
export function marks(severity: Readonly<Record<Operation, Severity>>): string {
    return operations.map((operation) => severitySigns[severity[operation]]).join(' ');
}

/** The same in words: "Running workloads unaffected, local cluster operations limited, …". */
export function marksInWords(severity: Readonly<Record<Operation, Severity>>): string {
    return operations
        .map((operation) => `${operationTitles[operation]}: ${severityWords[severity[operation]]}`)
        .join('; ');
}

/** One line: what it takes first, then what it does to the clusters' configuration. Plain text. */
export function headline(facts: Facts): string {
    const freshness = freshnessPhrase(facts);
    return [...workloadHeadline(facts), ...(freshness ? [freshness] : [])].map(plain).join(' · ');
}

/** What it takes, hosts first: "shop.example.com gone", "2 services lose a home, none is lost". Markdown. */
export function workloadHeadline(facts: Facts): string[] {
    const { outcome } = facts;
    const parts: string[] = [];
    const goneHosts = outcome.hosts.filter((host) => host.severity === 'total').map((host) => host.host);
    const limitedHosts = outcome.hosts.filter((host) => host.severity === 'limited').map((host) => host.host);
    if (goneHosts.length > 0)
        parts.push(
            goneHosts.length <= 2 ? `${goneHosts.map(code).join(' and ')} gone` : `${goneHosts.length} hosts gone`,
        );
    if (limitedHosts.length > 0) {
        parts.push(
            limitedHosts.length === 1 ? `${code(limitedHosts[0]!)} limited` : `${limitedHosts.length} hosts limited`,
        );
    }
    const gone = outcome.services.filter((service) => service.severity === 'total').map((service) => service.name);
    const thinned = outcome.services.filter(onlyLosesHomes);
    const limited = outcome.services.filter((service) => service.severity === 'limited' && !thinned.includes(service));
    if (gone.length > 0)
        parts.push(gone.length <= 2 ? `${gone.map(code).join(' and ')} gone` : `${gone.length} services gone`);
    if (limited.length > 0)
        parts.push(limited.length === 1 ? `${code(limited[0]!.name)} limited` : `${limited.length} services limited`);
    const moving = outcome.hosts.filter((host) => host.severity === 'unaffected' && host.gapSeconds !== null);
    const gap = gapOfUnaffected(moving);
    if (gap) {
        const who = moving.length === 1 ? code(moving[0]!.host) : `${moving.length} hosts`;
        parts.push(`${who} unaffected ${gapPhrase(gap)}`);
    }
    if (thinned.length > 0) {
        const lose =
            thinned.length === 1 ? `${code(thinned[0]!.name)} loses a home` : `${thinned.length} services lose a home`;
        parts.push(gone.length + limited.length === 0 ? `${lose}, none is lost` : lose);
    }
    const silent = outcome.effects.filter(
        ({ facet }) => facet.flow === 'instances-serve' && facet.scope.service === undefined,
    );
    if (silent.length > 0) parts.push(`workloads of ${count(silent.length, 'cluster')} gone`);
    return parts;
}
