import { AstUtils, isReference, type AstNode } from 'langium';
import { parse } from './formatting/format.js';

/** Lines that stand in one block. */
interface Block {
    readonly opens: string;
    readonly closes: string;
    readonly lines: readonly string[];
}

/** Blocks, and lines that may stand in them, whatever the names in them mean. */
export const blocks: readonly Block[] = [
    {
        opens: '',
        closes: '',
        lines: [
            'region us-east',
            'region eu in eu-west',
            'management cluster mgmt in us-east',
            'hosted management cluster vendor',
            'standby management cluster dr in eu { copy every 15m promoted within 30m }',
            'workload cluster east in us-east',
            'network { east -> west }',
            'defaults for workload clusters { requires registry to start }',
            'external service stripe in us-east',
            'service shop/web on east, west',
            'shared fate rack of east.istiod, link east/mgmt',
            'about east.dns { requires corp-dns }',
            'about link east/mgmt { requires transit }',
            'about every gateway with image envoy { requires okta }',
            'scenario "east is gone" { fail east }',
            'objective every host survives any zone failure',
            'objective postgres loses at most 1h from any region failure',
            'accept single-entry-gateway because "one is enough" until 2027-01-31',
        ].filter((line) => line !== 'region eu in eu-west'),
    },
    {
        opens: 'workload cluster east {\n',
        closes: '\n}',
        lines: [
            'owner "team"',
            'labels env production',
            'gateway ingress shop-gw',
            'gateway tier1, east-west',
            'edge control plane { token ttl 1h }',
            'data plane',
            'requires corp-dns or route53',
            'requires registry to start',
            'no workloads',
            'accept single-entry-gateway because "one is enough"',
        ],
    },
    {
        opens: 'management cluster mgmt {\nmanagement plane {\n',
        closes: '\n}\n}',
        lines: [
            'postgres external in us-east { backup every 1h in eu restored within 2h }',
            'elasticsearch internal via front-envoy',
            'iam-signing-key { backup in eu }',
            'root-ca { ttl 1y }',
            'identity-provider external',
            'gitops from git-host',
            'requires okta every 20m ttl 1h',
        ],
    },
    {
        opens: 'workload cluster east {\nedge control plane {\n',
        closes: '\n}\n}',
        lines: [
            'token ttl 1h',
            'leaf certificate ttl 24h',
            'certificate authority own',
            'metrics buffer 1h',
            'gitops async from git-host',
            'requires okta or corp-dns',
        ],
    },
    {
        opens: 'workload cluster east {\ngateway ingress shop-gw {\n',
        closes: '\n}\n}',
        lines: [
            'replicas 2 of 3 across zones a, b',
            'external authorization by authz fails closed',
            'rate limit by limits fails open',
            'requires okta every 20m ttl 1h',
        ],
    },
    {
        opens: 'management cluster mgmt {\nmanagement plane {\npostgres internal {\n',
        closes: '\n}\n}\n}',
        lines: [
            'backup every 1h in eu restored within 2h',
            'no backup',
            'copy every 15m in eu promoted within 30m',
            'replicas 2 of 3',
            'requires okta to start',
        ],
    },
    {
        opens: 'service shop {\n',
        closes: '\n}',
        lines: [
            'namespace payments',
            'on east, west { replicas 3 across zones a, b, c }',
            'exposed "a.example.com", "b.example.com" via front, west.front to east.shop-gw weight 10',
            'exposed inside "app.ns" to east',
            'calls cart, stripe through east.out',
            'requires db or cache',
            'requires okta every 20m ttl 1h',
            'failover east-west',
            'no failover',
            'outlier detection',
            'external authorization by authz fails closed',
            'rate limit by limits fails open',
            'owner "team"',
            'labels tier gold',
        ],
    },
    {
        opens: 'scenario "x" {\n',
        closes: '\n}',
        lines: [
            'fail east, west for 4h',
            'at 30m recover east',
            'at 15:10 fail any 1 of cluster',
            'restart east.istiod',
            'deploy shop on west',
            'scale shop on west',
            'promote dr',
            'expect shop unaffected',
            'at 2m expect deployments on east impossible',
        ].filter((line) => !line.includes('any 1 of')),
    },
];

/** What a node says, without where it stands. */
function said(node: AstNode): unknown {
    return JSON.parse(
        JSON.stringify(node, (key, value: unknown) => {
            if (key.startsWith('$') && key !== '$type') return undefined;
            return isReference(value) ? { names: value.$refText } : value;
        }),
    );
}

/** What the outermost node says that is exactly this line. */
function saidBy(text: string, line: string): string {
    const nodes = AstUtils.streamAllContents(parse(text).parseResult.value);
    const found = nodes.find(({ $cstNode }) => $cstNode?.text === line);
    if (!found) throw new Error(`Nothing is read of ${line}`);
    return JSON.stringify(said(found));
}

/** Whether something in a text says that. */
function isSaid(text: string, expected: string): boolean {
    const nodes = AstUtils.streamAllContents(parse(text).parseResult.value);
    return nodes.some((node) => JSON.stringify(said(node)) === expected);
}

/** Where both lines are read as one, as they may be meant: a sentence, or a list, that goes on. */
const goesOn: readonly RegExp[] = [
    // behind a comma a list goes on
    /, ⏎ /,
    // a time, and what happens then
    /^at \S+ ⏎ (fail|restart|deploy|scale|promote|expect) /,
    // the words of a declaration, and of what a promise is about
    /^(about|objective|shared fate rack of|objective every host survives|objective .* from) ⏎ management cluster /,
    /^external ⏎ service /,
    /^defaults for ⏎ workload cluster /,
    /^no ⏎ (failover|outlier detection|backup)/,
    /^leaf ⏎ certificate authority/,
    // a region may be called so
    /^(backup|copy) every \S+ in ⏎ (backup|copy) /,
    // a text or a label that is no quoted text, as files before `requires` have it
    /^(owner|labels|labels env) ⏎ (gateway|edge|data) /,
];

/** Of a line all beginnings that end in front of a word, and open no block. */
function beginningsOf(line: string): string[] {
    const words = line.match(/"[^"]*"|->|[,./{}]|[^\s,./{}"]+/g) ?? [];
    const ends: number[] = [];
    let at = 0;
    for (const word of words) {
        at = line.indexOf(word, at) + word.length;
        if (word === '{') break;
        ends.push(at);
    }
    const open = line.indexOf('{');
    return ends.filter((end) => end < (open < 0 ? line.length : open)).map((end) => line.slice(0, end));
}

/** Whatever line a line of a block eats that stands unfinished above it, and how many there could be. */
export function eatenIn({ opens, closes, lines }: Block): {
    readonly eaten: readonly string[];
    readonly count: number;
} {
    const beginnings = [...new Set(lines.flatMap(beginningsOf))];
    const eaten = lines.flatMap((line) => {
        const alone = saidBy(opens + line + closes, line);
        return beginnings
            .filter((beginning) => !isSaid(`${opens}${beginning}\n${line}${closes}`, alone))
            .map((beginning) => `${beginning} ⏎ ${line}`);
    });
    return {
        eaten: eaten.filter((pair) => !goesOn.some((reading) => reading.test(pair))),
        count: lines.length * beginnings.length,
    };
}
