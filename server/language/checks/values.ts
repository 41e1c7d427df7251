import type { AstNode, ValidationAcceptor } from 'langium';
import { durationInSeconds, wholeNumber } from '../syntax/amounts.js';
import type * as ast from '../generated/ast.js';
import { isPlainName, quoted } from '../naming/written-names.js';
import { report, writtenText } from './check.js';

/** Names, texts, durations and numbers that are written in a way that cannot be meant. */
export const valueChecks = {
    Header: checkName,
    Region: checkName,
    Zone: checkName,
    Cluster: checkName,
    Gateway: checkName,
    Service: (service: ast.Service, accept: ValidationAcceptor) => {
        checkName(service, accept);
        checkNameIn(service, 'namespace', accept);
    },
    ExternalService: checkName,
    SharedFate: checkName,
    Namespace: checkName,
    Label: (label: ast.Label, accept: ValidationAcceptor) => checkNameIn(label, 'key', accept),
    Owner: (owner: ast.Owner, accept: ValidationAcceptor) => {
        if (!isPlainName(owner.owner ?? '')) {
            checkQuoted(owner, 'owner', accept);
        }
    },
    Exposure: checkHost,
    Alias: checkHost,
    TokenTtl: (item: ast.TokenTtl, accept: ValidationAcceptor) => checkDuration(item, 'ttl', item.ttl, accept, 1),
    LeafCertificateTtl: (item: ast.LeafCertificateTtl, accept: ValidationAcceptor) =>
        checkDuration(item, 'ttl', item.ttl, accept, 1),
    MetricsBuffer: (item: ast.MetricsBuffer, accept: ValidationAcceptor) =>
        checkDuration(item, 'buffer', item.buffer, accept, 1),
    Copy: (item: ast.Copy, accept: ValidationAcceptor) => {
        checkDuration(item, 'every', item.every, accept, 1);
        checkDuration(item, 'within', item.within, accept, 1);
    },
    Backup: (item: ast.Backup, accept: ValidationAcceptor) => {
        checkDuration(item, 'every', item.every, accept, 1);
        checkDuration(item, 'within', item.within, accept, 1);
    },
    Gslb: (item: ast.Gslb, accept: ValidationAcceptor) => checkDuration(item, 'ttl', item.ttl, accept),
    Replicas: (item: ast.Replicas, accept: ValidationAcceptor) => {
        checkNumber(item, 'count', item.count, accept);
        checkNumber(item, 'total', item.total, accept);
        checkReplicas(item, accept);
    },
    Target: (item: ast.Target, accept: ValidationAcceptor) => checkNumber(item, 'weight', item.weight, accept),
};

function checkName(node: AstNode, accept: ValidationAcceptor): void {
    checkNameIn(node, 'name', accept);
}

