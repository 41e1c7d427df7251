import * as ast from '../../language/generated/ast.js';
import { wholeNumber } from '../../language/syntax/amounts.js';
import { quoted } from '../../language/naming/written-names.js';
import type { Change } from '../../estate/change.js';
import type { Fixer } from '../fix.js';
import { majorityOf } from '../../topology/lost-zones.js';
import { fileOf } from '../../estate/file-text.js';
import { fix } from '../words.js';
import { appended, nodeAt, nodeOf, replacedProperty, withoutItem } from '../write.js';
import { changed, changedTo, pieceAt } from './suggestions.js';

/** A duration in other units, or of no length. */
export const oddDuration: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const item = nodeAt(around.document, problem.at.range.start);
    if (item && problem.suggestions.length === 0) yield fix('Take this setting out', withoutItem(item));
};

/** A number that is none, or too small. */
export const oddNumber: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const node = nodeAt(around.document, problem.at.range.start);
    if (!ast.isReplicas(node)) return;
    const least = Math.max(1, node.zones.length);
    const [said, total] = [wholeNumber(node.count), wholeNumber(node.total)];
    if (total === undefined) {
        if ((said ?? least) < least)
            yield fix(`Say \`replicas ${least}\``, replacedProperty(node, 'count', String(least)));
    } else if (said !== undefined && said > total && total >= least) {
        const [count, all] = [
            replacedProperty(node, 'count', String(total)),
            replacedProperty(node, 'total', String(said)),
        ];
        yield fix(`Say \`replicas ${total} of ${said}\``, count, all);
    } else if (total < least) {
        yield fix(`Say \`replicas ${said} of ${least}\``, replacedProperty(node, 'total', String(least)));
    }
};

/** Fewer than a majority of what elects a leader. */
export const noMajority: Fixer = function* ({ at }, around) {
    const node = nodeOf(around, at, ast.isReplicas);
    const total = wholeNumber(node?.total);
    if (!node || !total) return;
    const majority = String(majorityOf({ count: total }));
    yield fix(`Say \`replicas ${majority} of ${total}\``, replacedProperty(node, 'count', majority));
};

/** Some targets without a weight, or none with more than 0. */
export const oddWeights: Fixer = function* (problem, around) {
    const target = nodeAt(around.document, problem.at.range.start);
    if (!ast.isTarget(target)) return;
    const targets = target.$container.to;
    const open = targets.filter((each) => each.weight === undefined);
    const given = targets.reduce((sum, each) => sum + (wholeNumber(each.weight) ?? 0), 0);
    const share = Math.floor((100 - given) / open.length);
    if (open.length > 0 && share > 0) {
        yield fix(
            `Share out what is left: \`weight ${share}\``,
            ...open.map((each) => appended(each, ` weight ${share}`)),
        );
    }
    yield fix('List the targets without weights', withoutWeights(targets));
};

/** Takes the weights of all targets out. */
export function withoutWeights(targets: readonly ast.Target[]): Change[] {
    return targets.flatMap((target) => {
        const end = target.$cstNode?.end;
        const name = (target.gateway ?? target.destination)?.$refNode;
        if (target.weight === undefined || end === undefined || !name) return [];
        return [{ uri: fileOf(target).uri, start: name.end, end, text: '' }];
    });
}

/** A URL where a host name should stand. */
export const oddHost: Fixer = function* (problem, around) {
    const { written } = pieceAt(problem, around);
    const host = written
        .replace(/^["']|["']$/g, '')
        .trim()
        .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
        .replace(/[/?#].*$/, '')
        .replace(/^[^@]*@/, '')
        .replaceAll('_', '-');
    yield changedTo(problem, around, quoted(host), `Say \`${quoted(host)}\``);
};
