/** How often something was called, in the labels of Istio's metrics. */
export interface Sample {
    readonly labels: ReadonlyMap<string, string>;
    readonly value: number;
}

/** The same sum in whatever order numbers come. */
export function sumOf(numbers: readonly number[]): number {
    return [...numbers].sort((a, b) => a - b).reduce((sum, each) => sum + each, 0);
}