function checkNameIn(node: AstNode, property: string, accept: ValidationAcceptor): void {
    const written = writtenText(node, property);
    if (written === undefined || isPlainName(written)) {
        return;
    }
    if (!written.startsWith('"') && !written.startsWith("'")) {
        const message = `\`${written}\` is no plain name: those begin with a letter, and consist of letters, digits, \`_\` and inner \`-\`. Write it in quotes: ${quoted(written)}.`;
        report(accept, node, 'odd-name', message, { property, suggestions: [quoted(written)] });
    } else if (/^(["'])\s*\1?$/.test(written)) {
        report(accept, node, 'empty-name', 'A name must not be empty.', { property });
    }
}

export function checkQuoted(node: AstNode, property: string, accept: ValidationAcceptor): void {
    const written = writtenText(node, property);
    if (written !== undefined && !/^["']/.test(written)) {
        const suggestions = [quoted(written)];
        report(accept, node, 'needs-quotes', `Write this in quotes: ${suggestions[0]}.`, { property, suggestions });
    }
}

const hostName = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d+)?$/i;

function checkHost(named: ast.Exposure | ast.Alias, accept: ValidationAcceptor): void {
    checkQuoted(named, 'host', accept);
    if (named.host !== undefined && named.host !== '*' && !hostName.test(named.host)) {
        const message = `\`${named.host}\` is no host name, such as shop.example.com or *.example.com.`;
        report(accept, named, 'odd-host', message, { severity: 'warning', property: 'host' });
    }
}

export function checkDuration(
    node: AstNode,
    property: string,
    text: string | undefined,
    accept: ValidationAcceptor,
    minimum = 0,
): void {
    if (text === undefined) {
        return;
    }
    const seconds = durationInSeconds(text);
    if (seconds === undefined) {
        const suggestions = meantDurations(text);
        const example = suggestions.length > 0 ? suggestions.join(', ') : '30s, 1h30m or 7d';
        const message = /^\d+$/.test(text)
            ? `\`${text}\` of what? Write ${suggestions.slice(0, -1).join(', ')} or ${suggestions.at(-1)}.`
            : `\`${text}\` is no duration. Write it as ${example}.`;
        report(accept, node, 'odd-duration', message, { property, suggestions });
    } else if (seconds < minimum) {
        report(accept, node, 'odd-duration', 'This must be longer than nothing.', { property });
    }
}

/** Spellings that are common elsewhere, with their seconds. */
const spelledUnits: readonly (readonly [spelling: RegExp, seconds: number])[] = [
    [/^s(ec(ond)?s?)?$/i, 1],
    [/^m(in(ute)?s?)?$/i, 60],
    [/^h((ou)?rs?)?$/i, 3600],
    [/^d(ays?)?$/i, 86_400],
    [/^w(eeks?)?$/i, 7 * 86_400],
    [/^y((ea)?rs?)?$/i, 365 * 86_400],
];

function meantDurations(text: string): string[] {
    const [, count, unit] = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(text) ?? [];
    if (!count) {
        return [];
    }
    if (!unit) {
        return count.includes('.') ? [] : ['s', 'm', 'h', 'd'].map((each) => count + each);
    }
    const seconds = (spelledUnits.find(([spelling]) => spelling.test(unit))?.[1] ?? NaN) * Number(count);
    return Number.isSafeInteger(seconds) ? [inUnits(seconds)] : [];
}

/** `1h30m` of 5400 seconds. */
function inUnits(seconds: number): string {
    const parts: string[] = [];
    let left = seconds;
    for (const [unit, length] of [
        ['d', 86_400],
        ['h', 3600],
        ['m', 60],
        ['s', 1],
    ] as const) {
        const count = Math.floor(left / length);
        left -= count * length;
        if (count > 0) {
            parts.push(`${count}${unit}`);
        }
    }
    return parts.join('') || '0s';
}

function checkNumber(node: AstNode, property: string, text: string | undefined, accept: ValidationAcceptor): void {
    if (text !== undefined && wholeNumber(text) === undefined) {
        const digits = /^\d+/.exec(text)?.[0];
        report(accept, node, 'odd-number', `\`${text}\` is no whole number.`, {
            property,
            ...(digits && { suggestions: [digits] }),
        });
    }
}

function checkReplicas(replicas: ast.Replicas, accept: ValidationAcceptor): void {
    const said = wholeNumber(replicas.count);
    const total = wholeNumber(replicas.total);
    const count = total ?? said;
    const tell = (message: string, property: 'count' | 'total') =>
        report(accept, replicas, 'odd-number', message, { property });
    if (said === 0 || total === 0) {
        const message = 'Without a replica there is nothing: say at least 1, or leave the whole thing out.';
        tell(message, said === 0 ? 'count' : 'total');
    } else if (said !== undefined && total !== undefined && said > total) {
        tell(`Of ${total} ${total === 1 ? 'copy' : 'copies'} ${said} cannot be needed.`, 'count');
    } else if (count !== undefined && replicas.zones.length > count) {
        const copies = `${count} ${count === 1 ? 'replica' : 'replicas'}`;
        tell(`${copies} cannot stand in ${replicas.zones.length} zones.`, total === undefined ? 'count' : 'total');
    }
}
