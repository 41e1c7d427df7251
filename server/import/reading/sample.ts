/** How often something was called, in the labels of Istio's metrics. */
export interface Sample {
    readonly labels: ReadonlyMap<string, string>;
    readonly value: number;
}
