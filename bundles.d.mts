import type { BuildOptions } from 'esbuild';

export const forNode: BuildOptions;
export const forPages: BuildOptions;
export function forCommandLine(version: string): BuildOptions[];
export function shippedBundles(options: { readonly production: boolean; readonly version: string }): BuildOptions[];
