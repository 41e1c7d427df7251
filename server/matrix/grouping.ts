/** By what rows can be put together. */
export const groupings = ['gravity', 'kind', 'region', 'cluster'] as const;

export type Grouping = (typeof groupings)[number];
