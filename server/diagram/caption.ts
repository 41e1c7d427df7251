import { blastRadiusOf } from '../failure/blast-radius.js';
import { failuresIn, type ScenarioView } from '../impact/scenario.js';
import { headline } from '../impact/summary.js';
import { timelineEntries } from '../impact/timeline.js';
import { plain } from '../encoding/markdown.js';
import { operations, operationTitles, severityWords, type Severity } from '../knowledge/operations.js';
import { elementPhrase } from '../impact/phrases.js';
import { servicesInside, type Topology } from '../topology/topology.js';
import { capitalized, count, enumerated } from '../words/english.js';
import { momentLabel } from '../words/times.js';
import type { State } from './mark.js';
import type { Overlay } from './overlay.js';

/** What stands above and below a picture. */
export interface Caption {
    readonly estate: string;
    readonly counts: string;
    /** Undefined where nothing fails. */
    readonly failure?: {
        readonly title: string;
        readonly headline: string;
        readonly operations: readonly { readonly state: State; readonly text: string }[];
        /** What has no box: links. Empty where none is down. */
        readonly links: string;
        readonly times: readonly { readonly at: number; readonly label: string; readonly says: string }[];
        readonly at: number;
    };
}

/** So many times fit side by side. */
const mostTimes = 7;

export function captionOf(topology: Topology, overlay: Overlay, view?: ScenarioView): Caption {
    const hosts = topology.services.reduce((sum, { exposures }) => sum + exposures.length, 0);
    const counts = [
        ...(topology.regions.length > 0 ? [count(topology.regions.length, 'region')] : []),
        count(topology.clusters.length, 'cluster'),
        count(servicesInside(topology).length, 'service'),
        count(hosts, 'host'),
    ].join(' · ');
    const common = { estate: topology.name, counts };
    if (!view) return common;
    const { outcome, at } = view;
    const names = [...failuresIn(view), ...(view.given?.elements ?? [])].map(elementPhrase);
    const fails = at > 0 ? `failed ${momentLabel(at)} ago` : 'failed';
    const title = names.length > 0 ? `${plain(capitalized(enumerated(names, { most: 4 })))} ${fails}` : 'As it is now';
    return {
        ...common,
        failure: {
            title,
            headline: headline(blastRadiusOf(outcome)),
            operations: operations.map((operation) => {
                const severity = outcome.operations[operation];
                return { state: stateOf[severity], text: `${operationTitles[operation]} ${severityWords[severity]}` };
            }),
            links: linksText(overlay),
            times: timesOf(view),
            at,
        },
    };
}

const stateOf: Readonly<Record<Severity, State>> = { unaffected: 'held', limited: 'limited', total: 'total' };

/** Both directions of a link go with it, and are no links of their own. */
function linksText({ links }: Overlay): string {
    if (links.length === 0) return '';
    const pairs = new Set(
        links.map((name) =>
            name
                .replace(/^link:/, '')
                .split(/->|\//)
                .sort()
                .join('/'),
        ),
    );
    return `Network: ${count(pairs.size, 'link')} down, ${enumerated(
        [...pairs].map((pair) => pair.replace('/', ' – ')),
        { most: 3 },
    )}`;
}

function timesOf({ timeline, began }: ScenarioView) {
    const entries = timelineEntries(timeline);
    const times = [...new Map(entries.map(({ at, sentences }) => [at, plain(sentences[0] ?? '')]))];
    return times.slice(0, mostTimes).map(([at, says]) => ({ at, label: momentLabel(at, began), says }));
}
