/** Estates in words, for the tests of the evaluator. */

import { expect } from 'vitest';
import type { Topology } from '../../../server/topology/topology.js';
import { estate } from '../../fixture.js';
import { elementNames } from '../names-in.js';
import { evaluate } from './index.js';
import type { HostResult, Result } from './result.js';

/** Reads an estate that has a management cluster besides what the text says. */
export async function read(text: string): Promise<Topology> {
    const { topology, diagnostics } = await estate(
        text.includes('management cluster') ? text : `management cluster mgmt ${text}`,
    );
    const errors = diagnostics.filter(({ severity }) => severity === 1);
    expect(errors.map(({ message }) => message)).toEqual([]);
    return topology;
}

/** What becomes of an estate when these elements fail together; they have to be there. */
export async function fate(text: string, ...failed: string[]): Promise<Result> {
    const topology = await read(text);
    const names = elementNames(topology);
    expect(failed.filter((name) => !names.includes(name))).toEqual([]);
    return evaluate(topology, failed);
}

/** The only host of an estate. */
export async function hostFate(text: string, ...failed: string[]): Promise<HostResult> {
    const [host, ...others] = Object.values((await fate(text, ...failed)).hosts);
    if (!host || others.length > 0) {
        throw new Error('An estate with one host is needed.');
    }
    return host;
}

const signs = { unaffected: '✅', limited: '⚠️', total: '❌' };

/** The four marks: workloads, local operations, metrics, management. */
export function marks({ operations }: Result): string {
    const { runningWorkloads, localClusterOperations, metricsCollection, managementOperations } = operations;
    return [runningWorkloads, localClusterOperations, metricsCollection, managementOperations]
        .map((severity) => signs[severity])
        .join(' ');
}
