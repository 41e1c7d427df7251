import { code, text } from '../encoding/markdown.js';
import type { Gravity } from '../failure/gravity.js';
import type { Outcome } from '../failure/outcome.js';
import { gravityOfHost, gravityOfService } from '../failure/traffic-outcome.js';

const isHurt = (gravity: Gravity) => gravity === 'down' || gravity === 'degraded';

/**
 * Whom to call: "team-shop (`shop.example.com`, `checkout`)", the owners of hosts, services and clusters that are down or
 * degraded. Empty where the file names none. Markdown.
 */
export function ownersOfWhatIsHurt({ graph, hosts, services, clusters }: Outcome): string[] {
    const { topology } = graph;
    const ofServices = new Map(topology.services.map(({ shortName, owner }) => [shortName, owner]));
    const ofClusters = new Map(topology.clusters.map(({ name, owner }) => [name, owner]));
    const hurt = [
        ...hosts
            .filter((host) => isHurt(gravityOfHost(host)))
            .map(({ host, service }) => ({ name: host, owner: ofServices.get(service) })),
        ...services
            .filter((service) => isHurt(gravityOfService(service)))
            .map(({ name }) => ({ name, owner: ofServices.get(name) })),
        ...clusters.filter(({ alive }) => !alive).map(({ name }) => ({ name, owner: ofClusters.get(name) })),
    ];
    const byOwner = new Map<string, string[]>();
    for (const { name, owner } of hurt) {
        if (owner !== undefined) byOwner.set(owner, [...(byOwner.get(owner) ?? []), code(name)]);
    }
    return [...byOwner].map(([owner, names]) => `${text(owner)} (${names.join(', ')})`);
}
