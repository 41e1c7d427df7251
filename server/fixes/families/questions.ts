import { AstUtils, type AstNode } from 'langium';
import { blockAround } from '../../estate/answered.js';
import { openQuestion } from '../../estate/open-question.js';
import * as ast from '../../language/generated/ast.js';
import { isGenerated } from '../../language/lower/joined.js';
import type { Topology } from '../../topology/topology.js';
import type { Fixer, Surroundings } from '../fix.js';
import { saidBeside, thingCalled } from '../beside.js';
import { removal } from '../text.js';
import { fix } from '../words.js';
import { changedTo, pieceAt } from './suggestions.js';

/** A question that import has left: each of its answers in its place, or nothing there. */
export const openQuestionAnswered: Fixer = function* (problem, around) {
    const piece = pieceAt(problem, around);
    const question = openQuestion(piece.written);
    if (!question) return;
    const inside = blockAround(around.document.parseResult.value, piece.offset);
    const [, said, host] = /^(gslb(?: ttl \w+)?) of ("(?:\\.|[^"\\])+")$/.exec(question.asked) ?? [];
    if (said !== undefined) {
        // a host shares its line with others, so that what is known of it alone is said about it
        const beside = saidBeside(around, host, said);
        const taken = [removal(piece.file, piece)];
        const isImported = isGenerated(around.document.uri.path);
        yield fix(`Yes: \`about ${host} { ${said} }\``, isImported ? beside : [...beside, ...taken]);
        if (!isImported) yield fix('Take the question away', taken);
        return;
    }
    const answers = answersTo(question.asked, inside, around);
    if (isGenerated(around.document.uri.path)) {
        // the file is written anew each time: what people know stands beside it
        for (const { text, title } of answers)
            yield fix(title ?? `Yes: \`${text}\``, saidBeside(around, subjectAround(inside, around), text));
        return;
    }
    for (const { text, title } of answers) yield changedTo(problem, around, text, title ?? `Yes: \`${text}\``);
    yield fix('Take the question away', [removal(piece.file, piece)]);
};

/** What an `about` calls the thing in whose block a question stands; undefined where it stands in none, or in the network's. */
function subjectAround(inside: AstNode | undefined, around: Surroundings): string | undefined {
    return thingCalled(
        ast.isService(inside) ? inside : AstUtils.getContainerOfType(inside, ast.isManagementPlane),
        around,
    );
}

interface Answer {
    readonly text: string;
    readonly title?: string;
}

/** So many clusters are offered by name. */
const mostClusters = 8;

function answersTo(asked: string, inside: AstNode | undefined, around: Surroundings): Answer[] {
    const { topology, write } = around;
    const cluster = (name: string) => write(name, 'ClusterName');
    if (ast.isService(inside)) {
        const callee = /^calls (.+)$/.exec(asked)?.[1];
        if (callee !== undefined) return [{ text: `calls ${callee}` }, { text: `requires ${callee}` }];
        if (asked === 'failover east-west' || asked === 'outlier detection') return [{ text: asked }];
        if (asked.startsWith('on ')) return [{ text: asked }];
        if (asked === 'on') return homesFor(inside, topology).map((name) => ({ text: `on ${cluster(name)}` }));
    }
    if (asked === 'elasticsearch' && AstUtils.getContainerOfType(inside, ast.isManagementPlane))
        return [{ text: 'elasticsearch via front-envoy' }, { text: 'elasticsearch direct' }];
    const linked = /^(.+) <-> …$/.exec(asked)?.[1];
    if (linked !== undefined) {
        const others = topology.clusters.map(({ name }) => cluster(name)).filter((name) => name !== linked);
        const isInNetwork = ast.isNetwork(inside) && !isGenerated(around.document.uri.path);
        const line = (other: string) => `${linked} <-> ${other}`;
        return others
            .slice(0, mostClusters)
            .map((other) => ({ text: isInNetwork ? line(other) : `network { ${line(other)} }` }));
    }
    return [];
}

function homesFor({ name, namespace }: ast.Service, { clusters, services }: Topology): string[] {
    const service = services.find((each) => each.name === name && each.namespace.value === (namespace ?? 'default'));
    const known = new Set(service?.homes.map(({ cluster }) => cluster));
    return clusters
        .filter((cluster) => cluster.kind === 'workload' && !known.has(cluster.name))
        .map((cluster) => cluster.name)
        .slice(0, mostClusters);
}
