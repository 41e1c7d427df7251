import type { AstNode } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { table, type Table } from '../../../knowledge/table.js';
import { durationInSeconds, wholeNumber } from '../../syntax/amounts.js';
import * as ast from '../../generated/ast.js';
import { regionOfZones } from '../../naming/scope-provider.js';
import { defaultSaidBy } from './defaults.js';
import { sortText, type Proposal, type ProposalData } from './proposal.js';

interface Scale {
    readonly amounts: readonly string[];
    /** What one of them would mean. */
    readonly means: (amount: string) => string;
}

/** Amounts that are common in each place, by the construct; lives of tokens and certificates as products have them. */
const durations: Table<Scale> = table({
    TokenTtl: {
        amounts: ['1h', '8h', '24h', '7d', '8760h'],
        means: (amount) => `without the management plane, agents can reconnect for up to ${amount}`,
    },
    LeafCertificateTtl: {
        amounts: ['1h', '12h', '24h', '7d', '8760h'],
        means: (amount) => `without istiod, traffic starts to fail within ${amount}`,
    },
    MetricsBuffer: {
        amounts: ['5m', '15m', '1h', '6h', '24h'],
        means: (amount) => `metrics are held back for ${amount} while their way is cut, and lost after that`,
    },
    Backup: {
        amounts: ['15m', '1h', '6h', '24h', '7d'],
        means: (amount) => `a restore loses the changes of up to ${amount}`,
    },
    Copy: {
        amounts: ['5m', '15m', '30m', '1h'],
        means: (amount) => `a promotion loses the changes of up to ${amount}`,
    },
    Gslb: {
        amounts: ['10s', '30s', '1m', '5m'],
        means: (amount) => `clients keep the address of a gateway that is down for up to ${amount}`,
    },
});

const restorationTimes = ['30m', '1h', '2h', '4h', '1d'];

/** By itself, or by hand. */
const promotionTimes = ['30s', '2m', '10m', '30m', '1h'];

/** Sensible durations and numbers for the place at a node, the default marked as such; none where no amount belongs. */
export function amountProposals(property: string, node: AstNode): Proposal[] {
    const scale = durations.get(node.$type);
    if (scale && (property === 'ttl' || property === 'every' || property === 'buffer')) {
        return scale.amounts.map((amount, index) => {
            const spoken = inWords(amount);
            return proposal(amount, node, index, spoken, scale.means(spoken));
        });
    }
    if (ast.isCopy(node) && property === 'within') {
        return promotionTimes.map((amount, index) => {
            const spoken = inWords(amount);
            return proposal(amount, node, index, spoken, `it is promoted after ${spoken} at the latest`);
        });
    }
    if (ast.isBackup(node) && property === 'within') {
        return restorationTimes.map((amount, index) => {
            const spoken = inWords(amount);
            return proposal(amount, node, index, spoken, `it is restored after ${spoken} at the latest`);
        });
    }
    if (ast.isReplicas(node) && (property === 'count' || property === 'total')) {
        return replicaProposals(node).filter(({ label }) => property === 'count' || isTotal(node, label));
    }
    return ast.isTarget(node) && property === 'weight' ? weightProposals(node) : [];
}

/** Of so many copies fewer are needed. */
function isTotal({ count }: ast.Replicas, label: string): boolean {
    return Number(label) > (wholeNumber(count) ?? 0);
}

function replicaProposals(node: ast.Replicas): Proposal[] {
    const region = regionOfZones(node);
    const zones = region?.items.filter(ast.isZones).flatMap((item) => item.zones).length ?? 0;
    const counts = [...new Set([2, 3, 5, ...(zones > 1 ? [zones] : [])])].sort((a, b) => a - b);
    return counts.map((count, index) => {
        const forZones = count === zones && region ? `one for each zone of ${region.name}` : `${count} copies`;
        return { ...proposal(String(count), node, index, forZones, forZones), preselect: count === zones };
    });
}

function weightProposals(node: ast.Target): Proposal[] {
    const others = node.$container.to.filter((target) => target !== node).map(({ weight }) => wholeNumber(weight) ?? 0);
    const rest = 100 - others.reduce((sum, weight) => sum + weight, 0);
    const isRest = (weight: number) => rest < 100 && weight === rest;
    const weights = [...new Set([100, 90, 50, 10, 0, ...(rest > 0 ? [rest] : [])])].sort((a, b) => b - a);
    return weights.map((weight, index) => {
        const share = isRest(weight) ? 'what is left of 100' : shareOf(weight);
        return { ...proposal(String(weight), node, index, share, share), preselect: isRest(weight) };
    });
}

function shareOf(weight: number): string {
    return weight === 0 ? 'no requests' : weight === 100 ? 'all, if weights add up to 100' : `${weight} %`;
}

function proposal(label: string, node: AstNode, rank: number, brief: string, detail: string): Proposal {
    const said = defaultSaidBy(label, node.$type, node);
    const data: ProposalData = { about: 'word', word: node.$type, ...(said && { default: said }) };
    return {
        label,
        kind: CompletionItemKind.Value,
        labelDetails: { description: said ? `${brief} · default` : brief },
        detail: said ? `${detail} (default)` : detail,
        sortText: sortText('value', rank),
        data,
        ...(said && { preselect: true }),
    };
}

const units = [
    ['year', 365 * 86_400],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
] as const;

/** "8760h" as "1 year". */
function inWords(amount: string): string {
    const seconds = durationInSeconds(amount) ?? 0;
    const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? units[4];
    const count = seconds / size;
    return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
